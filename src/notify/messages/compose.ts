import { sha256 } from '../../lib/text/text.ts';
import {
  type Audience,
  type Incident,
  lastsSince,
  type Transition,
  type TransitionKind,
} from '../../model/incident.ts';
import { channelOf, type FollowUp, type MessageContent, type OutboxEntry } from '../../model/message.ts';
import { affectedServices } from '../../model/members.ts';
import { asNamedTo, forReader } from '../../model/readers.ts';
import { plainCalendar } from '../../model/calendar.ts';
import {
  addressesOf,
  type Circumstances,
  isConcerned,
  mergeReaders,
  newcomersTo,
  relievedFor,
} from '../audience.ts';
import {
  compareSeverity,
  type Destination,
  destinationsFor,
  ownersOf,
  servicesOf,
  union,
} from '../routing.ts';

export interface Composition extends Circumstances {
  /** Everything that happened; what is suppressed is for the record and not told. */
  readonly transitions: readonly Transition[];
  /** From `followUp`. */
  readonly followUps?: readonly FollowUp[];
  /** What goes on and may be told: it begins for those whom the routes lead to only now. */
  readonly ongoing?: readonly Incident[];
  readonly cycleId: number;
  /** How things stand afterwards with what the readers look after; absent: with everything. */
  readonly totals: (services?: readonly string[], owners?: readonly string[]) => MessageContent['totals'];
}

/** A storm is told by its counts; more incidents than this would not be read, only stored. */
const listedMax = 200;

const kindRank: Readonly<Record<TransitionKind, number>> = { opened: 0, changed: 1, resolved: 2, removed: 3 };

/** What one cycle has to tell: at most one message a queue, the worst first. */
export function compose(composition: Composition): readonly OutboxEntry[] {
  return draftsOf(composition).map((draft) => entryFor(draft, composition));
}

export interface Telling {
  readonly messages: readonly OutboxEntry[];
  /** The incident with those who have heard of it once these messages are told. */
  readonly asHeard: (incident: Incident) => Incident;
}

/** The same, and who knows of what from then on. */
export function tellReaders(composition: Composition): Telling {
  const drafts = draftsOf(composition);
  const told = composition.transitions.filter(({ suppressed }) => suppressed === undefined);
  const heard = new Map(told.map(({ incident }) => [incident.id, incident.heardBy ?? []]));
  for (const { queue, services, owners, transitions, followUps } of drafts) {
    const reader = { queue, ...servicesOf(services), ...ownersOf(owners) };
    for (const { incident } of [...transitions, ...followUps]) {
      const before = heard.get(incident.id) ?? incident.heardBy ?? [];
      const isShared = services !== undefined || owners !== undefined;
      const news = { ...(isShared ? { told: toldOf(incident) } : {}), named: incident.services };
      heard.set(incident.id, mergeReaders(before, [reader], news));
    }
  }
  for (const one of told.filter(({ left }) => left !== undefined)) {
    const gone = new Set(
      addressesOf(one, composition).map(({ destination }) => channelOf(destination.queue)),
    );
    const { id } = one.incident;
    heard.set(
      id,
      (heard.get(id) ?? []).filter(({ channel }) => !gone.has(channel)),
    );
  }
  return {
    messages: drafts.map((draft) => entryFor(draft, composition)),
    asHeard(incident) {
      const readers = heard.get(incident.id);
      return readers === undefined || incident.state === 'resolved'
        ? incident
        : { ...incident, heardBy: readers };
    },
  };
}

function draftsOf(composition: Composition): readonly MessageDraft[] {
  const drafts = new Map<string, MessageDraft>();
  const draftFor = ({ queue, notBefore, services, owners }: Destination): MessageDraft => {
    const known = drafts.get(queue);
    const all = known === undefined ? services : union(known.services, services);
    const whose = known === undefined ? owners : union(known.owners, owners);
    const { transitions, followUps } = known ?? { transitions: [], followUps: [] };
    const draft = { queue, notBefore, services: all, owners: whose, transitions, followUps };
    drafts.set(queue, draft);
    return draft;
  };
  const { at, routes, calendar = plainCalendar } = composition;
  const tell = (
    incident: Incident,
    destination: Destination,
    { relieved, ...about }: Omit<Transition, 'incident'>,
  ) =>
    draftFor(destination).transitions.push({
      ...about,
      ...(relieved === undefined ? {} : { relieved: relievedFor(destination, relieved) }),
      incident: closingFor(forReader(incident, destination), destination),
    });
  for (const told of composition.transitions) {
    if (told.suppressed !== undefined) continue;
    for (const { destination, kind } of addressesOf(told, composition)) {
      if (kind !== 'changed' || isNews(told, destination))
        tell(forThose(told, destination), destination, { ...told, kind });
    }
  }
  const news = new Set(composition.transitions.map(({ incident }) => incident.id));
  for (const incident of (composition.ongoing ?? []).filter(({ id }) => !news.has(id))) {
    for (const destination of newcomersTo(incident, composition))
      tell(incident, destination, { kind: 'opened', at });
  }
  for (const follow of composition.followUps ?? []) {
    const escalated = follow.to?.map((queue): Destination => ({ queue }));
    const routed = destinationsFor(follow.incident, routes, at, calendar);
    for (const one of escalated ?? routed.filter((reader) => isConcerned(reader, follow.incident))) {
      addFollowUp(draftFor(one).followUps, { ...follow, incident: forReader(follow.incident, one) });
    }
  }
  return [...drafts.values()];
}

/** For whom it is over it has ended, as what they were told of; while it goes on, owners hear of what they know and of what suffers now. */
function forThose({ incident, at, left }: Transition, destination: Destination): Incident {
  if (left !== undefined) return { ...incident, state: 'resolved', resolvedAt: at };
  const reader = readerAt(incident, destination);
  if (reader === undefined) return incident;
  if (incident.state === 'resolved') return asNamedTo(incident, reader);
  if (reader.named === undefined || destination.owners === undefined) return incident;
  return asNamedTo(incident, { named: [...reader.named, ...affectedServices(incident)] });
}

/** Of numbers that are over with it, those that they have heard of. */
function closingFor(incident: Incident, { queue }: Destination): Incident {
  const { closes, ...rest } = incident;
  if (closes === undefined) return incident;
  const own = closes.filter(({ heardBy }) => heardBy?.includes(channelOf(queue)) !== false);
  return own.length === 0 ? rest : { ...rest, closes: own };
}

/** What has changed for others alone is told to these. */
function isNews({ incident, reached, relieved }: Transition, destination: Destination): boolean {
  if (relievedFor(destination, relieved).length > 0) return true;
  const own = forReader(incident, destination);
  const isReached = reached?.readers.includes(channelOf(destination.queue)) === true;
  return isReached || own === incident || readerAt(incident, destination)?.told !== toldOf(own);
}

function readerAt({ heardBy }: Incident, { queue }: Destination): Audience | undefined {
  return heardBy?.find(({ channel }) => channel === channelOf(queue));
}

/** What there is to know of it for them; that others share it is nothing to them. */
function toldOf({ cause, severity, verdict, reason, status, members, flapping }: Incident): string {
  const { count, of } = members;
  const operation = cause.level === 'operation' ? cause.subject : '';
  return [severity, verdict, reason.code, status, count, of, flapping?.times, operation].join(' ');
}

interface MessageDraft {
  readonly queue: string;
  readonly notBefore: number | undefined;
  readonly services: readonly string[] | undefined;
  readonly owners: readonly string[] | undefined;
  readonly transitions: Transition[];
  readonly followUps: FollowUp[];
}

/** Who is told because nobody takes care needs no reminder beside it. */
function addFollowUp(followUps: FollowUp[], follow: FollowUp): void {
  const same = followUps.findIndex(({ incident }) => incident.id === follow.incident.id);
  if (same === -1) followUps.push(follow);
  else if (follow.kind === 'escalation') followUps[same] = follow;
}

function entryFor(
  { queue, notBefore, services, owners, transitions, followUps }: MessageDraft,
  about: Composition,
): OutboxEntry {
  const { cycleId, at } = about;
  const totals = about.totals(services, owners);
  return {
    dedupKey: dedupKey(queue, transitions, followUps),
    channel: queue,
    createdAt: at,
    notBefore,
    content: contentOf(transitions, { cycleId, totals, followUps }),
  };
}

/** What a message says of these transitions: the worst first, beyond a number only counted. */
export function contentOf(
  transitions: readonly Transition[],
  about: Pick<
    MessageContent,
    'cycleId' | 'totals' | 'omitted' | 'followUps' | 'breakingChanges' | 'firstReports'
  >,
): MessageContent {
  const sorted = transitions.toSorted(worstFirst);
  const omitted = countKinds(sorted.slice(listedMax), about.omitted);
  const followUps = (about.followUps ?? []).toSorted(worstFollowed).slice(0, listedMax);
  return {
    cycleId: about.cycleId,
    transitions: sorted.slice(0, listedMax),
    ...(followUps.length === 0 ? {} : { followUps }),
    omitted,
    breakingChanges: about.breakingChanges,
    firstReports: about.firstReports,
    totals: about.totals,
    mentions: mentionsFor(sorted, followUps),
  };
}

/**
 * What is replayed after a crash has the same incidents, versions and counts: it makes the same key. An id that comes up
 * again is another incident's by when that began.
 */
function dedupKey(queue: string, transitions: readonly Transition[], followUps: readonly FollowUp[]): string {
  const told = transitions.map(
    ({ kind, incident }) => `${incident.id}.${incident.openedAt}.${incident.version}.${kind}`,
  );
  const followed = followUps.map(({ kind, incident, to, by = '' }) => {
    const told = kind === 'acknowledged' ? by : (to ?? []).join(',');
    const nth = kind === 'reminder' ? (incident.followUps?.reminders ?? 0) : told;
    return `${incident.id}.${lastsSince(incident)}.${kind}.${nth}`;
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
  const unattended = followUps.filter(({ kind }) => kind !== 'acknowledged');
  const wrong = [...transitions.filter((told) => !isGood(told)), ...unattended];
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
