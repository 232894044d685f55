import { constants, gunzipSync, inflateRawSync, inflateSync } from 'node:zlib';
import type { Steps } from '../yielder.ts';
import type { Stretch } from './disguise.ts';
import { alphabet32 } from './encodings.ts';

/** A way to write bytes as text. */
interface Decoder {
  /** What is written so, as far as it can be told by its letters. */
  readonly runs: RegExp;
  readonly decode: (run: string) => readonly Buffer[];
}

const decoders: readonly Decoder[] = [
  { runs: /(?:[0-9a-f]{2}){10,}/gi, decode: (run) => [Buffer.from(run, 'hex')] },
  { runs: /[A-Za-z0-9+_/-]{14,}/g, decode: base64 },
  { runs: /[A-Z2-7]{16,}|[a-z2-7]{16,}/g, decode: (run) => [base32(run)] },
  { runs: /%[0-9a-f]{2}[\w.~!*'()+%-]{8,}/gi, decode: (run) => [percent(run)] },
];

/** What is read of one text; what is longer was not meant to be read by people. */
const mostRead = 128 * 1024;
/** Of one packed piece. */
const mostUnpacked = 16 * 1024;
/** Unpacking is the only costly step. */
const mostPacked = 8;
/** What has no head is packed by chance alone, mostly; that shows within its first bytes. */
const mostRaw = 32;
/** Of what may begin so behind any slash, as much is read. */
const longestRaw = 2048;

/** Pieces that are read in a step; unpacking one is a step of its own. */
const perStep = 50;

/** What stands in a text in encodings, piece by piece with `…` in between. */
export interface Decoded {
  readonly text: string;
  /** Where that of which the units from `start` to `end` are a part stands in the text as it was written. */
  readonly place: (start: number, end: number) => Stretch;
}

interface Piece {
  /** Behind its last unit in what was read. */
  readonly end: number;
  readonly stretch: Stretch;
}

/** `undefined`: nothing in it looks encoded. Packed pieces (gzip, zlib) are unpacked, also when they were cut off. */
export function* decoded(written: string): Steps<Decoded | undefined> {
  const pieces: Piece[] = [];
  let text = '';
  let packed = 0;
  let raw = 0;
  const take = (bytes: Buffer, stretch: Stretch): void => {
    const isPacked = packed < mostPacked && formatOf(bytes) !== undefined;
    if (isPacked) packed++;
    const isRaw = !isPacked && raw < mostRaw && mayBeRaw(bytes);
    if (isRaw) raw++;
    const texts = [
      ...textsOf(isPacked ? unpacked(bytes) : bytes),
      ...(isRaw ? textsOf(rawUnpacked(bytes)) : []),
    ];
    for (const piece of texts) {
      text += `${piece}…`;
      pieces.push({ end: text.length, stretch });
    }
  };
  let read = 0;
  for (const { runs, decode } of decoders) {
    for (const { 0: run, index } of written.matchAll(runs)) {
      if (text.length > mostRead) break;
      for (const bytes of decode(run.slice(0, mostRead))) {
        const costly = packed + raw;
        take(bytes, [index, index + run.length]);
        if (packed + raw > costly || ++read % perStep === 0) yield;
      }
    }
    yield;
  }
  if (pieces.length === 0) return undefined;
  return {
    text,
    place(start, end) {
      const first = pieceAt(pieces, start);
      const last = pieceAt(pieces, end - 1);
      return [Math.min(first.stretch[0], last.stretch[0]), Math.max(first.stretch[1], last.stretch[1])];
    },
  };
}

function pieceAt(pieces: readonly Piece[], at: number): Piece {
  let [low, high] = [0, pieces.length - 1];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((pieces[middle]?.end ?? 0) > at) high = middle;
    else low = middle + 1;
  }
  const piece = pieces[low];
  if (piece === undefined) throw new RangeError(`nothing was read at ${at}`);
  return piece;
}

/** As UTF-8, and in both orders of bytes where there are as many zeros as in UTF-16. */
function textsOf(bytes: Buffer): readonly string[] {
  const zeros = bytes.reduce((count, byte) => count + (byte === 0 ? 1 : 0), 0);
  if (zeros * 4 < bytes.length || bytes.length < 2) return [bytes.toString()];
  const even = Buffer.from(bytes.subarray(0, bytes.length - (bytes.length % 2)));
  return [even.toString('utf16le'), even.swap16().toString('utf16le')];
}

/** By RFC 1952 §2.3.1 and RFC 1950 §2.2. */
function formatOf(bytes: Buffer): 'gzip' | 'zlib' | undefined {
  if (bytes.length < 12) return undefined;
  const head = bytes.readUInt16BE(0);
  if (head === 0x1f8b) return 'gzip';
  return (head & 0x8f00) === 0x0800 && head % 31 === 0 ? 'zlib' : undefined;
}

function unpacked(bytes: Buffer): Buffer {
  const options = { maxOutputLength: mostUnpacked, finishFlush: constants.Z_SYNC_FLUSH };
  try {
    return formatOf(bytes) === 'gzip' ? gunzipSync(bytes, options) : inflateSync(bytes, options);
  } catch {
    // Neither packed nor to be read by anybody, or far more than is shown of anything.
    return bytes;
  }
}

/**
 * By RFC 1951 §3.2.3, of one block, as short texts are: its first three bits say that it is the last one, and packed in one
 * of two ways. What is text is none.
 */
function mayBeRaw(bytes: Buffer): boolean {
  return isRawHead(bytes) && bytes.length >= 8 && bytes.some((byte) => byte < 9 || byte > 126);
}

function isRawHead([first = 0]: Buffer): boolean {
  return (first & 7) === 3 || (first & 7) === 5;
}

function rawUnpacked(bytes: Buffer): Buffer {
  try {
    return inflateRawSync(bytes, { maxOutputLength: mostUnpacked, finishFlush: constants.Z_SYNC_FLUSH });
  } catch {
    return Buffer.alloc(0);
  }
}

/** The first bytes of gzip and zlib. */
const packedHead = /^(?:H4sI|eJ|eN|eA|eF)/;

/** In both alphabets (RFC 4648 §4 and §5); a slash may also stand between two texts. */
function base64(run: string): readonly Buffer[] {
  const pieces = run.includes('/') ? run.split('/') : [];
  const parts = pieces.filter(({ length }) => length >= 14);
  // What is packed is read from its first byte on only, with the slashes in it.
  const from = (at: number): string => pieces.slice(at).join('/');
  const packed = pieces.flatMap((piece, at) => (packedHead.test(piece) ? [at] : [])).slice(0, mostPacked);
  const raw = pieces
    .flatMap((piece, at) => (at > 0 && isRawHead(Buffer.from(piece.slice(0, 2), 'base64')) ? [at] : []))
    .slice(0, mostPacked);
  const starts = [...packed.map(from), ...raw.map((at) => from(at).slice(0, longestRaw))];
  return [run, ...parts, ...starts].map((part) => Buffer.from(part, 'base64'));
}

function base32(run: string): Buffer {
  const bytes: number[] = [];
  let bits = 0;
  let held = 0;
  for (const letter of run.toUpperCase()) {
    bits = ((bits << 5) | alphabet32.indexOf(letter)) & 0xfff;
    held += 5;
    if (held < 8) continue;
    held -= 8;
    bytes.push((bits >> held) & 0xff);
  }
  return Buffer.from(bytes);
}

function percent(run: string): Buffer {
  const bytes = run.replace(/%([0-9a-f]{2})/gi, (_, hex: string) =>
    String.fromCharCode(Number.parseInt(hex, 16)),
  );
  return Buffer.from(bytes, 'latin1');
}
