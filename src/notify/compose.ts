import { sha256 } from '../kit/text.ts';
import type { Incident, Transition, TransitionKind } from '../model/incident.ts';
import type { MessageContent, OutboxEntry } from '../model/message.ts';
import type { RouteSettings } from '../model/settings.ts';
import { compareSeverity, isAtLeast } from './severity.ts';

export interface Composition {
  /** Everything that happened; what is suppressed is for the record and not told. */
  readonly transitions: readonly Transition[];
  readonly routes: readonly RouteSettings[];
  readonly cycleId: number;
  /** Epoch ms. */
  readonly at: number;
  /** Over everything that is patrolled, after the cycle. */
  readonly totals: MessageContent['totals'];
}

/** A storm is told by its counts; more incidents than this would not be read, only stored. */
const listedMax = 200;

const kindRank: Readonly<Record<TransitionKind, number>> = { opened: 0, changed: 1, resolved: 2, removed: 3 };

/** What one cycle has to tell: at most one message a channel, the worst first. */
export function compose(composition: Composition): readonly OutboxEntry[] {
  const byChannel = new Map<string, Transition[]>();
  for (const transition of composition.transitions.filter((told) => told.suppressed === undefined)) {
    for (const channel of channelsFor(transition.incident, composition.routes)) {
      const told = byChannel.get(channel);
      if (told === undefined) byChannel.set(channel, [transition]);
      else told.push(transition);
    }
  }
  return [...byChannel].map(([channel, transitions]) => entryFor(channel, transitions, composition));
}

/** Names of the channels of every route that an incident matches, each once. */
export function channelsFor(incident: Incident, routes: readonly RouteSettings[]): readonly string[] {
  return [...new Set(routes.filter((route) => matches(incident, route)).flatMap((route) => route.to))];
}

function matches(incident: Incident, route: RouteSettings): boolean {
  // An incident without a source (the patrol's own network, a shared credential) concerns all of them.
  const bySource =
    incident.sources.length === 0 || route.sources === undefined || overlap(route.sources, incident.sources);
  const byTag = route.tags === undefined || overlap(route.tags, incident.tags);
  const bySeverity = route.severity === undefined || isAtLeast(incident.severity, route.severity);
  return bySource && byTag && bySeverity;
}

function overlap(a: readonly string[], b: readonly string[]): boolean {
  return a.some((item) => b.includes(item));
}

function entryFor(channel: string, transitions: readonly Transition[], about: Composition): OutboxEntry {
  return {
    dedupKey: dedupKey(channel, transitions),
    channel,
    createdAt: about.at,
    content: contentOf(transitions, { cycleId: about.cycleId, totals: about.totals }),
  };
}

/** What a message says of these transitions: the worst first, beyond a number only counted. */
export function contentOf(
  transitions: readonly Transition[],
  about: Pick<MessageContent, 'cycleId' | 'totals' | 'omitted'>,
): MessageContent {
  const sorted = transitions.toSorted(worstFirst);
  const omitted = countKinds(sorted.slice(listedMax), about.omitted);
  return {
    cycleId: about.cycleId,
    transitions: sorted.slice(0, listedMax),
    ...(omitted === undefined ? {} : { omitted }),
    totals: about.totals,
    mentions: mentionsFor(sorted),
  };
}

/** A transition that is replayed after a crash has the same incident and version: it makes the same key. */
function dedupKey(channel: string, transitions: readonly Transition[]): string {
  const told = transitions.map(({ kind, incident }) => `${incident.id}.${incident.version}.${kind}`).sort();
  return sha256([channel, ...told].join('\n'));
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
function mentionsFor(transitions: readonly Transition[]): readonly string[] {
  const calling = transitions.filter((told) => !isGood(told) && told.incident.severity !== 'minor');
  return [...new Set(calling.flatMap((told) => told.incident.owners))];
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
