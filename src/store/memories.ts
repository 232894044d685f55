import type { BudgetMemory, BudgetMoment } from '../model/budget.ts';
import { putRows } from './sql/rows.ts';
import type { Sql } from './sql/sql.ts';
import { pack, unpack } from './sql/packed.ts';
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
export async function keepMemories(db: Sql, memories: readonly PackedMemory[]): Promise<void> {
  await db.run('delete from budget');
  await putRows(
    db,
    { name: 'budget', keys: ['objective'], others: ['data'] },
    memories.map(({ objective, data }) => [objective, data]),
  );
}

export async function readMemories(db: Sql): Promise<readonly BudgetMemory[]> {
  return (await db.all('select objective, data from budget')).map((row) => {
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
export async function keepProofs(db: Sql, proofs: readonly Proof[]): Promise<void> {
  await putRows(
    db,
    { name: 'proof', keys: ['check_id'], others: ['place', 'filled', 'matched'] },
    proofs.map(({ checkId, place, values, matched, isHollow }) => [
      checkId,
      place,
      values,
      matched && isHollow === true ? hollow : Number(matched),
    ]),
  );
}

export async function readProofs(db: Sql): Promise<readonly Proof[]> {
  return (await db.all('select check_id, place, filled, matched from proof')).map((row) => ({
    checkId: String(row.check_id),
    place: String(row.place),
    values: String(row.filled),
    matched: row.matched !== 0,
    ...(row.matched === hollow && { isHollow: true }),
  }));
}

/** Inside a transaction. */
export async function keepTrials(db: Sql, trials: readonly KeptTrial[]): Promise<void> {
  await putRows(
    db,
    { name: 'trial', keys: ['check_id'], others: ['tried'] },
    trials.map(({ checkId, tried }) => [checkId, tried]),
  );
  if (trials.some(({ tried }) => tried === '')) await db.run("delete from trial where tried = ''");
}

export async function readTrials(db: Sql): Promise<readonly KeptTrial[]> {
  return (await db.all('select check_id, tried from trial')).map((row) => ({
    checkId: String(row.check_id),
    tried: String(row.tried),
  }));
}

/** Inside a transaction. */
export async function keepHabits(db: Sql, habits: readonly KeptHabit[]): Promise<void> {
  await putRows(
    db,
    { name: 'habit', keys: ['check_id'], others: ['habit'] },
    habits.map(({ checkId, habit }) => [checkId, habit]),
  );
}

export async function readHabits(db: Sql): Promise<readonly KeptHabit[]> {
  return (await db.all('select check_id, habit from habit')).map((row) => ({
    checkId: String(row.check_id),
    habit: String(row.habit),
  }));
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
export async function keepSetUps(db: Sql, setUps: readonly PackedSetUp[]): Promise<void> {
  await putRows(
    db,
    { name: 'set_up', keys: ['service'], others: ['introduced_at', 'data'] },
    setUps.map(({ service, introducedAt, data }) => [service, introducedAt, data]),
  );
}

/** First reports that wait for those of other services wait no longer. Inside a transaction. */
export async function releaseFirstReports(db: Sql, at: number): Promise<void> {
  await db.run(
    `update outbox set not_before = ?1
       where state = 'pending' and attempt = 0 and not_before > ?1 and channel like '%~first'`,
    at,
  );
}

export async function readSetUps(db: Sql): Promise<readonly ServiceSetUp[]> {
  return (await db.all('select introduced_at, data from set_up order by service')).map(
    ({ introduced_at: introducedAt, data }) => ({
      ...(unpack(data as Uint8Array) as unknown as ServiceSetUp),
      ...(introducedAt === null ? {} : { introducedAt: Number(introducedAt) }),
    }),
  );
}
