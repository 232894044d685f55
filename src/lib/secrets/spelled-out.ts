import type { Stretch, Undisguised } from './disguise.ts';

/** What is shorter is a few short values. */
const leastValues = 5;
/** A key or an index in front of a value, from its beginning on: long words are gone through once. */
const key = String.raw`(?:\[?\\{0,15}["']?(?<![\w$.-])[\w$.-]{1,64}\\{0,15}["']?\]?\s{0,40}(?:=>|[:=])\s{0,40})`;
/** Of a quote or a backslash, and of another character, in a text whose quotes carry so many backslashes. */
const escape = String.raw`\1\1\\["'/\\]|\1\\[^"'\\]`;
/** Values of up to four characters: quoted, also within quotes; the number of a character; what stands behind a key or an index by itself, or in an element. */
const cells: readonly RegExp[] = [
  new RegExp(
    String.raw`${key}?(?<![\w\\])(\\{0,15})(["'])(?<value>(?:${escape}|(?!\2)[^\\]){1,4}?)\1\2(?!\s{0,40}(?::|=>))`,
    'gs',
  ),
  new RegExp(String.raw`${key}(?<value>\d{1,3})(?![\w.])`, 'g'),
  new RegExp(
    String.raw`(?:${key}|^[ \t]{0,40}[-*][ \t]{1,8})(?<value>[^\s"'&,;=<>(){}[\]\\]{1,4})(?=[\s&,;)\]}\\"']|$)`,
    'gm',
  ),
  /\[["']?[\w$.-]{1,16}["']?\]\s{0,40}=>\s{0,40}(?<value>\S{1,4}?)(?=\s|\\[nr]|$)/g,
  /<[A-Za-z][^<>]{0,40}>(?<value>[^<>\s]{1,4})<\/[A-Za-z][\w:.-]{0,20}>/g,
];
/** What may stand between two of them: brackets, blanks, and other fields with a number or an index. */
const between =
  /^(?:[\s,;&{}()[\]]|\\+[nrt]|\\*"[\w$.-]{1,16}\\*"\s*:\s*-?\d{1,6}\s*(?=,)|<\/?[A-Za-z][^<>]{0,40}>)*$/;
const mostBetween = 64;
/** In front of a quote or a backslash, twice as many and one more for each text that it is quoted in. */
const escaped = /^\\+(?=["'\\/]$)/;

/**
 * Reads texts of which each character is a value of its own: lists and objects of letters, as a server shows a string that it
 * took for an array (`{"0":"s","1":"e"}`, `["s","e"]`, `[0] => s`, `<i>s</i>`). One such text after the other, with `…` behind
 * each. `undefined`: there is none.
 */
export function spelledOut(written: string): Undisguised | undefined {
  const read = { text: '', places: [] as Stretch[] };
  for (const cell of cells) takeRuns(written, cell, read);
  const { text, places } = read;
  if (text === '') return undefined;
  return {
    text,
    place: (start, end) => [places[start]?.[0] ?? 0, places[end - 1]?.[1] ?? written.length],
  };
}

interface Read {
  text: string;
  readonly places: Stretch[];
}

interface Cell {
  readonly value: string;
  readonly place: Stretch;
}

function takeRuns(written: string, cell: RegExp, read: Read): void {
  let run: Cell[] = [];
  let end = 0;
  for (const { 0: all, index, groups } of written.matchAll(cell)) {
    const isNext = index - end <= mostBetween && between.test(written.slice(end, index));
    if (!isNext) {
      take(run, read);
      run = [];
    }
    end = index + all.length;
    run.push({ value: (groups?.['value'] ?? '').replace(escaped, ''), place: [index, end] });
  }
  take(run, read);
}

function take(run: readonly Cell[], read: Read): void {
  if (run.length < leastValues) return;
  for (const { value, place } of run) {
    read.text += value;
    for (let unit = 0; unit < value.length; unit++) read.places.push(place);
  }
  read.text += '…';
  read.places.push(run.at(-1)?.place ?? [0, 0]);
}
