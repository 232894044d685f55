import type { MessageContent, OutboxEntry, Wait } from '../../model/message.ts';
import type { Row, Sql } from '../sql/sql.ts';
import type { IncidentNumbers } from '../incidents.ts';
import { isOwnSentence, type Sentence } from '../../model/sentence.ts';

const insert = `insert into outbox (dedup_key, channel, created_at, not_before, content, state)
  values (?, ?, ?, ?, ?, 'pending') on conflict (dedup_key) do nothing returning id`;
const link =
  'insert into outbox_incident (incident_no, outbox_id, kind) values (?, ?, ?) on conflict do nothing';

/**
 * Puts messages in; one whose key is there already is the same message and is left as it is. Inside a transaction.
 *
 * @param numbers The rows of the incidents that the messages are about.
 */
export async function enqueue(
  db: Sql,
  messages: readonly OutboxEntry[],
  numbers: IncidentNumbers,
): Promise<void> {
  for (const { dedupKey, channel, createdAt, notBefore, content } of messages) {
    const text = JSON.stringify(content);
    const [row] = await db.all(insert, dedupKey, channel, createdAt, notBefore ?? 0, text);
    if (row === undefined) continue;
    for (const { kind, incident } of [...content.transitions, ...(content.followUps ?? [])]) {
      const no = numbers.get(incident.id);
      if (no !== undefined) await db.run(link, no, Number(row.id), kind);
    }
  }
}

export function toWait({ attempt, aside, not_before: notBefore, lease_until: leaseUntil }: Row): Wait {
  return {
    attempt: Number(attempt),
    aside: aside === 1,
    notBefore: Number(notBefore),
    leaseUntil: Number(leaseUntil),
  };
}

/** What was put in. After a first try `not_before` is the sender's and no longer the message's own. */
export function toEntry(row: Row): OutboxEntry {
  const notBefore = Number(row.not_before);
  return {
    dedupKey: String(row.dedup_key),
    channel: String(row.channel),
    createdAt: Number(row.created_at),
    ...(row.attempt === 0 && notBefore > 0 ? { notBefore } : {}),
    content: JSON.parse(String(row.content)) as MessageContent,
  };
}

/** A sentence as it stands in a text column: others' words as they are, own ones as JSON. */
export function toColumn(sentence: Sentence): string {
  return typeof sentence === 'string' ? sentence : JSON.stringify(sentence);
}

export function fromColumn(text: string): Sentence {
  if (!text.startsWith('{"$say":')) return text;
  try {
    const kept: unknown = JSON.parse(text);
    return isOwnSentence(kept) ? kept : text;
  } catch {
    // Somebody has said just this.
    return text;
  }
}
