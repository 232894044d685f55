import { type Incident, shiftIncident } from '../../model/incident.ts';
import type { MessageContent } from '../../model/message.ts';
import type { Sql } from './sql.ts';

/** `?1`: by how many ms the wall clock was set on; `?2`: what it showed before, epoch ms. */
const shifts: readonly string[] = [
  `update outbox set created_at = ${noLess('created_at + ?1')},
     not_before = case when attempt > 0 and not_before > 0 then ${noLess('not_before + ?1')} else not_before end,
     lease_until = case when lease_until > 0 then ${noLess('lease_until + ?1')} else 0 end
   where state = 'pending' and ?2 > 0`,
  'update send_slot set at = at + ?1 where ?2 > 0',
  // One that has begun lasts as long as it was to; one that is planned begins when the wall clock says so.
  `update silence set starts_at = starts_at + ?1, ends_at = ends_at + ?1
   where starts_at <= ?2 and ends_at > ?2`,
  'update acknowledgement set at = at + ?1, until = until + ?1 where ended_at is null and until > ?2',
];

function noLess(time: string): string {
  return `case when ${time} > 0 then ${time} else 0 end`;
}

/** What has followed the clock does not follow it again at the next start (`clock-mark.ts`). */
const mark = 'update clock_mark set offset_ms = offset_ms + ? where what = ?';

/** After the wall clock was set, what waits or lasts goes on as long as it was to. Inside a transaction. */
export async function shiftTimes(db: Sql, ms: number, now: number): Promise<void> {
  const by = Math.round(ms);
  for (const sql of shifts) await db.run(sql, by, now - by);
  await db.run(mark, by, 'times');
}

const goingOn = 'select no, data from incident where ended_at is null and own <= ?';
const move = 'update incident set opened_at = ?, data = ? where no = ?';
const waiting = "select id, content from outbox where state = 'pending'";

/**
 * After the wall clock was set on by so many ms, incidents go on lasting as long as they do, and what waits says of them
 * what it said. Those of the patrol itself are known to the process that found them by when they began. Inside a transaction.
 */
export async function shiftIncidents(db: Sql, ms: number, whose: 'patrolled' | 'all'): Promise<void> {
  const by = Math.round(ms);
  const moved = new Set<string>();
  for (const { no, data } of await db.all(goingOn, whose === 'all' ? 1 : 0)) {
    const incident = JSON.parse(String(data)) as Incident;
    moved.add(nameOf(incident));
    const shifted = shiftIncident(incident, by);
    await db.run(move, shifted.openedAt, JSON.stringify(shifted), Number(no));
  }
  if (moved.size > 0) await shiftMessages(db, moved, by);
  await db.run(mark, by, 'incidents');
}

async function shiftMessages(db: Sql, moved: ReadonlySet<string>, by: number): Promise<void> {
  const shift = <T extends Told>(told: T): T =>
    moved.has(nameOf(told.incident))
      ? { ...told, at: told.at + by, incident: shiftIncident(told.incident, by) }
      : told;
  for (const { id, content: text } of await db.all(waiting)) {
    const content = JSON.parse(String(text)) as MessageContent;
    const { transitions, followUps } = content;
    const shifted: MessageContent = {
      ...content,
      transitions: transitions.map(shift),
      followUps: followUps?.map(shift),
    };
    await db.run('update outbox set content = ? where id = ?', JSON.stringify(shifted), Number(id));
  }
}

interface Told {
  readonly at: number;
  readonly incident: Incident;
}

function nameOf({ id, openedAt }: Incident): string {
  return `${id} ${openedAt}`;
}
