import { SaidError } from '../../messages/said-error.ts';
import { sentence } from '../../messages/sentence.ts';
import { sha256 } from '../../lib/text/text.ts';
import type { Clock } from '../../lib/time/clock.ts';
import type { Asked, Sheet } from '../sheet.ts';

/**
 * However a token endpoint answers, it is not asked more often: sign-ins in a row look like an attack. Those for tokens that
 * have lived their life do not count, see `returnFor`.
 */
export const mostAMinute = 3;
/** A second more than a minute: whoever is asked counts from when requests arrive, not from when they were sent. */
const windowMs = 61_000;
/** Besides each address: a sign-in may have another one every time, or none. */
const signIn = 'sign-in';

/** Not sent because as many requests have been sent as may be. */
export class TooOften extends SaidError {
  override readonly name = 'TooOften';
  readonly waitMs: number;

  constructor(waitMs: number) {
    super(sentence('askedTooOften', { most: mostAMinute }));
    this.waitMs = waitMs;
  }
}

/**
 * Counts what one credential has asked for, by address: in any minute three requests at most to each, those of other
 * processes of the patrol and of one that was killed included, and whatever happens to the wall clock.
 */
export class Allowance {
  readonly #clock: Pick<Clock, 'now' | 'monotonic'>;
  readonly #sheet: Sheet;
  /** Of this process: what counts when the sheet cannot be used. */
  #asked: readonly Asked[] = [];

  constructor(clock: Pick<Clock, 'now' | 'monotonic'>, sheet: Sheet) {
    this.#clock = clock;
    this.#sheet = sheet;
  }

  /** Counts a sign-in that is about to begin, as `take`. */
  begin(): Promise<void> {
    return this.take(signIn);
  }

  /** Counts a request that is about to be sent. Rejects with `TooOften` when it must not be. */
  async take(address: string): Promise<void> {
    const key = keyOf(address);
    const ownMs = this.#take(key);
    if (ownMs > 0) throw new TooOften(ownMs);
    const sharedMs = await this.#takeFromAll(key);
    if (sharedMs !== undefined && sharedMs > 0) throw new TooOften(sharedMs);
  }

  /**
   * The requests of the sign-in that a token came from `ageMs` ago count no more: they were worth their while, and so is
   * asking for its successor. To be called once a token.
   */
  async returnFor(ageMs: number): Promise<void> {
    this.#asked = this.#withoutSignIn(this.#asked, ageMs);
    await this.#sheet.change((content) => ({
      content: { ...content, asked: this.#withoutSignIn(content.asked, ageMs) },
      answer: undefined,
    }));
  }

  #withoutSignIn(asked: readonly Asked[], ageMs: number): readonly Asked[] {
    const before = asked.filter((one) => this.#ageMs(one) >= ageMs);
    const first = before.findLastIndex(({ address }) => address === keyOf(signIn));
    const own = new Set(first < 0 ? [] : before.slice(first));
    return asked.filter((one) => !own.has(one));
  }

  /** How long until every address may be asked again; 0: now. */
  async waitMs(): Promise<number> {
    const others = await this.#sheet.change((content) => {
      const asked = this.#recent(content.asked);
      return { content: { ...content, asked }, answer: this.#longest(asked) };
    });
    return Math.max(this.#longest(this.#recent(this.#asked)), others ?? 0);
  }

  #take(address: string): number {
    const recent = this.#recent(this.#asked);
    const waitMs = this.#waitOf(recent, address);
    this.#asked = waitMs > 0 ? recent : [...recent, this.#now(address)];
    return waitMs;
  }

  #takeFromAll(address: string): Promise<number | undefined> {
    return this.#sheet.change((content) => {
      const recent = this.#recent(content.asked);
      const waitMs = this.#waitOf(recent, address);
      const asked = waitMs > 0 ? recent : [...recent, this.#now(address)];
      return { content: { ...content, asked }, answer: waitMs };
    });
  }

  #now(address: string): Asked {
    return { address, wall: this.#clock.now(), monotonic: this.#clock.monotonic() };
  }

  #longest(asked: readonly Asked[]): number {
    return Math.max(0, ...asked.map(({ address }) => this.#waitOf(asked, address)));
  }

  #waitOf(asked: readonly Asked[], address: string): number {
    const first = asked.filter((one) => one.address === address).at(-mostAMinute);
    return first === undefined ? 0 : windowMs - this.#ageMs(first);
  }

  #recent(asked: readonly Asked[]): readonly Asked[] {
    return asked.map((one) => this.#dated(one)).filter((one) => this.#ageMs(one) < windowMs);
  }

  /** What lies ahead was written before the wall clock was put back, or on another machine: it is counted from now. */
  #dated(asked: Asked): Asked {
    const ahead = asked.wall > this.#clock.now() && asked.monotonic > this.#clock.monotonic();
    return ahead ? this.#now(asked.address) : asked;
  }

  /** By the clock that has moved less: neither a jump of the one nor a new start of the other makes it older. */
  #ageMs({ wall, monotonic }: Asked): number {
    const ages = [this.#clock.now() - wall, this.#clock.monotonic() - monotonic].filter((ms) => ms >= 0);
    return Math.min(...ages);
  }
}

/** What a service is called, and perhaps who signs in, is nobody's business: only whether it is the same counts. */
function keyOf(address: string): string {
  return sha256(address).slice(0, 16);
}
