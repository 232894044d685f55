import type { BudgetMemory, BudgetMoment } from '../model/budget.ts';
import type { Database } from './sqlite/database.ts';
import { pack, unpack } from './sqlite/packed.ts';
import type { KeptHabit, KeptTrial, Proof } from '../model/proof.ts';
import type { ServiceSetUp } from '../model/set-up.ts';

interface PackedMemory {
  readonly objective: string;
  readonly data: Uint8Array;
}

type Doubts = Pick<BudgetMoment, 'explained' | 'unexplained'>;

/** A moment as the time since the one before it and its four counts: numbers that deflate well. Of few there is more. */
interface Data {
  readonly learnt: readonly string[];
  readonly moments: readonly (readonly [
    since: number,
    good: number,
    bad: number,
    inTime: number,
    late: number,
    doubts?: Doubts,
  ])[];
}

export function packMemories(memories: readonly BudgetMemory[]): Promise<readonly PackedMemory[]> {
  return Promise.all(
    memories.map(async ({ objective, learnt, moments }) => {
      let last = 0;
      const data: Data = {
        learnt,
        moments: moments.map(({ at, availability, latency, ...doubts }) => {
          const since = at - last;
          last = at;
          const counts = [availability.good, availability.bad, latency.good, latency.bad] as const;
          return Object.keys(doubts).length === 0 ? [since, ...counts] : [since, ...counts, doubts];
        }),
      };
      return { objective, data: await pack(data) };
    }),
  );
}

/** In place of all that was kept before. Inside a transaction. */
export function keepMemories(database: Database, memories: readonly PackedMemory[]): void {
  database.statement('delete from budget').run();
  const insert = database.statement('insert into budget (objective, data) values (?, ?)');
  for (const { objective, data } of memories) insert.run(objective, data);
}

export function readMemories(database: Database): readonly BudgetMemory[] {
  return database
    .statement('select objective, data from budget')
    .all()
    .map((row) => {
      const { learnt, moments } = unpack(row.data as Uint8Array) as unknown as Data;
      let at = 0;
      return {
        objective: String(row.objective),
        learnt,
        moments: moments.map(([since, good, bad, inTime, late, doubts]) => {
          at += since;
          return { at, availability: { good, bad }, latency: { good: inTime, bad: late }, ...doubts };
        }),
      };
    });
}

/** In place of 1: matched, and it held nothing. */
const hollow = 2;

/** Inside a transaction. */
export function keepProofs(database: Database, proofs: readonly Proof[]): void {
  const insert = database.statement(
    'insert or replace into proof (check_id, place, filled, matched) values (?, ?, ?, ?)',
  );
  for (const { checkId, place, values, matched, isHollow } of proofs)
    insert.run(checkId, place, values, matched && isHollow === true ? hollow : Number(matched));
}

export function readProofs(database: Database): readonly Proof[] {
  return database
    .statement('select check_id, place, filled, matched from proof')
    .all()
    .map((row) => ({
      checkId: String(row.check_id),
      place: String(row.place),
      values: String(row.filled),
      matched: row.matched !== 0,
      ...(row.matched === hollow && { isHollow: true }),
    }));
}

/** Inside a transaction. */
export function keepTrials(database: Database, trials: readonly KeptTrial[]): void {
  const insert = database.statement('insert or replace into trial (check_id, tried) values (?, ?)');
  const forget = database.statement('delete from trial where check_id = ?');
  for (const { checkId, tried } of trials)
    if (tried === '') forget.run(checkId);
    else insert.run(checkId, tried);
}

export function readTrials(database: Database): readonly KeptTrial[] {
  return database
    .statement('select check_id, tried from trial')
    .all()
    .map((row) => ({ checkId: String(row.check_id), tried: String(row.tried) }));
}

/** Inside a transaction. */
export function keepHabits(database: Database, habits: readonly KeptHabit[]): void {
  const insert = database.statement('insert or replace into habit (check_id, habit) values (?, ?)');
  for (const { checkId, habit } of habits) insert.run(checkId, habit);
}

export function readHabits(database: Database): readonly KeptHabit[] {
  return database
    .statement('select check_id, habit from habit')
    .all()
    .map((row) => ({ checkId: String(row.check_id), habit: String(row.habit) }));
}

interface PackedSetUp {
  readonly service: string;
  readonly introducedAt: number | null;
  readonly data: Uint8Array;
}

export function packSetUps(setUps: readonly ServiceSetUp[]): Promise<readonly PackedSetUp[]> {
  return Promise.all(
    setUps.map(async ({ introducedAt = null, ...rest }) => ({
      service: rest.service,
      introducedAt,
      data: await pack(rest),
    })),
  );
}

/** Each in place of what was kept of its service. Inside a transaction. */
export function keepSetUps(database: Database, setUps: readonly PackedSetUp[]): void {
  const insert = database.statement(
    'insert or replace into set_up (service, introduced_at, data) values (?, ?, ?)',
  );
  for (const { service, introducedAt, data } of setUps) insert.run(service, introducedAt, data);
}

/** First reports that wait for those of other services wait no longer. Inside a transaction. */
export function releaseFirstReports(database: Database, at: number): void {
  database
    .statement(
      `update outbox set not_before = ?1
       where state = 'pending' and attempt = 0 and not_before > ?1 and channel like '%~first'`,
    )
    .run(at);
}

export function readSetUps(database: Database): readonly ServiceSetUp[] {
  return database
    .statement('select introduced_at, data from set_up order by service')
    .all()
    .map(({ introduced_at: introducedAt, data }) => ({
      ...(unpack(data as Uint8Array) as unknown as ServiceSetUp),
      ...(introducedAt === null ? {} : { introducedAt: Number(introducedAt) }),
    }));
}
