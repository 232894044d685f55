import type { Clock } from './clock.ts';

const everyMs = 5000;
/** Shorter ones are no news beside how often things are looked at. */
const noticedMs = 15_000;

/** How long this process has not run although it was to: it was stopped, or the machine gave it no time. */
export class Absence {
  readonly #clock: Clock;
  #seenAt: number;
  #awayMs: number;

  /** @param awayMs Before it was started. */
  constructor(clock: Clock, awayMs = 0) {
    this.#clock = clock;
    this.#awayMs = awayMs;
    this.#seenAt = clock.monotonic();
  }

  /** Notices it until the signal aborts. */
  async run(signal: AbortSignal): Promise<void> {
    this.#seenAt = this.#clock.monotonic();
    while (!signal.aborted) {
      await this.#clock.sleep(everyMs, signal);
      this.#look();
    }
  }

  /** Since the last call, ms. */
  take(): number {
    this.#look();
    const ms = this.#awayMs;
    this.#awayMs = 0;
    return ms;
  }

  #look(): void {
    const now = this.#clock.monotonic();
    const awayMs = now - this.#seenAt - everyMs;
    this.#seenAt = now;
    if (awayMs >= noticedMs) this.#awayMs += Math.round(awayMs);
  }
}
