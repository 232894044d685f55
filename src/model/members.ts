import { lastsSince } from './incident.ts';
import type { Sentence } from './sentence.ts';
import type {
  Audience,
  FormerCause,
  Incident,
  Members,
  MemberShare,
  OwnedShare,
  Widest,
} from './incident.ts';

export type Counts = Pick<Members, 'count' | 'of' | 'heard'>;

const worstShown = 5;

/** Those of the members that are of these services. */
export function membersOf(members: Members, services: readonly string[]): Members {
  if (members.shares === undefined) {
    const isOfOthers = members.worst.some(({ service }) => !services.includes(service));
    return isOfOthers ? { count: 0, of: 0, worst: [] } : members;
  }
  const shares = members.shares.filter(({ service }) => services.includes(service));
  return {
    ...sumOf(shares),
    worst: shares.flatMap(({ worst }) => worst).slice(0, worstShown),
  };
}

function sumOf(shares: readonly MemberShare[]): Counts {
  const sum = { count: 0, of: 0, heard: 0 };
  for (const { count, of, heard = of } of shares) {
    sum.count += count;
    sum.of += of;
    sum.heard += heard;
  }
  return countsOf(sum);
}

/** All that has been heard of is nothing to be said. */
export function countsOf({ count, of, heard }: Required<Counts>): Counts {
  return heard < of ? { count, of, heard } : { count, of };
}

/** Said in front of a count where not all have been heard of. */
const atLeast: Sentence = { $say: 'ofNotAll' };

/** A sentence that counts what was found, with other counts in their place; as it is when it does not count these. */
export function recounted(message: Sentence, before: Counts, now: Counts): Sentence {
  if (typeof message === 'string' || message.params === undefined) return message;
  const { least: _, ...params } = message.params;
  // Earlier versions counted over those that had been heard of.
  const isOfThese = params['of'] === before.of || params['of'] === before.heard;
  if (params['count'] !== before.count || !isOfThese) return message;
  const isLeast = now.heard !== undefined && now.heard < now.of;
  return {
    ...message,
    params: { ...params, ...(isLeast ? { least: atLeast } : {}), count: now.count, of: now.of },
  };
}

/** Counts with what is known of the shares from before: since when, for how many cycles, and why. */
export function carriedOn(incident: Incident, now: Members): Members {
  const { widest: members = incident.members, told } = incident;
  const isNew = ({ service }: MemberShare): boolean => told?.services?.includes(service) === false;
  const carry = <T extends MemberShare>(
    shares: readonly T[],
    known: readonly T[],
    nameOf: (share: T) => string,
  ): readonly T[] => {
    const before = new Map(known.filter((one) => !isNew(one)).map((one) => [nameOf(one), one]));
    return shares.map((share) => goneOn(share, before.get(nameOf(share)), incident));
  };
  const { shares, owned } = now;
  const then = { ...incident, members };
  return {
    ...now,
    ...(shares === undefined ? {} : { shares: carry(shares, sharesOf(then), ({ service }) => service) }),
    ...(owned === undefined ? {} : { owned: carry(owned, ownedOf(then), nameOfOwned) }),
  };
}

function goneOn<T extends MemberShare>(share: T, before: T | undefined, incident: Incident): T {
  const { own } = share;
  if (own === undefined || before === undefined) return share;
  const { openedAt, failingCycles, countedRound = openedAt } = incident;
  const { reason, since, cycles, round } = before.own ?? {
    since: openedAt,
    cycles: failingCycles,
    round: countedRound,
  };
  return {
    ...share,
    own: {
      ...(reason === undefined ? {} : { reason }),
      ...own,
      since: Math.min(since, own.since),
      cycles: Math.max(1, cycles + Number(own.round > round)),
    },
  };
}

/** Of operations of one service that have the same owners; no service is called like that. */
export function nameOfOwned({ service, owners }: Pick<OwnedShare, 'service' | 'owners'>): string {
  return JSON.stringify([service, ...owners]);
}

/** @param share The name of a service, or as `nameOfOwned`. */
export function isOfShare(check: Pick<OwnedShare, 'service' | 'owners'>, share: string): boolean {
  return check.service === share || nameOfOwned(check) === share;
}

/** Of two counts of one incident the larger with its reason, and with the largest share that each service has had. */
export function widestOf(before: Counted, now: Counted): Widest {
  const shares = largestOf(sharesOf(before), sharesOf(now), ({ service }) => service);
  const owned = largestOf(ownedOf(before), ownedOf(now), nameOfOwned);
  const { members, reason, cause, subjectLabel } = now.members.count >= before.members.count ? now : before;
  return {
    ...members,
    reason,
    cause,
    subjectLabel,
    ...(shares.length < 2 ? {} : { shares }),
    ...(owned.length < 2 ? {} : { owned }),
  };
}

type Counted = Pick<Incident, 'members' | 'services' | 'owners' | 'reason' | 'cause' | 'subjectLabel'>;

function largestOf<T extends MemberShare>(
  before: readonly T[],
  now: readonly T[],
  keyOf: (share: T) => string,
): readonly T[] {
  const shares = new Map(before.map((share) => [keyOf(share), share]));
  for (const share of now)
    if (share.count >= (shares.get(keyOf(share))?.count ?? 0)) shares.set(keyOf(share), share);
  return [...shares.values()];
}

/** Named, counted and explained as at the worst of times. */
export function atWorst(incident: Incident): Pick<Incident, 'members' | 'reason' | 'cause' | 'subjectLabel'> {
  const { members: now, cause: own } = incident;
  const {
    reason: common,
    cause = own,
    subjectLabel = incident.subjectLabel,
    ...members
  }: Widest = incident.widest ?? now;
  // What goes on as one operation fails for a reason of its own.
  const reason = (cause.level === 'operation' ? undefined : common) ?? incident.reason;
  const message = recounted(reason.message, now, members);
  return { members, reason: { ...reason, message }, cause, subjectLabel };
}

function sharesOf({ members, services }: Pick<Incident, 'members' | 'services'>): readonly MemberShare[] {
  return members.shares ?? onlyShare(members, services);
}

/** All of those of a service that has one group of owners are theirs. */
function ownedOf({
  members,
  services,
  owners,
}: Pick<Counted, 'members' | 'services' | 'owners'>): readonly OwnedShare[] {
  return members.owned ?? onlyShare(members, services).map((share) => ({ ...share, owners }));
}

function onlyShare(members: Members, [service, another]: readonly string[]): readonly MemberShare[] {
  if (service === undefined || another !== undefined) return [];
  const { shares: _s, watched: _w, owned: _o, ...counted } = members;
  return [{ service, ...counted }];
}

/** Services that are affected now: one that has got narrower has been about more of them. */
export function affectedServices({
  members,
  services,
}: Pick<Incident, 'members' | 'services'>): readonly string[] {
  if (members.shares !== undefined) return members.shares.map(({ service }) => service);
  const [worst] = members.worst;
  return worst === undefined ? services : [worst.service];
}

/** Without those of these shares: services, or as `nameOfOwned`. */
export function membersWithout(members: Members, left: readonly string[]): Members {
  const { shares, owned } = members;
  const services = shares?.filter(({ service }) => left.includes(service)) ?? [];
  const isOfService = (one: { readonly service: string }): boolean =>
    services.some(({ service }) => service === one.service);
  const owners = owned?.filter((one) => left.includes(nameOfOwned(one)) && !isOfService(one)) ?? [];
  const dropped = [...services, ...owners];
  if (dropped.length === 0) return members;
  const ids = new Set(dropped.flatMap((share) => share.worst.map(({ checkId }) => checkId)));
  const staying = owned?.filter((one) => !isOfService(one) && !owners.includes(one));
  const { worst, watched } = members;
  return {
    ...members,
    count: members.count - sumOf(dropped).count,
    worst:
      owners.length === 0 || staying === undefined
        ? worst.filter((one) => !isOfService(one))
        : staying.flatMap((one) => one.worst).slice(0, worstShown),
    watched: watched?.filter((id) => !ids.has(id)),
    shares: shares?.flatMap((one) => (isOfService(one) ? [] : withoutOwners(one, owners, staying))),
    owned: staying,
  };
}

/** None when all of it was theirs. */
function withoutOwners(
  share: MemberShare,
  owners: readonly OwnedShare[],
  staying: readonly OwnedShare[] = [],
): readonly MemberShare[] {
  const theirs = owners.filter(({ service }) => service === share.service);
  if (theirs.length === 0) return [share];
  const count = share.count - sumOf(theirs).count;
  const worst = staying.flatMap((one) => (one.service === share.service ? one.worst : []));
  return count <= 0 || worst.length === 0 ? [] : [{ ...share, count, worst }];
}

/** Services of those that have been told of it of which they look after something; none when they look after whatever there is. */
export function ownServices(
  { told, members }: Incident,
  { services, owners }: Pick<Audience, 'services' | 'owners'>,
): readonly string[] {
  if (services === undefined && owners === undefined) return [];
  const owned = owners === undefined ? undefined : members.owned?.filter((one) => isOneOf(one, owners));
  const isTheirs = (service: string): boolean =>
    services?.includes(service) !== false && owned?.every((one) => one.service !== service) !== true;
  return (told?.services ?? []).filter(isTheirs);
}

function isOneOf({ owners }: Pick<OwnedShare, 'owners'>, whose: readonly string[]): boolean {
  return owners.some((owner) => whose.includes(owner));
}

/** Shares of it that those who look after it by owners have; none when they do not. */
export function ownedShares(
  { members }: Incident,
  { services, owners }: Pick<Audience, 'services' | 'owners'>,
): readonly OwnedShare[] {
  if (owners === undefined) return [];
  const owned = members.owned?.filter((one) => isOneOf(one, owners)) ?? [];
  return owned.filter(({ service }) => services?.includes(service) !== false);
}

/** Whether they look after something of the incident by owners. */
export function isOwnedBy({ owners, members }: Incident, whose: readonly string[]): boolean {
  const all = members.owned?.flatMap((share) => share.owners) ?? owners;
  return all.some((owner) => whose.includes(owner));
}

/** The incident as far as it is about operations of these owners; as it is when none of those is among them. */
export function ownedBy(incident: Incident, whose: readonly string[]): Incident {
  const { members } = incident;
  const own = members.owned?.filter((one) => isOneOf(one, whose)) ?? [];
  if (own.length === 0) return incident;
  const services = [...new Set(own.map(({ service }) => service))];
  const shares = services.map((service): MemberShare => {
    const theirs = own.filter((share) => share.service === service);
    return { service, ...sumOf(theirs), worst: theirs.flatMap(({ worst }) => worst).slice(0, worstShown) };
  });
  const counts = sumOf(shares);
  const { status: _s, said: _d, widest: _w, was, ...shown } = incident;
  const theirs: Incident = {
    ...shown,
    services,
    ...(was === undefined ? {} : { was: formerOf(was, services) }),
    owners: [...new Set(own.flatMap(({ owners }) => owners))],
    members: {
      ...counts,
      worst: shares.flatMap(({ worst }) => worst).slice(0, worstShown),
      ...(shares.length < 2 ? {} : { shares }),
      owned: own,
    },
    ...ownTrouble(incident, own, counts),
  };
  return ownSubject(theirs, incident.services);
}

/** Since when, for how many cycles and why, as far as these shares are concerned. */
function ownTrouble(
  incident: Incident,
  shares: readonly MemberShare[],
  counts: Counts,
): Pick<Incident, 'reason' | 'failingCycles' | 'failingSince' | 'status' | 'said'> {
  const { reason, failingCycles, failingSince, status, said } = incident;
  const common = {
    reason: { ...reason, message: recounted(reason.message, incident.members, counts) },
    failingCycles,
    ...(failingSince === undefined ? {} : { failingSince }),
  };
  const [largest] = shares.toSorted((a, b) => b.count - a.count);
  const troubles = shares.flatMap(({ own }) => own ?? []);
  if (largest?.own === undefined || troubles.length < shares.length)
    return {
      ...common,
      ...(status === undefined ? {} : { status }),
      ...(said === undefined ? {} : { said }),
    };
  const { own } = largest;
  const cycles = Math.max(...troubles.map((one) => one.cycles));
  const since = Math.max(lastsSince(incident), Math.min(...troubles.map((one) => one.since)));
  const isAlike = troubles.every((one) => one.status === own.status);
  // Nothing is known of any of them any more.
  const why = reason.code === 'no-data' ? undefined : own.reason;
  return {
    ...common,
    failingCycles: cycles,
    ...(since === incident.openedAt ? {} : { failingSince: since }),
    ...(why === undefined ? {} : { reason: { ...why, message: recounted(why.message, largest, counts) } }),
    ...(isAlike && own.status !== undefined ? { status: own.status } : {}),
    ...(said === undefined || why?.code !== reason.code ? {} : { said }),
  };
}

/** The incident as far as it concerns these services, without a word about others. */
export function concerning(incident: Incident, services: readonly string[]): Incident {
  const isTheirs = (service: string): boolean => services.includes(service);
  const isAll = incident.services.every(isTheirs) && affectedServices(incident).every(isTheirs);
  // What is common to others as well that are not affected is counted over all of them.
  const { shares: all = [], of } = incident.members;
  if (isAll && (all.length === 0 || sumOf(all).of === of)) return incident;
  const members = membersOf(incident.members, services);
  const { widest: _, was, status: _s, said: _d, ...shown } = incident;
  const shares = all.filter(({ service }) => isTheirs(service));
  const own = {
    ...shown,
    services: incident.services.filter(isTheirs),
    ...ownersAmong(incident.members.owned?.filter(({ service }) => isTheirs(service))),
    members,
    ...(was === undefined ? {} : { was: formerOf(was, services) }),
  };
  return ownSubject({ ...own, ...ownTrouble(incident, shares, members) }, incident.services);
}

function ownersAmong(owned: readonly OwnedShare[] | undefined): Partial<Pick<Incident, 'owners'>> {
  return owned === undefined ? {} : { owners: [...new Set(owned.flatMap(({ owners }) => owners))] };
}

/** As what they may have been told of it: not as what was another service's alone. */
function formerOf(was: readonly FormerCause[], services: readonly string[]): readonly FormerCause[] {
  return was.flatMap((one) => {
    const theirs = one.services.filter((service) => services.includes(service));
    const isOfOne = ['service', 'document', 'operation'].includes(one.cause.level);
    return theirs.length === 0 || (isOfOne && theirs.length < one.services.length)
      ? []
      : [{ ...one, services: theirs }];
  });
}

/** What has turned out to be one other service's is told to those who knew of it before it was as what they had of it. */
function ownSubject(own: Incident, all: readonly string[]): Incident {
  const [service] = own.services;
  const { level, subject } = own.cause;
  const isOther =
    level === 'operation'
      ? own.members.worst.every(({ checkId }) => checkId !== subject)
      : (level === 'service' || level === 'document') && isOf(subject, all) && !isOf(subject, own.services);
  if (!isOther || service === undefined) return own;
  const { said: _s, hint: _h, place: _p, history: _i, ...rest } = own;
  return {
    ...rest,
    fingerprint: `service:${service}`,
    cause: { level: 'service', subject: service },
    subjectLabel: own.services.join(', '),
  };
}

/** A service itself, or one of its documents. */
function isOf(subject: string, services: readonly string[]): boolean {
  return services.some((service) => subject === service || subject.startsWith(`${service}:`));
}
