import type { TimedAnswers, Result } from '../../model/result.ts';

export const keptPerCheck = 24;
const none: TimedAnswers = { at: [], ms: [] };

/** How fast the latest answers of every check were: what latency windows look at. */
export class RecentLatencies {
  readonly #byCheck: Map<string, TimedAnswers>;

  constructor(start: ReadonlyMap<string, TimedAnswers> = new Map()) {
    this.#byCheck = new Map(start);
  }

  /** Milliseconds of those that were measured well, oldest first. */
  of(checkId: string): readonly number[] {
    const { ms, leastMs } = this.timed(checkId);
    return leastMs === undefined ? ms : ms.filter((one, no) => one === leastMs[no]);
  }

  /** Milliseconds that each took at least, oldest first. */
  atLeast(checkId: string): readonly number[] {
    const { ms, leastMs = ms } = this.timed(checkId);
    return leastMs;
  }

  timed(checkId: string): TimedAnswers {
    return this.#byCheck.get(checkId) ?? none;
  }

  /** The wall clock was set on by so many ms. */
  shift(ms: number): void {
    for (const [checkId, timed] of this.#byCheck)
      this.#byCheck.set(checkId, { ...timed, at: timed.at.map((at) => at + ms) });
  }

  /** Takes in results as they are judged: what a look has found may come before what a cycle had asked for earlier. */
  add(results: readonly Result[]): void {
    for (const result of results) {
      const took = tookOf(result);
      if (took !== undefined)
        this.#byCheck.set(result.checkId, withOne(this.timed(result.checkId), result.at, took));
    }
  }
}

function withOne({ at, ms, leastMs = ms }: TimedAnswers, when: number, took: Took): TimedAnswers {
  const later = at.findIndex((one) => one >= when);
  const place = later === -1 ? at.length : later;
  const isKnown = at[place] === when;
  const put = (list: readonly number[], value: number): readonly number[] =>
    list.toSpliced(place, Number(isKnown), value).slice(-keptPerCheck);
  const all = put(ms, took.mostMs);
  const least = put(leastMs, took.leastMs);
  const isPrecise = least.every((one, no) => one === all[no]);
  return { at: put(at, when), ms: all, ...(isPrecise ? {} : { leastMs: least }) };
}

/** How long an answer took, as far as that is known. */
export interface Took {
  readonly leastMs: number;
  readonly mostMs: number;
}

/** What did not answer, or not what it should, says nothing about speed; nor does what nobody knows how badly we measured. */
export function tookOf({ status, verdict, imprecise, lateMs, phases }: Result): Took | undefined {
  if (status === undefined || verdict === 'fail') return undefined;
  const mostMs = phases.totalMs;
  if (imprecise !== true) return { leastMs: mostMs, mostMs };
  return lateMs === undefined ? undefined : { leastMs: Math.max(0, mostMs - lateMs), mostMs };
}

/** Whether it took longer than that; `undefined`: that depends on how much of it was our own time. */
export function isOver({ leastMs, mostMs }: Took, limitMs: number): boolean | undefined {
  if (leastMs > limitMs) return true;
  return mostMs > limitMs ? undefined : false;
}

/** What was measured well. */
export function tellsSpeed({ status, verdict, imprecise }: Result): boolean {
  return status !== undefined && verdict !== 'fail' && imprecise !== true;
}
