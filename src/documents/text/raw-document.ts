import { sentence } from '../../messages/sentence.ts';
import { isObject, type Json, type JsonObject } from '../../model/json.ts';
import type { Problem } from '../../model/problem.ts';
import type { RawDocument } from '../formats/format.ts';
import { limits } from '../limits.ts';
import { type Parsed, parseData } from './parse.ts';
import { servedDocument } from './served.ts';
import type { Flaw } from './yaml.ts';
import type { Sentence } from '../../model/sentence.ts';

/** The bytes of a file or an answer, and what was said about them. */
export interface RawBytes {
  readonly uri: string;
  readonly bytes: Uint8Array;
  /** `Content-Type` of the answer. */
  readonly contentType?: string;
}

/** Decodes at once and parses at the first look at `data`. */
export class ParsedRawDocument implements RawDocument {
  readonly uri: string;
  readonly text: string;
  readonly isRewritten: boolean;
  #parsed: Parsed | undefined;

  constructor(uri: string, text: string, isRewritten = false) {
    this.uri = uri;
    this.text = text;
    this.isRewritten = isRewritten;
  }

  get data(): JsonObject | undefined {
    const parsed = this.parsed;
    return parsed.kind === 'data' && isObject(parsed.value) ? parsed.value : undefined;
  }

  get items(): readonly Json[] | undefined {
    const parsed = this.parsed;
    return parsed.kind === 'data' && Array.isArray(parsed.value)
      ? (parsed.value as readonly Json[])
      : undefined;
  }

  get parsed(): Parsed {
    this.#parsed ??= parseData(this.text);
    return this.#parsed;
  }

  /** Why the text is no data although it looks like it. */
  get broken(): Problem | undefined {
    return this.parsed.kind === 'broken' ? problemOf(this.parsed.flaw, 'error', this.uri) : undefined;
  }

  /** Mistakes that were overlooked. */
  get flaws(): readonly Problem[] {
    if (this.#parsed?.kind !== 'data') return [];
    return this.#parsed.flaws.slice(0, limits.problems).map((flaw) => problemOf(flaw, 'warning', this.uri));
  }
}

function problemOf(flaw: Flaw, severity: Problem['level'], file: string): Problem {
  return { level: severity, file, ...flaw };
}

export function openRawDocument(raw: RawBytes): ParsedRawDocument | Problem {
  if (raw.bytes.length > limits.fileBytes) {
    return {
      level: 'error',
      code: 'file-too-large',
      message: sentence('fileTooLarge', { size: raw.bytes.length, limit: limits.fileBytes }),
      file: raw.uri,
    };
  }
  const charset = /;\s*charset="?([\w-]+)/i.exec(raw.contentType ?? '')?.[1];
  const decoded = decodeText(raw.bytes, charset);
  if (!decoded.ok) {
    return {
      level: 'error',
      code: decoded.code,
      message: decoded.message,
      file: raw.uri,
      hint: sentence('saveAsUtf8'),
    };
  }
  const text = servedDocument(decoded.text);
  return new ParsedRawDocument(raw.uri, text, text !== decoded.text);
}

/** Text of a document, or why there is none. */
type Decoded =
  | { readonly ok: true; readonly text: string; readonly charset: string }
  | { readonly ok: false; readonly code: string; readonly message: Sentence };

const byteOrderMarks: readonly (readonly [charset: string, mark: readonly number[]])[] = [
  ['utf-32le', [0xff, 0xfe, 0, 0]],
  ['utf-8', [0xef, 0xbb, 0xbf]],
  ['utf-16le', [0xff, 0xfe]],
  ['utf-16be', [0xfe, 0xff]],
];

/**
 * Bytes as text without byte order mark. UTF-8 unless the mark, the shape of the bytes or `declared` (the charset
 * of an answer's `Content-Type`) says otherwise; bytes that are no UTF-8 are read as GB18030, the superset of what
 * Chinese editors on Windows write.
 */
export function decodeText(bytes: Uint8Array, declared?: string): Decoded {
  const marked = byteOrderMarks.find(([, mark]) => mark.every((byte, index) => bytes[index] === byte))?.[0];
  if (marked === 'utf-32le') return refusedCharset('UTF-32');
  const charset = marked ?? wideWithoutMark(bytes);
  const candidates = charset === undefined ? ['utf-8', ...known(declared), 'gb18030'] : [charset];
  for (const candidate of candidates) {
    const text = tryDecode(bytes, candidate);
    if (text !== undefined) return withoutNul(text, candidate);
  }
  return refusedCharset(sentence('unknownEncoding'));
}

function tryDecode(bytes: Uint8Array, charset: string): string | undefined {
  try {
    return new TextDecoder(charset, { fatal: true }).decode(bytes);
  } catch {
    return undefined;
  }
}

/** The first character of a document is ASCII, so UTF-16 shows a zero byte beside it. */
function wideWithoutMark(bytes: Uint8Array): string | undefined {
  if (bytes.length < 2) return undefined;
  if (bytes[0] !== 0 && bytes[1] === 0) return 'utf-16le';
  if (bytes[0] === 0 && bytes[1] !== 0) return 'utf-16be';
  return undefined;
}

function known(charset: string | undefined): string[] {
  if (charset === undefined) return [];
  try {
    return [new TextDecoder(charset).encoding];
  } catch {
    return [];
  }
}

function withoutNul(text: string, charset: string): Decoded {
  const at = text.indexOf('\0');
  if (at === -1) return { ok: true, text, charset };
  return {
    ok: false,
    code: 'binary-file',
    message: sentence('nulCharacter', { n: at }),
  };
}

function refusedCharset(found: Sentence): Decoded {
  return { ok: false, code: 'unknown-charset', message: sentence('writtenIn', { encoding: found }) };
}
