import { type Incident, lastsSince } from '../model/incident.ts';
import type { Sentence } from '../model/sentence.ts';
import type { Overview } from '../server/api/overview.ts';

type View = Overview['open'][number];

/** An incident as `status` shows it, from the store or as the patrol that runs tells it. Times in epoch ms. */
export interface Shown {
  readonly id: string;
  readonly label: string;
  readonly isWell: boolean;
  readonly verdict: 'fail' | 'degraded';
  readonly members: Pick<Incident['members'], 'count' | 'of' | 'heard'>;
  readonly services: readonly string[];
  readonly since: number;
  readonly lastSeenAt: number;
  readonly reason: Sentence;
  /** How often it came and went, when it does. */
  readonly times?: number;
  /** Another open one is its cause. */
  readonly isExplained: boolean;
  /** A silence or a maintenance window keeps it quiet. */
  readonly isSilenced: boolean;
  /** Somebody looks after it until then. */
  readonly acknowledged: { readonly by: string; readonly until: number } | undefined;
  /** For programs. */
  readonly whole: Incident | (View & { readonly subjectLabel: string });
}

/** @param isSilenced Whether a silence or a maintenance window keeps it quiet. */
export function asShown(incident: Incident, isSilenced: boolean): Shown {
  const { id, state, verdict, members, services, lastSeenAt, reason, flapping, inhibitedBy } = incident;
  return {
    id,
    verdict,
    members,
    services,
    lastSeenAt,
    label: placeOf(incident),
    isWell: state === 'recovering',
    since: lastsSince(incident),
    reason: reason.message,
    ...(flapping === undefined ? {} : { times: flapping.times }),
    isExplained: inhibitedBy !== undefined,
    isSilenced,
    acknowledged: incident.acknowledged,
    whole: incident,
  };
}

export function viewAsShown(view: View): Shown {
  const { id, label, state, verdict, members, services, since, lastSeenAt, reason, explainedBy } = view;
  const { heard, ...counts } = members;
  return {
    id,
    label,
    verdict,
    services,
    since,
    lastSeenAt,
    members: heard === undefined ? counts : { ...counts, heard },
    isWell: state === 'recovering',
    reason: reason.message,
    isExplained: explainedBy !== undefined,
    isSilenced: view.silenced,
    acknowledged: view.acknowledged,
    whole: { ...view, subjectLabel: label },
  };
}

/** `api.yaml:3:7`, as editors understand it. */
function placeOf({ subjectLabel, place }: Incident): string {
  return [subjectLabel, place?.line, place?.column].filter((part) => part !== undefined).join(':');
}
