import type { Clock } from '../../lib/time/clock.ts';
import { whicheverEnds } from '../../lib/time/deadline.ts';
import { messageOf } from '../../lib/errors.ts';
import type { Logger } from '../../lib/logger.ts';
import { begunWith } from '../../incidents/lifecycle/together.ts';
import type { Incident } from '../../model/incident.ts';
import type { Conclusion } from '../cycle/conclude.ts';

/** How often what is wrong is looked at between two cycles. */
const lookMs = 60_000;
/** Between two parts of what is called bit by bit; the calls themselves are paced. */
const nextPartMs = 500;
/** How soon after its first good answer what was wrong is looked at again. */
const secondLookMs = 10_000;

/** Of all open incidents those that are to be looked at. */
export type WantedOf = (open: readonly Incident[]) => readonly Incident[];

export interface RecheckLoopOptions {
  readonly clock: Clock;
  readonly log: Logger;
  /**
   * Looks at those of the open incidents that are wanted; `undefined` when there are none.
   * @param services Whose operations may be called for that; absent: all.
   */
  readonly look: (wantedOf: WantedOf, services?: ReadonlySet<string>) => Promise<Conclusion | undefined>;
}

/** So many take longer to be called than a look can wait for: that they begin to answer is to be seen soon. */
const vast = 500;

/** Has what is wrong called again beside the cycles, so that a recovery need not wait for the next one. */
export class RecheckLoop {
  readonly #options: RecheckLoopOptions;
  /** Something has answered well once, and once more ends it. */
  #almostOver = false;
  /** So many that failed have not been called since others of theirs answer well. */
  #unheard = 0;
  /** Somebody wants a look, at some services or at everything, and has not had it yet. */
  #wanted: ReadonlySet<string> | 'everything' | undefined;
  #woken = new AbortController();

  constructor(options: RecheckLoopOptions) {
    this.#options = options;
  }

  /** After a cycle or a look. */
  note(open: readonly Incident[]): void {
    this.#almostOver = open.some(isLookedAtSoon);
    this.#unheard = open.reduce((sum, { unheard = 0 }) => sum + unheard, 0);
  }

  /**
   * Does not wait for the minute.
   * @param services Absent: all.
   */
  lookNow(services?: readonly string[]): void {
    const others = this.#wanted ?? [];
    this.#wanted =
      services === undefined || others === 'everything' ? 'everything' : new Set([...others, ...services]);
    this.#woken.abort();
  }

  async run(signal: AbortSignal): Promise<void> {
    const { clock, log, look } = this.#options;
    let lookedAt = clock.monotonic();
    let isGettingOn = false;
    while (!signal.aborted) {
      const either = whicheverEnds(signal, this.#woken.signal);
      await clock.sleep(isGettingOn ? nextPartMs : secondLookMs, either.signal);
      either.done();
      this.#woken = new AbortController();
      const wanted = this.#wanted;
      const isDue = wanted === 'everything' || clock.monotonic() - lookedAt >= lookMs;
      if (signal.aborted || !(isDue || wanted !== undefined || this.#almostOver)) continue;
      if (isDue) lookedAt = clock.monotonic();
      this.#wanted = undefined;
      const before = this.#unheard;
      isGettingOn = false;
      try {
        const part = isDue ? undefined : wanted;
        const found = await (part === undefined
          ? look(isDue ? (open) => open : almostOverOf)
          : look((open) => open.filter(({ services }) => services.some((one) => part.has(one))), part));
        if (found !== undefined || part === undefined) this.note(found?.open ?? []);
        isGettingOn = this.#unheard > 0 && (before === 0 || this.#unheard < before);
      } catch (error) {
        log.error('a look at what is wrong could not be stored', { problem: messageOf(error) });
      }
    }
  }
}

/** What is almost over, and what has begun with it: what began in one message ends in one. */
export function almostOverOf(open: readonly Incident[]): readonly Incident[] {
  const almostOver = open.filter(isLookedAtSoon);
  return [...almostOver, ...begunWith(almostOver, open)];
}

function isLookedAtSoon(incident: Incident): boolean {
  const { state, members, unheard = 0, inhibitedBy } = incident;
  const isVast = state === 'firing' && members.count >= vast && inhibitedBy === undefined;
  return isVast || unheard > 0 || isAlmostOver(incident);
}

/** It has answered well once: the second time, which makes it a fact, need not wait; one that comes and goes has to. */
export function isAlmostOver({ state, flapping, cause, well }: Incident): boolean {
  if (well !== undefined && flapping === undefined) return true;
  return state === 'recovering' && (flapping === undefined || cause.level === 'credential');
}
