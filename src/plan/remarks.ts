import { groupBy } from '../lib/group-by.ts';
import type { Document, Operation } from '../model/document.ts';
import type { Problem } from '../model/problem.ts';

/** What a person should know about one operation of a document. */
export interface Remark {
  /** Default: `warning`. */
  readonly level?: Problem['level'];
  readonly code: string;
  readonly text: string;
  readonly hint?: string;
}

export interface Remarked {
  readonly document: Document;
  readonly operation: Operation;
  readonly remark: Remark;
}

/** The same remark on many operations of a document is one problem: a generator writes it a thousand times. */
export function problemsOf(remarked: readonly Remarked[]): readonly Problem[] {
  const groups = groupBy(remarked, ({ document, remark }) =>
    [document.id, remark.code, remark.text].join('\0'),
  );
  return [...groups.values()].flatMap(([first, ...others]) =>
    first === undefined ? [] : [problemOf(first, others.length)],
  );
}

function problemOf({ document, operation, remark }: Remarked, more: number): Problem {
  const others = more === 0 ? '' : ` and ${more} more ${more === 1 ? 'operation' : 'operations'}`;
  return {
    level: remark.level ?? 'warning',
    code: remark.code,
    message: `${operation.key}${others}: ${remark.text}`,
    file: document.uri,
    pointer: operation.pointer,
    ...(remark.hint === undefined ? {} : { hint: remark.hint }),
  };
}
