import { deflateRawSync, inflateRawSync } from 'node:zlib';
import { packVarints, unpackVarints } from '../sqlite/packed.ts';

/** In the order in which a block has them. */
export const columnNames = [
  /** The check's number. */
  'no',
  /** Index into `verdicts`. */
  'verdict',
  /** Index into `reasonCodes`. */
  'code',
  /** Tenths of a second since the start of the cycle. */
  'at',
  /** HTTP status and one; 0: there was no answer. */
  'status',
  'bytes',
  /** Tenths of a millisecond and one, as all phases; 0: it did not happen. */
  'firstByte',
  'download',
  /** Tenths of a millisecond of the total that are in neither of the two before. */
  'rest',
  'attempts',
  'dns',
  'connect',
  'tls',
] as const;
export type ColumnName = (typeof columnNames)[number];
export type ResultRow = Readonly<Record<ColumnName, number>>;

const rawForm = 0;
const deflatedForm = 1;
/** Deflating takes four fifths of the time that packing takes; more than this saves nothing on numbers like these. */
const level = 3;
const most = 2 ** 31 - 1;

/**
 * Results column by column: what is the same for all of them takes no room, and what is alike lies together, which
 * deflates well. Each column is its least value, the bytes that a value needs beyond that, then the lowest byte of
 * every value, the next one of every value, and so on. Of the numbers of checks the distances are kept.
 *
 * @param deflated Not worth its time for what is soon written again.
 */
export function packBlock(rows: readonly ResultRow[], deflated: boolean): Uint8Array {
  const head: number[] = [rows.length, rows[0]?.no ?? 0];
  const planes: Uint8Array[] = [];
  const values = new Int32Array(rows.length);
  for (const name of columnNames) {
    for (const [index, row] of rows.entries())
      values[index] =
        name === 'no' ? row.no - (rows[index - 1]?.no ?? row.no) : Math.max(-most, Math.min(most, row[name]));
    const least = leastOf(values);
    const width = bytesFor(greatestOf(values) - least);
    head.push(toUnsigned(least), width);
    for (let place = 0; place < width; place++) planes.push(planeOf(values, least, 8 * place));
  }
  const packedHead = packVarints(head);
  const body = Buffer.concat([packVarints([packedHead.length]), packedHead, ...planes]);
  return deflated
    ? Buffer.concat([Uint8Array.of(deflatedForm), deflateRawSync(body, { level })])
    : Buffer.concat([Uint8Array.of(rawForm), body]);
}

/** Tenths of a millisecond. */
export function totalOf({
  firstByte,
  download,
  rest,
}: Pick<ResultRow, 'firstByte' | 'download' | 'rest'>): number {
  return rest + named(firstByte) + named(download);
}

/** What a total has beside the two phases that have columns of their own. Tenths of a millisecond, the phases and one. */
export function restOf(total: number, firstByte: number, download: number): number {
  return total - named(firstByte) - named(download);
}

function named(phase: number): number {
  return Math.max(0, phase - 1);
}

/** What `packBlock` has packed, unpacked a column at a time as it is asked for. */
export class ResultBlock {
  readonly count: number;
  readonly #body: Uint8Array;
  readonly #firstNo: number;
  readonly #columns = new Map<
    ColumnName,
    { readonly least: number; readonly width: number; readonly at: number }
  >();
  readonly #unpacked = new Map<ColumnName, Int32Array>();

  constructor(data: Uint8Array) {
    this.#body = data[0] === deflatedForm ? inflateRawSync(data.subarray(1)) : data.subarray(1);
    const headAt = this.#body.findIndex((byte) => byte < 0x80) + 1;
    const [headLength = 0] = unpackVarints(this.#body.subarray(0, headAt));
    const [count = 0, firstNo = 0, ...columns] = unpackVarints(
      this.#body.subarray(headAt, headAt + headLength),
    );
    this.count = count;
    this.#firstNo = firstNo;
    let at = headAt + headLength;
    for (const [index, name] of columnNames.entries()) {
      const width = columns[index * 2 + 1] ?? 0;
      this.#columns.set(name, { least: toSigned(columns[index * 2] ?? 0), width, at });
      at += width * count;
    }
  }

  /** The values of all results, in their order. */
  column(name: ColumnName): Int32Array {
    const known = this.#unpacked.get(name);
    if (known !== undefined) return known;
    const { least = 0, width = 0, at = 0 } = this.#columns.get(name) ?? {};
    const values = new Int32Array(this.count).fill(least);
    for (let place = 0, weight = 1; place < width; place++, weight *= 0x100)
      for (let index = 0; index < this.count; index++)
        values[index] = (values[index] ?? 0) + (this.#body[at + place * this.count + index] ?? 0) * weight;
    if (name === 'no') sumUp(values, this.#firstNo);
    this.#unpacked.set(name, values);
    return values;
  }

  /** Of the check with that number, counted from 0; -1: it has none here. */
  indexOf(no: number): number {
    return this.column('no').lastIndexOf(no);
  }

  row(index: number): ResultRow {
    return {
      no: this.column('no')[index] ?? 0,
      verdict: this.column('verdict')[index] ?? 0,
      code: this.column('code')[index] ?? 0,
      at: this.column('at')[index] ?? 0,
      status: this.column('status')[index] ?? 0,
      bytes: this.column('bytes')[index] ?? 0,
      firstByte: this.column('firstByte')[index] ?? 0,
      download: this.column('download')[index] ?? 0,
      rest: this.column('rest')[index] ?? 0,
      attempts: this.column('attempts')[index] ?? 0,
      dns: this.column('dns')[index] ?? 0,
      connect: this.column('connect')[index] ?? 0,
      tls: this.column('tls')[index] ?? 0,
    };
  }

  rows(): readonly ResultRow[] {
    return Array.from({ length: this.count }, (_, index) => this.row(index));
  }
}

function leastOf(values: Int32Array): number {
  let least = values[0] ?? 0;
  for (const value of values) if (value < least) least = value;
  return least;
}

function greatestOf(values: Int32Array): number {
  let greatest = values[0] ?? 0;
  for (const value of values) if (value > greatest) greatest = value;
  return greatest;
}

/** Eight bits of each value. */
function planeOf(values: Int32Array, least: number, shift: number): Uint8Array {
  const plane = new Uint8Array(values.length);
  for (const [index, value] of values.entries()) plane[index] = (value - least) >>> shift;
  return plane;
}

function sumUp(values: Int32Array, first: number): void {
  let sum = first;
  for (const [index, value] of values.entries()) values[index] = sum += value;
}

function bytesFor(value: number): number {
  if (value === 0) return 0;
  return value < 0x100 ? 1 : value < 0x1_0000 ? 2 : value < 0x100_0000 ? 3 : 4;
}

/** 0, -1, 1, -2, … as 0, 1, 2, 3, … */
function toUnsigned(value: number): number {
  return value < 0 ? -2 * value - 1 : 2 * value;
}

function toSigned(value: number): number {
  return value % 2 === 0 ? value / 2 : -(value + 1) / 2;
}
