import type { Clock } from '../../kit/clock.ts';
import { HttpProblem } from '../http-problem.ts';

const windowMs = 15 * 60_000;
const mostOfOne = 5;
const mostOfAddress = 20;
const mostRemembered = 10_000;

/** Failed sign-ins of the last quarter of an hour: who tries too often has to wait. */
export class Attempts {
  readonly #clock: Clock;
  readonly #failed = new Map<string, number[]>();

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /** Throws when this address has failed too often, with this name or with any. */
  admit(address: string, name: string): void {
    this.#require(this.#recent(`${address}\n${name}`), mostOfOne);
    this.#require(this.#recent(address), mostOfAddress);
  }

  failed(address: string, name: string): void {
    for (const key of [address, `${address}\n${name}`])
      this.#failed.set(key, [...this.#recent(key), this.#clock.monotonic()]);
    for (const key of this.#failed.keys()) {
      if (this.#failed.size <= mostRemembered) break;
      this.#failed.delete(key);
    }
  }

  succeeded(address: string, name: string): void {
    this.#failed.delete(`${address}\n${name}`);
  }

  #recent(key: string): readonly number[] {
    const from = this.#clock.monotonic() - windowMs;
    return (this.#failed.get(key) ?? []).filter((at) => at > from);
  }

  #require(failures: readonly number[], most: number): void {
    const [oldest] = failures.slice(-most);
    if (failures.length < most || oldest === undefined) return;
    const seconds = Math.ceil((oldest + windowMs - this.#clock.monotonic()) / 1000);
    throw new HttpProblem(
      429,
      'too many failed sign-ins',
      { hint: `Try again in ${Math.ceil(seconds / 60)} min.` },
      { 'retry-after': String(seconds) },
    );
  }
}
