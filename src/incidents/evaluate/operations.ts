import { sentence } from '../../messages/sentence.ts';
import { nearestRank } from '../../model/cycle.ts';
import { type AttemptNote, type Finding, isHiccup, type Result } from '../../model/result.ts';
import type { AnalysisSettings, Evidence } from '../analysis.ts';
import { beganAt, type DriftState } from './drift.ts';
import { tellsSpeed } from '../latency/recent.ts';
import { showMs } from '../latency/show-ms.ts';
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
  seen: Seen,
  recent: readonly number[],
  { settings, open }: Pick<Evidence, 'settings' | 'open'>,
): readonly Observation[] {
  const { check, result } = seen;
  const failing = `operation:${check.id}`;
  const differing = `degraded:${check.id}`;
  switch (result.verdict) {
    case 'fail':
      return [{ kind: 'bad', fingerprint: failing, trouble: troubleOf(seen, 'fail', settings) }];
    case 'degraded':
    case 'pass': {
      // The latency window decides about slow answers, and a retry that went well is well.
      const differs = result.verdict === 'degraded' && !isHiccup(result.reason.code);
      return [
        { kind: 'good', fingerprint: failing, at: answeredAt(result) },
        differs
          ? { kind: 'bad', fingerprint: differing, trouble: troubleOf(seen, 'degraded', settings) }
          : { kind: 'good', fingerprint: differing, at: answeredAt(result) },
        ...observeLatency(
          seen,
          recent,
          settings,
          open.some(({ fingerprint, state }) => fingerprint === `latency:${check.id}` && state !== 'pending'),
        ),
      ];
    }
    case 'blocked':
      return isSentToSignIn(seen)
        ? [{ kind: 'bad', fingerprint: failing, trouble: troubleOf(seen, 'fail', settings) }]
        : [];
    case 'unknown':
      return [];
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
    ...(finding?.expected === undefined ? {} : { expected: finding.expected }),
    ...(finding?.found === undefined ? {} : { found: finding.found }),
    ...(result.evidence === undefined ? {} : { curl: result.evidence.curl }),
  };
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
    ...(status === undefined ? {} : { status }),
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
  recent: readonly number[],
  settings: AnalysisSettings,
  isOpen: boolean,
): readonly Observation[] {
  const { check, result } = seen;
  if (!tellsSpeed(result)) return [];
  const { window: size, burst, chronic } = settings.latency;
  const fingerprint = `latency:${check.id}`;
  const window = [...recent, result.phases.totalMs].slice(-size);
  const slow = window.map((ms) => ms > check.latency.p95Ms);
  const lately = slow.slice(-burst - 1).filter(Boolean).length;
  const now = slow.at(-1) === true;
  const isBurst = lately >= burst && now && slow.at(-2) === true;
  const isCalm = lately === 0 && (stretches(slow) <= 1 || !slow.slice(-long).includes(true));
  if (isCalm) return [{ kind: 'good', fingerprint, at: answeredAt(result) }];
  const isBad = isBurst || (now && scattered(slow) >= chronic);
  // It has not become well by answering in time once or twice.
  if (!isBad && !isOpen) return [];
  return [{ kind: 'bad', fingerprint, trouble: latencyTrouble(seen, window, settings) }];
}

/** Slow answers, but of those in a row only two count: one long stretch that is over does not make a habit. */
function scattered(slow: readonly boolean[]): number {
  return slow.filter((one, no) => one && !(slow[no - 1] === true && slow[no - 2] === true)).length;
}

/** Of slow answers, one after the other. */
function stretches(slow: readonly boolean[]): number {
  return slow.filter((one, no) => one && slow[no - 1] !== true).length;
}

function latencyTrouble(seen: Seen, window: readonly number[], settings: AnalysisSettings): Trouble {
  const objective = showMs(seen.check.latency.p95Ms);
  const p95 = showMs(nearestRank(Float64Array.from(window).sort(), 0.95));
  const message = sentence('p95Over', { p95, n: window.length, objective });
  return {
    ...troubleOf(seen, 'degraded', settings),
    evaluations: 1,
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
