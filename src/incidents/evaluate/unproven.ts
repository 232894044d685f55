import type { Check, FilledValue } from '../../model/check.ts';
import { valueKey } from '../../model/filled-value.ts';
import type { Incident } from '../../model/incident.ts';
import {
  hasAnsweredWell,
  isHiccup,
  isMismatch,
  isTransportFailure,
  mismatchCodes,
  type Result,
} from '../../model/result.ts';
import type { Evidence } from '../analysis.ts';
import type { Seen } from '../observation.ts';
import { gatewayStatuses, isSentToSignIn } from '../root-cause/rules.ts';

/**
 * An operation that has never worked the way we call it says nothing by failing: a value, a permission or its document may be what
 * is wrong. What many may have in common goes on to be compared with theirs; everything else is set aside.
 */
export function setAside(seen: readonly Seen[], evidence: Evidence): readonly Seen[] {
  const taken = takenIn(seen);
  return seen.map((one) =>
    mayBeCommon(one) && !isJustGiven(one, evidence) ? one : toUnproven(one, evidence, taken),
  );
}

/**
 * What turned out to be nobody else's trouble after all.
 *
 * @param around All that is known by now, those included.
 */
export function setAsideAlone(
  seen: readonly Seen[],
  explained: ReadonlyMap<string, string>,
  { around, ...evidence }: Evidence & { readonly around: readonly Seen[] },
): readonly Seen[] {
  const taken = takenIn(around);
  return seen.map((one) => (explained.has(one.check.id) ? one : toUnproven(one, evidence, taken)));
}

/** What operations of the same service have answered well to. */
interface Taken {
  readonly tokens: ReadonlySet<string>;
  readonly values: ReadonlySet<string>;
}

function takenIn(seen: readonly Seen[]): Taken {
  const good = seen.filter(({ result }) => hasAnsweredWell(result));
  const keys = good.flatMap(({ check }) => check.values.flatMap((value) => keyOfValue(check, value) ?? []));
  return { tokens: takenTokens(seen), values: new Set(keys) };
}

function keyOfValue({ service, operation }: Check, value: FilledValue): string | undefined {
  const key = valueKey(value, operation);
  return key === undefined ? undefined : `${service} ${key}`;
}

/** Where fewer take it, they may be those that anybody may ask. */
function takenTokens(seen: readonly Seen[]): ReadonlySet<string> {
  const tally = new Map<string, number>();
  for (const one of seen) {
    const token = tokenOf(one);
    if (token !== undefined) tally.set(token, (tally.get(token) ?? 0) + vote(one.result));
  }
  return new Set([...tally].flatMap(([token, votes]) => (votes > 0 ? [token] : [])));
}

function vote({ verdict, reason }: Result): number {
  return verdict === 'pass' ? 1 : reason.code === 'auth-rejected' ? -1 : 0;
}

/** One credential may be used for several services. */
function tokenOf({ check: { service, credential, tokenOptional } }: Seen): string | undefined {
  return credential === undefined || tokenOptional === true ? undefined : `${service} ${credential}`;
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
 * worked. Until then it is noted that it has.
 */
export function withoutExcuse(one: Seen, { mayBlame, hasWorked }: Evidence): Seen {
  const { unproven, ...result } = one.result;
  if (unproven === undefined || result.reason.code !== 'made-up-value') return one;
  if (mayBlame?.(one.check, one.result) !== true) {
    if (hasWorked?.(one.check) !== true) return one;
    return { ...one, result: { ...result, unproven: { ...unproven, hasWorked: true } } };
  }
  const { verdict, code, message = result.reason.message } = unproven;
  return { ...one, result: { ...result, verdict, reason: { code, message } } };
}

function toUnproven(one: Seen, { mayBlame, open }: Evidence, taken: Taken): Seen {
  const { check, result } = one;
  const { verdict, reason } = result;
  const isWanting =
    verdict === 'fail' || (verdict === 'degraded' && !isHiccup(reason.code)) || isSentToSignIn(one);
  if (!isWanting || mayBlame === undefined) return one;
  const token = tokenOf(one);
  const isProven = (value: FilledValue): boolean => taken.values.has(keyOfValue(check, value) ?? '');
  if (mayBlame(check, result, token !== undefined && taken.tokens.has(token), isProven)) return one;
  // People have been told that it fails: they are owed the end of it.
  if (open.some((incident) => isOwed(incident, one))) return one;
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

/** What answers as it did before it broke does not fail any more, however little that has ever been as documented. */
function isOwed(
  { cause, told, reason: before }: Incident,
  { check, result: { status, reason } }: Seen,
): boolean {
  if (cause.level !== 'operation' || cause.subject !== check.id) return false;
  return (
    !isMismatch(reason.code, status) || (told?.codes ?? [before.code]).some((code) => mismatchCodes.has(code))
  );
}

/** Nothing there has ever taken the credential: that it was given to the service is what is wrong, and for a person to set up. */
function isJustGiven({ check, result }: Seen, { hadAccess }: Evidence): boolean {
  return result.reason.code === 'auth-rejected' && hadAccess?.(check) === false;
}

/**
 * That nobody signs in is common to all, and no trouble of the service: the configuration lacks a credential, or puts its token
 * elsewhere than the document says.
 */
function mayBeCommon({ check: { credential, otherHeader }, result: { reason, status = 0 } }: Seen): boolean {
  const { code } = reason;
  return (
    isTransportFailure(code) ||
    (code === 'auth-rejected' && credential !== undefined && otherHeader === undefined) ||
    code === 'certificate' ||
    gatewayStatuses.has(status)
  );
}
