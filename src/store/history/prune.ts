import type { Sql, SqlDatabase } from '../sql/sql.ts';
import { nextTurn } from '../sql/turns.ts';

/** Rows that go in one transaction: a few milliseconds, and a writer of another process waits no longer. */
const rowsAStep = 1000;
/** Of results, of which a block holds some hundreds. */
const blocksAStep = 20;

/** `?` is the time before which things go. */
const sentMessages = `delete from outbox where id in
  (select id from outbox where settled_at is not null and settled_at < ? limit ${rowsAStep})`;
const oldLooks = `delete from look where id in (select id from look where at < ? limit ${rowsAStep})`;
const history = [
  `delete from transition where (incident_no, version) in
     (select t.incident_no, t.version from transition t join incident i on i.no = t.incident_no
      where i.ended_at < ? limit ${rowsAStep})`,
  `delete from incident where no in (select no from incident where ended_at < ? limit ${rowsAStep})`,
  `delete from silence where id in (select id from silence where ends_at < ? limit ${rowsAStep})`,
  `delete from status_post where id in
     (select id from status_post where at < ?1 and coalesce(ends_at, 0) < ?1 limit ${rowsAStep})`,
  `delete from audit where id in (select id from audit where at < ? limit ${rowsAStep})`,
  `delete from rollup where (hour, service) in (select hour, service from rollup where hour < ? limit ${rowsAStep})`,
  `delete from rolled_hour where hour in (select hour from rolled_hour where hour < ? limit ${rowsAStep})`,
];

export interface Retention {
  /** Results, looks, cycles and sent messages from before this go. */
  readonly olderThan: number;
  /** Hours, incidents, silences and the audit from before this go. */
  readonly historyOlderThan: number;
}

/** Deletes some of what cycles that began before then have found, and the cycles; returns how much, `undefined` when none are left. */
export type PruneCycles = (db: Sql, olderThan: number) => Promise<number | undefined>;

/** Deletes what is old, in small transactions with turns for others in between. */
export async function prune(
  db: SqlDatabase,
  retention: Retention,
  pruneCycles: PruneCycles,
): Promise<number> {
  let gone = 0;
  for (;;) {
    const step = await db.write((own) => pruneCycles(own, retention.olderThan));
    if (step === undefined) break;
    gone += step;
    await nextTurn();
  }
  gone += await repeat(db, sentMessages, retention.olderThan);
  gone += await repeat(db, oldLooks, retention.olderThan);
  for (const sql of history) gone += await repeat(db, sql, retention.historyOlderThan);
  if (gone > 0) await db.shrink();
  return gone;
}

/** Row by row: a part of the oldest cycle, or the cycle itself once it is empty. */
export const pruneByRow: PruneCycles = async (db, olderThan) => {
  const [cycle] = await db.all(
    'select id from cycle where started_at < ? and outcome is not null order by started_at, id limit 1',
    olderThan,
  );
  if (cycle === undefined) return undefined;
  const id = Number(cycle.id);
  const [last] = await db.all(
    `select max(part) as part, sum(count) as count from
         (select part, count from result_block where cycle_id = ? order by part limit ${blocksAStep}) oldest`,
    id,
  );
  if (typeof last?.part === 'number') {
    await db.run('delete from result_block where cycle_id = ? and part <= ?', id, last.part);
    return Number(last.count);
  }
  const details = `delete from result_detail where cycle_id = ?1 and check_no in
    (select check_no from result_detail where cycle_id = ?1 limit ${rowsAStep})`;
  if ((await db.run(details, id)) > 0) return 0;
  await db.run('delete from cycle where id = ?', id);
  return 1;
};

async function repeat(db: SqlDatabase, sql: string, olderThan: number): Promise<number> {
  let gone = 0;
  for (;;) {
    const step = await db.write((own) => own.run(sql, olderThan));
    gone += step;
    if (step === 0) return gone;
    await nextTurn();
  }
}
