import type * as jose from 'jose';
import { lazy } from '../kit/lazy.ts';
import type { Json } from '../model/json.ts';
import { headerOf } from './refusal.ts';
import type { SchemeResponse } from './scheme.ts';
import { skewByDate } from './server-clock.ts';

const joseLibrary = lazy((require) => require('jose') as typeof jose);

const unitMs = { ms: 1, s: 1000, m: 60_000 } as const;
export type ExpiryUnit = keyof typeof unitMs;

/** `7200` or `"7200"` in `unit` from `startedAt`; `undefined` when it is not a number. */
export function expiryFromLife(
  value: Json | undefined,
  unit: ExpiryUnit,
  startedAt: number,
): number | undefined {
  const amount = Number(value ?? Number.NaN);
  return Number.isFinite(amount) && amount > 0 ? startedAt + amount * unitMs[unit] : undefined;
}

/** Epoch seconds or ms, or a date with a time zone, by the server's clock; returned by ours. */
export function expiryFromTime(value: Json | undefined, skewMs: number): number | undefined {
  const amount = Number(value ?? Number.NaN);
  // Epoch seconds reach 10^11 in the year 5138, epoch ms did so in 1973.
  if (Number.isFinite(amount) && amount > 0) return (amount < 1e11 ? amount * 1000 : amount) - skewMs;
  const date = typeof value === 'string' ? Date.parse(value) : Number.NaN;
  return Number.isNaN(date) ? undefined : date - skewMs;
}

/** `exp` (RFC 7519 §4.1.4) when the token is a JWT. */
export function expiryFromJwt(token: string, skewMs: number): number | undefined {
  try {
    return expiryFromTime(joseLibrary().decodeJwt(token).exp, skewMs);
  } catch {
    return undefined;
  }
}

/**
 * How far the server's clock is ahead of ours, by its `Date` header. Less than 5 s is not told apart from the
 * header's whole seconds and the way of the answer.
 */
export function clockSkewMs(response: SchemeResponse, now: number): number {
  return skewByDate(headerOf(response, 'date') ?? '', now);
}
