import { type Incident, isSlowness } from '../../model/incident.ts';
import type { Cause, CauseLevel } from '../../model/cause.ts';
import type { Evidence } from '../analysis.ts';
import { groupBy } from '../../lib/group-by.ts';
import { isAlike } from './fault.ts';
import { failedBefore, goesOn, isCommonFailure } from './going-on.ts';
import { isCertificate } from '../evaluate/certificates.ts';
import type { Ladder } from '../root-cause/correlation.ts';
import { isWithoutToken } from '../root-cause/rules.ts';
import { type Root, type Seen, type Trouble, watchedOf } from '../observation.ts';
import { checkIdOf } from '../scope.ts';

/** What has begun within this time has one cause, whatever it looked like at first. */
const sameTimeMs = 60_000;
const rootPrefixes: ReadonlySet<string> = new Set([
  'origin',
  'gateway',
  'unsteady',
  'credential',
  'mismatch',
  'service',
  'certificate',
]);

/** What becomes of open incidents when another cause turns out to explain all that still fails of theirs. */
export interface Succession {
  /** They go on as that cause, with their number: fingerprint before → now. */
  readonly becomes: ReadonlyMap<string, string>;
  /** They go on without a word: fingerprint → that of the cause. */
  readonly explained: ReadonlyMap<string, string>;
}

/**
 * A cause that is found to be wider or narrower than it was told is no second incident, as long as what fails does so in the
 * same way: what fails in another way has a cause of its own, and is not over when the wider one is. Several that turn out to
 * be one leave their place to the first of them; an operation does so only when it has just begun, or was part of a wider
 * cause before.
 *
 * @param latest What operations came to last, from whenever.
 */
export function succeed(
  evidence: Pick<Evidence, 'open' | 'now' | 'known'>,
  { roots, explained }: Ladder,
  latest: readonly Seen[],
  slow: readonly Root[] = [],
): Succession {
  const { open, now } = evidence;
  const failed = failedBefore(evidence);
  const sick = groupBy(latest, ({ check }) => explained.get(check.id));
  const bad = new Map(
    roots
      .filter(({ observation }) => observation.kind === 'bad')
      .map((root) => [root.observation.fingerprint, root]),
  );
  const failing = new Set(
    latest.flatMap(({ check, result }) =>
      result.verdict === 'fail' || (isWithoutToken({ check, result }) && explained.has(check.id))
        ? [check.id]
        : [],
    ),
  );
  const known = new Set(open.map(({ fingerprint }) => fingerprint));
  const becomes = new Map<string, string>();
  const explainedRoots = new Map<string, string>();
  const taken = new Set<string>();
  for (const incident of open.filter(isBegun).toSorted(rootsThenOldest)) {
    if (bad.has(incident.fingerprint)) continue;
    const root = isCertificate(incident.fingerprint)
      ? closedBy(incident, bad)
      : bad.get(explainerOf(incident, explained, failing) ?? '');
    if (root === undefined) continue;
    const { fingerprint } = root.observation;
    // That some answer when asked again is how a trouble begins and ends, and not what it is.
    const isPassing = [incident.fingerprint, fingerprint].some((one) => one.startsWith('unsteady:'));
    if (
      !isPassing &&
      !known.has(fingerprint) &&
      !taken.has(fingerprint) &&
      (isSameCause(incident, root, now) || isSameTrouble(incident, root, sick.get(fingerprint) ?? [], failed))
    ) {
      taken.add(fingerprint);
      becomes.set(incident.fingerprint, fingerprint);
    } else if (checkIdOf(incident.fingerprint) === undefined) {
      explainedRoots.set(incident.fingerprint, fingerprint);
    }
  }
  for (const [before, after] of slowed(open, slow)) becomes.set(before, after);
  return { becomes, explained: explainedRoots };
}

/** What has been told to be slow while the wider slowness had begun already is a part of that: the first of those goes on as it. */
function slowed(
  open: readonly Incident[],
  slow: readonly Root[],
): readonly (readonly [before: string, after: string])[] {
  const known = new Set(open.map(({ fingerprint }) => fingerprint));
  return slow.flatMap(({ cause, observation }) => {
    const { kind, fingerprint } = observation;
    if (kind !== 'bad' || known.has(fingerprint)) return [];
    const { trouble } = observation;
    const first = open
      .filter(
        (one) =>
          one.fingerprint !== fingerprint &&
          isSlowness(one.fingerprint) &&
          one.state !== 'pending' &&
          one.told !== undefined &&
          isWithin(one, cause, trouble) &&
          one.openedAt >= trouble.since - sameTimeMs,
      )
      .toSorted(rootsThenOldest)
      .at(0);
    return first === undefined ? [] : [[first.fingerprint, fingerprint] as const];
  });
}

function isWithin({ fingerprint, services }: Incident, { level }: Cause, trouble: Trouble): boolean {
  const operation = checkIdOf(fingerprint);
  if (operation === undefined)
    return level === 'origin' && services.every((one) => trouble.services.includes(one));
  return trouble.members.worst.some(({ checkId }) => checkId === operation);
}

/** The host to which nobody connects any more, as whoever looked at its certificate has foreseen. */
function closedBy({ cause }: Incident, bad: ReadonlyMap<string, Root>): Root | undefined {
  const root = bad.get(`origin:${cause.subject}`);
  return root?.observation.kind === 'bad' && root.observation.trouble.reason.code === 'tls'
    ? root
    : undefined;
}

function isBegun({ fingerprint, state, inhibitedBy }: Incident): boolean {
  const [prefix = ''] = fingerprint.split(':');
  return (
    state !== 'pending' && (rootPrefixes.has(prefix) || (prefix === 'operation' && inhibitedBy === undefined))
  );
}

/** The one cause of all that still fails of it. */
function explainerOf(
  { fingerprint, members }: Incident,
  explained: ReadonlyMap<string, string>,
  failing: ReadonlySet<string>,
): string | undefined {
  const operation = checkIdOf(fingerprint);
  const sick = operation === undefined ? watchedOf(members).filter((id) => failing.has(id)) : [operation];
  const [cause, another] = new Set(sick.map((id) => explained.get(id) ?? ''));
  return another === undefined ? cause : undefined;
}

function isSameCause(incident: Incident, { observation }: Root, now: number): boolean {
  if (isCertificate(incident.fingerprint)) return true;
  if (observation.kind !== 'bad') return false;
  if (isOfSameOperations(incident, observation.trouble)) return true;
  if (!isAlike(incident, observation.trouble)) return false;
  const isAlone = checkIdOf(incident.fingerprint) !== undefined && incident.widest === undefined;
  return !isAlone || (isOfOneFault(incident) && now - incident.openedAt <= sameTimeMs);
}

/** Of the same operations, none of which has answered well in between. */
function isSameTrouble(
  incident: Incident,
  { observation }: Root,
  members: readonly Seen[],
  failed: ReadonlySet<string>,
): boolean {
  return (
    observation.kind === 'bad' &&
    isCommonFailure(incident) &&
    goesOn(incident, observation.trouble, members, failed)
  );
}

/** How a host that is down and then answers can fail on: a document that has changed is another cause. */
const ofAnswers: ReadonlySet<CauseLevel> = new Set<CauseLevel>([
  'origin',
  'gateway',
  'credential',
  'service',
]);

/** A host that is down, and then answers with nothing but errors, has not recovered meanwhile, and is down for the same ones. */
function isOfSameOperations({ cause, services, members, widest = members }: Incident, now: Trouble): boolean {
  const levels = [cause.level, now.cause.level];
  const isOfHost = levels.includes('origin') && levels.every((level) => ofAnswers.has(level));
  const counts = [members, widest, now.members].map(({ count, of }) => `${count} of ${of}`);
  return isOfHost && new Set(counts).size === 1 && services.join('\n') === now.services.join('\n');
}

/** Nothing else of its own has been told of it, now or before. */
function isOfOneFault({ told, flapping }: Incident): boolean {
  return flapping === undefined && (told?.faults ?? []).length <= 1;
}

function rootsThenOldest(a: Incident, b: Incident): number {
  const isOperation = ({ fingerprint }: Incident): number => Number(checkIdOf(fingerprint) !== undefined);
  const isUntold = ({ told }: Incident): number => Number(told === undefined);
  return isOperation(a) - isOperation(b) || isUntold(a) - isUntold(b) || a.openedAt - b.openedAt;
}
