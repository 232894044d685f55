import type { Incident } from '../../model/incident.ts';
import type { Observation } from '../observation.ts';
import { faultOf } from './fault.ts';
import { sameTimeMs } from './late.ts';
import type { News } from './advance.ts';

/** So long after it has answered well again it waits for those that people know to have begun with it. */
const othersMs = 30_000;

/** Of these incidents of single operations, those that have begun with others in the same service and in the same way. */
export function begunWith(these: readonly Incident[], open: readonly Incident[]): readonly Incident[] {
  const alike = these.filter(isOfOne);
  return open.filter(
    (one) => isOfOne(one) && !these.includes(one) && alike.some((other) => isAlike(one, other)),
  );
}

/**
 * Fingerprints of those that would end now, while it is not known yet whether those that have begun with them are over as
 * well: what began in one message ends in one.
 */
export function endingBefore(
  open: readonly Incident[],
  observations: readonly Observation[],
  ending: ReadonlySet<string>,
  { successes, now }: Pick<News, 'successes' | 'now'>,
): readonly string[] {
  const failing = new Map(
    observations.flatMap((one) =>
      one.kind === 'bad' ? [[one.fingerprint, one.trouble.round ?? now] as const] : [],
    ),
  );
  // A call that began before says nothing of how things are since.
  const isDecided = ({ fingerprint, countedRound, state }: Incident, wellSince: number): boolean =>
    ending.has(fingerprint) ||
    (failing.get(fingerprint) ?? (state === 'firing' ? (countedRound ?? 0) : 0)) > wellSince;
  return open
    .filter((one) => ending.has(one.fingerprint) && isOfOne(one) && successes(one) > 1)
    .filter((one) => {
      const { wellSince = now } = one;
      return (
        now - wellSince < othersMs && begunWith([one], open).some((other) => !isDecided(other, wellSince))
      );
    })
    .map(({ fingerprint }) => fingerprint);
}

/** Told, and neither coming and going nor explained by something else. */
function isOfOne({ cause, state, told, verdict, flapping, inhibitedBy }: Incident): boolean {
  const isTold = state !== 'pending' && told !== undefined && inhibitedBy === undefined;
  return cause.level === 'operation' && verdict === 'fail' && isTold && flapping === undefined;
}

function isAlike(one: Incident, other: Incident): boolean {
  return (
    one.services.join('\n') === other.services.join('\n') &&
    faultOf(one) === faultOf(other) &&
    Math.abs(one.openedAt - other.openedAt) <= sameTimeMs
  );
}
