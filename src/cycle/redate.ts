import type { Round } from '../analyze/observation.ts';
import type { Result } from '../model/result.ts';

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

  result<T extends Result>(result: T): T {
    if (!this.#isOld(result.at)) return result;
    const { evidence } = result;
    const attempts = evidence?.attempts?.map((one) => ({ ...one, at: this.#moved(one.at) }));
    const dated = { ...result, at: this.#moved(result.at) };
    return attempts === undefined ? dated : { ...dated, evidence: { ...evidence, attempts } };
  }

  round(round: Round): Round {
    return this.#isOld(round.startedAt) ? { ...round, startedAt: this.#moved(round.startedAt) } : round;
  }

  #moved(at: number): number {
    return this.#isOld(at) ? at + this.#ms : at;
  }

  #isOld(at: number): boolean {
    return Math.abs(this.#now - at) > Math.abs(this.#ms) / 2;
  }
}
