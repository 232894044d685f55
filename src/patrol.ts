import type { CredentialFailure, CycleEnd } from './analyze/analysis.ts';
import { concludeCycle } from './conclude.ts';
import type { Check, Plan } from './model/check.ts';
import type { Cycle, CycleStatistics } from './model/cycle.ts';
import type { Incident, Transition } from './model/incident.ts';
import type { Problem } from './model/problem.ts';
import type { Result } from './model/result.ts';
import type { Settings } from './model/settings.ts';
import type { OutboxEntry } from './model/message.ts';
import type { Parts } from './parts.ts';
import type { PlanFilter } from './plan/filter.ts';
import type { ScanReport } from './scan/scan.ts';
import { ResultBatches } from './store/result-batches.ts';

/** A token that the pre-flight of a cycle finds good lasts at least this long. */
export const tokenBudgetMs = 240_000;

/** What one cycle is about. */
export interface Assignment {
  readonly settings: Settings;
  readonly dueAt: number;
  readonly sources: readonly string[];
  /** Checks with these intervals are due; absent: all. */
  readonly intervalsMs?: readonly number[];
  readonly missed: number;
  readonly filter?: PlanFilter;
}

/** Told while the cycle runs, for a progress bar. */
export interface Watcher {
  planned?(plan: Plan, due: readonly Check[]): void;
  result?(result: Result, check: Check): void;
}

export interface CycleReport {
  readonly plan: Plan;
  readonly results: readonly Result[];
  readonly open: readonly Incident[];
  readonly transitions: readonly Transition[];
  readonly statistics: CycleStatistics;
  /** Of documents and of the plan. */
  readonly problems: readonly Problem[];
  /** What was put into the outbox. */
  readonly messages: readonly OutboxEntry[];
}

/**
 * One cycle. Ends early, with what it has, when `signal` aborts. A part that fails is reported and the rest goes
 * on; it rejects with a `StoreError` only when nothing can be stored at all.
 */
export async function patrol(
  parts: Parts,
  assignment: Assignment,
  signal: AbortSignal,
  watcher: Watcher = {},
): Promise<CycleReport> {
  const started = parts.clock.monotonic();
  const cycle = await parts.store.beginCycle(assignment.dueAt, parts.clock.now());
  const scanned = await scan(parts, assignment, signal);
  const plan = parts.plan(scanned.documents, assignment.settings, assignment.filter);
  const due = dueChecks(plan, assignment);
  watcher.planned?.(plan, due);
  await authenticate(parts, due, signal);
  const checked = await check(parts, cycle, due, assignment, signal, watcher);
  const failures = failedCredentials(parts, due);
  const end: CycleEnd = {
    ...cycle,
    outcome: signal.aborted ? 'interrupted' : 'complete',
    durationMs: parts.clock.monotonic() - started,
    missed: assignment.missed,
  };
  const conclusion = await concludeCycle(parts, assignment.settings, {
    end,
    failures,
    checks: plan.checks,
    ...checked,
    ...(assignment.filter === undefined ? { scope: assignment.sources } : {}),
  });
  return { plan, results: checked.results, problems: [...scanned.problems, ...plan.problems], ...conclusion };
}

function scan(parts: Parts, assignment: Assignment, signal: AbortSignal): Promise<ScanReport> {
  const wanted = new Set(assignment.sources);
  return parts.scanner.scan(
    assignment.settings.sources.filter((source) => wanted.has(source.name)),
    signal,
  );
}

function dueChecks(plan: Plan, { intervalsMs }: Assignment): readonly Check[] {
  return intervalsMs === undefined
    ? plan.checks
    : plan.checks.filter((one) => intervalsMs.includes(one.intervalMs));
}

/** The pre-flight: so that no token expires between the first check and the last. */
async function authenticate(parts: Parts, due: readonly Check[], signal: AbortSignal): Promise<void> {
  parts.tokens.beginCycle();
  await parts.tokens.prepare(credentialsOf(due), tokenBudgetMs, signal);
}

/** As they are after the checks: a token may have been refused, and no other be had, in mid-cycle. */
export function failedCredentials({ tokens }: Parts, checks: readonly Check[]): readonly CredentialFailure[] {
  const used = new Set(credentialsOf(checks));
  const without = tokens
    .status()
    .filter(({ credential, state }) => used.has(credential) && state !== 'ready');
  return without.flatMap(({ failure }) => failure ?? []);
}

export function credentialsOf(checks: readonly Check[]): readonly string[] {
  return [...new Set(checks.flatMap(({ credential }) => credential ?? []))];
}

/** All results, and those of them that are not stored yet. */
async function check(
  parts: Parts,
  cycle: Cycle,
  due: readonly Check[],
  { settings }: Assignment,
  signal: AbortSignal,
  watcher: Watcher,
): Promise<{ readonly results: readonly Result[]; readonly notStored: readonly Result[] }> {
  const batches = new ResultBatches(parts.store, cycle.id, due);
  const results = await parts.engine.run(due, {
    signal,
    graceMs: settings.graceMs,
    onResult(result, one) {
      batches.add(result);
      watcher.result?.(result, one);
    },
  });
  return { results, notStored: await batches.rest() };
}
