import type { Clock } from '../kit/clock.ts';

/** However a token endpoint answers, it is not asked more often: sign-ins in a row look like an attack. */
export const mostAMinute = 3;
const minuteMs = 60_000;

/** Not sent because as many requests have been sent as may be. */
export class TooOften extends Error {
  override readonly name = 'TooOften';
  readonly waitMs: number;

  constructor(waitMs: number) {
    super(`no new token is asked for now: ${mostAMinute} requests within a minute are the most there are`);
    this.waitMs = waitMs;
  }
}

/** Counts what one credential has asked for, by address: in any minute three requests at most to each. */
export class Allowance {
  readonly #clock: Pick<Clock, 'monotonic'>;
  readonly #sentAt = new Map<string, number[]>();

  constructor(clock: Pick<Clock, 'monotonic'>) {
    this.#clock = clock;
  }

  /** Counts a request that is about to be sent. Throws `TooOften` when it must not be. */
  take(address: string): void {
    const sentAt = this.#recent(address);
    const waitMs = this.#waitOf(sentAt);
    if (waitMs > 0) throw new TooOften(waitMs);
    sentAt.push(this.#clock.monotonic());
    this.#sentAt.set(address, sentAt);
  }

  /** How long until every address may be asked again; 0: now. */
  waitMs(): number {
    return Math.max(0, ...[...this.#sentAt.keys()].map((address) => this.#waitOf(this.#recent(address))));
  }

  #waitOf(sentAt: readonly number[]): number {
    const first = sentAt.at(-mostAMinute);
    return first === undefined ? 0 : first + minuteMs - this.#clock.monotonic();
  }

  #recent(address: string): number[] {
    const from = this.#clock.monotonic() - minuteMs;
    const recent = (this.#sentAt.get(address) ?? []).filter((at) => at > from);
    if (recent.length === 0) this.#sentAt.delete(address);
    return recent;
  }
}
