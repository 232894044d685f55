import type { BudgetMoment, Goal } from '../../model/budget.ts';
import type { Check } from '../../model/check.ts';
import { hourMs } from '../../model/histogram.ts';
import { type Incident, isFailure, isSlowness } from '../../model/incident.ts';
import { covers, isUnsteadiness } from '../scope.ts';

export const goals: readonly Goal[] = ['availability', 'latency'];

/** What fails a little before an incident begins or after it has ended is part of it; and a moment may be an hour. */
const aroundMs = hourMs;

/** Whether an incident says why a check counted against a goal at that time, epoch ms. */
export type Explains = (goal: Goal, checkId: string, at: number) => boolean;

/** @param checkOf What is known of a check; of one that is not planned any more nothing. */
export function explainedBy(
  incidents: readonly Incident[],
  checkOf: (id: string) => Check | undefined,
): Explains {
  const failures = incidents.filter((one) => isFailure(one) || isUnsteadiness(one.fingerprint));
  const about = {
    availability: failures,
    latency: [...failures, ...incidents.filter(({ fingerprint }) => isSlowness(fingerprint))],
  };
  return (goal, checkId, at) =>
    about[goal].some((one) => isAround(one, at) && isAbout(one, checkId, checkOf(checkId)));
}

function isAround({ openedAt, resolvedAt = Infinity }: Incident, at: number): boolean {
  return at >= openedAt - aroundMs && at <= resolvedAt + aroundMs;
}

function isAbout({ cause, members }: Incident, checkId: string, check: Check | undefined): boolean {
  return (
    (check !== undefined && covers(cause, check)) ||
    cause.subject === checkId ||
    members.watched?.includes(checkId) === true ||
    members.worst.some((one) => one.checkId === checkId)
  );
}

/** What of it is explained by now counts as explained from then on. */
export function settled(moment: BudgetMoment, explains: Explains): BudgetMoment {
  const { explained: before, unexplained, ...counted } = moment;
  if (unexplained === undefined) return moment;
  const part = (goal: Goal) => {
    const all = Object.entries(unexplained[goal]);
    const left = all.filter(([id]) => !explains(goal, id, moment.at));
    const sum = (entries: typeof all): number => entries.reduce((total, [, count]) => total + count, 0);
    return { left: Object.fromEntries(left), explained: (before?.[goal] ?? 0) + sum(all) - sum(left) };
  };
  const [availability, latency] = [part('availability'), part('latency')];
  return {
    ...counted,
    explained: { availability: availability.explained, latency: latency.explained },
    unexplained: { availability: availability.left, latency: latency.left },
  };
}

/** Two moments as one. */
export function mergedDoubts(
  one: BudgetMoment,
  other: BudgetMoment | undefined,
): Pick<BudgetMoment, 'explained' | 'unexplained'> {
  const { explained = none, unexplained = nobody } = one;
  const [also, alsoOf] = [other?.explained ?? none, other?.unexplained ?? nobody];
  const both = (goal: Goal): Record<string, number> => {
    const sums = { ...unexplained[goal] };
    for (const [id, count] of Object.entries(alsoOf[goal])) sums[id] = (sums[id] ?? 0) + count;
    return sums;
  };
  return {
    explained: {
      availability: explained.availability + also.availability,
      latency: explained.latency + also.latency,
    },
    unexplained: { availability: both('availability'), latency: both('latency') },
  };
}

const none = { availability: 0, latency: 0 };
const nobody = { availability: {}, latency: {} };

/** As it is kept: what says nothing is left out. */
export function withoutEmpty({ explained, unexplained, ...counted }: BudgetMoment): BudgetMoment {
  const isAny = goals.some((goal) => Object.keys(unexplained?.[goal] ?? {}).length > 0);
  return {
    ...counted,
    ...(goals.some((goal) => (explained?.[goal] ?? 0) > 0) ? { explained } : {}),
    ...(isAny ? { unexplained } : {}),
  };
}
