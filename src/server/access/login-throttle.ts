import { sentence } from '../../messages/sentence.ts';
import { isIPv6 } from 'node:net';
import { readAlike } from '../../lib/text/names.ts';
import type { Clock } from '../../lib/time/clock.ts';
import type { Tries, TryLimit } from '../../store/nodes.ts';
import { HttpProblem } from '../http/http-problem.ts';

const windowMs = 15 * 60_000;
/** With one name from one place. */
const mostOfBoth = 5;
const mostOfPlace = 20;
/** With one name, wherever they come from. */
const mostOfName = 10;
const mostRemembered = 10_000;

/** Somebody who is about to try a password. */
export interface Candidate {
  readonly address: string;
  readonly name: string;
  /** Somebody has signed in with this name in this browser before. */
  readonly isKnown: boolean;
}

/**
 * Sign-ins that were begun in the last quarter of an hour and have not succeeded: who tries too often has to wait. They
 * count from the moment in which they begin, so that many at once are no more than many one after another. A browser in
 * which the name has signed in before has tries of its own: strangers cannot use up those of whom they want to be.
 */
export class LoginThrottle {
  readonly #clock: Clock;
  readonly #begun = new Map<string, readonly number[]>();
  readonly #tries: Tries | undefined;

  /** @param tries Of all nodes; absent: there is one. */
  constructor(clock: Clock, tries?: Tries) {
    this.#clock = clock;
    this.#tries = tries;
  }

  /** Rejects when it is one too many; gives the function to be called when it succeeds. */
  async begin(candidate: Candidate): Promise<() => Promise<void>> {
    const limits = limitsFor(candidate);
    // Who has tried too often here costs the others nothing.
    const succeeded = this.#beginHere(limits);
    const begun = await this.#tries?.begin(limits, windowMs);
    if (begun !== undefined && 'waitMs' in begun) throw tooMany(begun.waitMs);
    return async () => {
      succeeded();
      const [own] = limits;
      if (begun !== undefined && own !== undefined) await this.#tries?.forget(begun.id, own.key);
    };
  }

  #beginHere(limits: readonly TryLimit[]): () => void {
    for (const limit of limits) this.#require(limit);
    const at = this.#clock.monotonic();
    for (const { key } of limits) this.#put(key, [...this.#recent(key), at]);
    return () => {
      for (const { key } of limits) this.#put(key, without(this.#recent(key), at));
      const [own] = limits;
      if (own !== undefined) this.#begun.delete(own.key);
    };
  }

  #put(key: string, times: readonly number[]): void {
    // At the end of the order: what nobody has touched for the longest is forgotten first.
    this.#begun.delete(key);
    if (times.length > 0) this.#begun.set(key, times);
    for (const oldest of this.#begun.keys()) {
      if (this.#begun.size <= mostRemembered) break;
      this.#begun.delete(oldest);
    }
  }

  #recent(key: string): readonly number[] {
    const from = this.#clock.monotonic() - windowMs;
    return (this.#begun.get(key) ?? []).filter((at) => at > from);
  }

  #require({ key, most }: TryLimit): void {
    const times = this.#recent(key);
    const [oldest] = times.slice(-most);
    if (times.length < most || oldest === undefined) return;
    throw tooMany(oldest + windowMs - this.#clock.monotonic());
  }
}

function tooMany(waitMs: number): HttpProblem {
  const seconds = Math.ceil(waitMs / 1000);
  return new HttpProblem(
    429,
    sentence('tooManySignIns'),
    { hint: sentence('tryAgainIn', { minutes: Math.ceil(seconds / 60) }) },
    { 'retry-after': String(seconds) },
  );
}

/** The first is what a success wipes out. */
function limitsFor({ address, name: typed, isKnown }: Candidate): readonly TryLimit[] {
  const name = readAlike(typed);
  if (isKnown) return [{ key: `known\n${name}`, most: mostOfBoth }];
  const place = placeOf(address);
  return [
    { key: `both\n${place}\n${name}`, most: mostOfBoth },
    { key: `place\n${place}`, most: mostOfPlace },
    { key: `name\n${name}`, most: mostOfName },
  ];
}

/** Whoever has one IPv6 address has its whole network of 64 bits. */
function placeOf(address: string): string {
  const plain = address.replace(/^::ffff:(?=\d+\.)/i, '');
  if (!isIPv6(plain)) return plain;
  const [head = '', tail] = plain.replace(/%.*$/, '').split('::');
  const left = head === '' ? [] : head.split(':');
  const right = tail === undefined || tail === '' ? [] : tail.split(':');
  const zeros = tail === undefined ? [] : Array.from({ length: 8 - left.length - right.length }, () => '0');
  return [...left, ...zeros, ...right].slice(0, 4).join(':');
}

function without(times: readonly number[], at: number): readonly number[] {
  const place = times.indexOf(at);
  return place === -1 ? times : times.toSpliced(place, 1);
}
