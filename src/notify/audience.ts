import { type Calendar, plainCalendar } from '../model/calendar.ts';
import type { Incident, Audience, Transition, TransitionKind } from '../model/incident.ts';
import { affectedServices, isOwnedBy, nameOfOwned, ownedShares, ownServices } from '../model/members.ts';
import { channelOf } from '../model/message.ts';
import type { RouteSettings } from '../model/settings.ts';
import { isWithin } from './calendar.ts';
import { type Destination, destinationOf, destinationsFor, ownersOf, servicesOf, union } from './routing.ts';

/** What decides who hears of something. */
export interface Circumstances {
  readonly routes: readonly RouteSettings[];
  /** Names of those that there are; absent: every channel that is named. */
  readonly channels?: readonly string[];
  /** For the times of routes. */
  readonly calendar?: Calendar;
  /** Epoch ms. */
  readonly at: number;
}

export interface Address {
  readonly destination: Destination;
  readonly kind: TransitionKind;
}

/**
 * Who is told of it, and as what: how it goes on and ends is for those who have heard of it, whatever the routes say by
 * now; for those whom it has reached only now it begins.
 */
export function addressesOf(
  { kind, incident, reached, left, isRemoval, relieved, isRelief }: Transition,
  circumstances: Circumstances,
): readonly Address[] {
  if (left !== undefined) {
    const end = isRemoval === true ? 'removed' : 'resolved';
    return heardBy(incident, [], circumstances)
      .filter((reader) => hasLeft(reader, incident, left))
      .flatMap((reader) =>
        goOn([reader], incident, circumstances).map(({ services: _s, owners: _o, ...way }) => {
          // As what they knew it, wherever routes lead by now.
          const destination = { ...way, ...servicesOf(reader.services), ...ownersOf(reader.owners) };
          return { destination, kind: end };
        }),
      );
  }
  const heard = kind === 'opened' ? [] : heardBy(incident, reached?.services ?? [], circumstances);
  const isOver = kind === 'resolved' || kind === 'removed';
  const hearing = heard.filter(({ channel }) => reached?.alone !== true || reached.readers.includes(channel));
  const known = goOn(hearing, incident, circumstances).filter(
    (destination) =>
      (isOver || isConcerned(destination, incident)) &&
      (isRelief !== true || relievedFor(destination, relieved).length > 0),
  );
  const fresh = isOver ? [] : strangers(heard, incident, circumstances);
  return [
    ...known.map((destination) => ({ destination, kind })),
    ...fresh.map((destination) => ({ destination, kind: 'opened' as const })),
  ];
}

/** Of services for which it is over, those that these look after; who does so by owners hears of nobody else's. */
export function relievedFor(
  { services, owners }: Pick<Destination, 'services' | 'owners'>,
  relieved: readonly string[] = [],
): readonly string[] {
  return owners === undefined ? relieved.filter((one) => services?.includes(one) !== false) : [];
}

/** Of what it was about they look after nothing else. */
function hasLeft(reader: Audience, incident: Incident, left: readonly string[]): boolean {
  const theirs = ownServices(incident, reader);
  if (theirs.length > 0 && theirs.every((one) => left.includes(one))) return true;
  const { services = [], left: before = [] } = incident.told ?? {};
  const owned = ownedShares(incident, reader);
  const leaving = owned.filter((one) =>
    [one.service, nameOfOwned(one)].some((share) => left.includes(share)),
  );
  const staying = owned.filter(
    (one) => !leaving.includes(one) && services.includes(one.service) && !before.includes(nameOfOwned(one)),
  );
  return leaving.length > 0 && staying.length === 0;
}

/** Those whom the routes lead to by now, and who have heard nothing of what goes on. */
export function newcomersTo(incident: Incident, circumstances: Circumstances): readonly Destination[] {
  const { routes, calendar = plainCalendar } = circumstances;
  // Who was off duty when it began is not called when the shift begins.
  const onDuty = routes.filter(
    ({ when }) => when === undefined || isWithin(incident.openedAt, when, calendar),
  );
  return strangers(heardBy(incident, [], circumstances), incident, { ...circumstances, routes: onDuty });
}

/** What they look after is affected now: the worries of others are no news to them. */
export function isConcerned({ services, owners }: Destination, incident: Incident): boolean {
  if (owners !== undefined && !isOwnedBy(incident, owners)) return false;
  if (services === undefined || incident.services.length === 0) return true;
  return affectedServices(incident).some((service) => services.includes(service));
}

/**
 * Readers with those who are told now.
 *
 * @param news What they are told; `told` is absent when it is not by shares.
 */
export function mergeReaders(
  before: readonly Audience[],
  destinations: readonly Destination[],
  { told, named: now }: Pick<Audience, 'told' | 'named'> = {},
): readonly Audience[] {
  const readers = new Map(before.map((reader) => [reader.channel, reader]));
  for (const { queue, services, owners } of destinations) {
    const channel = channelOf(queue);
    const { named, ...known } = readers.get(channel) ?? { services: [], owners: [], named: [] };
    const all = servicesOf(union(known.services, services));
    const whose = { ...all, ...ownersOf(union(known.owners, owners)) };
    // Of one whom an earlier version has told it is not known what.
    readers.set(channel, { channel, ...whose, told, named: now === undefined ? named : union(named, now) });
  }
  return [...readers.values()];
}

function goOn(
  heard: readonly Audience[],
  incident: Incident,
  { channels, routes, at, calendar = plainCalendar }: Circumstances,
): readonly Destination[] {
  return heard
    .filter(({ channel }) => channels?.includes(channel) ?? true)
    .map((reader) => destinationOf(reader, incident, routes, at, calendar));
}

function strangers(
  heard: readonly Audience[],
  incident: Incident,
  { routes, at, calendar = plainCalendar }: Circumstances,
): readonly Destination[] {
  const names = new Set(heard.map(({ channel }) => channel));
  return destinationsFor(incident, routes, at, calendar).filter(
    (one) => !names.has(channelOf(one.queue)) && isConcerned(one, incident),
  );
}

/** Of what earlier versions have stored, those whom the routes led to when it began. */
function heardBy(
  incident: Incident,
  reached: readonly string[],
  { routes, calendar = plainCalendar }: Circumstances,
): readonly Audience[] {
  if (incident.heardBy !== undefined) return incident.heardBy;
  const { told, openedAt, followUps } = incident;
  const services = (told?.services ?? incident.services).filter((one) => !reached.includes(one));
  const isNewToAll = reached.length > 0 && services.length === 0;
  const routed = isNewToAll ? [] : destinationsFor({ ...incident, services }, routes, openedAt, calendar);
  const escalated = (followUps?.escalatedTo ?? []).map((queue) => ({ queue }));
  return mergeReaders([], [...escalated, ...routed]);
}
