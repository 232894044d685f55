import type { Worker } from 'node:worker_threads';
import { messageOf } from '../../../lib/errors.ts';
import type { Logger } from '../../../lib/logger.ts';
import { startThread } from '../../../lib/thread.ts';
import type { Clock } from '../../../lib/time/clock.ts';
import { StoreError, type StoreFailure } from '../../store.ts';
import type { Damage } from './damage-thread.ts';

const module = new URL('./damage-thread.ts', import.meta.url);
const memoryMb = 32;
const minuteMs = 60_000;
/** How long after a look the next one is due, by what is known then. */
const pause = { well: 24 * 60 * minuteMs, suspected: minuteMs, damaged: 10 * minuteMs };
/** What has taken longer is given up; the next look is a day later. */
const longestMs = 5 * minuteMs;
/** That others hold it, or that it was taken away meanwhile, is no damage. */
const damages: ReadonlySet<StoreFailure> = new Set(['corrupt', 'io']);

/**
 * Knows whether a database that is in use is whole. It is read through once a day, soon after a statement has found
 * something amiss, and every ten minutes while it is damaged, each time on a thread of its own.
 */
export class DamageWatch {
  readonly #path: string;
  readonly #clock: Clock;
  readonly #log: Logger;
  #found: StoreError | undefined;
  #lookedAt = Number.NEGATIVE_INFINITY;
  #isSuspected = false;
  #looking: { readonly thread: Worker; readonly over: Promise<void> } | undefined;

  constructor(path: string, { clock, log }: { readonly clock: Clock; readonly log: Logger }) {
    this.#path = path;
    this.#clock = clock;
    this.#log = log;
  }

  /** What the last look has found. */
  get found(): StoreError | undefined {
    return this.#found;
  }

  /** A statement has come upon something. */
  suspect(): void {
    this.#isSuspected = true;
  }

  /** Another file is in its place: what was found is no longer so, and what is being looked at is not meant. */
  forget(): void {
    void this.close();
    this.#found = undefined;
    this.#lookedAt = Number.NEGATIVE_INFINITY;
  }

  /** Begins to look when that is due, and does not wait for what it finds. */
  lookWhenDue(): void {
    if (this.#looking !== undefined) return;
    const known = this.#found === undefined ? 'well' : 'damaged';
    const pauseMs = Math.min(pause[known], this.#isSuspected ? pause.suspected : Number.POSITIVE_INFINITY);
    if (this.#clock.monotonic() - this.#lookedAt < pauseMs) return;
    this.#lookedAt = this.#clock.monotonic();
    this.#isSuspected = false;
    const thread = startThread(module, memoryMb);
    thread.unref();
    this.#looking = { thread, over: this.#look(thread) };
  }

  /** Resolves when nothing of it reads the file any more. */
  async close(): Promise<void> {
    const looking = this.#looking;
    this.#looking = undefined;
    await looking?.thread.terminate();
    await looking?.over;
  }

  #look(thread: Worker): Promise<void> {
    return new Promise((resolve) => {
      const giveUp = this.#clock.after(longestMs, () => {
        this.#log.warn('looking through the database takes too long and is given up', { path: this.#path });
        void thread.terminate();
      });
      thread.once('message', (damage: Damage) => {
        if (this.#looking?.thread === thread) this.#conclude(damage);
      });
      thread.once('error', (error) =>
        this.#log.warn('the database could not be looked through', { problem: messageOf(error) }),
      );
      thread.once('exit', () => {
        giveUp();
        if (this.#looking?.thread === thread) this.#looking = undefined;
        resolve();
      });
      // oxlint-disable-next-line unicorn/require-post-message-target-origin -- that is for windows
      thread.postMessage(this.#path);
    });
  }

  #conclude(damage: Damage): void {
    if (damage === undefined) this.#found = undefined;
    else if (damages.has(damage.code)) this.#found = new StoreError(damage);
  }
}
