import type { Clock } from '../../lib/time/clock.ts';
import type { Settings } from '../../model/settings.ts';
import type { Parts } from '../composition.ts';
import { Summaries } from './summaries.ts';

export interface HousekeepingOptions {
  readonly parts: Pick<Parts, 'store'>;
  readonly settings: () => Settings;
  readonly clock: Clock;
}

/** Cycles of many services close one after another; once a minute is often enough. */
const pruneEveryMs = 60_000;

/** What is due after cycles, whichever service they were of: summaries, and room for what comes. */
export class Housekeeping {
  readonly #options: HousekeepingOptions;
  readonly #summaries = new Summaries();
  #prunedAt = -Infinity;
  #isBusy = false;

  constructor(options: HousekeepingOptions) {
    this.#options = options;
  }

  /** Whether there is something to send. */
  async afterCycle(): Promise<boolean> {
    if (this.#isBusy) return false;
    this.#isBusy = true;
    try {
      await this.#prune();
      const { parts, settings, clock } = this.#options;
      return await this.#summaries.send(parts.store, settings(), clock.now());
    } finally {
      this.#isBusy = false;
    }
  }

  async #prune(): Promise<void> {
    const { parts, settings, clock } = this.#options;
    if (clock.monotonic() - this.#prunedAt < pruneEveryMs) return;
    this.#prunedAt = clock.monotonic();
    const { retentionMs, historyMs } = settings().store;
    const now = clock.now();
    await parts.store.prune(now - retentionMs, now - historyMs);
  }
}
