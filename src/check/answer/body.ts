import { isAscii, isUtf8 } from 'node:buffer';
import { brotliDecompressSync, crc32, gunzipSync, inflateRawSync, inflateSync } from 'node:zlib';
import { sentence } from '../../messages/sentence.ts';
import type { Sentence } from '../../model/sentence.ts';

interface Limit {
  readonly maxOutputLength: number;
}

/** Of a gzip member (RFC 1952 §2.3). */
const headerBytes = 10;
const trailerBytes = 8;
const flags = { headerCrc: 2, extra: 4, name: 8, comment: 16 } as const;

/** As `gunzipSync`, but for what stands behind the last member: a template's newline is no reason to refuse an answer. */
function gunzip(bytes: Buffer, limit: Limit): Buffer {
  try {
    return gunzipSync(bytes, limit);
  } catch (error) {
    const end = isTooLong(error) ? undefined : endOfMembers(bytes, limit);
    if (end === undefined || end === bytes.length) throw error;
    return gunzipSync(bytes.subarray(0, end), limit);
  }
}

/** Made more than the limit allows. */
function isTooLong(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'ERR_BUFFER_TOO_LARGE';
}

/** `undefined`: there is no whole member. */
function endOfMembers(bytes: Buffer, limit: Limit): number | undefined {
  let end: number | undefined;
  for (let start: number | undefined = 0; start !== undefined; ) {
    start = endOfMember(bytes, start, limit);
    end = start ?? end;
  }
  return end;
}

function endOfMember(bytes: Buffer, start: number, limit: Limit): number | undefined {
  const data = endOfHeader(bytes, start);
  if (data === undefined) return undefined;
  try {
    const { buffer, engine } = inflateRawSync(bytes.subarray(data), { ...limit, info: true }) as unknown as {
      readonly buffer: Buffer;
      readonly engine: { readonly bytesWritten: number };
    };
    const trailer = data + engine.bytesWritten;
    const isWhole = trailer + trailerBytes <= bytes.length && bytes.readUInt32LE(trailer) === crc32(buffer);
    return isWhole ? trailer + trailerBytes : undefined;
  } catch {
    return undefined;
  }
}

function endOfHeader(bytes: Buffer, start: number): number | undefined {
  if (bytes[start] !== 0x1f || bytes[start + 1] !== 0x8b) return undefined;
  const has = bytes[start + 3] ?? 0;
  let end = start + headerBytes;
  if ((has & flags.extra) !== 0) end += 2 + (bytes[end] ?? 0) + 256 * (bytes[end + 1] ?? 0);
  for (const text of [flags.name, flags.comment]) {
    if ((has & text) !== 0) end = bytes.indexOf(0, end) + 1;
  }
  if ((has & flags.headerCrc) !== 0) end += 2;
  return end;
}

/** The bytes of a body without their content encoding. */
export interface Plain {
  readonly bytes: Buffer;
  /** Longer than the limit: nothing of it is given. */
  readonly tooLong: boolean;
  /** Why the bytes could not be had. */
  readonly problem?: Sentence;
}

const nothing = Buffer.alloc(0);

type Decoder = (bytes: Buffer, options: { readonly maxOutputLength: number }) => Buffer;

const decoders: Readonly<Record<string, Decoder>> = {
  gzip: gunzip,
  'x-gzip': gunzip,
  br: brotliDecompressSync,
  // Half of the servers mean the zlib format, as the standard does (RFC 9110 §8.4.1.2), half the bare stream.
  deflate: (bytes, options) => ((bytes[0] ?? 0) % 16 === 8 ? inflateSync : inflateRawSync)(bytes, options),
};

/** Real ones that we never ask for. */
const unknownCompressions = new Set(['zstd', 'compress', 'x-compress', 'dcb', 'dcz', 'exi']);

/**
 * Undoes `content-encoding`, the last one first. Never makes more than `maxBytes` out of it: a kilobyte of gzip can
 * stand for a megabyte, and encodings can be nested.
 */
export function decodeBody(body: Buffer, contentEncoding: string | undefined, maxBytes: number): Plain {
  const encodings = (contentEncoding ?? '').toLowerCase().split(',');
  let bytes = body;
  for (const encoding of encodings.map(bareName).toReversed()) {
    if (encoding === '' || encoding === 'identity' || bytes.length === 0) continue;
    const decode = decoders[encoding];
    if (decode === undefined && isNoEncoding(encoding, bytes)) continue;
    if (decode === undefined) {
      return {
        bytes: nothing,
        tooLong: false,
        problem: sentence('encodingNotAskedFor', { encoding }),
      };
    }
    try {
      bytes = decode(bytes, { maxOutputLength: maxBytes });
    } catch (error) {
      if (isTooLong(error)) return { bytes: nothing, tooLong: true };
      return {
        bytes: nothing,
        tooLong: false,
        problem: sentence('bodyNotEncoded', { encoding }),
      };
    }
  }
  return { bytes, tooLong: false };
}

function bareName(encoding: string): string {
  return encoding.replace(/;.*/, '').replaceAll('"', '').trim();
}

/** Servers write charsets, `none`, `binary`, `aws-chunked` and more there: they say nothing about how to read the bytes. */
function isNoEncoding(name: string, bytes: Buffer): boolean {
  if (unknownCompressions.has(name)) return false;
  return known(name) !== undefined || (isUtf8(bytes) && !bytes.subarray(0, 1024).includes(0));
}

/** Text by its byte order mark, its declared charset, what it says itself, else UTF-8, else GB18030. */
export function decodeText(bytes: Buffer, contentType: string | undefined): string {
  // Packed, and does not say so: what most charsets make of it could be had back, and unpacked.
  if (bytes[0] === 0x1f && bytes[1] === 0x8b) return bytes.toString('utf8');
  const charset = markOf(bytes) ?? declaredIn(contentType);
  // Almost all answers are UTF-8, which a buffer decodes at half the cost.
  if (charset === undefined || charset === 'utf-8') {
    if (isUtf8(bytes) || (declaredInside(bytes) === undefined && isCutUtf8(bytes)))
      return withoutMark(bytes.toString('utf8'));
    return new TextDecoder(charset ?? declaredInside(bytes) ?? 'gb18030').decode(bytes);
  }
  return new TextDecoder(charset).decode(bytes);
}

/** Bytes of the longest character of UTF-8. */
const longestCharacter = 4;

/** It ends within its last character, and is UTF-8 up to there. */
function isCutUtf8(bytes: Buffer): boolean {
  const tail = bytes.subarray(-longestCharacter + 1);
  const start = tail.findLastIndex((byte) => byte >= 0xc0);
  if (start === -1) return false;
  const cut = bytes.length - tail.length + start;
  const lead = bytes[cut] ?? 0;
  const needed = lead >= 0xf0 ? 4 : lead >= 0xe0 ? 3 : 2;
  const isOpen = bytes.length - cut < needed;
  // Of Latin-1 and GB18030 the same bytes are whole characters, and nothing speaks for UTF-8 before them.
  const before = bytes.subarray(0, cut);
  return isOpen && isUtf8(before) && (/^\s*[{[]/.test(before.toString('latin1', 0, 64)) || !isAscii(before));
}

function withoutMark(text: string): string {
  return text.codePointAt(0) === 0xfeff ? text.slice(1) : text;
}

function markOf(bytes: Buffer): string | undefined {
  if (bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf) return 'utf-8';
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return 'utf-16le';
  return bytes[0] === 0xfe && bytes[1] === 0xff ? 'utf-16be' : undefined;
}

function declaredIn(contentType: string | undefined): string | undefined {
  const label =
    contentType === undefined ? undefined : /charset\s*=\s*["']?([^"';\s]+)/i.exec(contentType)?.[1];
  return label === undefined ? undefined : known(label);
}

/** `<meta charset>` of HTML and the declaration of XML, as a browser looks for them. */
function declaredInside(bytes: Buffer): string | undefined {
  const head = bytes.subarray(0, 1024).toString('latin1');
  const label = /<meta[^>]+charset\s*=\s*["']?([\w-]+)|<\?xml[^>]+encoding\s*=\s*["']([\w-]+)/i.exec(head);
  return label === null ? undefined : known(label[1] ?? label[2] ?? '');
}

function known(label: string): string | undefined {
  try {
    return new TextDecoder(label).encoding;
  } catch {
    return undefined;
  }
}
