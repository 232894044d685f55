import type { Check } from '../model/check.ts';
import { type Incident, mustStayWell, wellSinceOf } from '../model/incident.ts';
import type { Result } from '../model/result.ts';
import type { Evidence } from './analysis.ts';
import { calmMsOf } from './lifecycle/flapping.ts';
import { isUntold } from './narrowing.ts';
import { covers } from './scope.ts';

/** By then it is known whether what has failed once does so again; what never comes to an end holds nothing up for longer. */
const suspectedMs = 30_000;

/**
 * Fingerprints of what may not be over, however well the present calls are answered: something of its cause has just failed and
 * is called again, does not answer, or has been found to fail by others and has not been judged yet.
 */
export function suspectedOf({
  open,
  checks,
  known = [],
  suspected,
  now,
  settings,
}: Pick<Evidence, 'open' | 'checks' | 'known' | 'suspected' | 'now' | 'settings'>): ReadonlySet<string> {
  if (suspected === undefined || suspected.size === 0) return new Set();
  const last = new Map(known.map((result) => [result.checkId, result]));
  const own = new Map(open.map((one) => [one.fingerprint, one]));
  const doubtful = checks.filter(({ id }) => suspected.has(id) && isNews(last.get(id)));
  const mayBeOf = (incident: Incident, check: Check): boolean => {
    const alone = own.get(`operation:${check.id}`);
    return covers(incident.cause, check) && (alone === incident || isUntold(alone));
  };
  const ending = open.filter((one) => one.state !== 'pending' && !hasWaited(one, now, settings));
  return new Set(
    ending.flatMap((one) => (doubtful.some((check) => mayBeOf(one, check)) ? [one.fingerprint] : [])),
  );
}

/** What is put down to the way it is called fails as ever; what failed when it was heard last is not held to be well. */
function isNews(last: Result | undefined): boolean {
  return last?.verdict === 'pass' || last?.verdict === 'degraded';
}

/** It could have been told to be over for so long that what still fails now and then is another matter. */
function hasWaited(incident: Incident, now: number, { flapping }: Evidence['settings']): boolean {
  const over = mustStayWell(incident)
    ? incident.lastSeenAt + calmMsOf(incident, flapping)
    : (wellSinceOf(incident) ?? now);
  return now - over >= suspectedMs;
}
