/** A stretch of a text: from the first unit to the one behind the last. */
export type Stretch = readonly [start: number, end: number];

/** A text as it is meant, and where each unit of it stands in the text as it is written. */
export interface Undisguised {
  readonly text: string;
  /** Where the units from `start` to `end` stand in what was written. */
  readonly place: (start: number, end: number) => Stretch;
}

/** Text in JSON in an address in a page: what is nested deeper is read by nobody. */
const mostLayers = 4;

const escapes =
  /(?:\\|%)u([0-9a-f]{4})|\\x([0-9a-f]{2})|%(?:25)*([0-7][0-9a-f])|&#0{0,9}(\d{1,5});?|&#x0{0,9}([0-9a-f]{1,4});?|\\(["'\\/])|&(amp|lt|gt|quot|apos|num|excl|dollar|percnt|ast|plus|comma|period|sol|colon|semi|equals|quest|commat|lowbar);|(=3D)|([\uFF01-\uFF5E\u24B6-\u24E9\u{1D400}-\u{1D7FF}])|(?:\p{Cc}\[[\d;?]{0,20}[A-Z]|\[\d{1,3}(?:;\d{1,3}){0,4}m)|(?:=?\r?\n|\\r|\\n|\\t)[ \t]*|%(?:25)*(?:e2%(?:25)*(?:80%(?:25)*(?:8[b-f]|a[a-e])|81%(?:25)*a[0-9a-f])|ef%(?:25)*bb%(?:25)*bf|c2%(?:25)*ad)|[\p{Cc}\p{Cf}\p{Default_Ignorable_Code_Point}]/giu;
const isBreak = /^(?:\s*[\r\n]|\\[nrt]|=\r?\n)/;
/** Names of punctuation in HTML. */
const named: Readonly<Record<string, string>> = {
  amp: '&',
  lt: '<',
  gt: '>',
  quot: '"',
  apos: "'",
  num: '#',
  excl: '!',
  dollar: '$',
  percnt: '%',
  ast: '*',
  plus: '+',
  comma: ',',
  period: '.',
  sol: '/',
  colon: ':',
  semi: ';',
  equals: '=',
  quest: '?',
  commat: '@',
  lowbar: '_',
};

/**
 * Reads a text without what can be put between or in place of its characters: escapes of JSON, addresses and markup, line
 * breaks, letters of other widths and styles, and what cannot be seen. `undefined`: it is as it is written.
 *
 * @param lineBreak What is read in place of an end of a line.
 */
export function undisguised(written: string, lineBreak: '' | ' ' = ''): Undisguised | undefined {
  let layer: Layer | undefined;
  for (let depth = 0; depth < mostLayers; depth++) {
    const next = peeled(layer ?? { text: written, starts: undefined, ends: undefined }, lineBreak);
    if (next === undefined) break;
    layer = next;
  }
  if (layer === undefined) return undefined;
  const { text, starts, ends } = layer;
  return { text, place: (start, end) => [starts?.[start] ?? start, ends?.[end - 1] ?? end] };
}

interface Layer {
  readonly text: string;
  /** Of each unit, in what was written; absent: where it stands. */
  readonly starts: readonly number[] | undefined;
  readonly ends: readonly number[] | undefined;
}

/** Mails are written so (RFC 2045 §6.7): `Rt=247u`, with lines that are broken by `=` at their end, also within JSON. */
const quoted = /=([2-7][0-9A-F])|=(?:\r?\n|(?:\\r)?\\n)/g;

/** What quoted-printable text says; elsewhere `a=24` is a parameter, so it is read beside the text as it is written. */
export function unquoted(written: string): Undisguised | undefined {
  const whole = { text: written, starts: undefined, ends: undefined };
  const layer = peeled(whole, '', quoted, ([, code]) =>
    code === undefined ? '' : String.fromCharCode(Number.parseInt(code, 16)),
  );
  if (layer === undefined) return undefined;
  const { text, starts, ends } = layer;
  return { text, place: (start, end) => [starts?.[start] ?? start, ends?.[end - 1] ?? end] };
}

function peeled(
  { text, starts, ends }: Layer,
  lineBreak: string,
  pattern: RegExp = escapes,
  meaning: (match: RegExpExecArray) => string = meaningOf,
): Layer | undefined {
  const startOf = (at: number): number => starts?.[at] ?? at;
  const endOf = (at: number): number => ends?.[at] ?? at + 1;
  const kept = { text: '', starts: [] as number[], ends: [] as number[] };
  let from = 0;
  const keep = (to: number): void => {
    kept.text += text.slice(from, to);
    for (let at = from; at < to; at++) {
      kept.starts.push(startOf(at));
      kept.ends.push(endOf(at));
    }
  };
  for (const match of text.matchAll(pattern)) {
    keep(match.index);
    from = match.index + match[0].length;
    const meant = isBreak.test(match[0]) ? lineBreak : meaning(match);
    kept.text += meant;
    if (meant === '') continue;
    kept.starts.push(startOf(match.index));
    kept.ends.push(endOf(from - 1));
  }
  if (from === 0) return undefined;
  keep(text.length);
  return kept;
}

/** One unit, or nothing. */
function meaningOf(escape: RegExpExecArray): string {
  const [, unicode, byte, percent, decimal, hex, plain, name, quoted, wide] = escape;
  const code = unicode ?? byte ?? percent ?? hex;
  if (code !== undefined) return String.fromCharCode(Number.parseInt(code, 16));
  if (decimal !== undefined) return String.fromCharCode(Number(decimal));
  if (quoted !== undefined) return '=';
  if (wide !== undefined) return wide.normalize('NFKC').slice(0, 1);
  return plain ?? (name === undefined ? '' : (named[name.toLowerCase()] ?? ''));
}

/** The text with `mask` in place of each stretch. */
export function masked(text: string, stretches: readonly Stretch[], mask: string): string {
  let clean = '';
  let from = 0;
  for (const [start, end] of stretches.toSorted(([a], [b]) => a - b)) {
    if (end <= from) continue;
    // What overlaps is one.
    if (start >= from) clean += text.slice(from, start) + mask;
    from = end;
  }
  return clean + text.slice(from);
}

/** Tells whether all of a stretch stands in others. */
export function coverOf(stretches: readonly Stretch[]): (stretch: Stretch) => boolean {
  const covered: [start: number, end: number][] = [];
  for (const [start, end] of stretches.toSorted(([a], [b]) => a - b)) {
    const last = covered.at(-1);
    if (last !== undefined && start <= last[1]) last[1] = Math.max(last[1], end);
    else covered.push([start, end]);
  }
  return ([start, end]) => {
    let [low, high] = [0, covered.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((covered[middle]?.[1] ?? 0) < end) low = middle + 1;
      else high = middle;
    }
    return (covered[low]?.[0] ?? Number.POSITIVE_INFINITY) <= start;
  };
}
