import type { Database } from '../sqlite/database.ts';
import { nextTurn } from '../sqlite/turns.ts';

/** Rows that go in one transaction: a few milliseconds, and a writer of another process waits no longer. */
const rowsAStep = 1000;
/** Pages given back to the file system in one step. */
const pagesAStep = 256;

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
     (select id from status_post where max(at, coalesce(ends_at, 0)) < ? limit ${rowsAStep})`,
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

/** Deletes what is old, in small transactions with turns for others in between. */
export async function prune(database: Database, retention: Retention): Promise<number> {
  let gone = 0;
  for (;;) {
    const step = await database.write(async () => pruneCycleStep(database, retention.olderThan));
    if (step === undefined) break;
    gone += step;
    await nextTurn();
  }
  gone += await repeat(database, sentMessages, retention.olderThan);
  gone += await repeat(database, oldLooks, retention.olderThan);
  for (const sql of history) gone += await repeat(database, sql, retention.historyOlderThan);
  if (gone > 0) await shrink(database);
  return gone;
}

/** A part of the oldest cycle, or the cycle itself once it is empty; `undefined` when none is old enough. */
function pruneCycleStep(database: Database, olderThan: number): number | undefined {
  const [cycle] = database
    .statement(
      'select id from cycle where started_at < ? and outcome is not null order by started_at, id limit 1',
    )
    .all(olderThan);
  if (cycle === undefined) return undefined;
  const id = Number(cycle.id);
  const [last] = database
    .statement(
      `select max(part) as part, sum(count) as count from
         (select part, count from result_block where cycle_id = ? order by part limit ${blocksAStep})`,
    )
    .all(id);
  if (typeof last?.part === 'number') {
    database.statement('delete from result_block where cycle_id = ? and part <= ?').run(id, last.part);
    return Number(last.count);
  }
  const details = `delete from result_detail where cycle_id = ?1 and check_no in
    (select check_no from result_detail where cycle_id = ?1 limit ${rowsAStep})`;
  if (changedBy(database, details, id) > 0) return 0;
  database.statement('delete from cycle where id = ?').run(id);
  return 1;
}

/** Rows that the statement has changed. */
function changedBy(database: Database, sql: string, value: number): number {
  database.statement(sql).run(value);
  return Number(database.statement('select changes() as rows').all()[0]?.rows);
}

async function repeat(database: Database, sql: string, olderThan: number): Promise<number> {
  let gone = 0;
  for (;;) {
    const step = await database.write(async () => changedBy(database, sql, olderThan));
    gone += step;
    if (step === 0) return gone;
    await nextTurn();
  }
}

async function shrink(database: Database): Promise<void> {
  const unused = database.statement('select freelist_count as pages from pragma_freelist_count');
  for (let pages = Number(unused.all()[0]?.pages); pages > 0; pages -= pagesAStep) {
    database.shrink(pagesAStep);
    await nextTurn();
  }
}
