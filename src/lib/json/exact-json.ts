import type { Json } from '../../model/json.ts';

/**
 * JSON whose numbers keep all their digits: one that a double cannot hold (`1775389422113955841`, `1e400`) becomes a text
 * of what was written. Everything else is as `JSON.parse` has it, and as fast where no number is that long.
 *
 * @param rounded Names of members whose numbers stay numbers, rounded: bounds are compared and never sent.
 * @throws SyntaxError as `JSON.parse` does, with positions in `text`
 */
export function parseExactJson(text: string, rounded: ReadonlySet<string> = new Set()): Json {
  const value = JSON.parse(text) as Json;
  return mayBeLong.test(text) ? (JSON.parse(withTexts(text, rounded)) as Json) : value;
}

/** Whether a JSON text may hold a number that a double cannot; next to nothing to find out. */
export function mayLoseDigits(text: string): boolean {
  return mayBeLong.test(text);
}

/** A double holds 15 digits whatever they are (IEEE 754, DBL_DIG), and powers of ten up to 308. */
const mayBeLong = /\d(?:\.?\d){15}|\d[eE][+]?\d{3}/;
const longestName = 100;
const number = /-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?/y;

/** Valid JSON with quotes around the numbers that lose digits. */
function withTexts(text: string, rounded: ReadonlySet<string>): string {
  const parts: string[] = [];
  /** The last text, which is the name of a number behind a colon. */
  let name = '';
  let from = 0;
  let at = 0;
  while (at < text.length) {
    const char = text[at] ?? '';
    if (char === '"') {
      const end = stringEnd(text, at + 1);
      name = text.slice(at + 1, Math.min(end - 1, at + 1 + longestName));
      at = end;
    } else if (char === ',' || char === '[') {
      name = '';
      at++;
    } else if (char === '-' || (char >= '0' && char <= '9')) {
      number.lastIndex = at;
      const found = number.exec(text)?.[0] ?? char;
      if (!isExact(found) && !rounded.has(name)) {
        parts.push(text.slice(from, at), '"', found, '"');
        from = at + found.length;
      }
      at += found.length;
    } else at++;
  }
  parts.push(text.slice(from));
  return parts.join('');
}

function stringEnd(text: string, from: number): number {
  for (let at = from; at < text.length; at++) {
    if (text[at] === '\\') at++;
    else if (text[at] === '"') return at + 1;
  }
  return text.length;
}

/** Whether a decimal, as written in JSON, is the same number as a double: no digit is lost. */
export function isExact(decimal: string): boolean {
  if (!mayBeLong.test(decimal)) return true;
  const value = Number(decimal);
  return Number.isFinite(value) && digitsOf(String(value)) === digitsOf(decimal);
}

/** Significant digits and where the point stands, the same for every way to write a number. */
function digitsOf(decimal: string): string {
  const [, sign = '', whole = '', fraction = '', exponent = '0'] =
    /^(-?)(\d+)(?:\.(\d+))?(?:[eE]([+-]?\d+))?$/.exec(decimal) ?? [];
  const all = `${whole}${fraction}`.replace(/^0+/, '');
  const kept = all.replace(/0+$/, '');
  const power = Number(exponent) - fraction.length + (all.length - kept.length);
  return kept === '' ? '0' : `${sign}${kept}e${power}`;
}

/**
 * An unquoted number of YAML. One that is written as no number is (`01234`, `+8613800000000`, `0x1F`), or that would lose
 * digits (`1775389422113955841`, `5e12345`), stays the text that its author saw; `null` for `.inf` and `.nan`.
 */
export function numberOrText(source: string, value: number | bigint): number | string | null {
  const number = Number(value);
  if (String(number) === source) return number;
  if (/^(?:\+|-?0[\dxo])/i.test(source) || (/\d/.test(source) && !isExact(source))) return source;
  return Number.isFinite(number) ? number : null;
}
