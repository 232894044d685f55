import type { Check } from '../../model/check.ts';
import { type Incident, isSlowness } from '../../model/incident.ts';
import { groupBy } from '../../lib/group-by.ts';
import { paramsOf } from '../../messages/sentence.ts';
import { isOwnedBy, membersOf, ownedBy } from '../../model/members.ts';
import type { Totals } from '../../model/message.ts';

/** What totals are counted over. */
type Counted = Required<Pick<Totals, 'checks' | 'services'>> & Pick<Totals, 'waiting' | 'owners'>;

/**
 * Of these checks, those of the services that are named and of these owners; absent: all. What is wrong with a service counts also when nothing of it
 * can be called.
 *
 * @param waitingAmong How many checks are not known to be well, though nothing is told of them.
 */
export function countedOf(
  planned: readonly Check[],
  named: readonly string[] | undefined,
  waitingAmong: (checks: readonly Check[]) => number,
  whose?: readonly string[],
): Counted {
  const ofServices = named === undefined ? planned : planned.filter(({ service }) => named.includes(service));
  const checks =
    whose === undefined
      ? ofServices
      : ofServices.filter(({ owners }) => owners.some((owner) => whose.includes(owner)));
  const all = whose === undefined ? (named ?? []) : [];
  const services = [...new Set([...all, ...checks.map(({ service }) => service)])];
  return { checks: checks.length, services, owners: whose, waiting: waitingAmong(checks) };
}

/**
 * The same with services of which no plan is known since the patrol has started: of these as many as incidents tell of.
 */
export function withAwaited(
  counted: Counted,
  open: readonly Incident[],
  awaited: readonly string[],
): Counted {
  const told = ownIncidents(open, counted.owners).filter((one) => one.told !== undefined);
  const ofService = (service: string) => told.filter((one) => one.services.includes(service));
  const theirs =
    counted.owners === undefined ? awaited : awaited.filter((service) => ofService(service).length > 0);
  const known = theirs.map((service) =>
    Math.max(0, ...ofService(service).map(({ members }) => membersOf(members, [service]).of)),
  );
  const checks = known.reduce((sum, count) => sum + count, counted.checks);
  return { ...counted, checks, services: [...counted.services, ...theirs] };
}

/**
 * Each failing operation is counted once, those that are slow apart from these, with the cause that explains it as soon as people know of that. One that is only suspected
 * to fail, or of which nobody is told for now, is no more fine than the others; what is silenced is counted with them, and said to be.
 */
export function totalsOf(
  open: readonly Incident[],
  { checks, services, owners, waiting = 0 }: Counted,
  isHushed: (incident: Incident) => boolean = () => false,
): Totals {
  const causes = new Map(open.map((one) => [one.fingerprint, one]));
  const causeOf = ({ inhibitedBy = '' }: Incident): Incident | undefined => causes.get(inhibitedBy);
  const isTheirs = ({ services: affected }: Incident): boolean =>
    affected.length === 0 || affected.some((service) => services.includes(service));
  const own = ownIncidents(open, owners).filter(isTheirs);
  const known = own.filter((one) => {
    const cause = causeOf(one);
    return one.told === undefined
      ? one.state !== 'recovering' && one.inhibitedBy === undefined
      : one.inhibitedBy === undefined || (cause !== undefined && cause.told === undefined);
  });
  const now = known.filter(isFailingNow);
  const failing = now.filter((one) => one.verdict === 'fail' && causeOf(one)?.verdict !== 'fail');
  const countOf = (failed: readonly Incident[], among: readonly Incident[]): number =>
    distinctByService([
      ...failed.flatMap((one) => partsOf(one, services)),
      ...among.filter((one) => one.verdict === 'degraded').flatMap((one) => failingOf(one, services)),
    ]);
  const count = countOf(failing, now);
  // Under a silence of its own an operation stays when something wider explains it.
  const quiet = own.filter((one) => isFailingNow(one) && isHushed(one));
  const silenced = Math.min(
    count,
    countOf(
      quiet.filter((one) => one.verdict === 'fail'),
      quiet,
    ),
  );
  const isLeast =
    count < checks && failing.some(({ members }) => membersOf(members, services).heard !== undefined);
  const slow = now.filter((one) => one.told !== undefined && isSlowness(one.fingerprint));
  const slowCount = distinctByService(slow.flatMap((one) => partsOf(one, services)));
  return {
    failing: Math.min(count, checks),
    checks,
    ...(slowCount === 0 ? {} : { slow: Math.min(slowCount, checks), slowOpen: slow.length }),
    ...(isLeast ? { isLeast } : {}),
    ...(silenced > 0 ? { silenced: Math.min(silenced, checks) } : {}),
    services,
    owners,
    open: known.filter(({ told }) => told !== undefined).length,
    ...(waiting === 0 ? {} : { waiting }),
  };
}

/** What has not been called since is not known to be well because others are. */
function isFailingNow({ state, unheard }: Incident): boolean {
  return state === 'firing' || state === 'pending' || (state === 'recovering' && unheard !== undefined);
}

function ownIncidents(open: readonly Incident[], owners: readonly string[] | undefined): readonly Incident[] {
  if (owners === undefined) return open;
  return open.filter((one) => isOwnedBy(one, owners)).map((one) => ownedBy(one, owners));
}

/** Operations of one service that fail by one incident: all of them counted, some of them named. */
interface Part {
  readonly service: string;
  readonly count: number;
  readonly named: readonly string[];
}

function partsOf({ members, services: affected }: Incident, services: readonly string[]): readonly Part[] {
  if (members.shares !== undefined)
    return members.shares
      .filter(({ service }) => services.includes(service))
      .map(({ service, count, worst }) => ({ service, count, named: worst.map(({ checkId }) => checkId) }));
  const { count, worst } = membersOf(members, services);
  const service = worst[0]?.service ?? affected[0] ?? '';
  return [{ service, count, named: worst.map(({ checkId }) => checkId) }];
}

/** Of what answers when it is asked again, those that do not even then. */
function failingOf({ members, reason, services: affected }: Incident, services: readonly string[]): Part[] {
  const shares =
    members.shares?.map(({ service, own }) => ({ service, reason: own?.reason })) ??
    affected.map((service) => ({ service, reason }));
  return shares.flatMap((one) => {
    const { failing } = paramsOf(one.reason?.message, 'notEvenWhenAskedAgain') ?? {};
    const isTheirs = services.includes(one.service);
    return isTheirs && typeof failing === 'number'
      ? [{ service: one.service, count: failing, named: [] }]
      : [];
  });
}

function distinctByService(parts: readonly Part[]): number {
  const byService = groupBy(parts, ({ service }) => service);
  return [...byService.values()].reduce((sum, ofService) => sum + distinctAmong(ofService), 0);
}

/** A host and its sign-in may both be open about the same operations: those of which some are among the others' are the others'. */
function distinctAmong(parts: readonly Part[]): number {
  const seen = new Set<string>();
  let total = 0;
  for (const { count, named } of parts.toSorted((a, b) => b.count - a.count)) {
    const others = named.filter((id) => !seen.has(id));
    const isAllNamed = named.length >= count;
    if (others.length === named.length) total += count;
    else total += isAllNamed ? others.length : 0;
    for (const id of named) seen.add(id);
  }
  return total;
}
