import type { Clock } from './clock.ts';

/** Less is what the two clocks differ by anyway: whole milliseconds, and a clock that is slowly put right. */
export const noticedMs = 2000;

/** Sees the wall clock being set: what it went on by that the monotonic clock did not. */
export class ClockJump {
  readonly #clock: Pick<Clock, 'now' | 'monotonic'>;
  #offset: number;

  constructor(clock: Pick<Clock, 'now' | 'monotonic'>) {
    this.#clock = clock;
    this.#offset = clock.now() - clock.monotonic();
  }

  /** By how many ms the wall clock was set since the last call, on or (negative) back; 0 when it was not. */
  take(): number {
    const offset = this.#clock.now() - this.#clock.monotonic();
    const jumpMs = Math.round(offset - this.#offset);
    if (Math.abs(jumpMs) < noticedMs) return 0;
    this.#offset = offset;
    return jumpMs;
  }
}
