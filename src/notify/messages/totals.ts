import type { Check } from '../../model/check.ts';
import type { Incident } from '../../model/incident.ts';
import { groupBy } from '../../lib/group-by.ts';
import { membersOf } from '../../model/members.ts';
import type { Totals } from '../../model/message.ts';

/** What totals are counted over. */
type Counted = Required<Pick<Totals, 'checks' | 'services'>> & Pick<Totals, 'waiting'>;

/**
 * Of these checks, those of the services that are named; absent: all. What is wrong with a service counts also when nothing of it
 * can be called.
 *
 * @param waitingAmong How many checks are not known to be well, though nothing is told of them.
 */
export function countedOf(
  planned: readonly Check[],
  named: readonly string[] | undefined,
  waitingAmong: (checks: readonly Check[]) => number,
): Counted {
  const checks = named === undefined ? planned : planned.filter(({ service }) => named.includes(service));
  const services = [...new Set([...(named ?? []), ...checks.map(({ service }) => service)])];
  return { checks: checks.length, services, waiting: waitingAmong(checks) };
}

/**
 * The same with services of which no plan is known since the patrol has started: of these as many as incidents tell of.
 */
export function withAwaited(
  counted: Counted,
  open: readonly Incident[],
  awaited: readonly string[],
): Counted {
  const told = open.filter((one) => one.told !== undefined);
  const known = awaited.map((service) =>
    Math.max(
      0,
      ...told
        .filter((one) => one.services.includes(service))
        .map(({ members }) => membersOf(members, [service]).of),
    ),
  );
  const checks = known.reduce((sum, count) => sum + count, counted.checks);
  return { ...counted, checks, services: [...counted.services, ...awaited] };
}

/**
 * Each failing operation is counted once, with the cause that explains it as soon as people know of that. One that is only suspected
 * to fail, or of which nobody is told for now, is no more fine than the others.
 */
export function totalsOf(open: readonly Incident[], { checks, services, waiting = 0 }: Counted): Totals {
  const causes = new Map(open.map((one) => [one.fingerprint, one]));
  const causeOf = ({ inhibitedBy = '' }: Incident): Incident | undefined => causes.get(inhibitedBy);
  const known = open.filter((one) => {
    const cause = causeOf(one);
    const isKnown =
      one.told === undefined
        ? one.state !== 'recovering' && one.inhibitedBy === undefined
        : one.inhibitedBy === undefined || (cause !== undefined && cause.told === undefined);
    return (
      isKnown && (one.services.length === 0 || one.services.some((service) => services.includes(service)))
    );
  });
  const failing = known
    .filter(({ state, verdict }) => (state === 'firing' || state === 'pending') && verdict === 'fail')
    .filter((one) => causeOf(one)?.verdict !== 'fail');
  const parts = groupBy(
    failing.flatMap((one) => partsOf(one, services)),
    ({ service }) => service,
  );
  const count = [...parts.values()].reduce((sum, ofService) => sum + distinctAmong(ofService), 0);
  const isLeast =
    count < checks && failing.some(({ members }) => membersOf(members, services).heard !== undefined);
  return {
    failing: Math.min(count, checks),
    checks,
    ...(isLeast ? { isLeast } : {}),
    services,
    open: known.filter(({ told }) => told !== undefined).length,
    ...(waiting === 0 ? {} : { waiting }),
  };
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
