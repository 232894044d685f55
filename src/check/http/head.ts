import { sentence } from '../../messages/sentence.ts';
import { isOwnSentence, type OwnSentence, type Sentence } from '../../model/sentence.ts';
import { ellipsize } from '../../lib/text/text.ts';

/** The head of an answer as strict parsers want it, or why nobody can make sense of it. */
export type Head =
  | { readonly kind: 'plain'; readonly status: number; readonly isChunked: boolean }
  | { readonly kind: 'tidied'; readonly status: number; readonly isChunked: boolean; readonly text: string }
  | { readonly kind: 'refused'; readonly message: Sentence };

const plainHead =
  /^HTTP\/1\.[01] ([1-9]\d\d)(?: [^\r\n]*)?\r\n(?:[!#$%&'*+.^_`|~\w-]+:[\t\x20-\x7e\x80-\xff]*\r\n)*\r\n$/;
const framing = /^(?:content-length|transfer-encoding):.*$/gim;
const plainLength = /^content-length: ?\d{1,15} *\r?$/i;
const plainChunked = /^transfer-encoding: ?chunked *\r?$/i;
const statusLine = /^http\/(?:1\.([01])|2(?:\.0)?)[ \t]+([1-9]\d\d)(?![\d])[ \t]*(.*)$/i;
/** An answer to a question that was not asked: there is none to come (RFC 9110 §15.3.5, §15.4.5). */
const bodiless: ReadonlySet<number> = new Set([204, 304]);
const switchingProtocols = 101;

/**
 * What curl and browsers read without a word, in the one form that a strict parser takes: line feeds alone, folded
 * lines, blanks around names, two lengths that are the same, a length beside chunks or where there is no body. What
 * leaves open where the answer ends is refused.
 * @param text Latin-1, with the empty line at its end.
 */
export function readHead(text: string): Head {
  const plain = plainHead.exec(text);
  if (plain !== null) {
    const status = Number(plain[1]);
    const lines = text.match(framing) ?? [];
    const isChunked = lines.length === 1 && plainChunked.test(lines[0] ?? '');
    const isSized = lines.length === 1 && plainLength.test(lines[0] ?? '');
    if (
      status !== switchingProtocols &&
      (lines.length === 0 || (!bodiless.has(status) && (isChunked || isSized)))
    )
      return { kind: 'plain', status, isChunked };
  }
  return tidy(text);
}

function tidy(text: string): Head {
  const [first = '', ...rest] = text.replace(/^(?:\r?\n)+/, '').split(/\r?\n/);
  const start = statusLine.exec(first.replaceAll('\r', ' '));
  if (/^http\/\S+[ \t]+0/i.test(first)) return refused(sentence('noStatus'));
  // The parser's own words for it are as good as any.
  if (start === null) return { kind: 'plain', status: 0, isChunked: false };
  const status = Number(start[2]);
  if (status === switchingProtocols) return refused(sentence('protocolSwitched'));
  const fields = fieldsOf(rest);
  if (isOwnSentence(fields)) return refused(fields);
  const framed = framingOf(status, fields);
  if (isOwnSentence(framed)) return refused(framed);
  const lines = [
    `HTTP/1.${start[1] ?? '1'} ${status} ${start[3] ?? ''}`,
    ...framed.map(([name, value]) => `${name}: ${value}`),
  ];
  return { kind: 'tidied', status, isChunked: isChunked(framed), text: `${lines.join('\r\n')}\r\n\r\n` };
}

type Field = readonly [name: string, value: string];

/** A sentence says what is wrong with them. */
function fieldsOf(lines: readonly string[]): readonly Field[] | OwnSentence {
  const fields: Field[] = [];
  for (const line of lines) {
    if (line === '') continue;
    const last = fields.at(-1);
    if (/^[ \t]/.test(line) && last !== undefined) {
      fields[fields.length - 1] = [last[0], `${last[1]} ${cleanValue(line)}`.trim()];
      continue;
    }
    const colon = line.indexOf(':');
    if (line.includes('\0')) return sentence('nulInHeader');
    if (colon === -1) return sentence('headerWithoutColon', { line: JSON.stringify(ellipsize(line, 40)) });
    const name = line
      .slice(0, colon)
      .trim()
      .replaceAll(/[^!#$%&'*+.^_`|~\w-]/g, '_');
    if (name !== '') fields.push([name, cleanValue(line.slice(colon + 1))]);
  }
  return fields;
}

function cleanValue(value: string): string {
  return value.replaceAll(/[^\t\x20-\x7e\x80-\xff]/g, ' ').trim();
}

/** The fields with no doubt left about where the body ends. */
function framingOf(status: number, fields: readonly Field[]): readonly Field[] | OwnSentence {
  const others = fields.filter(([name]) => !isFraming(name));
  if (bodiless.has(status)) return others;
  const codings = valuesOf(fields, 'transfer-encoding').filter(
    (coding) => coding.toLowerCase() !== 'identity',
  );
  if (codings.length > 0) {
    const isTwice = codings.every((coding) => coding.toLowerCase() === 'chunked');
    return [...others, ['Transfer-Encoding', isTwice ? 'chunked' : codings.join(', ')]];
  }
  const lengths = [...new Set(valuesOf(fields, 'content-length').map((length) => length.replace(/^\+/, '')))];
  const [length] = lengths;
  if (length === undefined) return others;
  if (lengths.length > 1) return sentence('twoLengths', { lengths });
  if (!/^\d+$/.test(length)) return sentence('badLength', { length: JSON.stringify(ellipsize(length, 40)) });
  // Longer than anything can be: as good as none.
  return Number.isSafeInteger(Number(length)) ? [...others, ['Content-Length', length]] : others;
}

function isFraming(name: string): boolean {
  return /^(?:content-length|transfer-encoding)$/i.test(name);
}

function valuesOf(fields: readonly Field[], wanted: string): readonly string[] {
  return fields
    .filter(([name]) => name.toLowerCase() === wanted)
    .flatMap(([, value]) => value.split(','))
    .map((value) => value.trim());
}

function isChunked(fields: readonly Field[]): boolean {
  return valuesOf(fields, 'transfer-encoding').at(-1)?.toLowerCase() === 'chunked';
}

function refused(message: Sentence): Head {
  return { kind: 'refused', message };
}
