import type { Flapping, Incident, Suppression } from '../model/incident.ts';
import type { FlappingRule } from './analysis.ts';

/**
 * How often the same fault has come back of late; `undefined`: not often enough to speak of. The first return is told at
 * once, further ones in a row only once they last: twice as long each time, and never longer than half an hour; and what
 * goes on like that is told again after some hours.
 *
 * @param ended Incidents of the last `windowMs`.
 */
export function flappingOf(
  incident: Incident,
  ended: readonly Incident[],
  now: number,
  rule: FlappingRule,
): Flapping | undefined {
  const ends = ended
    .filter((one) => isSameFault(incident, one) && (one.resolvedAt ?? 0) >= now - rule.windowMs)
    .toSorted((a, b) => (b.resolvedAt ?? 0) - (a.resolvedAt ?? 0));
  const inARow = returnsInARow(ends, now, rule);
  const times = ends.length + 1;
  if (inARow === 0 && times < rule.opens) return undefined;
  if (inARow < 2) return { since: now, times };
  const holdMs = Math.min(rule.relapseMs, rule.holdMs * 2 ** (inARow - 2));
  const lastToldAt = ends.find(({ told }) => told !== undefined)?.resolvedAt ?? 0;
  // Who was last told that it is over has to hear in the end that it is not.
  return { since: now, times, quietUntil: Math.min(now + holdMs, lastToldAt + rule.quietMs) };
}

/** Another reason, or another status, is a fault of its own and no return of an old one. */
function isSameFault(now: Incident, before: Incident): boolean {
  const { code } = now.reason;
  return (
    now.fingerprint === before.fingerprint &&
    (before.reason.code === code || before.told?.codes.includes(code) === true) &&
    (code !== 'status' || now.status === before.status) &&
    (code !== 'document' || now.reason.message === before.reason.message)
  );
}

/** @param ends The latest first. */
function returnsInARow(ends: readonly Incident[], now: number, { relapseMs }: FlappingRule): number {
  let beganAt = now;
  let count = 0;
  for (const { openedAt, resolvedAt = 0 } of ends) {
    if (beganAt - resolvedAt > relapseMs) break;
    count++;
    beganAt = openedAt;
  }
  return count;
}

/** It was about to be over. */
export function countReturn(before: Incident, now: Incident): Incident {
  const { flapping } = now;
  if (before.state !== 'recovering' || flapping === undefined) return now;
  return { ...now, flapping: { ...flapping, times: flapping.times + 1 } };
}

/** Why people are not told of a return yet. */
export function dampingOf({ flapping, told }: Incident, now: number): Suppression | undefined {
  const { quietUntil = 0, times = 0 } = flapping ?? {};
  if (told !== undefined || quietUntil <= now) return undefined;
  const minutes = Math.ceil((quietUntil - now) / 60_000);
  return { by: 'flapping', note: `time ${times} within hours; told if it lasts ${minutes} min` };
}
