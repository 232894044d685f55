import { sentence } from '../../messages/sentence.ts';
import type { Clock } from '../../lib/time/clock.ts';
import type { Result } from '../../model/result.ts';
import { HttpProblem } from '../http/http-problem.ts';
import type { Patrol } from '../port.ts';
import type { LiveState } from './live-state.ts';

const windowMs = 60_000;
/** What is in trouble is not to get many more calls because many people look at it. */
const mostOfOne = 10;
const mostOfAll = 60;

/** Calls that people ask for outside the grid. */
export class CallsByHand {
  readonly #patrol: Pick<Patrol, 'checkNow'>;
  readonly #board: Pick<LiveState, 'called'>;
  readonly #clock: Clock;
  readonly #underWay = new Map<string, Promise<Result | undefined>>();
  /** The last minute's, the oldest first; times on the monotonic clock. */
  #begun: readonly { readonly checkId: string; readonly at: number }[] = [];

  constructor(patrol: Pick<Patrol, 'checkNow'>, board: Pick<LiveState, 'called'>, clock: Clock) {
    this.#patrol = patrol;
    this.#board = board;
    this.#clock = clock;
  }

  /** Calls one operation, or waits for the call that is under way. Throws when it is too soon, or there is no time for it. */
  async call(checkId: string): Promise<Result> {
    const underWay = this.#underWay.get(checkId);
    const result = await (underWay ?? this.#begin(checkId));
    if (result === undefined)
      throw new HttpProblem(503, sentence('couldNotCall'), { hint: sentence('afterFirstCycle') });
    return result;
  }

  async #begin(checkId: string): Promise<Result | undefined> {
    this.#require(checkId);
    const call = this.#patrol.checkNow(checkId);
    this.#underWay.set(checkId, call);
    try {
      const result = await call;
      if (result !== undefined) this.#board.called(result);
      return result;
    } finally {
      this.#underWay.delete(checkId);
    }
  }

  #require(checkId: string): void {
    const now = this.#clock.monotonic();
    this.#begun = this.#begun.filter(({ at }) => now - at < windowMs);
    const own = this.#begun.filter((one) => one.checkId === checkId);
    const first = own.length < mostOfOne ? undefined : own[0];
    const firstOfAll = this.#begun.length < mostOfAll ? undefined : this.#begun[0];
    const until = Math.max(
      ...[first, firstOfAll].map((one) => (one === undefined ? now : one.at + windowMs)),
    );
    if (until > now) {
      const seconds = Math.ceil((until - now) / 1000);
      const headers = { 'retry-after': String(seconds) };
      throw new HttpProblem(429, sentence('calledByHandTooOften', { seconds }), {}, headers);
    }
    this.#begun = [...this.#begun, { checkId, at: now }];
  }
}
