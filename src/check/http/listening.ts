import { sentence } from '../../messages/sentence.ts';
import { isOwnSentence, type OwnSentence, type Sentence } from '../../model/sentence.ts';
import type { Socket } from 'node:net';
import { NotHttp } from './failure.ts';
import { ellipsize } from '../../lib/text/text.ts';

/** Longer heads are left to the parser, which refuses them. */
export const maxHeadBytes = 65_536;

/** A server that has more to say before it answers says it for ever. */
const mostInterims = 20;

/** The last line and the empty one, whatever ends them. */
const headEnd = /[^\r\n]\r?\n\r?\n/;
const headEndBytes = 5;

/**
 * Stands between a socket and the parser of its answers, one answer at a time: the parser takes nothing but what the
 * standard says, and servers that every other client understands say more. Heads in order go through untouched.
 */
export class Listening {
  readonly #socket: Socket;
  readonly #heard: () => void;
  #state: 'head' | 'body' = 'head';
  #held: Buffer | undefined;
  #chunks: ChunkLines | undefined;
  #interims = 0;
  /** Something of what it sent had to be put in order: what else it leaves on the connection is anybody's guess. */
  isOdd = false;

  /** @param heard Called with the first bytes of each answer. */
  constructor(socket: Socket, heard: () => void) {
    this.#socket = socket;
    this.#heard = heard;
    const read = socket.read.bind(socket);
    socket.read = (size?: number): unknown => {
      for (let chunk = read(size) as Buffer | null; chunk !== null; chunk = read(size) as Buffer | null) {
        const out = this.#take(chunk);
        if (out.length > 0) return out;
      }
      return null;
    };
  }

  /** A request is about to be sent: what comes now is the head of its answer. */
  expect(): void {
    this.#state = 'head';
    this.#held = undefined;
    this.#chunks = undefined;
    this.#interims = 0;
  }

  #take(chunk: Buffer): Buffer {
    if (this.#state === 'body') return this.#body(chunk);
    if (this.#held === undefined) this.#heard();
    const bytes = this.#held === undefined ? chunk : Buffer.concat([this.#held, chunk]);
    // What was there before has been looked through, but for the beginning of an end.
    const from = Math.max(0, bytes.length - chunk.length - headEndBytes);
    const end = headEnd.exec(bytes.toString('latin1', from, maxHeadBytes));
    if (end === null) return this.#wait(bytes);
    const length = from + end.index + end[0].length;
    return this.#head(bytes.toString('latin1', 0, length), bytes.subarray(length), bytes);
  }

  #body(bytes: Buffer): Buffer {
    if (this.#chunks === undefined) return bytes;
    const tidy = this.#chunks.tidy(bytes);
    return this.#chunks.isWithoutEnd ? this.#refuse(sentence('endlessBesideData')) : tidy;
  }

  #refuse(message: Sentence): Buffer {
    this.#state = 'body';
    this.#socket.destroy(new NotHttp(message));
    return nothing;
  }

  #wait(bytes: Buffer): Buffer {
    if (bytes.length < maxHeadBytes) {
      this.#held = bytes;
      return nothing;
    }
    this.#state = 'body';
    return bytes;
  }

  #head(text: string, rest: Buffer, whole: Buffer): Buffer {
    this.#held = undefined;
    const head = readHead(text);
    if (head.kind === 'refused') return this.#refuse(head.message);
    if (head.status > 0 && head.status < 200 && ++this.#interims > mostInterims)
      return this.#refuse(sentence('tooManyInterim', { n: mostInterims, status: head.status }));
    // Nobody had asked whether to go on (RFC 9110 §15.2.1); the answer is still to come.
    if (head.status === 100) return rest.length === 0 ? nothing : this.#take(rest);
    if (head.status > 0 && head.status < 200) {
      return Buffer.concat([
        whole.subarray(0, whole.length - rest.length),
        rest.length === 0 ? nothing : this.#take(rest),
      ]);
    }
    this.#state = 'body';
    if (head.isChunked) this.#chunks = new ChunkLines();
    const body = this.#body(rest);
    if (head.kind === 'plain')
      return body === rest ? whole : Buffer.concat([Buffer.from(text, 'latin1'), body]);
    this.isOdd = true;
    return Buffer.concat([Buffer.from(head.text, 'latin1'), body]);
  }
}

const nothing = Buffer.alloc(0);

type Phase = 'size' | 'data' | 'end' | 'trailer' | 'over';

/** A line of a chunked body that is longer has no end. */
const maxLineBytes = 16_384;
/** What chunks of one byte each take beside it, and more. */
const linesPerData = 16;
/** Lines that any body may have beside that. */
const freeLineBytes = 65_536;

/**
 * Puts the lines between the chunks of a body (RFC 9112 §7.1) into the form that a strict parser takes: some servers
 * end them with a line feed alone, or pad sizes with blanks. Data goes through as it is, and so does what is no chunk.
 */
class ChunkLines {
  #phase: Phase = 'size';
  #left = 0;
  #line = '';
  #lineBytes = 0;
  #dataBytes = 0;

  /** The server goes on for ever with what is no data: sizes of chunks, what is said beside them, or trailers. */
  get isWithoutEnd(): boolean {
    return (
      this.#line.length > maxLineBytes || this.#lineBytes > freeLineBytes + this.#dataBytes * linesPerData
    );
  }

  /** What to hand on of these bytes; what is missing of a line comes with later ones. */
  tidy(bytes: Buffer): Buffer {
    const out: Buffer[] = [];
    let at = 0;
    while (at < bytes.length) {
      if (this.#phase === 'over') {
        out.push(bytes.subarray(at));
        break;
      }
      if (this.#phase === 'data') {
        const data = bytes.subarray(at, at + this.#left);
        out.push(data);
        at += data.length;
        this.#dataBytes += data.length;
        this.#left -= data.length;
        if (this.#left === 0) this.#phase = 'end';
        continue;
      }
      const end = bytes.indexOf(0x0a, at);
      this.#line += bytes.toString('latin1', at, end === -1 ? bytes.length : end);
      const next = end === -1 ? bytes.length : end + 1;
      this.#lineBytes += next - at;
      at = next;
      if (this.isWithoutEnd) break;
      if (end !== -1) out.push(this.#endLine());
    }
    const [only] = out;
    return out.length === 1 && only !== undefined ? only : Buffer.concat(out);
  }

  #endLine(): Buffer {
    const line = this.#line.endsWith('\r') ? this.#line.slice(0, -1) : this.#line;
    const written = this.#line;
    this.#line = '';
    if (this.#phase === 'size') {
      const [, size] = /^([\da-f]+)[ \t]*(?:;.*)?$/i.exec(line) ?? [];
      this.#left = size === undefined ? Number.NaN : Number.parseInt(size, 16);
      if (size === undefined || !Number.isSafeInteger(this.#left)) return this.#giveUp(`${written}\n`);
      this.#phase = this.#left === 0 ? 'trailer' : 'data';
      return Buffer.from(`${size}\r\n`);
    }
    if (this.#phase === 'end') {
      if (line !== '') return this.#giveUp(`${written}\n`);
      this.#phase = 'size';
      return Buffer.from('\r\n');
    }
    if (line === '') this.#phase = 'over';
    // Nobody reads trailers: one that cannot be read must not cost the answer.
    return Buffer.from(line === '' ? '\r\n' : '');
  }

  /** The parser says what is wrong. */
  #giveUp(line: string): Buffer {
    this.#phase = 'over';
    this.#line = '';
    return Buffer.from(line, 'latin1');
  }
}

/** The head of an answer as strict parsers want it, or why nobody can make sense of it. */
type Head =
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
function readHead(text: string): Head {
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
