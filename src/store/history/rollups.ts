import { groupBy } from '../../lib/group-by.ts';
import { countVerdicts } from '../../model/cycle.ts';
import {
  type CheckRollup,
  histogramOf,
  hourMs,
  type HourCounts,
  type HourRollup,
} from '../../model/histogram.ts';
import { type Verdict, verdicts } from '../../model/result.ts';
import type { CheckRefs } from '../sql/check-refs.ts';
import { putRows } from '../sql/rows.ts';
import type { Row, SqlDatabase } from '../sql/sql.ts';
import { nextTurn } from '../sql/turns.ts';
import { promisify } from 'node:util';
import { deflateRaw, inflateRawSync } from 'node:zlib';
import { packVarints, unpackVarints } from '../sql/packed.ts';
import { readBlocks } from './blocks.ts';
import { type ResultBlock, totalOf } from './result-block.ts';

/** With four cycles an hour, this is a few milliseconds' work. */
const checksATurn = 250;

/** Hours without their single checks: of a hundred services some milliseconds' work. */
const hoursATurn = 96;

/** Results of one check while an hour is added up. */
interface Sum {
  readonly verdicts: Verdict[];
  readonly totals: number[];
}

/** Hours as they are kept for a year, when the results themselves are long gone. */
export class Rollups {
  readonly #db: SqlDatabase;
  readonly #refs: CheckRefs;

  constructor(db: SqlDatabase, refs: CheckRefs) {
    this.#db = db;
    this.#refs = refs;
  }

  /** Adds up every hour that is over and whose cycles have all closed; returns how many there were. */
  async rollUp(now: number): Promise<number> {
    let done = 0;
    for (;;) {
      const hour = await this.#nextHour();
      if (hour === undefined || hour + hourMs > now || (await this.#isRunning(hour))) return done;
      const rows: { readonly service: string; readonly data: Uint8Array; readonly counts: Uint8Array }[] = [];
      for (const [service, rollups] of await this.#sumsOf(hour))
        rows.push({ service, data: await packRollups(rollups), counts: packCounts(sumOf(rollups)) });
      await this.#db.write(async (db) => {
        await putRows(
          db,
          { name: 'rollup', keys: ['hour', 'service'], others: ['data', 'counts'] },
          rows.map(({ service, data, counts }) => [hour, service, data, counts]),
        );
        await db.run('insert into rolled_hour (hour) values (?) on conflict do nothing', hour);
      });
      done++;
    }
  }

  /** Hours that begin in the range, oldest first; those that are not rolled up yet are added up on the way. */
  async *read(from: number, to: number, service?: string): AsyncGenerator<HourRollup> {
    const ids = await this.#refs.ids(this.#db);
    const named = (hour: number, name: string, rollups: readonly NumberedRollup[]): HourRollup => ({
      hour,
      service: name,
      checks: rollups.map(({ checkNo, ...rest }) => ({ checkId: ids.get(checkNo) ?? '', ...rest })),
    });
    for (const hour of await this.#hoursIn(from, to)) {
      const stored = await this.#stored(hour, service);
      if (stored.length > 0 || (service !== undefined && (await this.#isRolled(hour)))) {
        for (const row of stored)
          yield named(hour, String(row.service), unpackRollups(row.data as Uint8Array));
      } else {
        for (const [name, rollups] of await this.#sumsOf(hour))
          if (service === undefined || service === name) yield named(hour, name, rollups);
      }
      await nextTurn();
    }
  }

  /** The same without single checks and answer times. */
  async *counts(from: number, to: number): AsyncGenerator<HourCounts> {
    const hours = await this.#hoursIn(from, to);
    for (let first = 0; first < hours.length; first += hoursATurn) {
      const some = hours.slice(first, first + hoursATurn);
      const kept = groupBy(await this.#countsBetween(some), ({ hour }) => Number(hour));
      for (const hour of some) {
        const stored = kept.get(hour) ?? [];
        for (const { service, counts } of stored)
          yield {
            hour,
            service: String(service),
            counts: await this.#countsOf(hour, String(service), counts),
          };
        if (stored.length > 0) continue;
        for (const [service, rollups] of await this.#sumsOf(hour))
          yield { hour, service, counts: sumOf(rollups) };
      }
      await nextTurn();
    }
  }

  #countsBetween(hours: readonly number[]): Promise<readonly Row[]> {
    const sql = 'select hour, service, counts from rollup where hour between ? and ?';
    return this.#db.all(sql, hours[0] ?? 0, hours.at(-1) ?? 0);
  }

  async #countsOf(
    hour: number,
    service: string,
    stored: Row[string] | undefined,
  ): Promise<Record<Verdict, number>> {
    if (stored instanceof Uint8Array) return unpackCounts(stored);
    const [row] = await this.#db.all('select data from rollup where hour = ? and service = ?', hour, service);
    return row === undefined ? countVerdicts([]) : countPacked(row.data as Uint8Array);
  }

  #stored(hour: number, service: string | undefined): Promise<readonly Row[]> {
    return service === undefined
      ? this.#db.all('select service, data from rollup where hour = ? order by service', hour)
      : this.#db.all('select service, data from rollup where hour = ? and service = ?', hour, service);
  }

  async #isRolled(hour: number): Promise<boolean> {
    return (await this.#db.all('select 1 from rolled_hour where hour = ?', hour)).length > 0;
  }

  /** The oldest hour with cycles that has not been rolled up. */
  async #nextHour(): Promise<number | undefined> {
    const [row] = await this.#db.all(`select min(started_at) as at from cycle
         where started_at >= (select coalesce(max(hour) + ${hourMs}, 0) from rolled_hour)`);
    return typeof row?.at === 'number' ? hourOf(row.at) : undefined;
  }

  async #isRunning(hour: number): Promise<boolean> {
    const sql = 'select 1 from cycle where outcome is null and started_at >= ? and started_at < ? limit 1';
    return (await this.#db.all(sql, hour, hour + hourMs)).length > 0;
  }

  async #hoursIn(from: number, to: number): Promise<readonly number[]> {
    const rolled = (
      await this.#db.all('select hour from rolled_hour where hour between ? and ?', from, to)
    ).map((row) => Number(row.hour));
    const [last] = await this.#db.all('select max(hour) as hour from rolled_hour');
    const rawFrom = typeof last?.hour === 'number' ? last.hour + hourMs : 0;
    const cycles = await this.#db.all(
      'select started_at from cycle where started_at >= ? and started_at < ?',
      Math.max(rawFrom, hourCeiling(from)),
      hourOf(to) + hourMs,
    );
    const raw = new Set(cycles.map((row) => hourOf(Number(row.started_at))));
    return [...rolled, ...raw].sort((a, b) => a - b);
  }

  /** A block of results at a time, with turns for others in between. */
  async #sumsOf(hour: number): Promise<ReadonlyMap<string, readonly NumberedRollup[]>> {
    const cycles = (
      await this.#db.all(
        'select id from cycle where started_at >= ? and started_at < ? order by id',
        hour,
        hour + hourMs,
      )
    ).map((row) => Number(row.id));
    const sums = new Map<number, Sum>();
    for (const cycle of cycles) {
      for (const block of await readBlocks(this.#db, cycle)) {
        add(block, sums);
        await nextTurn();
      }
    }
    const services = await this.#refs.services(this.#db);
    const byService = new Map<string, NumberedRollup[]>();
    for (const [index, [checkNo, { verdicts: seen, totals }]] of [...sums].entries()) {
      if (index % checksATurn === 0) await nextTurn();
      const rollup = { checkNo, counts: countVerdicts(seen), latency: histogramOf(totals) };
      const service = services.get(checkNo) ?? '';
      const own = byService.get(service);
      if (own === undefined) byService.set(service, [rollup]);
      else own.push(rollup);
    }
    return byService;
  }
}

function add(block: ResultBlock, sums: Map<number, Sum>): void {
  const { no, verdict, status, firstByte, download, rest } = block.columns();
  for (let index = 0; index < block.count; index++) {
    const number = no[index] ?? 0;
    const sum = sums.get(number) ?? { verdicts: [], totals: [] };
    sum.verdicts.push(verdicts[verdict[index] ?? 0] ?? 'unknown');
    if ((status[index] ?? 0) > 0)
      sum.totals.push(
        totalOf({
          firstByte: firstByte[index] ?? 0,
          download: download[index] ?? 0,
          rest: rest[index] ?? 0,
        }) / 10,
      );
    sums.set(number, sum);
  }
}

function hourOf(at: number): number {
  return Math.floor(at / hourMs) * hourMs;
}

function hourCeiling(at: number): number {
  return Math.ceil(at / hourMs) * hourMs;
}

const deflate = promisify(deflateRaw);

/** A rollup whose check is known by its number. */
type NumberedRollup = Omit<CheckRollup, 'checkId'> & { readonly checkNo: number };

/**
 * Small integers throughout, which deflate well: for each check, by number, the distance to the one before, the
 * counts by verdict, then the buckets as distance and count. About five bytes for a check and an hour.
 */
export async function packRollups(rollups: readonly NumberedRollup[]): Promise<Uint8Array> {
  const numbers: number[] = [];
  let lastNo = 0;
  for (const { checkNo, counts, latency } of rollups.toSorted((a, b) => a.checkNo - b.checkNo)) {
    numbers.push(checkNo - lastNo, ...verdicts.map((verdict) => counts[verdict]), latency.buckets.size);
    let lastBucket = 0;
    for (const [bucket, count] of latency.buckets) {
      numbers.push(bucket - lastBucket, count);
      lastBucket = bucket;
    }
    lastNo = checkNo;
  }
  return deflate(packVarints(numbers));
}

export function unpackRollups(data: Uint8Array): readonly NumberedRollup[] {
  const numbers = unpackVarints(inflateRawSync(data));
  const rollups: NumberedRollup[] = [];
  let at = 0;
  let checkNo = 0;
  const take = (): number => numbers[at++] ?? 0;
  while (at < numbers.length) {
    checkNo += take();
    const counts = countVerdicts([]);
    for (const verdict of verdicts) counts[verdict] = take();
    // They have been kept in order: of millions nothing is sorted anew.
    const buckets = new Map<number, number>();
    let [bucket, all] = [0, 0];
    for (let left = take(); left > 0; left--) {
      bucket += take();
      const count = take();
      buckets.set(bucket, count);
      all += count;
    }
    rollups.push({ checkNo, counts, latency: { count: all, buckets } });
  }
  return rollups;
}

/** What all of `packRollups` came to, without what is not asked for: where it was not kept beside it yet. */
function countPacked(data: Uint8Array): Record<Verdict, number> {
  const numbers = unpackVarints(inflateRawSync(data));
  const counts = countVerdicts([]);
  for (let at = 0; at < numbers.length; ) {
    at++;
    for (const verdict of verdicts) counts[verdict] += numbers[at++] ?? 0;
    at += 1 + 2 * (numbers[at] ?? 0);
  }
  return counts;
}

function packCounts(counts: Record<Verdict, number>): Uint8Array {
  return packVarints(verdicts.map((verdict) => counts[verdict]));
}

function unpackCounts(data: Uint8Array): Record<Verdict, number> {
  const counts = countVerdicts([]);
  for (const [index, count] of unpackVarints(data).entries()) {
    const verdict = verdicts[index];
    if (verdict !== undefined) counts[verdict] = count;
  }
  return counts;
}

function sumOf(rollups: readonly Pick<NumberedRollup, 'counts'>[]): Record<Verdict, number> {
  const sum = countVerdicts([]);
  for (const { counts } of rollups) for (const verdict of verdicts) sum[verdict] += counts[verdict];
  return sum;
}
