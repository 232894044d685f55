import { fromColumn } from './outbox-rows.ts';
import type { Row, Sql } from '../sql/sql.ts';
import { toAuditEntry } from '../access/interventions.ts';
import { findIncident, transitionsOf } from '../incidents.ts';
import type { Story, StoryMessage } from '../store.ts';

export async function readStory(db: Sql, incidentId: string): Promise<Story | undefined> {
  const found = await findIncident(db, incidentId);
  if (found === undefined) return undefined;
  const messages = await db.all(
    `select o.id, o.channel, l.kind, o.created_at, o.state, o.attempt, o.settled_at, o.receipt, o.code, o.message
       from outbox_incident l join outbox o on o.id = l.outbox_id where l.incident_no = ? order by o.id`,
    found.no,
  );
  const audit = await db.all('select * from audit where incident_no = ? order by at, id', found.no);
  return {
    incident: found.incident,
    transitions: await transitionsOf(db, found.no),
    messages: messages.map(toMessage),
    audit: audit.map(toAuditEntry),
  };
}

function toMessage(row: Row): StoryMessage {
  return {
    id: Number(row.id),
    channel: String(row.channel),
    kind: String(row.kind) as StoryMessage['kind'],
    createdAt: Number(row.created_at),
    state: String(row.state) as StoryMessage['state'],
    attempts: Number(row.attempt),
    ...(row.settled_at === null ? {} : { sentAt: Number(row.settled_at) }),
    ...(row.receipt === null ? {} : { receipt: String(row.receipt) }),
    ...(row.code === null ? {} : { problem: fromColumn(String(row.message)) }),
  };
}
