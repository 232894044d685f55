import type { Round } from '../../incidents/observation.ts';
import { type Result, shiftResult } from '../../model/result.ts';

/**
 * What was dated by the wall clock before it was set on by `ms` and showed `now`, as it would have been dated since. What is
 * nearer to the time of now than to that of before was dated afterwards.
 */
export class Redating {
  readonly #ms: number;
  readonly #now: number;

  constructor(ms: number, now: number) {
    this.#ms = ms;
    this.#now = now;
  }

  result(result: Result): Result {
    return this.#isOld(result.at) ? shiftResult(result, this.#ms) : result;
  }

  round(round: Round): Round {
    return this.#isOld(round.startedAt) ? { ...round, startedAt: round.startedAt + this.#ms } : round;
  }

  #isOld(at: number): boolean {
    return Math.abs(this.#now - at) > Math.abs(this.#ms) / 2;
  }
}
