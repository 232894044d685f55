import { channelOf, isFirstQueue, isQuietQueue, type OutboxEntry, queuesOf } from '../../model/message.ts';
import type { LeasedMessage, Outbox } from '../ports.ts';
import { eventsOf, isOver } from '../render/events.ts';
import { narrowed } from './narrowed.ts';

/** What a channel has not taken by its next try is told on others. */
const overdueMs = 60_000;

/** What waits for the channel and tells that something began which goes on, reduced to that. */
export async function overdueBeginnings(
  channel: string,
  outbox: Outbox,
  now: number,
): Promise<readonly OutboxEntry[]> {
  const queues = queuesOf(channel).filter((one) => !isQuietQueue(one) && !isFirstQueue(one));
  const waiting = (await Promise.all(queues.map((queue) => outbox.waiting(queue)))).flat();
  const overdue = waiting.filter(({ createdAt }) => now - createdAt >= overdueMs);
  const begun = overdue.flatMap(({ content }) => eventsOf(content)).filter(({ kind }) => kind === 'opened');
  if (begun.length === 0) return [];
  const { open } = await outbox.standing(begun.map(({ incident }) => incident));
  return overdue
    .map((entry) => ({
      ...entry,
      content: narrowed(entry.content, ({ kind, incident }) => kind === 'opened' && open.has(incident.id)),
    }))
    .filter(({ content }) => eventsOf(content).length > 0);
}

/**
 * A message without the ends of what its channel has refused to be told the beginning of, and has heard nothing else of. What
 * may have arrived before stays as it is.
 */
export async function withoutUnheard(message: LeasedMessage, outbox: Outbox): Promise<LeasedMessage> {
  if (message.partsSent > 0 || message.unclear > 0) return message;
  const { rendered: _, ...rest } = message;
  const entry = await heardOf(message.entry, outbox);
  return entry === message.entry ? message : { ...rest, entry };
}

async function heardOf(entry: OutboxEntry, outbox: Outbox): Promise<OutboxEntry> {
  if (!eventsOf(entry.content).some(isOver)) return entry;
  const queues = queuesOf(channelOf(entry.channel));
  const refused = (await Promise.all(queues.map((queue) => outbox.refused(queue)))).flat();
  const others = refused.filter(({ dedupKey }) => dedupKey !== entry.dedupKey);
  const [oldest] = others.toSorted((a, b) => a.createdAt - b.createdAt);
  if (oldest === undefined) return entry;
  const unheard = new Set(others.flatMap(({ content }) => begunIn(content)));
  const keys = new Set(refused.map(({ dedupKey }) => dedupKey));
  const since = await Promise.all(queues.map((queue) => outbox.entriesSince(queue, oldest.createdAt)));
  for (const { dedupKey, content } of since.flat())
    if (!keys.has(dedupKey)) for (const { incident } of eventsOf(content)) unheard.delete(incident.id);
  if (unheard.size === 0) return entry;
  const content = narrowed(entry.content, (event) => !isOver(event) || !unheard.has(event.incident.id));
  return content === entry.content ? entry : { ...entry, content };
}

function begunIn(content: OutboxEntry['content']): readonly string[] {
  return eventsOf(content)
    .filter((event) => !isOver(event))
    .map(({ incident }) => incident.id);
}
