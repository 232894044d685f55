import { sentence } from '../../messages/sentence.ts';
import type { Sentence } from '../../model/sentence.ts';
import type { Attempt } from '../attempt.ts';
/** What one answer tells about how much its origin can take. */
export interface LoadSignal {
  readonly checkId: string;
  readonly status: number;
  /** The body says that we call too often. */
  readonly tooOften?: true;
  readonly retryAfterMs?: number;
  readonly firstByteMs?: number;
}

/** Longest pause that an origin or an operation can ask for: the cycle has to end. */
export const maxPauseMs = 60_000;
/** So many operations that say within a minute that they are called too often speak for their origin: one has a limit of its own. */
const severalLimited = 3;
const limitedForMs = 60_000;
const smallestShare = 0.05;
/** Of an origin that is down, rather than called too often: whether it still is has to be found out in time. */
const smallestShareWhenDown = 0.25;
/** Additive increase: back to the full limits in 20 s. */
const gainPerMs = 0.05 / 1000;
/** One bad moment is answered once, not by every call that was in flight in it. */
const calmMs = 1000;
/** Answers slower than usual by this much, and by this factor, are a sign of load. */
const riseMs = 500;
const riseFactor = 4;
const samplesBeforeRise = 20;

/**
 * How much of its limits an origin is given: halved when it asks for less (429 or the same in words, by several of its
 * operations, or 503 with `Retry-After`) or its answers get much slower, grown back bit by bit. Who is called too often is given a pause as well; who
 * says 503 may have no more than a part that is down, and others there are called.
 */
export class Throttle {
  /** By check id, when it said last that it is called too often. */
  readonly #limited = new Map<string, number>();
  #share = 1;
  #changedAt = -Infinity;
  #pausedUntil = -Infinity;
  #usualMs = 0;
  #recentMs = 0;
  #samples = 0;

  /** Between 0.05 and 1. */
  share(now: number): number {
    return Math.min(1, this.#share + Math.max(0, now - this.#changedAt - calmMs) * gainPerMs);
  }

  /** Monotonic time before which nothing is to be sent. */
  get pausedUntil(): number {
    return this.#pausedUntil;
  }

  /** Returns why the origin is slowed down when this signal is the reason for it. */
  note(signal: LoadSignal, now: number): Sentence | undefined {
    const isLimit = isTooMuch(signal);
    if (isLimit && !this.#isOfSeveral(signal.checkId, now)) return undefined;
    const asks = isLimit || (signal.status === 503 && signal.retryAfterMs !== undefined);
    const rises = this.#rises(signal.firstByteMs);
    if (signal.retryAfterMs !== undefined && isLimit) {
      this.#pausedUntil = Math.max(this.#pausedUntil, now + Math.min(signal.retryAfterMs, maxPauseMs));
    }
    if ((!asks && !rises) || now - this.#changedAt < calmMs) return undefined;
    const share = this.share(now);
    const least = asks && !isLimit ? smallestShareWhenDown : smallestShare;
    this.#share = Math.min(share, Math.max(least, share / 2));
    this.#changedAt = now;
    if (!asks) return sentence('answersSlower');
    return signal.tooOften === true ? sentence('saysTooOften') : `HTTP ${signal.status}`;
  }

  #isOfSeveral(checkId: string, now: number): boolean {
    this.#limited.set(checkId, now);
    for (const [id, at] of this.#limited) if (now - at > limitedForMs) this.#limited.delete(id);
    return this.#limited.size >= severalLimited;
  }

  #rises(firstByteMs: number | undefined): boolean {
    if (firstByteMs === undefined) return false;
    const first = this.#samples++ === 0;
    this.#usualMs = first ? firstByteMs : this.#usualMs + (firstByteMs - this.#usualMs) * 0.02;
    this.#recentMs = first ? firstByteMs : this.#recentMs + (firstByteMs - this.#recentMs) * 0.2;
    return (
      this.#samples > samplesBeforeRise &&
      this.#recentMs - this.#usualMs > riseMs &&
      this.#recentMs > this.#usualMs * riseFactor
    );
  }
}

/** It is called too often, it says. */
export function isTooMuch({ status, tooOften }: Pick<LoadSignal, 'status' | 'tooOften'>): boolean {
  return status === 429 || tooOften === true;
}

/** So many operations that are told the same in a row speak for their service. */
const enough = 3;

/** "I am not there now, come back later" (RFC 9110, 10.2.3 and 15.6.4): an answer that fails, and a wish. */
export function asksToWait({ verdict, status, retryAfterMs }: Attempt): boolean {
  return verdict === 'fail' && status === 503 && retryAfterMs !== undefined;
}

/**
 * A service that is down and asks to be left alone is believed after it has said so to several operations, and to one of them
 * as often as it takes to confirm a failure: from then on each of its operations is called once a cycle and no more, until one
 * is answered otherwise.
 */
export class AskedToWait {
  readonly #told = new Set<string>();
  #isConfirmed = false;

  note(checkId: string, attempt: Attempt): void {
    if (asksToWait(attempt)) this.#told.add(checkId);
    else {
      this.#told.clear();
      this.#isConfirmed = false;
    }
  }

  /** It was said to one check each time that it was called again at intervals. */
  confirmed(): void {
    this.#isConfirmed = true;
  }

  get isBelieved(): boolean {
    return this.#isConfirmed && this.#told.size >= enough;
  }
}

/** So many operations of a service that have begun to hang, and so many of them that were called again in vain, speak for it. */
const hangTogether = 20;
const hangAgain = 5;

/**
 * A service of which many operations hang, and none that was called again has been answered, hangs: what waits for all of its
 * time from then on has failed, and need not wait as long again to say so, until one of them is answered.
 */
export class HangsTogether {
  readonly #hung = new Set<string>();
  readonly #again = new Set<string>();

  /** @param isAgain It has waited in vain before. */
  hung(checkId: string, isAgain: boolean): void {
    this.#hung.add(checkId);
    if (isAgain) this.#again.add(checkId);
  }

  answered(checkId: string): void {
    if (!this.#hung.has(checkId)) return;
    this.#hung.clear();
    this.#again.clear();
  }

  get isBelieved(): boolean {
    return this.#again.size >= hangAgain && this.#hung.size >= hangTogether;
  }
}
