import { maskedCheck } from '../check/answer/evidence.ts';
import type { Redactor } from '../lib/secrets/secret.ts';
import { mapTexts } from '../model/sentence.ts';
import { cleanTexts, flat } from '../lib/text/clean.ts';
import type { Check, Skipped } from '../model/check.ts';
import type { CycleStatistics } from '../model/cycle.ts';
import type { Problem } from '../model/problem.ts';
import type { Finding, Result } from '../model/result.ts';
import type { CycleReport } from '../app/run-cycle.ts';
import type { Baseline } from './baseline.ts';
import { exitCode } from './output.ts';

/** From which deviation on a run counts as failed; each includes the ones before. */
export const failThresholds = ['fail', 'degraded', 'drift', 'unproven'] as const;
export type FailOn = (typeof failThresholds)[number];

/**
 * `known`: it would fail, and did so in the baseline. `undecided`: blocked, or nothing that speaks against the
 * operation.
 */
export type Standing = 'passed' | 'failed' | 'known' | 'undecided';

export interface CheckOutcome {
  readonly check: Check;
  readonly result: Result;
  readonly standing: Standing;
}

/** One run of `apipatrol check` as reporters tell it. */
export interface CheckRun {
  /** Epoch ms. */
  readonly at: number;
  readonly failOn: FailOn;
  readonly outcomes: readonly CheckOutcome[];
  readonly skipped: readonly Skipped[];
  readonly statistics: CycleStatistics;
  readonly problems: readonly Problem[];
}

export function judgeRun(
  { plan, results, statistics, problems }: CycleReport,
  failOn: FailOn,
  baseline: Baseline | undefined,
): CheckRun {
  const checks = new Map(plan.checks.map((check) => [check.id, check]));
  const outcomes = results.flatMap((result): CheckOutcome[] => {
    const check = checks.get(result.checkId);
    return check === undefined
      ? []
      : [{ check, result, standing: standingOf(check, result, failOn, baseline) }];
  });
  return { at: statistics.startedAt, failOn, outcomes, skipped: plan.skipped, statistics, problems };
}

/** As it may be shown: what was asked for and what is said of it is made of values that may be secrets. */
export function maskedRun(run: CheckRun, redactor: Redactor): CheckRun {
  const scrub = (text: string): string => redactor.scrub(text);
  return {
    ...run,
    outcomes: run.outcomes.map((outcome) => ({ ...outcome, check: maskedCheck(outcome.check, redactor) })),
    skipped: run.skipped.map((one) => ({ ...one, reason: mapTexts(one.reason, scrub) })),
    problems: run.problems.map((one) => ({ ...one, message: mapTexts(one.message, scrub) })),
  };
}

/** Operations that could not be called at all are not a pass: a pipeline must notice. */
export function exitCodeOf({ outcomes }: CheckRun): number {
  if (outcomes.some(({ standing }) => standing === 'failed')) return exitCode.failed;
  const isBlocked = outcomes.some(({ result }) => result.verdict === 'blocked');
  return outcomes.length === 0 || isBlocked ? exitCode.cannotRun : exitCode.pass;
}

/** What an answer shows that its document does not. */
export function driftIn(result: Result): readonly Finding[] {
  return result.findings.filter(({ kind }) => driftKinds.has(kind));
}

const driftKinds: ReadonlySet<string> = new Set(['drift', 'schema', 'habit', 'status', 'content-type']);

function standingOf(check: Check, result: Result, failOn: FailOn, baseline: Baseline | undefined): Standing {
  const { verdict } = result;
  const isUnproven = result.reason.code === 'never-passed';
  if (verdict === 'blocked' || (verdict === 'unknown' && !(isUnproven && failOn === 'unproven')))
    return 'undecided';
  const counts =
    isUnproven ||
    verdict === 'fail' ||
    (verdict === 'degraded' && failOn !== 'fail') ||
    (failOn === 'drift' && driftIn(result).length > 0);
  if (!counts) return 'passed';
  return baseline?.knows(check, result) === true ? 'known' : 'failed';
}

/** With the texts of documents and answers on one line each; hints are ours and have lines. */
export function onOneLine(run: CheckRun): CheckRun {
  return {
    ...run,
    outcomes: run.outcomes.map(({ check, result, standing }) => ({
      check: { ...check, operation: flat(check.operation), service: flat(check.service) },
      result: cleanTexts(result),
      standing,
    })),
    skipped: run.skipped.map((one) => ({
      ...one,
      operation: flat(one.operation),
      reason: mapTexts(one.reason, flat),
    })),
  };
}
