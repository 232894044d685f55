import { sha256 } from '../../lib/text/text.ts';
import type { Incident, Transition, TransitionKind } from '../../model/incident.ts';
import type { FollowUp, MessageContent, OutboxEntry } from '../../model/message.ts';
import { contentOf } from '../messages/compose.ts';
import { eventsOf, isOver } from '../render/events.ts';
import { mergedOrigin } from './carried.ts';

/** More messages than this are not read one by one. */
const readableMax = 3;
/** Two messages of one moment are two messages; when they are old, they are one. */
const staleMs = 10 * 60_000;

/**
 * One message for several that wait, or `undefined` when they are few, fresh and still true. Tells the last state of each
 * incident: what began and ended meanwhile is told as a recovery with its duration, what goes on is told once.
 */
export function foldMessages(waiting: readonly OutboxEntry[], now: number): OutboxEntry | undefined {
  const [oldest] = waiting;
  if (oldest === undefined || waiting.length === 1) return undefined;
  // What is not true must not be mixed with what is.
  if (waiting.some(({ content }) => content.isTest === true || content.summary !== undefined))
    return undefined;
  const isReadable = waiting.length <= readableMax && now - oldest.createdAt < staleMs;
  if (isReadable && !isOverMeanwhile(waiting)) return undefined;
  return foldedEntry(waiting, now, false);
}

/** One of them tells the end of what another one tells as present. */
function isOverMeanwhile(waiting: readonly OutboxEntry[]): boolean {
  const begun = new Set<string>();
  return waiting.some(({ content }) => {
    const events = eventsOf(content);
    const ends = events.some((event) => isOver(event) && begun.has(event.incident.id));
    for (const event of events) if (!isOver(event)) begun.add(event.incident.id);
    return ends;
  });
}

/** Services whose first cycles have ended within a moment are told of at once: nothing of it was late. */
export function foldFirstReports(waiting: readonly OutboxEntry[]): OutboxEntry | undefined {
  const newest = waiting.at(-1);
  if (newest === undefined || waiting.length === 1) return undefined;
  const dedupKey = sha256(waiting.map((entry) => entry.dedupKey).join('\n'));
  return { ...newest, dedupKey, content: foldContents(waiting, newest) };
}

function foldedEntry(waiting: readonly OutboxEntry[], now: number, held: boolean): OutboxEntry | undefined {
  const [oldest] = waiting;
  const newest = waiting.at(-1);
  if (oldest === undefined || newest === undefined) return undefined;
  const content = foldContents(waiting, newest);
  const since = oldest.content.folded?.since ?? oldest.createdAt;
  const messages = waiting.reduce((sum, entry) => sum + (entry.content.folded?.messages ?? 1), 0);
  return {
    dedupKey: sha256(waiting.map((entry) => entry.dedupKey).join('\n')),
    channel: newest.channel,
    // The newest state is what it tells, so it is as old as that and not given up a day after the oldest.
    createdAt: newest.createdAt,
    content: { ...content, folded: { messages, since, at: now, ...(held ? { held } : {}) } },
  };
}

/** One message for everything that waited until morning, however little, without what has been told since. */
export function foldHeld(
  waiting: readonly OutboxEntry[],
  toldSince: readonly OutboxEntry[],
  now: number,
): OutboxEntry | undefined {
  return foldedEntry(withoutStale(waiting, toldSince), now, true);
}

/** The entries without what has been told elsewhere in a later version: old news is no news. */
function withoutStale(
  waiting: readonly OutboxEntry[],
  toldElsewhere: readonly OutboxEntry[],
): readonly OutboxEntry[] {
  const versions = new Map<string, number>();
  for (const { incident } of toldElsewhere.flatMap((entry) => entry.content.transitions)) {
    versions.set(incident.id, Math.max(incident.version, versions.get(incident.id) ?? 0));
  }
  const told = (incident: Incident) => versions.get(incident.id) ?? -1;
  return waiting.map((entry) => {
    const { transitions, followUps = [] } = entry.content;
    const fresh = transitions.filter(({ incident }) => incident.version > told(incident));
    const ongoing = followUps.filter(({ incident }) => incident.version >= told(incident));
    return { ...entry, content: contentOf(fresh, { ...entry.content, followUps: ongoing }) };
  });
}

function foldContents(waiting: readonly OutboxEntry[], newest: OutboxEntry): MessageContent {
  const last = new Map<string, Transition>();
  for (const told of waiting.flatMap((entry) => entry.content.transitions)) {
    last.set(told.incident.id, follow(last.get(told.incident.id), told));
  }
  const followUps = new Map<string, FollowUp>();
  for (const follow of waiting.flatMap((entry) => entry.content.followUps ?? [])) {
    if (!last.has(follow.incident.id)) followUps.set(follow.incident.id, follow);
  }
  const omitted = addOmitted(waiting.map((entry) => entry.content.omitted));
  // Of a service that is well, several may speak.
  const firstReports = [
    ...new Map(
      waiting.flatMap(({ content }) => content.firstReports ?? []).map((one) => [one.service, one]),
    ).values(),
  ];
  const breaking = waiting.flatMap((entry) => entry.content.breakingChanges ?? []);
  // What is not about checks does not know how they do.
  const { cycleId, totals } = (waiting.findLast(({ content }) => content.totals.checks > 0) ?? newest)
    .content;
  const about = {
    cycleId,
    totals,
    ...omitted,
    followUps: [...followUps.values()],
    ...(breaking.length === 0 ? {} : { breakingChanges: breaking }),
    ...(firstReports.length === 0 ? {} : { firstReports }),
  };
  const origin = mergedOrigin(waiting.map(({ content }) => content));
  return { ...contentOf([...last.values()], about), ...origin };
}

/** Nobody has been told of `before` yet: something new that has changed since is still new. */
function follow(before: Transition | undefined, after: Transition): Transition {
  return before?.kind === 'opened' && after.kind === 'changed' ? { ...after, kind: 'opened' } : after;
}

function addOmitted(all: readonly MessageContent['omitted'][]): Pick<MessageContent, 'omitted'> {
  const sums: Partial<Record<TransitionKind, number>> = {};
  for (const omitted of all) {
    for (const [kind, count] of Object.entries(omitted ?? {})) {
      sums[kind as TransitionKind] = (sums[kind as TransitionKind] ?? 0) + count;
    }
  }
  return Object.keys(sums).length === 0 ? {} : { omitted: sums };
}
