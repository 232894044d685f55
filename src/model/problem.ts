/** Something a person should know about an input: where it is, what was found, what to do. */
export interface Problem {
  readonly level: 'error' | 'warning' | 'info';
  /** Stable, kebab-case: `unknown-key`, `ref-outside-source`, `not-readable-yet` … */
  readonly code: string;
  /** What happened and what was expected, one sentence. */
  readonly message: string;
  /** File path or URL, as the user would recognise it. */
  readonly file?: string;
  readonly line?: number;
  readonly column?: number;
  /** RFC 6901 JSON pointer, or the dotted path in the config. */
  readonly pointer?: string;
  /** What to do next; where possible ready to paste. */
  readonly hint?: string;
}

/** `file:line:column pointer: message (hint)` — the form of every problem on a terminal and in a log. */
export function formatProblem(problem: Problem): string {
  const place = [problem.file, problem.line, problem.column].filter((part) => part !== undefined).join(':');
  const where = [place, problem.pointer].filter((part) => part !== undefined && part !== '').join(' ');
  const hint = problem.hint === undefined ? '' : `\n  → ${problem.hint}`;
  return `${where === '' ? '' : `${where}: `}${problem.message}${hint}`;
}
