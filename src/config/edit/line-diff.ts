/** One line of a comparison: with its number in the text after the change, or before it where it is gone; from 1. */
export interface DiffLine {
  readonly kind: 'same' | 'added' | 'removed';
  readonly line: number;
  readonly text: string;
}

/** Lines around a change that are shown with it. */
const around = 3;

/** What has changed from one text to another, line by line, with a few lines around it. */
export function lineDiff(before: string, after: string): readonly DiffLine[] {
  const [old, now] = [linesOf(before), linesOf(after)];
  const start = firstDifference(old, now, 0);
  const most = Math.min(old.length, now.length) - start;
  let end = 0;
  while (end < most && old.at(-1 - end) === now.at(-1 - end)) end++;
  const middle = compared(old.slice(start, old.length - end), now.slice(start, now.length - end), start);
  const lead = now.slice(Math.max(0, start - around), start);
  const rest = now.slice(now.length - end, now.length - end + around);
  return [
    ...lead.map((text, index) => ({ kind: 'same' as const, line: start - lead.length + index + 1, text })),
    ...middle,
    ...rest.map((text, index) => ({ kind: 'same' as const, line: now.length - end + index + 1, text })),
  ];
}

function linesOf(text: string): readonly string[] {
  return text.replace(/\n$/, '').split('\n');
}

function firstDifference(old: readonly string[], now: readonly string[], from: number): number {
  let at = from;
  while (at < old.length && at < now.length && old[at] === now[at]) at++;
  return at;
}

/** The changes that are made here add lines and replace some: an old line is looked for ahead among the new ones. */
function compared(old: readonly string[], now: readonly string[], offset: number): readonly DiffLine[] {
  const lines: DiffLine[] = [];
  let at = 0;
  for (const [index, text] of old.entries()) {
    const found = now.indexOf(text, at);
    if (found === -1) {
      lines.push({ kind: 'removed', line: offset + index + 1, text });
      continue;
    }
    for (; at < found; at++) lines.push({ kind: 'added', line: offset + at + 1, text: now[at] ?? '' });
    lines.push({ kind: 'same', line: offset + at + 1, text });
    at++;
  }
  for (; at < now.length; at++) lines.push({ kind: 'added', line: offset + at + 1, text: now[at] ?? '' });
  return folded(lines);
}

/** Long stretches without a change are left out. */
function folded(lines: readonly DiffLine[]): readonly DiffLine[] {
  const isNear = lines.map(({ kind }) => kind !== 'same');
  return lines.filter((_, index) =>
    isNear.slice(Math.max(0, index - around), index + around + 1).includes(true),
  );
}
