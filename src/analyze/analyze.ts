import type { Check } from '../model/check.ts';
import type { Result } from '../model/result.ts';
import { advance } from './advance.ts';
import type { Analysis, AnalysisInput } from './analysis.ts';
import { compareText, type Seen } from './observation.ts';
import { observeOperation } from './operations.ts';
import { observeCredentials, observeDocuments, observeOrigins, type Root } from './roots.ts';
import { cycleStatistics } from './statistics.ts';

/** Turns of an operation's incident: works at all, keeps to its document, is fast enough. */
const operationKinds = ['operation', 'degraded', 'latency'] as const;

/**
 * From the results of a cycle to what is wrong and what is news about it. Pure: whatever it depends on is in the
 * input, and the order of results, checks and incidents in it makes no difference.
 */
export function analyze(input: AnalysisInput): Analysis {
  const checks = new Map(input.checks.map((check) => [check.id, check]));
  const results = latestByCheck(input.results);
  const seen = join(results, checks);
  const roots = [...observeOrigins(seen, input), ...observeCredentials(seen, input)];
  const operations = seen.flatMap((one) => observeOperation(one, input.recent(one.check.id), input.settings));
  const explained = explainedBy(roots);
  const { transitions, open } = advance(input.open, {
    observations: [...roots.map(({ observation }) => observation), ...observeDocuments(input), ...operations],
    inhibitedBy: (fingerprint) => explained.get(fingerprint),
    removed: new Set(input.removedChecks.flatMap(fingerprintsOf)),
    now: input.now,
  });
  return { transitions, open, statistics: cycleStatistics(input.cycle, checks, results) };
}

function latestByCheck(results: readonly Result[]): readonly Result[] {
  const latest = new Map<string, Result>();
  for (const result of results) {
    const other = latest.get(result.checkId);
    if (other === undefined || other.at < result.at) latest.set(result.checkId, result);
  }
  return [...latest.values()].sort((a, b) => compareText(a.checkId, b.checkId));
}

function join(results: readonly Result[], checks: ReadonlyMap<string, Check>): readonly Seen[] {
  return results.flatMap((result) => {
    const check = checks.get(result.checkId);
    return check === undefined ? [] : [{ check, result }];
  });
}

/** Operation's fingerprint → that of the root cause; the first, most general one wins. */
function explainedBy(roots: readonly Root[]): ReadonlyMap<string, string> {
  const explained = new Map<string, string>();
  for (const { observation, explains } of roots.toReversed())
    for (const checkId of explains)
      for (const fingerprint of fingerprintsOf(checkId)) explained.set(fingerprint, observation.fingerprint);
  return explained;
}

function fingerprintsOf(checkId: string): readonly string[] {
  return operationKinds.map((kind) => `${kind}:${checkId}`);
}
