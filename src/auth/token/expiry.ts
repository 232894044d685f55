import type * as jose from 'jose';
import { lazy } from '../../lib/lazy.ts';
import type { Json } from '../../model/json.ts';
import { headerOf } from './answer.ts';
import type { SchemeResponse } from '../scheme.ts';
import { skewByDate } from './server-clock.ts';

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
