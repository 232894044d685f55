import type { Check } from '../../model/check.ts';
import type { TimedAnswers, Result } from '../../model/result.ts';
import type { Incident } from '../../model/incident.ts';
import type { Evidence } from '../analysis.ts';
import { isBroken } from '../lifecycle/late.ts';
import { covers } from '../scope.ts';
import { tellsSpeed } from './recent.ts';

export interface Answer {
  readonly check: Check;
  /** Epoch ms. */
  readonly at: number;
  readonly ms: number;
  readonly isSlow: boolean;
}

/** Slower than this many times the usual, … */
const timesUsual = 2;
/** … than all but one of a thousand usually are, … */
const deviations = 3;
/** … and by at least so much: nobody minds 3 ms in place of 1. */
const smallestMs = 50;
const objectiveShare = 0.1;

const noAnswers: TimedAnswers = { at: [], ms: [] };

/** The latest answers of checks, this evaluation's included, oldest first; each is slow or not by its own measure. */
export class SlowAnswers {
  readonly #evidence: Evidence;
  readonly #now = new Map<string, Result>();

  /** While a host does not answer whoever waits is answered late. */
  readonly #outages: readonly Incident[];

  constructor(evidence: Evidence) {
    const { open, ended = [] } = evidence;
    this.#evidence = evidence;
    this.#outages = [...open, ...ended].filter((one) => one.cause.level === 'origin' && isBroken(one));
    for (const result of evidence.results) if (tellsSpeed(result)) this.#now.set(result.checkId, result);
  }

  hasAnsweredNow({ id }: Check): boolean {
    return this.#now.has(id);
  }

  of(check: Check): readonly Answer[] {
    const { timed = () => noAnswers } = this.#evidence;
    const limit = this.#limitMs(check);
    const { at, ms } = timed(check.id);
    const before = at.map((when, no) => ({ at: when, ms: ms[no] ?? 0 }));
    const result = this.#now.get(check.id);
    const isKnown = result === undefined || before.some((one) => one.at === result.at);
    const all = isKnown ? before : [...before, { at: result.at, ms: result.phases.totalMs }];
    const answers = all.map((one) => ({ check, ...one, isSlow: one.ms > limit }));
    const outages = this.#outages.filter(({ cause }) => covers(cause, check));
    return answers.filter((one) => !one.isSlow || !outages.some((outage) => hasWaitedFor(outage, one)));
  }

  /** Over its objective, or far from what is usual at this hour. */
  #limitMs(check: Check): number {
    const { usual, now } = this.#evidence;
    const objectiveMs = check.latency.p95Ms;
    const known = usual?.(check, now);
    if (known === undefined) return objectiveMs;
    const unusualMs = known.ms * Math.max(timesUsual, Math.exp(deviations * known.spread));
    const noticeableMs = known.ms + Math.max(smallestMs, objectiveMs * objectiveShare);
    return Math.min(objectiveMs, Math.max(unusualMs, noticeableMs));
  }
}

/** It was under way while its host did not answer. */
function hasWaitedFor({ openedAt, resolvedAt = Infinity, wellSince, state }: Incident, one: Answer): boolean {
  const until = state === 'firing' ? Infinity : (wellSince ?? resolvedAt);
  return one.at <= until && one.at + one.ms >= openedAt;
}
