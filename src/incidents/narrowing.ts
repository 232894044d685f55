import type { Incident } from '../model/incident.ts';
import type { Cause } from '../model/cause.ts';
import type { Result } from '../model/result.ts';
import type { Evidence } from './analysis.ts';
import type { Ladder } from './root-cause/correlation.ts';
import { servicesLeft } from './remaining-services.ts';
import { isBroken, ownFingerprintOf, suffersFrom } from './lifecycle/late.ts';
import { compareText, type Root, type Seen } from './observation.ts';
import { checkIdOf, covers } from './scope.ts';
import { isAsTold } from './lifecycle/fault.ts';

/** An operation, or most of a service, that goes on failing as something did that it was a part of. */
export interface Remainder {
  readonly whole: Incident;
  readonly service: string;
}

/** What becomes of causes that are over while some of their operations fail as all of them did. */
export interface Narrowing {
  /** They go on as the first of those: fingerprint before → now. */
  readonly becomes: ReadonlyMap<string, string>;
  /** The others of those, and what of them is found to go on only later: fingerprint → what people know it as a part of. */
  readonly remains: ReadonlyMap<string, Remainder>;
  /** Whether some of their operations fail is not certain yet: it is not said that they are over. */
  readonly undecided: ReadonlySet<string>;
  /** Found to fail by the present calls, and judged before. */
  readonly left: readonly Seen[];
  /** Services that are left of them, and what these explain; they are no news of their own. */
  readonly services: Ladder;
}

/**
 * That a common cause is over is said of what is well. What goes on failing as it was told is not over and no news: the
 * incident goes on as the first of that, and the others are told with it as what remains, each with an end of its own. Most of a
 * service is one of these, however many operations it has.
 *
 * @param heard Of the present calls.
 * @param ending Fingerprints of those that are over with the present calls.
 */
export function narrow(
  evidence: Pick<Evidence, 'checks' | 'open' | 'ended' | 'known' | 'waiting' | 'settings'>,
  { roots, explained }: Ladder,
  heard: readonly Seen[],
  ending: ReadonlySet<string>,
): Narrowing {
  const { checks, open, ended = [], known = [], waiting } = evidence;
  const own = new Map(open.map((one) => [one.fingerprint, one]));
  const before = new Map(known.map((result) => [result.checkId, result]));
  // They hang, or have failed again and are asked once more before that counts.
  const doubtful = checks.flatMap((check) => {
    const result = before.get(check.id);
    const isDoubtful = waiting?.has(check.id) === true && isUntold(own.get(`operation:${check.id}`));
    return isDoubtful && result?.verdict === 'fail' ? [{ check, result }] : [];
  });
  const good = new Set(
    roots.flatMap(({ observation: { kind, fingerprint } }) => (kind === 'good' ? [fingerprint] : [])),
  );
  const asked = new Set(heard.map(({ check }) => check.id));
  const becomes = new Map<string, string>();
  const remains = new Map(remainsLater(evidence, heard, explained));
  // What was part of several goes on of the oldest of them.
  const taken = new Set<string>();
  const undecided = new Set<string>();
  const left: Seen[] = [];
  const services: { readonly roots: Root[]; readonly explained: Map<string, string> } = {
    roots: [],
    explained: new Map(),
  };
  // That it does not begin by a look is no sign that it is well.
  const found = new Set(
    roots.flatMap(({ observation: { kind, fingerprint } }) => (kind === 'bad' ? [fingerprint] : [])),
  );
  const isPast = (fingerprint: string, incident: Incident): boolean =>
    hasBeen(fingerprint, incident, [...open, ...ended]);
  for (const incident of open
    .filter((one) => good.has(one.fingerprint) && ending.has(one.fingerprint) && isCommon(one))
    .toSorted(oldestFirst)) {
    const isPart = partOf(incident, before);
    const isNewService = (fingerprint: string): boolean =>
      fingerprint.startsWith('service:') && isUntold(own.get(fingerprint));
    const isOtherwise = ({ check }: Seen): boolean => {
      const by = explained.get(check.id);
      return by !== undefined && by !== incident.fingerprint && !isNewService(by);
    };
    const sick = sickOf(incident, heard, isOtherwise, before).filter((one) =>
      isUntold(own.get(ownFingerprintOf(one))),
    );
    const mayGoOn = (fingerprint: string): boolean =>
      !taken.has(fingerprint) && !isPast(fingerprint, incident);
    const whole = servicesLeft(incident, sick, isPart, before, evidence).filter(
      ({ observation: { fingerprint } }) => isNewService(fingerprint) && mayGoOn(fingerprint),
    );
    const ofWhole = new Set(whole.map(({ cause }) => cause.subject));
    const alone = sick.filter(
      (one) =>
        !ofWhole.has(one.check.service) && !explained.has(one.check.id) && mayGoOn(ownFingerprintOf(one)),
    );
    const goingOn = [
      ...whole.map(({ cause, observation }) => ({
        fingerprint: observation.fingerprint,
        service: cause.subject,
      })),
      ...alone.map((one) => ({ fingerprint: ownFingerprintOf(one), service: one.check.service })),
    ];
    const [first] = goingOn;
    const mayFail = doubtful.filter(isPart);
    // Nothing has been heard of it since: what remains is told at once.
    const isAwaited = mayFail.some(({ result }) => result.at <= incident.lastSeenAt);
    if (first !== undefined && !isAwaited) {
      becomes.set(incident.fingerprint, first.fingerprint);
      remains.delete(first.fingerprint);
      for (const { fingerprint } of goingOn) taken.add(fingerprint);
      for (const { fingerprint, service } of goingOn)
        if (fingerprint !== first.fingerprint) remains.set(fingerprint, { whole: incident, service });
      for (const root of whole) if (!found.has(root.observation.fingerprint)) services.roots.push(root);
      for (const one of sick)
        if (ofWhole.has(one.check.service)) {
          services.explained.set(one.check.id, `service:${one.check.service}`);
          remains.delete(ownFingerprintOf(one));
        }
    } else if (mayFail.length > 0 || open.some((one) => isSuspectedOf(incident, one, asked, before)))
      undecided.add(incident.fingerprint);
    // What has been heard meanwhile waits with it.
    if (!undecided.has(incident.fingerprint)) left.push(...sick.filter(({ isKnown }) => isKnown === true));
  }
  return { becomes, remains, undecided, left, services };
}

/** It was not heard yet when it was said what remains. */
function remainsLater(
  { open, ended = [], known = [] }: Pick<Evidence, 'open' | 'ended' | 'known'>,
  heard: readonly Seen[],
  explained: ReadonlyMap<string, string>,
): ReadonlyMap<string, Remainder> {
  const own = new Set(open.map(({ fingerprint }) => fingerprint));
  const before = new Map(known.map((result) => [result.checkId, result]));
  const later = new Map<string, Remainder>();
  for (const whole of open.filter(({ told }) => told !== undefined)) {
    const { openedAt, narrowedAt = -Infinity } = whole;
    if (narrowedAt <= openedAt) continue;
    for (const one of sickOf(whole, heard, ({ check }) => explained.has(check.id), before)) {
      const { check } = one;
      const fingerprint = ownFingerprintOf(one);
      const { verdict, at = 0 } = before.get(check.id) ?? {};
      // It failed with all the others, and nobody has asked it since.
      const goesOn =
        verdict === one.result.verdict && at >= openedAt && at < narrowedAt && !own.has(fingerprint);
      if (goesOn && !hasBeen(fingerprint, whole, [...open, ...ended]))
        later.set(fingerprint, { whole, service: check.service });
    }
  }
  return later;
}

function isCommon(incident: Incident): boolean {
  return incident.cause.level !== 'operation' && incident.state !== 'pending' && isBroken(incident);
}

export function isUntold(incident: Incident | undefined): boolean {
  return incident === undefined || incident.state === 'pending';
}

/** Its operations that fail as it was told, and by nothing else's doing; by name. */
function sickOf(
  incident: Incident,
  heard: readonly Seen[],
  isOtherwise: (seen: Seen) => boolean,
  before: ReadonlyMap<string, Result>,
): readonly Seen[] {
  const isPart = partOf(incident, before);
  return heard
    .filter((one) => !isOtherwise(one) && suffersFrom(incident, one) && isPart(one))
    .filter(({ isKnown, result }) => isKnown !== true || result.at > incident.lastSeenAt)
    .toSorted((a, b) => compareText(a.check.operation, b.check.operation));
}

/** Whether an operation that came to this suffers from what it was told to be. */
export function partOf(incident: Incident, before: ReadonlyMap<string, Result>): (seen: Seen) => boolean {
  const isMember = memberOf(incident, before);
  const causes = causesOf(incident);
  return ({ check, result }) =>
    isMember(check.id) && causes.some((cause) => covers(cause, check)) && isAsTold(incident, result);
}

/** What people know it as. */
function causesOf({ cause, was = [] }: Incident): readonly Cause[] {
  return [cause, ...was.map((one) => one.cause)];
}

/** Those that are named, the worst of them, and what is known to have failed as it did since it began. */
function memberOf(incident: Incident, before: ReadonlyMap<string, Result>): (checkId: string) => boolean {
  const { members, widest = members, openedAt } = incident;
  if (widest.count === widest.of) return () => true;
  const named = [members, widest].flatMap(({ worst, watched = [], shares = [] }) => [
    ...[...worst, ...shares.flatMap((share) => share.worst)].map(({ checkId }) => checkId),
    ...watched,
  ]);
  const ids = new Set(named);
  return (checkId) => {
    const known = before.get(checkId);
    const hasFailed = known !== undefined && known.at >= openedAt && isAsTold(incident, known);
    return ids.has(checkId) || hasFailed;
  };
}

/** Two of one time and name would be one. */
function hasBeen(fingerprint: string, { openedAt }: Incident, others: readonly Incident[]): boolean {
  return others.some((one) => one.fingerprint === fingerprint && one.openedAt === openedAt);
}

/** It has failed when the others answered already, and has not been asked since. */
function isSuspectedOf(
  root: Incident,
  { state, fingerprint, ...one }: Incident,
  asked: ReadonlySet<string>,
  before: ReadonlyMap<string, Result>,
): boolean {
  const checkId = checkIdOf(fingerprint);
  return (
    state === 'pending' &&
    one.verdict === 'fail' &&
    checkId !== undefined &&
    !asked.has(checkId) &&
    memberOf(root, before)(checkId) &&
    one.services.every((service) => root.services.includes(service)) &&
    isAsTold(root, { reason: one.reason, status: one.status })
  );
}

function oldestFirst(a: Incident, b: Incident): number {
  return a.openedAt - b.openedAt || compareText(a.fingerprint, b.fingerprint);
}
