import { nearestRank } from '../model/cycle.ts';
import type { Finding, ReasonCode } from '../model/result.ts';
import type { AnalysisSettings } from './analysis.ts';
import {
  fromMembers,
  milder,
  type Observation,
  operationCause,
  type Seen,
  type Trouble,
} from './observation.ts';

/** Degraded for reasons that one answer does not prove: the latency window decides, and a retry that went well is well. */
const hiccups: ReadonlySet<ReasonCode> = new Set<ReasonCode>(['none', 'latency', 'flaky']);

/** Whether the operation works, whether it keeps to its document, and whether it is fast enough. */
export function observeOperation(
  seen: Seen,
  recent: readonly number[],
  settings: AnalysisSettings,
): readonly Observation[] {
  const { check, result } = seen;
  const failing = `operation:${check.id}`;
  const differing = `degraded:${check.id}`;
  switch (result.verdict) {
    case 'fail':
      return [{ kind: 'bad', fingerprint: failing, trouble: troubleOf(seen, 'fail') }];
    case 'degraded':
    case 'pass': {
      const differs = result.verdict === 'degraded' && !hiccups.has(result.reason.code);
      return [
        { kind: 'good', fingerprint: failing },
        differs
          ? { kind: 'bad', fingerprint: differing, trouble: troubleOf(seen, 'degraded') }
          : { kind: 'good', fingerprint: differing },
        ...observeLatency(seen, recent, settings),
      ];
    }
    case 'blocked':
    case 'unknown':
      return [];
  }
}

function troubleOf(seen: Seen, verdict: 'fail' | 'degraded'): Trouble {
  const { check, result } = seen;
  const finding = worstFinding(result.findings);
  return {
    ...fromMembers([seen], 1),
    cause: operationCause(check),
    severity: verdict === 'fail' ? check.severity : milder(check.severity),
    verdict,
    subjectLabel: check.operation,
    reason: result.reason,
    ...(finding?.expected === undefined ? {} : { expected: finding.expected }),
    ...(finding?.found === undefined ? {} : { found: finding.found }),
    ...(result.evidence === undefined ? {} : { curl: result.evidence.curl }),
  };
}

function worstFinding(findings: readonly Finding[]): Finding | undefined {
  return findings.find(({ level }) => level === 'error') ?? findings.find(({ level }) => level === 'warning');
}

/**
 * At one answer every quarter of an hour, a slow one means nothing: bad needs the percentile over the window and
 * most of the last few; good needs them to be fine again; in between nothing is said.
 */
function observeLatency(
  seen: Seen,
  recent: readonly number[],
  { latency }: AnalysisSettings,
): readonly Observation[] {
  const { check, result } = seen;
  if (result.status === undefined) return [];
  const fingerprint = `latency:${check.id}`;
  const objective = check.latency.p95Ms;
  const window = [...recent, result.phases.totalMs].slice(-latency.window);
  const slowOfLast = window.slice(-latency.minSlow - 1).filter((ms) => ms > objective).length;
  const p95 = nearestRank(Float64Array.from(window).sort(), 0.95);
  if (slowOfLast >= latency.minSlow && p95 > objective) {
    const trouble = latencyTrouble(seen, p95, window.length);
    return [{ kind: 'bad', fingerprint, trouble }];
  }
  return slowOfLast <= 1 ? [{ kind: 'good', fingerprint }] : [];
}

function latencyTrouble(seen: Seen, p95: number, answers: number): Trouble {
  const { check } = seen;
  const objective = showMs(check.latency.p95Ms);
  const message = `p95 is ${showMs(p95)} over the last ${answers} answers, objective ${objective}`;
  return {
    ...troubleOf(seen, 'degraded'),
    reason: { code: 'latency', message },
    expected: `p95 ≤ ${objective}`,
    found: `p95 ${showMs(p95)}`,
  };
}

function showMs(ms: number): string {
  return ms < 1000 ? `${Math.round(ms)} ms` : `${Number((ms / 1000).toFixed(2))} s`;
}
