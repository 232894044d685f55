import { formatDuration } from '../../../lib/time/duration.ts';
import { type Incident, lastedMs, wellSinceOf } from '../../../model/incident.ts';
import type { Say } from '../../words.ts';

/** How an incident stands, and for how long; of what is about to be over also since when it is well. */
export function stateText(incident: Incident, now: number, say: Say): string {
  const time = rounded(lastedMs(incident, now));
  const { state } = incident;
  if (state === 'resolved') return say('why.overAfter', { time });
  const named = say(`incidentState.${state}`);
  const wellSince = wellSinceOf(incident);
  return wellSince === undefined
    ? say('why.lasts', { state: named, time })
    : say('why.wellAgain', { state: named, well: rounded(now - wellSince), time });
}

function rounded(ms: number): string {
  return formatDuration(Math.max(1000, Math.round(ms / 1000) * 1000));
}
