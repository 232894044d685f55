import { createHash } from 'node:crypto';
import type { Row } from '../sql/sql.ts';

/** Rows of a table, in any order: equal for equal rows. */
export class Checksum {
  #rows = 0;
  #high = 0n;
  #low = 0n;

  add(row: Row, columns: readonly string[]): void {
    const hash = createHash('sha256');
    for (const name of columns) put(hash, row[name] ?? null);
    const digest = hash.digest();
    this.#rows++;
    this.#high = BigInt.asUintN(64, this.#high + digest.readBigUInt64LE(0));
    this.#low = BigInt.asUintN(64, this.#low + digest.readBigUInt64LE(8));
  }

  get rows(): number {
    return this.#rows;
  }

  /** Hex. */
  get sum(): string {
    return [this.#high, this.#low].map((half) => half.toString(16).padStart(16, '0')).join('');
  }
}

/** With kind and length, so that no two rows are the same text. */
function put(hash: ReturnType<typeof createHash>, value: Row[string]): void {
  if (value === null) hash.update('n;');
  else if (value instanceof Uint8Array) hash.update(`b${value.length};`).update(value);
  else if (typeof value === 'string') hash.update(`t${Buffer.byteLength(value)};`).update(value);
  else hash.update(`i${value};`);
}
