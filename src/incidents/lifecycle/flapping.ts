import { sentence } from '../../messages/sentence.ts';
import type { Flapping, Incident, Suppression } from '../../model/incident.ts';
import type { FlappingRule } from '../analysis.ts';
import { faultOf } from './fault.ts';

/**
 * How often the same fault has come back of late; `undefined`: not often enough to speak of. The first return is told at
 * once, further ones in a row only once they last, or have come and gone for longer each time, half an hour at most; and
 * what goes on like that is told again after some hours.
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
    .filter((one) => isSameFault(incident, one) && isRecovered(one))
    .filter(({ resolvedAt = 0 }) => resolvedAt >= now - rule.windowMs)
    .toSorted((a, b) => (b.resolvedAt ?? 0) - (a.resolvedAt ?? 0));
  const inARow = returnsInARow(ends, now, rule);
  if (inARow === 0 && ends.length + 1 < rule.opens) return undefined;
  const returns = ends.reduce((sum, { flapping }) => sum + (flapping?.returns ?? 0), 0);
  const calmMs = restlessCalmMs(ends, incident.openedAt, rule);
  const begun = {
    since: incident.openedAt,
    times: ends.length + returns + 1,
    ...(calmMs !== undefined && { calmMs }),
  };
  if (inARow < 2) return begun;
  const holdMs = Math.min(rule.relapseMs, rule.holdMs * 2 ** (inARow - 2));
  const lastToldAt = ends.find(({ told }) => told !== undefined)?.resolvedAt ?? 0;
  // Who was last told that it is over has to hear in the end that it is not.
  return { ...begun, quietUntil: Math.min(now + holdMs, lastToldAt + rule.quietMs) };
}

/**
 * How long what people have been told of several times within an hour has to stay well before they hear that it is over:
 * twice as long as it was well in between, so that it is told once more, and ends once. `undefined`: it has not come so often.
 *
 * @param ends The latest first.
 */
function restlessCalmMs(
  ends: readonly Incident[],
  openedAt: number,
  { restless }: FlappingRule,
): number | undefined {
  const late = ends.filter(({ resolvedAt = 0 }) => resolvedAt >= openedAt - restless.withinMs);
  const pairs = late.filter(({ told }) => told !== undefined);
  const goesOn = pairs.some(({ flapping }) => flapping?.calmMs !== undefined);
  if (pairs.length < restless.pairs && !goesOn) return undefined;
  const begins = [openedAt, ...late.map((one) => one.openedAt)];
  const pauses = late.map((one, index) => (begins[index] ?? openedAt) - one.lastSeenAt);
  return Math.min(restless.mostCalmMs, Math.max(restless.leastCalmMs, ...pauses.map((ms) => 2 * ms)));
}

/** Another reason, or another status, is a fault of its own and no return of an old one. */
function isSameFault(now: Incident, before: Incident): boolean {
  const fault = faultOf(now);
  return (
    now.fingerprint === before.fingerprint &&
    (faultOf(before) === fault || before.told?.faults?.includes(fault) === true)
  );
}

/** What ended because nobody looks at it any more has not gone: that it is there under another name is no return. */
function isRecovered({ lastGoodAt = -Infinity, lastSeenAt }: Incident): boolean {
  return lastGoodAt >= lastSeenAt;
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

/**
 * It was about to be over.
 *
 * @param since When it came back, epoch ms.
 */
export function countReturn(before: Incident, now: Incident, since: number): Incident {
  const { flapping } = now;
  // Of what was never known to be well as a whole nothing has come back.
  if (before.state !== 'recovering' || before.unheard !== undefined || flapping === undefined) return now;
  const { times, returns = 0 } = flapping;
  return { ...now, flapping: { ...flapping, since, times: times + 1, returns: returns + 1 } };
}

/** Why people are not told of a return yet. What goes on without a good answer is told soon, and another fault at once. */
export function dampingOf(
  incident: Incident,
  ended: readonly Incident[],
  now: number,
  { lastingMs }: FlappingRule,
): Suppression | undefined {
  const { flapping, told, openedAt, lastGoodAt = 0, lastSeenAt } = incident;
  const { quietUntil = 0, times = 0 } = flapping ?? {};
  if (told !== undefined || quietUntil <= now) return undefined;
  const beganAt = Math.max(openedAt, lastGoodAt);
  if (lastSeenAt - beganAt >= lastingMs || !ended.some((one) => isSameFault(incident, one))) return undefined;
  const minutes = Math.ceil((Math.min(quietUntil, beganAt + lastingMs) - now) / 60_000);
  return { by: 'flapping', note: sentence('flappingNote', { times, minutes: Math.max(1, minutes) }) };
}

/** Well for so long what comes and goes is over. Whether there is a token is known for certain whenever it is asked for. */
export function calmMsOf({ cause, flapping }: Incident, { calmMs, signInCalmMs }: FlappingRule): number {
  if (flapping?.calmMs !== undefined) return flapping.calmMs;
  return cause.level === 'credential' ? signInCalmMs : calmMs;
}
