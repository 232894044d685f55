import type { Check } from '../../model/check.ts';
import type { Incident } from '../../model/incident.ts';
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
 * Each failing operation is counted with the cause that explains it, once people know of that. One that is only suspected
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
    .filter((one) => causeOf(one)?.verdict !== 'fail')
    .map(({ members }) => membersOf(members, services));
  const count = failing.reduce((sum, members) => sum + members.count, 0);
  const isLeast = count < checks && failing.some(({ heard }) => heard !== undefined);
  return {
    failing: Math.min(count, checks),
    checks,
    ...(isLeast ? { isLeast } : {}),
    services,
    open: known.filter(({ told }) => told !== undefined).length,
    ...(waiting === 0 ? {} : { waiting }),
  };
}
