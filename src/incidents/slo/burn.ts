import { sentence } from '../../messages/sentence.ts';
import { formatDuration } from '../../lib/time/duration.ts';
import type { BudgetView, Burn } from '../../model/budget.ts';
import type { Incident } from '../../model/incident.ts';
import type { ObjectiveSettings } from '../../model/settings.ts';
import type { Evidence } from '../analysis.ts';
import type { ErrorBudgets } from './budgets.ts';
import type { Observation, Trouble } from '../observation.ts';

/** Slower than this it is a matter for the week and not for the day. */
const urgentMs = 12 * 3_600_000;

/**
 * Error budgets that burn too fast. While something fails that people have been told of, they know why; what it
 * leaves of the budget is told afterwards, if it burns on.
 */
export function observeBudgets(
  { objectives }: ErrorBudgets,
  views: readonly BudgetView[],
  evidence: Evidence,
): readonly Observation[] {
  const sampled = views.filter((view) => view.sampled);
  return sampled.flatMap((view): readonly Observation[] => {
    const fingerprint = `budget:${view.kind}:${view.objective}`;
    const objective = objectives.find(({ name }) => name === view.objective);
    const known = evidence.open.some((incident) => isKnown(incident, objective));
    const [burn] = view.burning;
    if (burn === undefined) return [{ kind: 'good', fingerprint }];
    // What else is wrong explains it, and is no recovery of what has been told before.
    if (known)
      return evidence.open.some((one) => one.fingerprint === fingerprint && one.told !== undefined)
        ? []
        : [{ kind: 'good', fingerprint }];
    return [{ kind: 'bad', fingerprint, trouble: troubleOf(view, burn, objective, evidence) }];
  });
}

function isKnown(incident: Incident, objective: ObjectiveSettings | undefined): boolean {
  const { services, tags } = objective ?? {};
  return (
    incident.told !== undefined &&
    (incident.verdict === 'fail' || incident.fingerprint.startsWith('unsteady:')) &&
    (services === undefined || incident.services.some((one) => services.includes(one))) &&
    (tags === undefined || incident.tags.some((one) => tags.includes(one)))
  );
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
    subjectLabel: `${view.objective} (${kind})`,
    services,
    tags: objective?.tags ?? [],
    owners: [],
    members: { count: 1, of: 1, worst: [] },
    reason: {
      code: 'budget',
      message: sentence('burns', {
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
