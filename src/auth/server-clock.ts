import type { Clock } from '../kit/clock.ts';
import { skewByDate } from './expiry.ts';

/** A difference that no network explains; servers that check it commonly allow 5 to 15 minutes. */
const noticeableMs = 30_000;

/** The time of day alone: all that a signature needs. */
export type WallClock = Pick<Clock, 'now'>;

/** Our clock, corrected by what a server's answers say. */
export class ServerClock implements WallClock {
  readonly #clock: WallClock;
  #skewMs = 0;

  constructor(clock: WallClock) {
    this.#clock = clock;
  }

  /** How far the server's clock is ahead of ours. */
  get skewMs(): number {
    return this.#skewMs;
  }

  /** Takes over a `Date` header; true when that changes the time noticeably. */
  learn(date: string | undefined): boolean {
    if (date === undefined) return false;
    const before = this.#skewMs;
    this.#skewMs = skewByDate(date, this.#clock.now());
    return Math.abs(this.#skewMs - before) >= noticeableMs;
  }

  now(): number {
    return this.#clock.now() + this.#skewMs;
  }
}
