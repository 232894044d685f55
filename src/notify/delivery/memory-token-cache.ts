import type { Clock } from '../../lib/time/clock.ts';
import { SingleFlight } from '../../lib/single-flight.ts';
import type { Failure, ShelvedToken, TokenShelf } from '../channels/channel.ts';

/** A token is given up this long before it expires: a message under way must not outlive it. */
const marginMs = 5 * 60_000;

/** Tokens in memory: after a restart they are fetched again, which vendors allow. */
export class MemoryTokenCache implements TokenShelf {
  readonly #clock: Clock;
  readonly #kept = new Map<string, ShelvedToken>();
  readonly #getting = new SingleFlight<ShelvedToken | Failure>();

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  take(key: string, get: () => Promise<ShelvedToken | Failure>): Promise<ShelvedToken | Failure> {
    const kept = this.#kept.get(key);
    if (kept !== undefined && kept.expiresAt - marginMs > this.#clock.now()) return Promise.resolve(kept);
    return this.#getting.run(key, async () => {
      const got = await get();
      if ('value' in got) this.#kept.set(key, got);
      return got;
    });
  }

  discard(key: string, token: ShelvedToken): void {
    // Another sender may have replaced it meanwhile: only what was found bad goes.
    if (this.#kept.get(key)?.value === token.value) this.#kept.delete(key);
  }
}
