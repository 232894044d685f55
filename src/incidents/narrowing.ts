import type { Incident } from '../model/incident.ts';
import type { Evidence } from './analysis.ts';
import type { Ladder } from './root-cause/correlation.ts';
import { isBroken } from './lifecycle/late.ts';
import { compareText, type Seen } from './observation.ts';
import { isFailing } from './root-cause/rules.ts';
import { checkIdOf, covers } from './scope.ts';
import { isAlike } from './lifecycle/succession.ts';

/** What becomes of causes that are over while some of their operations fail as all of them did. */
export interface Narrowing {
  /** They go on as the first of those: fingerprint before → now. */
  readonly becomes: ReadonlyMap<string, string>;
  /** Whether some of their operations fail is not certain yet: it is not said that they are over. */
  readonly undecided: ReadonlySet<string>;
  /** Found to fail by the present calls, and judged before. */
  readonly left: readonly Seen[];
}

/**
 * That a common cause is over is said of what is well. What goes on failing as it was told is not over and no news: the
 * incident goes on as that.
 *
 * @param heard Of the present calls.
 * @param successes Good evaluations in a row that end it.
 * @param ending Fingerprints of those that are over with the present calls.
 */
export function narrow(
  { open, ended = [] }: Pick<Evidence, 'open' | 'ended'>,
  { roots, explained }: Ladder,
  heard: readonly Seen[],
  successes: (incident: Incident) => number,
  ending: ReadonlySet<string>,
): Narrowing {
  const good = new Set(
    roots.flatMap(({ observation: { kind, fingerprint } }) => (kind === 'good' ? [fingerprint] : [])),
  );
  const own = new Map(open.map((one) => [one.fingerprint, one]));
  const asked = new Set(heard.map(({ check }) => check.id));
  const becomes = new Map<string, string>();
  const undecided = new Set<string>();
  const left: Seen[] = [];
  for (const incident of open
    .filter((one) => good.has(one.fingerprint) && isCommon(one))
    .toSorted(oldestFirst)) {
    const needed = successes(incident);
    const sick = sickOf(incident, heard, explained).filter(({ check }) =>
      isUntold(own.get(`operation:${check.id}`)),
    );
    left.push(...sick.filter(({ isKnown }) => isKnown === true));
    const successor = sick
      .filter(({ isKnown }) => isKnown !== true || needed === 1)
      .map(({ check }) => `operation:${check.id}`)
      .find((one) => !hasBeen(one, incident, [...open, ...ended]));
    if (ending.has(incident.fingerprint) && successor !== undefined)
      becomes.set(incident.fingerprint, successor);
    else if (open.some((one) => isSuspectedOf(incident, one, asked))) undecided.add(incident.fingerprint);
  }
  return { becomes, undecided, left };
}

function isCommon(incident: Incident): boolean {
  return incident.cause.level !== 'operation' && incident.state !== 'pending' && isBroken(incident);
}

function isUntold(incident: Incident | undefined): boolean {
  return incident === undefined || incident.state === 'pending';
}

/** Its operations that fail as it was told, and by nothing else's doing; by name. */
function sickOf(
  incident: Incident,
  heard: readonly Seen[],
  explained: ReadonlyMap<string, string>,
): readonly Seen[] {
  const isMember = memberOf(incident);
  return heard
    .filter(({ check }) => covers(incident.cause, check) && isMember(check.id) && !explained.has(check.id))
    .filter((one) => isFailing(one) && isAlike(incident, one.result))
    .filter(({ isKnown, result }) => isKnown !== true || result.at > incident.lastSeenAt)
    .toSorted((a, b) => compareText(a.check.operation, b.check.operation));
}

/** As far as they are named: all, or the worst of them. */
function memberOf({ members, widest = members }: Incident): (checkId: string) => boolean {
  if (widest.count === widest.of) return () => true;
  const named = [members, widest].flatMap(({ worst, watched = [], shares = [] }) => [
    ...[...worst, ...shares.flatMap((share) => share.worst)].map(({ checkId }) => checkId),
    ...watched,
  ]);
  const ids = new Set(named);
  return (checkId) => ids.has(checkId);
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
): boolean {
  const checkId = checkIdOf(fingerprint);
  return (
    state === 'pending' &&
    one.verdict === 'fail' &&
    checkId !== undefined &&
    !asked.has(checkId) &&
    memberOf(root)(checkId) &&
    one.services.every((service) => root.services.includes(service)) &&
    isAlike(root, { reason: one.reason, ...(one.status === undefined ? {} : { status: one.status }) })
  );
}

function oldestFirst(a: Incident, b: Incident): number {
  return a.openedAt - b.openedAt || compareText(a.fingerprint, b.fingerprint);
}
