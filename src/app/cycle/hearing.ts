import type { Clock } from '../../lib/time/clock.ts';
import { whicheverEnds } from '../../lib/time/deadline.ts';
import type { Check } from '../../model/check.ts';
import type { Incident } from '../../model/incident.ts';
import type { Ask } from './ask.ts';
import { type Doubt, doubtsAmong, type Found, othersAt, uncalled } from './others.ts';

/** Those who share a host with what fails are waited for no longer than this before it is told. */
const hearingMs = 10_000;

export interface HearingParts {
  readonly clock: Clock;
  readonly ask: Ask;
  /** The latest plan of each service. */
  readonly plans: ReadonlyMap<string, readonly Check[]>;
  /** When the latest result of a check was found, epoch ms; `-Infinity`: never. */
  readonly heardAt: (checkId: string) => number;
  /** Told of each that has been asked, and of what follows from it for those that need not be. */
  readonly heard: (found: Found) => void;
}

/** Before something is said of a service that shares its host, the others there are heard. */
export class Hearing {
  readonly #parts: HearingParts;
  /** Who is being asked about an origin. */
  readonly #going = new Map<string, Promise<void>>();

  constructor(parts: HearingParts) {
    this.#parts = parts;
  }

  /** Resolves when all others have been heard, or after ten seconds; at once when nothing new is in doubt. */
  async others(found: readonly Found[], open: readonly Incident[], signal: AbortSignal): Promise<void> {
    const { clock, plans } = this.#parts;
    const doubts = doubtsAmong(found, plans, open);
    if (doubts.length === 0) return;
    const heard = new AbortController();
    const either = whicheverEnds(signal, heard.signal);
    const late = clock.sleep(hearingMs, either.signal);
    try {
      await Promise.race([Promise.all(doubts.map((doubt) => this.#hear(doubt, signal))), late]);
    } finally {
      heard.abort();
      either.done();
    }
  }

  async #hear(doubt: Doubt, signal: AbortSignal): Promise<void> {
    const { origin } = doubt;
    const going = this.#going.get(origin);
    if (going !== undefined) return going;
    const others = othersAt(doubt, this.#parts.plans, this.#parts.heardAt);
    if (others.length === 0) return;
    const asking = this.#ask(doubt, others, signal).finally(() => this.#going.delete(origin));
    this.#going.set(origin, asking);
    await asking;
  }

  async #ask(doubt: Doubt, others: readonly Check[], signal: AbortSignal): Promise<void> {
    const { ask, heard, plans } = this.#parts;
    const asked: Found[] = [];
    await ask(others, signal, (result, check) => {
      asked.push({ result, check });
      heard({ result, check });
    });
    for (const one of uncalled(doubt, asked, plans)) heard(one);
  }
}
