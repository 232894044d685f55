import type { Check } from '../model/check.ts';
import { isRefusal, type Result } from '../model/result.ts';

const made = new WeakMap<Check, Check>();

/** The same operation, called by nobody in particular; one and the same for each. */
export function unsigned(check: Check): Check {
  const known = made.get(check);
  if (known !== undefined) return known;
  const { credential: _credential, tokenOptional: _optional, ...rest } = check;
  made.set(check, rest);
  return rest;
}

/** Who calls it without a token is told to sign in, by status or in words. */
export function isTurnedAway({ status, reason }: Pick<Result, 'status' | 'reason'>): boolean {
  return isRefusal(reason.code) || status === 401 || status === 403;
}
