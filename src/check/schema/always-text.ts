/** What an answer is that is no object and no list of JSON; `line`: a short text on one line. */
export type TextKind = 'page' | 'empty' | 'line' | 'text';

/** Of the answers in a row up to now: how many were no page, and how many a line; below zero: others among them are too fresh. */
export interface TextsKept {
  readonly noPage: number;
  readonly lines: number;
}

/** So many answers make a habit; an empty text may be an answer, and more of them are asked for. */
const enough = { noPage: 10, lines: 20 };
export const longestLine = 100;

/** Whether an answer is a page or empty, as none before was. */
export function isTextGone(kind: TextKind, { noPage, lines }: TextsKept = none): boolean {
  if (kind === 'page') return noPage >= enough.noPage;
  return kind === 'empty' && lines >= enough.lines;
}

/** With one more answer; the same object where that says nothing new. */
export function withText(kind: TextKind, before: TextsKept = none): TextsKept {
  const noPage =
    kind === 'page' ? -enough.noPage : Math.min(before.noPage + (kind === 'empty' ? 0 : 1), enough.noPage);
  const lines = kind === 'line' ? Math.min(before.lines + 1, enough.lines) : -enough.lines;
  return noPage === before.noPage && lines === before.lines ? before : { noPage, lines };
}

const none: TextsKept = { noPage: 0, lines: 0 };
