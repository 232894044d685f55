import type { Sentence } from './sentence.ts';
/** Something a person should know about an input: where it is, what was found, what to do. */
export interface Problem {
  readonly level: 'error' | 'warning' | 'info';
  /** Stable, kebab-case: `unknown-key`, `ref-outside-source`, `not-readable-yet` … */
  readonly code: string;
  /** What happened and what was expected, one sentence. */
  readonly message: Sentence;
  /** File path or URL, as the user would recognise it. */
  readonly file?: string;
  readonly line?: number;
  readonly column?: number;
  /** RFC 6901 JSON pointer, or the dotted path in the config. */
  readonly pointer?: string;
  /** What to do next; where possible ready to paste. */
  readonly hint?: Sentence;
}
