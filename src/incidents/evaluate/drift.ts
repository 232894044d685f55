import type { Check } from '../../model/check.ts';
import type { Usual } from '../latency/baselines.ts';
import type { Evidence } from '../analysis.ts';
import type { Seen } from '../observation.ts';
import { tellsSpeed } from '../latency/recent.ts';

/** An operation that has become slower than it usually is at this hour. */
export interface Drift {
  /** Of the latest answers, as a multiple of the usual one. */
  readonly ratio: number;
  readonly nowMs: number;
  readonly usualMs: number;
  /** Answers since it began. */
  readonly answers: number;
}

/** Latest answers whose median is compared. */
const latest = 5;
/** Slower than this is worth a word … */
const worthTelling = 2;
/** … and below this it is over. */
const over = 1.5;
/** And by at least this much: nobody minds 3 ms in place of 1. */
const smallestMs = 50;
const objectiveShare = 0.1;
/** One answer counts for no more, however slow: a spike is not a shift. */
const clip = 3;
/** What is forgiven with each answer, and what has to add up, in standard deviations. */
const slack = 1;
const alarm = 8;

export type DriftState = { readonly kind: 'drifted'; readonly drift: Drift } | { readonly kind: 'usual' };

/**
 * A one-sided CUSUM over the latest answers, on the logarithm; `undefined` when there is nothing to compare with or it
 * is in between.
 *
 * @param answers Durations (ms), the oldest first.
 */
export function driftOf(
  answers: readonly number[],
  usual: Usual,
  objectiveMs: number,
): DriftState | undefined {
  if (answers.length < latest) return undefined;
  const nowMs = median(answers.slice(-latest));
  const ratio = nowMs / usual.ms;
  if (ratio < over) return { kind: 'usual' };
  // It may be over, and the median does not know yet.
  if ((answers.at(-1) ?? 0) < over * usual.ms) return undefined;
  let sum = 0;
  let since = 0;
  for (const [index, ms] of answers.entries()) {
    const deviation = Math.log(ms / usual.ms) / usual.spread;
    sum = Math.max(0, sum + Math.min(clip, Math.max(-clip, deviation)) - slack);
    if (sum === 0) since = index + 1;
  }
  const noticeable = nowMs - usual.ms >= Math.max(smallestMs, objectiveMs * objectiveShare);
  if (sum <= alarm || ratio < worthTelling || !noticeable) return undefined;
  return { kind: 'drifted', drift: { ratio, nowMs, usualMs: usual.ms, answers: answers.length - since } };
}

/** By check id, of those that have answered well in this evaluation. */
export function findDrifts(seen: readonly Seen[], evidence: Evidence): ReadonlyMap<string, DriftState> {
  const { usual, recent, now } = evidence;
  const states = new Map<string, DriftState>();
  if (usual === undefined) return states;
  for (const { check, result } of seen) {
    if (!tellsSpeed(result)) continue;
    const known = usual(check, now);
    if (known === undefined) continue;
    const state = driftOf([...recent(check.id), result.phases.totalMs], known, check.latency.p95Ms);
    if (state !== undefined) states.set(check.id, state);
  }
  return states;
}

/** Epoch ms at which it began, as far as the answers are the check's own interval apart. */
export function beganAt({ answers }: Drift, { intervalMs }: Check, now: number): number {
  return now - (answers - 1) * intervalMs;
}

function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0;
}
