import type { WallClock } from '../../lib/time/clock.ts';

/** A difference that no network explains; servers that check it commonly allow 5 to 15 minutes. */
const noticeableMs = 30_000;

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

/** How far the server's clock is ahead of ours (ms); what whole seconds and the way of the answer explain is 0. */
export function skewByDate(date: string, now: number): number {
  const skew = Date.parse(date) - now;
  return Number.isNaN(skew) || Math.abs(skew) < 5000 ? 0 : skew;
}
