import { sentence } from '../messages/sentence.ts';
import { inEnglish } from '../messages/in-language.ts';
import type { Sentence } from '../model/sentence.ts';
import { groupBy } from '../lib/group-by.ts';
import type { Document, Operation } from '../model/document.ts';
import type { Problem } from '../model/problem.ts';

/** What a person should know about one operation of a document. */
export interface Remark {
  /** Default: `warning`. */
  readonly level?: Problem['level'];
  readonly code: string;
  readonly what: Sentence;
  readonly hint?: Sentence;
}

export interface Remarked {
  readonly document: Document;
  readonly operation: Operation;
  readonly remark: Remark;
}

/** The same remark on many operations of a document is one problem: a generator writes it a thousand times. */
export function problemsOf(remarked: readonly Remarked[]): readonly Problem[] {
  const groups = groupBy(remarked, ({ document, remark }) =>
    [document.id, remark.code, inEnglish(remark.what)].join('\0'),
  );
  return [...groups.values()].flatMap(([first, ...others]) =>
    first === undefined ? [] : [problemOf(first, others.length)],
  );
}

function problemOf({ document, operation, remark }: Remarked, more: number): Problem {
  const { what } = remark;
  const said = { operation: operation.key, what };
  return {
    level: remark.level ?? 'warning',
    code: remark.code,
    message: more === 0 ? sentence('remarkOn', said) : sentence('remarkOnSeveral', { ...said, n: more }),
    file: document.uri,
    pointer: operation.pointer,
    hint: remark.hint,
  };
}
