import type { Database } from './database.ts';

/** `?1`: by how many ms the wall clock was set on; `?2`: what it showed before, epoch ms. */
const shifts: readonly string[] = [
  `update outbox set created_at = max(0, created_at + ?1),
     not_before = case when attempt > 0 and not_before > 0 then max(0, not_before + ?1) else not_before end,
     lease_until = case when lease_until > 0 then max(0, lease_until + ?1) else 0 end
   where state = 'pending' and ?2 > 0`,
  'update send_slot set at = at + ?1 where ?2 > 0',
  // One that has begun lasts as long as it was to; one that is planned begins when the wall clock says so.
  `update silence set starts_at = starts_at + ?1, ends_at = ends_at + ?1
   where starts_at <= ?2 and ends_at > ?2`,
  'update acknowledgement set at = at + ?1, until = until + ?1 where ended_at is null and until > ?2',
];

/** After the wall clock was set, what waits or lasts goes on as long as it was to. Inside a transaction. */
export function shiftTimes(database: Database, ms: number, now: number): void {
  const by = Math.round(ms);
  for (const sql of shifts) database.statement(sql).run(by, now - by);
}
