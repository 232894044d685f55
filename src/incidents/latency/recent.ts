import type { TimedAnswers, Result } from '../../model/result.ts';

const keptPerCheck = 24;
const none: TimedAnswers = { at: [], ms: [] };

/** How fast the latest answers of every check were: what latency windows look at. */
export class RecentLatencies {
  readonly #byCheck: Map<string, TimedAnswers>;

  constructor(start: ReadonlyMap<string, TimedAnswers> = new Map()) {
    this.#byCheck = new Map(start);
  }

  /** Milliseconds, oldest first. */
  of(checkId: string): readonly number[] {
    return this.timed(checkId).ms;
  }

  timed(checkId: string): TimedAnswers {
    return this.#byCheck.get(checkId) ?? none;
  }

  /** The wall clock was set on by so many ms. */
  shift(ms: number): void {
    for (const [checkId, timed] of this.#byCheck)
      this.#byCheck.set(checkId, { ...timed, at: timed.at.map((at) => at + ms) });
  }

  /** Takes in the results of a closed cycle. */
  add(results: readonly Result[]): void {
    for (const result of results) {
      if (!tellsSpeed(result)) continue;
      const { at, ms } = this.timed(result.checkId);
      this.#byCheck.set(result.checkId, {
        at: [...at, result.at].slice(-keptPerCheck),
        ms: [...ms, result.phases.totalMs].slice(-keptPerCheck),
      });
    }
  }
}

/** What did not answer, or not what it should, says nothing about speed; nor does what we were too busy to measure. */
export function tellsSpeed({ status, verdict, imprecise }: Result): boolean {
  return status !== undefined && verdict !== 'fail' && imprecise !== true;
}
