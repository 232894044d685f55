import { isHiccup, isTransportFailure, type Result } from '../model/result.ts';
import type { Evidence } from './analysis.ts';
import type { Seen } from './observation.ts';
import { isSentToSignIn } from './root-rules.ts';

/**
 * An operation that has never worked the way we call it says nothing by failing: a value, a permission or its document may be what
 * is wrong. What many may have in common goes on to be compared with theirs; everything else is set aside.
 */
export function setAside(seen: readonly Seen[], evidence: Evidence): readonly Seen[] {
  return seen.map((one) => (mayBeCommon(one.result) ? one : toUnproven(one, evidence)));
}

/** What turned out to be nobody else's trouble after all. */
export function setAsideAlone(
  seen: readonly Seen[],
  explained: ReadonlyMap<string, string>,
  evidence: Evidence,
): readonly Seen[] {
  return seen.map((one) => (explained.has(one.check.id) ? one : toUnproven(one, evidence)));
}

/** As it was found, so that it can be compared once more with what has come in since. */
export function asFound(one: Seen): Seen {
  const { unproven, ...result } = one.result;
  if (unproven === undefined || result.reason.code !== 'never-passed') return one;
  const { verdict, code } = unproven;
  return { ...one, result: { ...result, verdict, reason: { ...result.reason, code } } };
}

/**
 * A refusal that was put down to values of ours counts, once values that exist are refused one after the other of an operation that has
 * worked.
 */
export function withoutExcuse(one: Seen, { mayBlame }: Evidence): Seen {
  const { unproven, ...result } = one.result;
  if (unproven === undefined || result.reason.code !== 'made-up-value') return one;
  if (mayBlame?.(one.check, one.result) !== true) return one;
  const { verdict, code, message = result.reason.message } = unproven;
  return { ...one, result: { ...result, verdict, reason: { code, message } } };
}

function toUnproven(one: Seen, { mayBlame, open }: Evidence): Seen {
  const { check, result } = one;
  const { verdict, reason } = result;
  const isWanting =
    verdict === 'fail' || (verdict === 'degraded' && !isHiccup(reason.code)) || isSentToSignIn(one);
  if (!isWanting || mayBlame === undefined || mayBlame(check, result)) return one;
  // People have been told that it fails: they are owed the end of it.
  if (open.some(({ cause }) => cause.level === 'operation' && cause.subject === check.id)) return one;
  return {
    ...one,
    result: {
      ...result,
      verdict: 'unknown',
      reason: { code: 'never-passed', message: reason.message },
      unproven: { verdict, code: reason.code },
    },
  };
}

/** What gateways answer in place of what is behind them. */
const gatewayStatuses: ReadonlySet<number> = new Set([502, 503, 504]);

function mayBeCommon({ reason: { code }, status = 0 }: Result): boolean {
  return (
    isTransportFailure(code) ||
    code === 'auth-rejected' ||
    code === 'certificate' ||
    gatewayStatuses.has(status)
  );
}
