import { deflateRawSync, inflateRawSync } from 'node:zlib';
import { packVarints, unpackVarints } from '../sql/packed.ts';

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
  /** Of the total what was our own time, tenths of a millisecond and two; 1: nobody knows how much; 0: none. Older blocks have none. */
  'own',
] as const;
export type ColumnName = (typeof columnNames)[number];
export type ResultRow = Readonly<Record<ColumnName, number>>;

const rawForm = 0;
const deflatedForm = 1;
/** Deflating takes four fifths of the time that packing takes; more than this saves nothing on numbers like these. */
const level = 3;
const most = 2 ** 31 - 1;

/** The values of all results, by column. */
export type Columns = Readonly<Record<ColumnName, Int32Array>>;

function columnsWith(column: (name: ColumnName) => Int32Array): Columns {
  return Object.fromEntries(columnNames.map((name) => [name, column(name)])) as Record<
    ColumnName,
    Int32Array
  >;
}

export function columnsOf(rows: readonly ResultRow[]): Columns {
  const columns = columnsWith(() => new Int32Array(rows.length));
  // Name by name and not in a loop over the names: that takes three times as long.
  for (const [index, row] of rows.entries()) {
    columns.no[index] = bounded(row.no);
    columns.verdict[index] = bounded(row.verdict);
    columns.code[index] = bounded(row.code);
    columns.at[index] = bounded(row.at);
    columns.status[index] = bounded(row.status);
    columns.bytes[index] = bounded(row.bytes);
    columns.firstByte[index] = bounded(row.firstByte);
    columns.download[index] = bounded(row.download);
    columns.rest[index] = bounded(row.rest);
    columns.attempts[index] = bounded(row.attempts);
    columns.dns[index] = bounded(row.dns);
    columns.connect[index] = bounded(row.connect);
    columns.tls[index] = bounded(row.tls);
    columns.own[index] = bounded(row.own);
  }
  return columns;
}

function bounded(value: number): number {
  return value > most ? most : value < -most ? -most : value;
}

/**
 * Results of several deliveries, in the order of their checks' numbers; of several of one check the one that was
 * delivered last.
 */
export function inOrder(deliveries: readonly Columns[]): Columns {
  const numbers = joined(deliveries.map(({ no }) => no));
  const order = latestByNumber(numbers);
  return columnsWith((name) =>
    pick(name === 'no' ? numbers : joined(deliveries.map((columns) => columns[name])), order),
  );
}

function joined(parts: readonly Int32Array[]): Int32Array {
  const all = new Int32Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    all.set(part, at);
    at += part.length;
  }
  return all;
}

/** More results than a cycle has: a number and a place make one exact double, which sorts fast. */
const places = 2 ** 22;

function latestByNumber(numbers: Int32Array): readonly number[] {
  const keys = new Float64Array(numbers.length);
  for (let index = 0; index < keys.length; index++) keys[index] = (numbers[index] ?? 0) * places + index;
  keys.sort();
  const order: number[] = [];
  for (let at = 0; at < keys.length; at++) {
    const place = (keys[at] ?? 0) % places;
    if (at + 1 === keys.length || numbers[place] !== numbers[(keys[at + 1] ?? 0) % places]) order.push(place);
  }
  return order;
}

function pick(values: Int32Array, order: readonly number[]): Int32Array {
  const picked = new Int32Array(order.length);
  for (let at = 0; at < picked.length; at++) picked[at] = values[order[at] ?? 0] ?? 0;
  return picked;
}

/** Those of the places from `from` on, before `to`. */
export function sliceOf(columns: Columns, from: number, to: number): Columns {
  return columnsWith((name) => columns[name].subarray(from, to));
}

/**
 * Results column by column: what is the same for all of them takes no room, and what is alike lies together, which
 * deflates well. Each column is its least value, the bytes that a value needs beyond that, then the lowest byte of
 * every value, the next one of every value, and so on. Of the numbers of checks the distances are kept.
 *
 * @param deflated Not worth its time for what is soon written again.
 */
export function packBlock(columns: Columns, deflated: boolean): Uint8Array {
  const count = columns.no.length;
  const head: number[] = [count, columns.no[0] ?? 0];
  const planes: Uint8Array[] = [];
  for (const name of columnNames) {
    const values = name === 'no' ? distances(columns.no) : columns[name];
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

  columns(): Columns {
    return columnsWith((name) => this.column(name));
  }

  /** Of the check with that number, counted from 0; -1: it has none here. */
  indexOf(no: number): number {
    return this.column('no').lastIndexOf(no);
  }

  row(index: number): ResultRow {
    return rowOf((name) => this.column(name), index);
  }
}

/** The reverse of `columnsOf`. */
export function rowsOf(columns: Columns): readonly ResultRow[] {
  return Array.from({ length: columns.no.length }, (_, index) => rowOf((name) => columns[name], index));
}

function rowOf(column: (name: ColumnName) => Int32Array, index: number): ResultRow {
  return {
    no: column('no')[index] ?? 0,
    verdict: column('verdict')[index] ?? 0,
    code: column('code')[index] ?? 0,
    at: column('at')[index] ?? 0,
    status: column('status')[index] ?? 0,
    bytes: column('bytes')[index] ?? 0,
    firstByte: column('firstByte')[index] ?? 0,
    download: column('download')[index] ?? 0,
    rest: column('rest')[index] ?? 0,
    attempts: column('attempts')[index] ?? 0,
    dns: column('dns')[index] ?? 0,
    connect: column('connect')[index] ?? 0,
    tls: column('tls')[index] ?? 0,
    own: column('own')[index] ?? 0,
  };
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
  for (let index = 0; index < plane.length; index++) plane[index] = ((values[index] ?? 0) - least) >>> shift;
  return plane;
}

function distances(values: Int32Array): Int32Array {
  const steps = new Int32Array(values.length);
  for (let index = 1; index < steps.length; index++)
    steps[index] = (values[index] ?? 0) - (values[index - 1] ?? 0);
  return steps;
}

function sumUp(values: Int32Array, first: number): void {
  let sum = first;
  for (let index = 0; index < values.length; index++) values[index] = sum += values[index] ?? 0;
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
