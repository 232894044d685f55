import { createHash } from 'node:crypto';
import { oneLine } from './clean.ts';

/** UTF-8 length. */
export function byteLength(text: string): number {
  return Buffer.byteLength(text);
}

/** The longest prefix of at most `bytes` UTF-8 bytes; never cuts inside a character. */
export function cutBytes(text: string, bytes: number): string {
  if (Buffer.byteLength(text) <= bytes) return text;
  return new TextDecoder().decode(Buffer.from(text).subarray(0, Math.max(0, bytes)), { stream: true });
}

/** As `cutBytes`, with `…` at the end when something was cut off. */
export function ellipsize(text: string, bytes: number): string {
  return Buffer.byteLength(text) <= bytes ? text : `${cutBytes(text, bytes - 3)}…`;
}

/** For text and for attributes in double quotes, of HTML and XML. */
export function escapeMarkup(text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;');
}

export function sha256(content: string | Uint8Array): string {
  return createHash('sha256').update(content).digest('hex');
}

/** The first bytes of it in hex: a text of its own, where a piece of the whole one would keep all of that. */
export function shortSha256(content: string, bytes: number): string {
  return createHash('sha256').update(content).digest().toString('hex', 0, bytes);
}

/** Edit distance, for "did you mean". */
export function distance(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, index) => index);
  for (let i = 1; i <= a.length; i++) {
    const next = [i];
    for (let j = 1; j <= b.length; j++) {
      const substitute = (row[j - 1] ?? 0) + (a[i - 1] === b[j - 1] ? 0 : 1);
      next.push(Math.min(substitute, (row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1));
    }
    row = next;
  }
  return row[b.length] ?? 0;
}

/** Nobody mistypes what is longer; the distance takes the square of it. */
const longestWord = 200;

/** The nearest of `candidates` when it is near enough to be a slip of the finger. */
export function nearest(word: string, candidates: Iterable<string>): string | undefined {
  if (word.length > longestWord) return undefined;
  let best: string | undefined;
  let bestDistance = Math.max(2, Math.floor(word.length / 3)) + 1;
  for (const candidate of candidates) {
    if (Math.abs(candidate.length - word.length) >= bestDistance) continue;
    const steps = distance(word.toLowerCase(), candidate.toLowerCase());
    if (steps < bestDistance) [best, bestDistance] = [candidate, steps];
  }
  return best;
}

/** Once, as every server does; what is not encoded in UTF-8 is read as it is written. */
export function percentDecoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

/** A word of a command line as a POSIX shell takes it. */
export function shellWord(text: string): string {
  return /^[\w@%+=:,./-]+$/.test(text) ? text : `'${text.replaceAll("'", `'\\''`)}'`;
}

/** Rows as RFC 4180 has them. */
export function csv(rows: readonly (readonly (string | number)[])[]): string {
  return rows.map((row) => `${row.map(cell).join(',')}\r\n`).join('');
}

/** A cell that begins like a formula would be run by a spreadsheet: text from strangers must not. */
function cell(value: string | number): string {
  if (typeof value === 'number') return String(value);
  const clean = oneLine(value);
  const inert = /^[\s"']*[=+\-@|%＝＋－＠]/.test(clean) ? `'${clean}` : clean;
  return /[",]/.test(inert) ? `"${inert.replaceAll('"', '""')}"` : inert;
}

/**
 * Text of strangers in Markdown, also in a table: no markup, no HTML, no link and no picture. Viewers make links of
 * bare addresses and call people who are mentioned, so neither is left as it is.
 */
export function escapeMarkdown(text: string): string {
  return oneLine(text)
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replace(/[\\`*_[\]|#~!$]/g, String.raw`\$&`)
    .replace(/:(?=\/\/)/g, '&#58;')
    .replace(/\bwww\./gi, (found) => `${found.slice(0, -1)}&#46;`)
    .replace(/(?<![\w.])@(?=\w)/g, '＠');
}
