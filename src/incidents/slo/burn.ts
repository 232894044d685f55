import { sentence } from '../../messages/sentence.ts';
import { formatDuration } from '../../lib/time/duration.ts';
import type { BudgetView, Burn } from '../../model/budget.ts';
import type { ObjectiveSettings } from '../../model/settings.ts';
import type { Evidence } from '../analysis.ts';
import type { Beyond } from './budgets.ts';
import type { Observation, Trouble } from '../observation.ts';

/** Slower than this it is a matter for the week and not for the day. */
const urgentMs = 12 * 3_600_000;

/**
 * Error budgets that burn too fast by what no incident tells of, open or just over: of the rest people have heard. A
 * suspicion may be about to become one.
 */
export function observeBudgets(
  views: readonly BudgetView[],
  beyond: readonly Beyond[],
  evidence: Evidence,
): readonly Observation[] {
  const objectives = new Map(evidence.budgets?.objectives.map((one) => [one.name, one]));
  return views.flatMap((view): readonly Observation[] => {
    if (!view.sampled) return [];
    const fingerprint = `budget:${view.kind}:${view.objective}`;
    const isOpen = evidence.open.some((one) => one.fingerprint === fingerprint && one.told !== undefined);
    const own = beyond.find(({ objective, kind }) => objective === view.objective && kind === view.kind);
    const [burn] = own?.burning ?? [];
    if (burn !== undefined) {
      const trouble = troubleOf(view, burn, objectives.get(view.objective), evidence);
      return [{ kind: 'bad', fingerprint, trouble }];
    }
    // That it burns by something else now is no recovery of what has been told.
    if (own?.mayBurn === true || (isOpen && view.burning.length > 0)) return [];
    return [{ kind: 'good', fingerprint }];
  });
}

function troubleOf(
  view: BudgetView,
  { longMs, rate }: Burn,
  objective: ObjectiveSettings | undefined,
  { checks, now }: Evidence,
): Trouble {
  const { kind, target, good, bad, left, windowMs } = view;
  const percent = (share: number): string => `${Number((share * 100).toFixed(2))} %`;
  const services = objective?.services ?? [...new Set(checks.map(({ service }) => service))].sort();
  return {
    cause: { level: 'service', subject: view.objective },
    severity: longMs > urgentMs ? 'minor' : 'major',
    verdict: 'degraded',
    subjectLabel: view.objective,
    services,
    tags: objective?.tags ?? [],
    owners: [],
    members: { count: 1, of: 1, worst: [] },
    reason: {
      code: 'budget',
      message: sentence(kind === 'availability' ? 'burnsByFailures' : 'burnsBySlowness', {
        rate: rate.toFixed(1),
        time: formatDuration(longMs),
        left: percent(Math.max(0, left)),
        window: formatDuration(windowMs),
      }),
    },
    expected: sentence(kind === 'availability' ? 'shareSucceeds' : 'shareInTime', { share: percent(target) }),
    found: sentence('shareDidNot', {
      share: percent(good / Math.max(1, good + bad)),
      bad,
      all: good + bad,
    }),
    since: now,
    // What has just broken gets an incident of its own first.
    evaluations: 2,
  };
}
