import { createHash, randomBytes } from 'node:crypto';
import { closeSync, fdatasyncSync, openSync, readFileSync, statSync, writeSync } from 'node:fs';
import { deserialize, serialize } from 'node:v8';
import { brotliCompressSync, brotliDecompressSync, constants } from 'node:zlib';

/** What has been told and could not be stored. */
export interface Unstored {
  /** The mark of the database that it belongs to, as it was when nothing could be stored any more. */
  readonly mark: string;
  /** The highest number that a cycle has got. */
  readonly lastCycle: number;
  /** Of one table each, in the order in which they are applied. */
  readonly changesets: readonly Uint8Array[];
}

/** Two of them are smaller than an empty database: where that finds room, under whatever limit, they do. */
const fileBytes = 128 * 1024;
const digestBytes = 32;
/** Digest, number and length. */
const headBytes = digestBytes + 12;
/** It is written while messages wait for it. */
const quality = { [constants.BROTLI_PARAM_QUALITY]: 4 };

/**
 * Room on the disk that is taken while there is some, for what has to outlive a crash while nothing can be stored. It
 * is overwritten in place, in two files by turns: whenever the process is killed, one of them is whole.
 */
export class Reserve {
  readonly #files: readonly [string, string];
  #number = 0;

  constructor(database: string) {
    this.#files = [`${database}.reserve-1`, `${database}.reserve-2`];
  }

  /** Takes the room where it is not taken yet. Throws what the file system says. */
  take(): void {
    for (const file of this.#files) {
      if (statSync(file, { throwIfNoEntry: false })?.size === fileBytes) continue;
      // Not zeros: some file systems give them no room.
      writeInPlace(file, randomBytes(fileBytes), 'w');
    }
  }

  /** False when it is more than there is room for. Throws what the file system says. */
  write(unstored: Unstored): boolean {
    return this.#put(brotliCompressSync(serialize(unstored), { params: quality }));
  }

  /** There is nothing any more that could not be stored. */
  clear(): void {
    this.#put(Buffer.alloc(0));
  }

  read(): Unstored | undefined {
    const [newest] = this.#files
      .flatMap((file) => readEntry(file) ?? [])
      .toSorted((one, other) => other.number - one.number);
    if (newest === undefined) return undefined;
    this.#number = newest.number;
    if (newest.body.length === 0) return undefined;
    return deserialize(brotliDecompressSync(newest.body)) as Unstored;
  }

  #put(body: Buffer): boolean {
    if (headBytes + body.length > fileBytes) return false;
    this.#number++;
    const head = Buffer.alloc(headBytes - digestBytes);
    head.writeBigUInt64LE(BigInt(this.#number), 0);
    head.writeUInt32LE(body.length, 8);
    const [first, second] = this.#files;
    const signed = Buffer.concat([head, body]);
    writeInPlace(this.#number % 2 === 0 ? first : second, Buffer.concat([digest(signed), signed]), 'r+');
    return true;
  }
}

function writeInPlace(path: string, bytes: Buffer, flags: 'w' | 'r+'): void {
  const file = openSync(path, flags, 0o600);
  try {
    for (let at = 0; at < bytes.length; at += writeSync(file, bytes, at, bytes.length - at, at));
    fdatasyncSync(file);
  } finally {
    closeSync(file);
  }
}

/** `undefined`: nothing has been written there, or not the whole of it. */
function readEntry(path: string): { readonly number: number; readonly body: Buffer } | undefined {
  if (statSync(path, { throwIfNoEntry: false }) === undefined) return undefined;
  const bytes = readFileSync(path);
  if (bytes.length < headBytes) return undefined;
  const end = headBytes + bytes.readUInt32LE(digestBytes + 8);
  if (end > bytes.length) return undefined;
  if (!digest(bytes.subarray(digestBytes, end)).equals(bytes.subarray(0, digestBytes))) return undefined;
  return { number: Number(bytes.readBigUInt64LE(digestBytes)), body: bytes.subarray(headBytes, end) };
}

function digest(bytes: Uint8Array): Buffer {
  return createHash('sha256').update(bytes).digest();
}
