import { setTimeout } from 'node:timers/promises';

/** Lets `burst` turns go at once, and from then on `perSecond` of them. */
export class Pace {
  readonly #perSecond: number;
  readonly #burst: number;
  #free: number;
  #at = performance.now();

  constructor(perSecond: number, burst: number) {
    this.#perSecond = perSecond;
    this.#burst = burst;
    this.#free = burst;
  }

  /** Resolves when it is the caller's turn; rejects when `signal` ends the waiting. */
  async turn(signal: AbortSignal): Promise<void> {
    const now = performance.now();
    this.#free = Math.min(this.#burst, this.#free + ((now - this.#at) / 1000) * this.#perSecond) - 1;
    this.#at = now;
    if (this.#free < 0) await setTimeout((-this.#free / this.#perSecond) * 1000, undefined, { signal });
  }
}
