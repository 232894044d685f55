import type { Clock } from '../../lib/time/clock.ts';
import { sentence } from '../../messages/sentence.ts';
import { messageOf } from '../../lib/errors.ts';
import type { Logger } from '../../lib/logger.ts';
import { StoreError } from '../store.ts';
import type { Fence } from './database.ts';
import { type LeaseRow, leaseMs } from './lease-row.ts';

const renewEveryMs = 3000;
/** So long before its end the lease is not relied on any more: what was begun under it has an end by then. */
const slackMs = 3000;

export interface LeaseOptions {
  readonly row: LeaseRow;
  readonly holder: string;
  readonly epoch: number;
  readonly clock: Clock;
  readonly log: Logger;
  /** Of the database, for people. */
  readonly shown: string;
}

/**
 * That a process leads: a row that says whose it is and until when, which it renews. Whoever has lost it, because it stood
 * still or was cut off for so long, cannot write any more, and knows it before it sends anything.
 */
export class Lease {
  readonly #options: LeaseOptions;
  readonly #lost = new AbortController();
  readonly #timer: NodeJS.Timeout;
  /** When it was last known to be held, on both clocks: one stands still while the machine sleeps, the other may be set. */
  #heldAt: { readonly monotonic: number; readonly wall: number };
  #isRenewed = true;
  #isRenewing = false;

  constructor(options: LeaseOptions) {
    this.#options = options;
    this.#heldAt = this.#now();
    this.#timer = setInterval(() => void this.#renew(), renewEveryMs).unref();
  }

  get lost(): AbortSignal {
    return this.#lost.signal;
  }

  get fence(): Fence {
    const { row, holder, epoch } = this.#options;
    // Writes go one after another: nobody takes it before what is written under it is stored.
    return { sql: row.heldBy(holder, epoch), lost: () => this.#lose() };
  }

  /** Whether nobody else can have it for another moment; asks when it was renewed too long ago. */
  async holds(): Promise<boolean> {
    if (this.#lost.signal.aborted) return false;
    if (!this.#isFresh()) await this.#renew();
    return !this.#lost.signal.aborted && this.#isFresh();
  }

  /** Resolves to false when it was lost before. */
  async giveBack(): Promise<void> {
    const { row, holder, epoch, log } = this.#options;
    clearInterval(this.#timer);
    if (this.#lost.signal.aborted) return;
    this.#lost.abort();
    try {
      await row.giveBack(holder, epoch);
    } catch (error) {
      log.warn('the lease of the leader could not be given back', { problem: messageOf(error) });
    }
  }

  #isFresh(): boolean {
    const { monotonic, wall } = this.#now();
    const ageMs = Math.max(monotonic - this.#heldAt.monotonic, Math.abs(wall - this.#heldAt.wall));
    return ageMs < leaseMs - slackMs;
  }

  #now(): { readonly monotonic: number; readonly wall: number } {
    const { clock } = this.#options;
    return { monotonic: clock.monotonic(), wall: clock.now() };
  }

  async #renew(): Promise<void> {
    const { row, holder, epoch, log } = this.#options;
    if (this.#isRenewing || this.#lost.signal.aborted) return;
    this.#isRenewing = true;
    const asked = this.#now();
    try {
      if (await row.renew(holder, epoch)) this.#heldAt = asked;
      else this.#lose();
      this.#isRenewed = true;
    } catch (error) {
      if (this.#isRenewed)
        log.warn('the lease of the leader could not be renewed', { problem: messageOf(error) });
      this.#isRenewed = false;
    } finally {
      this.#isRenewing = false;
    }
  }

  #lose(): StoreError {
    clearInterval(this.#timer);
    this.#lost.abort();
    return new StoreError({
      code: 'superseded',
      said: sentence('anotherNodeLeads', { path: this.#options.shown }),
      hint: sentence('followsNow'),
      retry: false,
    });
  }
}
