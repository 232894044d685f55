import type { Clock } from '../../lib/time/clock.ts';
import { whicheverEnds } from '../../lib/time/deadline.ts';
import { messageOf } from '../../lib/errors.ts';
import type { Logger } from '../../lib/logger.ts';
import { begunWith } from '../../incidents/lifecycle/together.ts';
import type { Incident } from '../../model/incident.ts';
import type { Conclusion } from '../cycle/conclude.ts';

/** How often what is wrong is looked at between two cycles. */
const lookMs = 60_000;
/** How soon after its first good answer what was wrong is looked at again. */
const secondLookMs = 10_000;

/** Of all open incidents those that are to be looked at. */
export type WantedOf = (open: readonly Incident[]) => readonly Incident[];

export interface RecheckLoopOptions {
  readonly clock: Clock;
  readonly log: Logger;
  /** Looks at those of the open incidents that are wanted; `undefined` when there are none. */
  readonly look: (wantedOf: WantedOf) => Promise<Conclusion | undefined>;
}

/** Has what is wrong called again beside the cycles, so that a recovery need not wait for the next one. */
export class RecheckLoop {
  readonly #options: RecheckLoopOptions;
  /** Something has answered well once, and once more ends it. */
  #almostOver = false;
  /** Somebody wants a look and has not had it yet. */
  #wanted = false;
  #woken = new AbortController();

  constructor(options: RecheckLoopOptions) {
    this.#options = options;
  }

  /** After a cycle or a look. */
  note(open: readonly Incident[]): void {
    this.#almostOver = open.some(isAlmostOver);
  }

  /** Does not wait for the minute. */
  lookNow(): void {
    this.#woken.abort();
  }

  async run(signal: AbortSignal): Promise<void> {
    const { clock, log, look } = this.#options;
    let lookedAt = clock.monotonic();
    while (!signal.aborted) {
      const either = whicheverEnds(signal, this.#woken.signal);
      await clock.sleep(secondLookMs, either.signal);
      either.done();
      this.#wanted ||= this.#woken.signal.aborted;
      this.#woken = new AbortController();
      const isDue = this.#wanted || clock.monotonic() - lookedAt >= lookMs;
      if (signal.aborted || !(isDue || this.#almostOver)) continue;
      if (isDue) lookedAt = clock.monotonic();
      this.#wanted = false;
      try {
        const found = await look(isDue ? (open) => open : almostOverOf);
        this.note(found?.open ?? []);
      } catch (error) {
        log.error('a look at what is wrong could not be stored', { problem: messageOf(error) });
      }
    }
  }
}

/** What is almost over, and what has begun with it: what began in one message ends in one. */
export function almostOverOf(open: readonly Incident[]): readonly Incident[] {
  const almostOver = open.filter(isAlmostOver);
  return [...almostOver, ...begunWith(almostOver, open)];
}

/** It has answered well once: the second time, which makes it a fact, need not wait; one that comes and goes has to. */
export function isAlmostOver({ state, flapping, cause, well }: Incident): boolean {
  if (well !== undefined && flapping === undefined) return true;
  return state === 'recovering' && (flapping === undefined || cause.level === 'credential');
}
