import type * as jose from 'jose';
import { lazy } from '../../lib/lazy.ts';
import type { Json } from '../../model/json.ts';
import { headerOf } from './answer.ts';
import type { SchemeResponse } from '../scheme.ts';
import type { WallClock } from '../../lib/time/clock.ts';

const joseLibrary = lazy((require) => require('jose') as typeof jose);

const unitMs = { ms: 1, s: 1000, m: 60_000 } as const;
export type ExpiryUnit = keyof typeof unitMs;

/** What one place says about the end of a token. */
export interface Stated {
  /** `expires_in`, as a person finds it. */
  readonly name: string;
  /** Epoch ms by our clock, or why nothing follows from what is said there. */
  readonly end: number | string;
  /** From when a life counts; absent for moments, to which time runs from now. */
  readonly startedAt?: number;
}

/** When a token ends. Both absent: nobody says. */
export interface Life {
  readonly expiresAt?: number;
  /** Something is said, but nothing that could be: `expires_in is not above zero`. Never the value itself. */
  readonly unusableEnd?: string;
}

/** Longer is for ever, and further away than dates go. */
const longestLifeMs = 10 * 365 * 86_400_000;

/** Nobody means less: it would have ended before it could be used, and a new one be asked for with each call. */
const shortestLifeMs = 10_000;

/** The first of what is stated that is long enough. A token that has as good as ended when it arrives has an unknown life. */
export function lifeOf(stated: readonly (Stated | undefined)[], now: number): Life {
  let unusableEnd: string | undefined;
  for (const one of stated) {
    if (one === undefined) continue;
    const why = unusable(one, now);
    if (typeof one.end === 'number' && why === undefined)
      return { expiresAt: Math.min(one.end, now + longestLifeMs) };
    unusableEnd ??= `${one.name} ${why}`;
  }
  return unusableEnd === undefined ? {} : { unusableEnd };
}

function unusable({ end, startedAt }: Stated, now: number): string | undefined {
  if (typeof end === 'string') return end;
  if (end <= now) return 'lies in the past';
  const lifeMs = end - (startedAt ?? now);
  return lifeMs < shortestLifeMs ? `is less than ${shortestLifeMs / 1000} seconds ahead` : undefined;
}

/** `7200` or `"7200"` in `unit` from `startedAt`. */
export function statedLife(
  name: string,
  value: Json | undefined,
  unit: ExpiryUnit,
  startedAt: number,
): Stated | undefined {
  if (isAbsent(value)) return undefined;
  const amount = numberIn(value);
  if (amount === undefined) return { name, end: 'is not a number' };
  return { name, end: amount > 0 ? startedAt + amount * unitMs[unit] : 'is not above zero', startedAt };
}

/** Epoch seconds or ms, or a date with a time zone, by the server's clock. */
export function statedEnd(name: string, value: Json | undefined, skewMs: number): Stated | undefined {
  if (isAbsent(value)) return undefined;
  const amount = numberIn(value);
  // Epoch seconds reach 10^11 in the year 5138, epoch ms did so in 1973.
  if (amount !== undefined) return { name, end: (amount < 1e11 ? amount * 1000 : amount) - skewMs };
  const date = typeof value === 'string' ? Date.parse(value) : Number.NaN;
  return { name, end: Number.isNaN(date) ? 'is no date' : date - skewMs };
}

/** `exp` (RFC 7519 §4.1.4) when the token is a JWT. */
export function statedByJwt(token: string, skewMs: number): Stated | undefined {
  try {
    return statedEnd('exp of the token', joseLibrary().decodeJwt(token).exp, skewMs);
  } catch {
    return undefined;
  }
}

function isAbsent(value: Json | undefined): value is null | undefined | '' {
  return value === undefined || value === null || value === '';
}

/** `Number` takes `true`, `[5]` and `0x10` for numbers as well. */
function numberIn(value: Json): number | undefined {
  const text = typeof value === 'number' || typeof value === 'string' ? String(value).trim() : '';
  if (!/^[+-]?(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d+)?$/i.test(text)) return undefined;
  return Number(text);
}

/**
 * How far the server's clock is ahead of ours, by its `Date` header. Less than 5 s is not told apart from the
 * header's whole seconds and the way of the answer.
 */
export function clockSkewMs(response: SchemeResponse, now: number): number {
  return skewByDate(headerOf(response, 'date') ?? '', now);
}

/** A difference that no network explains; servers that check it commonly allow 5 to 15 minutes. */
const noticeableMs = 30_000;

/** Our clock, corrected by what a server's answers say. */
export class ServerClock implements WallClock {
  readonly #clock: WallClock;
  #skewMs = 0;

  constructor(clock: WallClock) {
    this.#clock = clock;
  }

  /** How far the server's clock is ahead of ours. */
  get skewMs(): number {
    return this.#skewMs;
  }

  /** Takes over a `Date` header; true when that changes the time noticeably. */
  learn(date: string | undefined): boolean {
    if (date === undefined) return false;
    const before = this.#skewMs;
    this.#skewMs = skewByDate(date, this.#clock.now());
    return Math.abs(this.#skewMs - before) >= noticeableMs;
  }

  now(): number {
    return this.#clock.now() + this.#skewMs;
  }
}

/** How far the server's clock is ahead of ours (ms); what whole seconds and the way of the answer explain is 0. */
function skewByDate(date: string, now: number): number {
  const skew = Date.parse(date) - now;
  return Number.isNaN(skew) || Math.abs(skew) < 5000 ? 0 : skew;
}

const minuteMs = 60_000;

/** A token whose issuer says nothing is renewed after this long, and used until it has been or is refused. */
export const unknownLifeMs = 10 * minuteMs;

export interface Lifetime {
  /** From this age on it is renewed in the background, and used meanwhile. */
  readonly refreshAfterMs: number;
  /** From this age on it is not used; infinite when the issuer does not say. */
  readonly expireAfterMs: number;
}

/**
 * How long a token with `ttlMs` left is kept: it is renewed 20 % of its life or 60 s before its end, whichever is
 * less, varied by a tenth so that many patrols do not meet at the token endpoint.
 */
export function lifetimeOf(ttlMs: number | undefined, random: () => number): Lifetime {
  const variation = 0.9 + 0.2 * random();
  if (ttlMs === undefined) {
    return { refreshAfterMs: unknownLifeMs * variation, expireAfterMs: Number.POSITIVE_INFINITY };
  }
  const life = Math.max(0, ttlMs);
  return { refreshAfterMs: life - Math.min(life * 0.2, minuteMs) * variation, expireAfterMs: life };
}

/** Of a short life so much may be left when it is renewed ahead of time. */
const longestMarginShare = 0.25;
/** Ten seconds, less what rounding and the way take. A shorter life is none to patrol with: its login would never rest. */
const shortestRenewedMs = 8000;

/** How long a token that lives `lifeMs` has to last yet so that it is not renewed for what takes `ms`. */
export function marginFor(ms: number, lifeMs: number): number {
  return Math.min(ms, lifeMs * longestMarginShare);
}

/** Whether a token that lives `lifeMs`, `leftMs` of it yet, has been good for as long as it could be. */
export function hasLivedOut(lifeMs: number, leftMs: number): boolean {
  return Number.isFinite(lifeMs) && lifeMs >= shortestRenewedMs && leftMs <= lifeMs * longestMarginShare;
}

/** An endpoint that is back is found to be so within a minute, however long it was away. */
export const longestOutageWaitMs = minuteMs;

const backoffMs = [5000, 15_000, longestOutageWaitMs] as const;

/** Wait before the next request to a token endpoint that has failed `attempts` times in a row, ± 10 %. */
export function retryWaitMs(attempts: number, random: () => number): number {
  const base = backoffMs[Math.min(attempts, backoffMs.length) - 1] ?? backoffMs[0];
  return Math.min(longestOutageWaitMs, base * (0.9 + 0.2 * random()));
}

const hourMs = 60 * minuteMs;
const refusalWaitsMs = [minuteMs, 5 * minuteMs, 15 * minuteMs] as const;

/** Wait after the account was refused `refusals` times: that it is taken again is found within a quarter of an hour. */
export function refusalWaitMs(refusals: number): number {
  return refusalWaitsMs[Math.min(refusals, refusalWaitsMs.length) - 1] ?? refusalWaitsMs[0];
}

const lockWaitsMs = [3 * minuteMs, 10 * minuteMs, hourMs, 6 * hourMs, 24 * hourMs] as const;

/** Wait after an account was found locked, with no word against its password: most are for minutes; what every request prolongs has to end, too. */
export function lockWaitMs(refusals: number): number {
  return lockWaitsMs[Math.min(refusals, lockWaitsMs.length) - 1] ?? lockWaitsMs[0];
}

const banWaitsMs = [15 * minuteMs, hourMs, 6 * hourMs, 24 * hourMs] as const;

/** Wait after an answer that speaks of a ban, which every request prolongs: four on the first day, then one a day. */
export function banWaitMs(refusals: number): number {
  return banWaitsMs[Math.min(refusals, banWaitsMs.length) - 1] ?? banWaitsMs[0];
}
