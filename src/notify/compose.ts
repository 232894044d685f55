import { sha256 } from '../kit/text.ts';
import type { Transition, TransitionKind } from '../model/incident.ts';
import type { FollowUp, MessageContent, OutboxEntry } from '../model/message.ts';
import { type Calendar, plainCalendar } from '../model/calendar.ts';
import type { RouteSettings } from '../model/settings.ts';
import { type Destination, destinationsFor } from './routing.ts';
import { compareSeverity } from './severity.ts';

export interface Composition {
  /** Everything that happened; what is suppressed is for the record and not told. */
  readonly transitions: readonly Transition[];
  /** From `followUp`. */
  readonly followUps?: readonly FollowUp[];
  readonly routes: readonly RouteSettings[];
  /** For the times of routes. */
  readonly calendar?: Calendar;
  readonly cycleId: number;
  /** Epoch ms. */
  readonly at: number;
  /** Over everything that is patrolled, after the cycle. */
  readonly totals: MessageContent['totals'];
}

/** A storm is told by its counts; more incidents than this would not be read, only stored. */
const listedMax = 200;

const kindRank: Readonly<Record<TransitionKind, number>> = { opened: 0, changed: 1, resolved: 2, removed: 3 };

/** What one cycle has to tell: at most one message a queue, the worst first. */
export function compose(composition: Composition): readonly OutboxEntry[] {
  const drafts = new Map<string, Draft>();
  const draftFor = ({ queue, notBefore }: Destination): Draft => {
    const known = drafts.get(queue) ?? { queue, notBefore, transitions: [], followUps: [] };
    drafts.set(queue, known);
    return known;
  };
  const { at, routes, calendar = plainCalendar } = composition;
  for (const told of composition.transitions) {
    if (told.suppressed !== undefined) continue;
    for (const destination of destinationsFor(told.incident, told.kind, routes, at, calendar)) {
      draftFor(destination).transitions.push(told);
    }
  }
  for (const follow of composition.followUps ?? []) {
    const escalated = follow.to?.map((queue) => ({ queue }));
    for (const one of escalated ?? destinationsFor(follow.incident, 'reminder', routes, at, calendar)) {
      addFollowUp(draftFor(one).followUps, follow);
    }
  }
  return [...drafts.values()].map((draft) => entryFor(draft, composition));
}

interface Draft {
  readonly queue: string;
  readonly notBefore: number | undefined;
  readonly transitions: Transition[];
  readonly followUps: FollowUp[];
}

/** Who is told because nobody takes care needs no reminder beside it. */
function addFollowUp(followUps: FollowUp[], follow: FollowUp): void {
  const same = followUps.findIndex(({ incident }) => incident.id === follow.incident.id);
  if (same === -1) followUps.push(follow);
  else if (follow.kind === 'escalation') followUps[same] = follow;
}

function entryFor({ queue, notBefore, transitions, followUps }: Draft, about: Composition): OutboxEntry {
  const { cycleId, totals, at } = about;
  return {
    dedupKey: dedupKey(queue, transitions, followUps),
    channel: queue,
    createdAt: at,
    ...(notBefore === undefined ? {} : { notBefore }),
    content: contentOf(transitions, { cycleId, totals, followUps }),
  };
}

/** What a message says of these transitions: the worst first, beyond a number only counted. */
export function contentOf(
  transitions: readonly Transition[],
  about: Pick<MessageContent, 'cycleId' | 'totals' | 'omitted' | 'followUps' | 'breakingChanges'>,
): MessageContent {
  const sorted = transitions.toSorted(worstFirst);
  const omitted = countKinds(sorted.slice(listedMax), about.omitted);
  const followUps = (about.followUps ?? []).toSorted(worstFollowed).slice(0, listedMax);
  return {
    cycleId: about.cycleId,
    transitions: sorted.slice(0, listedMax),
    ...(followUps.length === 0 ? {} : { followUps }),
    ...(omitted === undefined ? {} : { omitted }),
    ...(about.breakingChanges === undefined ? {} : { breakingChanges: about.breakingChanges }),
    totals: about.totals,
    mentions: mentionsFor(sorted, followUps),
  };
}

/** What is replayed after a crash has the same incidents, versions and counts: it makes the same key. */
function dedupKey(queue: string, transitions: readonly Transition[], followUps: readonly FollowUp[]): string {
  const told = transitions.map(({ kind, incident }) => `${incident.id}.${incident.version}.${kind}`);
  const followed = followUps.map(({ kind, incident, to }) => {
    const nth = kind === 'reminder' ? (incident.followUps?.reminders ?? 0) : (to ?? []).join(',');
    return `${incident.id}.${incident.openedAt}.${kind}.${nth}`;
  });
  return sha256([queue, ...told.sort(), ...followed.sort()].join('\n'));
}

function worstFollowed(a: FollowUp, b: FollowUp): number {
  return (
    compareSeverity(a.incident.severity, b.incident.severity) || a.incident.openedAt - b.incident.openedAt
  );
}

function worstFirst(a: Transition, b: Transition): number {
  return (
    Number(isGood(a)) - Number(isGood(b)) ||
    compareSeverity(a.incident.severity, b.incident.severity) ||
    kindRank[a.kind] - kindRank[b.kind] ||
    b.incident.members.count - a.incident.members.count ||
    a.incident.openedAt - b.incident.openedAt
  );
}

function isGood(transition: Transition): boolean {
  return transition.kind === 'resolved' || transition.kind === 'removed';
}

/** Owners are called for what is wrong and not minor; nobody is called for good news. */
function mentionsFor(transitions: readonly Transition[], followUps: readonly FollowUp[]): readonly string[] {
  const wrong = [...transitions.filter((told) => !isGood(told)), ...followUps];
  const calling = wrong.filter(({ incident }) => incident.severity !== 'minor');
  return [...new Set(calling.flatMap(({ incident }) => incident.owners))];
}

function countKinds(
  transitions: readonly Transition[],
  more: MessageContent['omitted'],
): MessageContent['omitted'] {
  if (transitions.length === 0) return more;
  const counts: Partial<Record<TransitionKind, number>> = { ...more };
  for (const { kind } of transitions) counts[kind] = (counts[kind] ?? 0) + 1;
  return counts;
}
