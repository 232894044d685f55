import { sentence } from '../../messages/sentence.ts';
import { isUnreadable } from '../../messages/unreadable.ts';
import { nearestRank } from '../../model/cycle.ts';
import {
  type AttemptNote,
  type Finding,
  isHiccup,
  isMismatch,
  isNeverAsDocumented,
  type Result,
  type TimedAnswers,
} from '../../model/result.ts';
import type { Check } from '../../model/check.ts';
import type { Incident } from '../../model/incident.ts';
import type { AnalysisSettings, Evidence } from '../analysis.ts';
import { evaluationsApart } from '../lifecycle/apart.ts';
import { faultOf, isAlike } from '../lifecycle/fault.ts';
import { sameTimeMs } from '../lifecycle/late.ts';
import { covers } from '../scope.ts';
import { adviceOnSamples } from './sample-values.ts';
import { beganAt, type DriftState } from './drift.ts';
import { isOver, tookOf } from '../latency/recent.ts';
import { showMs } from '../latency/baselines.ts';
import {
  answeredAt,
  fromMembers,
  milder,
  type Observation,
  operationCause,
  type Seen,
  type Trouble,
} from '../observation.ts';
import { isSentToSignIn } from '../root-cause/rules.ts';

/** Whether the operation works, whether it keeps to its document, and whether it is fast enough. */
export function observeOperation(
  found: Seen,
  evidence: Pick<Evidence, 'settings' | 'open' | 'ended' | 'hasWorked' | 'timed' | 'recent'>,
): readonly Observation[] {
  const { settings, open } = evidence;
  const seen = { ...found, result: withoutExplained(found, evidence) };
  const { check, result } = seen;
  const failing = `operation:${check.id}`;
  const differing = `degraded:${check.id}`;
  switch (result.verdict) {
    case 'fail': {
      const isSeenOnce = result !== found.result && result.evidence?.attempts?.length === 1;
      const trouble = amongUnsteady(troubleOf(seen, 'fail', settings), seen, open);
      if (!isSeenOnce) return [{ kind: 'bad', fingerprint: failing, trouble }];
      const { told } = open.find(({ fingerprint }) => fingerprint === failing) ?? {};
      // What people know to fail otherwise has not been found to fail like this by two calls.
      if (told?.faults?.includes(faultOf(trouble)) === false) return [];
      const evaluations = Math.max(trouble.evaluations, 2);
      return [{ kind: 'bad', fingerprint: failing, trouble: { ...trouble, evaluations } }];
    }
    case 'degraded':
    case 'pass': {
      // The latency window decides about slow answers, and a retry that went well is well.
      const differs = result.verdict === 'degraded' && !isHiccup(result.reason.code);
      return [
        { kind: 'good', fingerprint: failing, at: answeredAt(result) },
        differs
          ? { kind: 'bad', fingerprint: differing, trouble: troubleOf(seen, 'degraded', settings) }
          : { kind: 'good', fingerprint: differing, at: answeredAt(result) },
        ...observeLatency(seen, evidence),
      ];
    }
    case 'blocked':
      return isSentToSignIn(seen)
        ? [{ kind: 'bad', fingerprint: failing, trouble: troubleOf(seen, 'fail', settings) }]
        : [];
    case 'unknown':
      return isNeverAsDocumented(result) && !isUnreadable(result.findings)
        ? [{ kind: 'good', fingerprint: failing, at: answeredAt(result) }]
        : [];
  }
}

function troubleOf(found: Seen, verdict: 'fail' | 'degraded', { confirm }: AnalysisSettings): Trouble {
  const seen = { ...found, result: asConfirmed(found.result) };
  const { check, result } = seen;
  const severity = verdict === 'fail' ? check.severity : milder(check.severity);
  // The engine looks again at failures, before they get here, where it may.
  const lookedAtTwice = verdict === 'fail' && check.repeatable && result.verdict === 'fail';
  const finding = worstFinding(result.findings);
  return {
    ...fromMembers([seen], [seen.check]),
    cause: operationCause(check),
    severity,
    evaluations: Math.max(confirm[severity], lookedAtTwice ? 1 : 2),
    verdict,
    subjectLabel: check.operation,
    reason: result.reason,
    hint: verdict === 'fail' ? adviceOnSamples(seen) : undefined,
    expected: finding?.expected,
    found: finding?.found,
    curl: result.evidence?.curl,
  };
}

/** Where others fail by chance, chance does not explain one that fails again and again. */
function amongUnsteady(trouble: Trouble, seen: Seen, open: readonly Incident[]): Trouble {
  const evaluations = Math.max(trouble.evaluations, evaluationsApart(seen, open) ?? 1);
  return { ...trouble, evaluations };
}

/**
 * What earlier calls were answered while something larger was wrong, in the way of that, is not its own, whenever it is
 * judged, nor is what it has always answered; `at` and what it came to are of the last call.
 */
function withoutExplained(
  { check, result }: Seen,
  { open, ended = [], hasWorked }: Pick<Evidence, 'open' | 'ended' | 'hasWorked'>,
): Result {
  const { evidence, verdict } = result;
  if (verdict !== 'fail' || evidence?.attempts === undefined) return result;
  const roots = [...open, ...ended].filter((one) => isRootOf(one, check));
  const isUnproven = hasWorked?.(check) === false;
  const own = evidence.attempts.filter(
    (one) =>
      !(isUnproven && isMismatch(one.code, one.status)) && !roots.some((root) => isExplained(one, root)),
  );
  const isTheirs = own.at(-1) !== evidence.attempts.at(-1);
  if (isTheirs || own.length === evidence.attempts.length) return result;
  return { ...result, evidence: { ...evidence, attempts: own } };
}

function isRootOf({ cause, state }: Incident, check: Check): boolean {
  return cause.level !== 'operation' && state !== 'pending' && covers(cause, check);
}

function isExplained({ at, code, message, status }: AttemptNote, root: Incident): boolean {
  const { openedAt, resolvedAt = Infinity } = root;
  if (at < openedAt - sameTimeMs || at > resolvedAt) return false;
  return isAlike(root, { reason: { code, message }, status });
}

/** A failure that was seen by the last call alone is not confirmed: what the calls before it saw alike is what is known. */
function asConfirmed(result: Result): Result {
  const calls = result.verdict === 'fail' ? (result.evidence?.attempts ?? []) : [];
  const [last, before] = [calls.at(-1), calls.slice(0, -1)];
  const known = before.find((one, no) => before.slice(no + 1).some((other) => isSameWay(one, other)));
  if (known === undefined || last === undefined || before.some((one) => isSameWay(one, last))) return result;
  const { status: _s, evidence, ...rest } = result;
  const { status, code, message } = known;
  return {
    ...rest,
    status,
    ...(evidence === undefined ? {} : { evidence: { curl: evidence.curl, attempts: calls } }),
    reason: { code, message },
    findings: [],
  };
}

function isSameWay(a: AttemptNote, b: AttemptNote): boolean {
  return a.code === b.code && a.status === b.status;
}

function worstFinding(findings: readonly Finding[]): Finding | undefined {
  return findings.find(({ level }) => level === 'error') ?? findings.find(({ level }) => level === 'warning');
}

/** After so many answers in time it is over, whatever was before. */
const long = 20;

/**
 * At one answer every quarter of an hour, a slow one means nothing. Bad takes a slow one now on top of most of the
 * last few, or of too many scattered over the window; good takes all of the last few in time, and that there was one slow
 * stretch before, and not several: three of ten that are slow leave gaps. In between it stays what it was.
 */
function observeLatency(
  seen: Seen,
  { settings, open, timed, recent }: Pick<Evidence, 'settings' | 'open' | 'timed' | 'recent'>,
): readonly Observation[] {
  const { check, result } = seen;
  const { window: size, burst, chronic } = settings.latency;
  const fingerprint = `latency:${check.id}`;
  const before = timed?.(check.id) ?? { at: [], ms: recent(check.id) };
  const window = answersWith(result, before, check).slice(-size);
  // It was not measured well enough to say.
  if (window.at(-1)?.at !== result.at) return [];
  const slow = window.map(({ isSlow }) => isSlow);
  const lately = slow.slice(-burst - 1).filter(Boolean).length;
  const now = slow.at(-1) === true;
  const isBurst = lately >= burst && now && slow.at(-2) === true;
  const isCalm = lately === 0 && (stretches(slow) <= 1 || !slow.slice(-long).includes(true));
  if (isCalm) {
    return [{ kind: 'good', fingerprint, at: wellAgainAt(window) ?? answeredAt(result) }];
  }
  const isBad = isBurst || (now && scattered(slow) >= chronic);
  const isOpen = open.some((one) => one.fingerprint === fingerprint && one.state !== 'pending');
  // It has not become well by answering in time once or twice.
  if (!isBad && !isOpen) return [];
  const since = window[isBurst ? firstSlow(slow, burst) : slow.indexOf(true)]?.at;
  const opened = open.find((one) => one.fingerprint === fingerprint)?.openedAt ?? since;
  const trouble = latencyTrouble(seen, window, settings);
  return [
    {
      kind: 'bad',
      fingerprint,
      trouble: {
        ...trouble,
        since: since ?? trouble.since,
        cycles: slowCycles(window, opened, check),
        // One that answers in time is no slow cycle, although it is not over yet.
        ...(now ? {} : { round: 0 }),
      },
    },
  ];
}

/** An answer of which it is known whether it was in time. */
interface JudgedAnswer {
  /** When it was asked for, epoch ms; `undefined`: nobody knows. */
  readonly at: number | undefined;
  readonly ms: number;
  readonly isSlow: boolean;
}

/** Oldest first, this one included, as far as they were measured well enough. */
function answersWith(
  result: Result,
  { at, ms, leastMs = ms }: TimedAnswers,
  { latency: { p95Ms } }: Check,
): readonly JudgedAnswer[] {
  const before = ms.map((mostMs, no) => ({ at: at[no], leastMs: leastMs[no] ?? mostMs, mostMs }));
  const took = tookOf(result);
  const all = [
    ...before.filter((one) => one.at === undefined || one.at < result.at),
    ...(took === undefined ? [] : [{ at: result.at, ...took }]),
  ];
  return all.flatMap((one) => {
    const isSlow = isOver(one, p95Ms);
    return isSlow === undefined ? [] : [{ at: one.at, ms: one.mostMs, isSlow }];
  });
}

/** When the first answer in time came after those that were slow; `undefined`: nobody knows, or none was. */
function wellAgainAt(window: readonly JudgedAnswer[]): number | undefined {
  const lastSlow = window.findLastIndex(({ isSlow }) => isSlow);
  const { at, ms = 0 } = (lastSlow === -1 ? undefined : window[lastSlow + 1]) ?? {};
  return at === undefined ? undefined : at + Math.round(ms);
}

/** Cycles whose answer was slow since it began: what a look finds between two of them belongs to one of these. */
function slowCycles(window: readonly JudgedAnswer[], since = 0, { intervalMs }: Check): number {
  const times = window.flatMap(({ at, isSlow }) => (isSlow && at !== undefined && at >= since ? [at] : []));
  return Math.max(1, new Set(times.map((at) => Math.round((at - since) / intervalMs))).size);
}

/** Where the stretch that goes on began: behind the last answers in time of which there were enough to end one. */
function firstSlow(slow: readonly boolean[], burst: number): number {
  let first = slow.length - 1;
  for (let at = first; at >= 0 && first - at <= burst + 1; at -= 1) if (slow[at] === true) first = at;
  return first;
}

/** Slow answers, but of those in a row only two count: one long stretch that is over does not make a habit. */
function scattered(slow: readonly boolean[]): number {
  return slow.filter((one, no) => one && !(slow[no - 1] === true && slow[no - 2] === true)).length;
}

/** Of slow answers, one after the other. */
function stretches(slow: readonly boolean[]): number {
  return slow.filter((one, no) => one && slow[no - 1] !== true).length;
}

function latencyTrouble(seen: Seen, window: readonly JudgedAnswer[], settings: AnalysisSettings): Trouble {
  const objective = showMs(seen.check.latency.p95Ms);
  const p95 = showMs(nearestRank(Float64Array.from(window.map(({ ms }) => ms)).sort(), 0.95));
  const message = sentence('p95Over', { p95, n: window.length, objective });
  return {
    ...troubleOf(seen, 'degraded', settings),
    evaluations: 1,
    objectiveMs: seen.check.latency.p95Ms,
    reason: { code: 'latency', message },
    expected: `p95 ≤ ${objective}`,
    found: `p95 ${p95}`,
  };
}

/** Slower than usual, although it may keep to its objective; told only where it is not over that as well. */
export function observeDrift(
  seen: Seen,
  state: DriftState | undefined,
  { settings, open, now }: Evidence,
): readonly Observation[] {
  const { check, result } = seen;
  const fingerprint = `slower:${check.id}`;
  if (state === undefined) return [];
  if (state.kind === 'usual') return [{ kind: 'good', fingerprint, at: answeredAt(result) }];
  if (open.some((one) => one.fingerprint === `latency:${check.id}` && one.told !== undefined)) return [];
  const { drift } = state;
  const [is, usually] = [showMs(drift.nowMs), showMs(drift.usualMs)];
  const trouble: Trouble = {
    ...troubleOf(seen, 'degraded', settings),
    severity: 'minor',
    since: beganAt(drift, check, now),
    evaluations: 2,
    reason: {
      code: 'slower',
      message: sentence('slowerThanUsual', { ratio: drift.ratio.toFixed(1), now: is, usual: usually }),
    },
    expected: sentence('about', { what: usually }),
    found: is,
  };
  return [{ kind: 'bad', fingerprint, trouble }];
}
