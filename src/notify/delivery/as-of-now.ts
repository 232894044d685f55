import type { MessageContent } from '../../model/message.ts';
import type { Incident } from '../../model/incident.ts';
import type { LeasedMessage, Outbox } from '../ports.ts';
import { eventsOf, isOver } from '../render/events.ts';
import { isEmpty, narrowed } from './narrowed.ts';
import { totalsOf } from '../messages/totals.ts';

/** How things stand. */
export interface Known {
  readonly outbox: Outbox;
  /** Whether a silence or a maintenance window covers an incident now; absent: none does. */
  readonly hushed?: () => Promise<(incident: Incident) => boolean>;
}

/** Anything sooner is sent at once. */
const lateMs = 10_000;

/**
 * What there is to say by now of a message that was written earlier. `frozen`: the bytes of an earlier attempt are still
 * right. Its counts are those of now, and so is how long it has lasted; its counts also when it may have arrived: whoever reads it reads it now, and knows a repeated one by its
 * number. One that may have arrived, or was refused, leaves out what has ended since: the end has its own message, which did
 * not wait for this one. `undefined`: nothing is left to tell.
 */
export async function asOfNow(
  message: LeasedMessage,
  known: Known,
  now: number,
): Promise<LeasedMessage | undefined> {
  // The rest of what has been read in part belongs to it.
  if (message.partsSent > 0) return message;
  const { outbox } = known;
  const { entry } = message;
  const said = isPassed(message) ? await withoutEnded(entry.content, outbox) : entry.content;
  if (said === undefined) return undefined;
  const content =
    lateBy(message, now) < lateMs
      ? await counted(said, known)
      : { ...(await counted(said, known)), lateAt: now };
  if (
    said === entry.content &&
    content.lateAt === entry.content.lateAt &&
    sameCounts(content.totals, entry.content.totals)
  )
    return message;
  const { rendered: _, ...rest } = message;
  return { ...rest, entry: { ...entry, content } };
}

/** How long ago what goes on was found to do so, ms; what may have arrived is repeated as it was. */
function lateBy({ unclear, entry: { content } }: LeasedMessage, now: number): number {
  const ongoing = eventsOf(content).filter((event) => !isOver(event));
  if (unclear > 0 || ongoing.length === 0) return 0;
  return now - Math.max(...ongoing.map(({ at }) => at));
}

/** Those behind it did not wait for it, or for one of those that it stands for. */
function isPassed({ attempt, unclear, rendered, entry }: LeasedMessage): boolean {
  return entry.content.folded !== undefined || (attempt > 1 && (unclear > 0 || rendered === undefined));
}

async function withoutEnded(content: MessageContent, outbox: Outbox): Promise<MessageContent | undefined> {
  const begun = eventsOf(content).filter((event) => !isOver(event));
  if (begun.length === 0) return content;
  const { ended } = await outbox.standing(begun.map(({ incident }) => incident));
  if (ended.size === 0) return content;
  const left = narrowed(content, (event) => isOver(event) || !ended.has(event.incident.id));
  return isEmpty(left) ? undefined : left;
}

async function counted(content: MessageContent, { outbox, hushed }: Known): Promise<MessageContent> {
  const { services } = content.totals;
  if (services === undefined || content.totals.checks === 0) return content;
  const [open, isHushed] = await Promise.all([outbox.open(), hushed?.()]);
  return { ...content, totals: totalsOf(open, { ...content.totals, services }, isHushed) };
}

function sameCounts(a: MessageContent['totals'], b: MessageContent['totals']): boolean {
  return (
    a.failing === b.failing &&
    a.silenced === b.silenced &&
    a.isLeast === b.isLeast &&
    (a.open ?? 0) === (b.open ?? 0)
  );
}
