import type { CycleEnd } from '../incidents/analysis.ts';
import { type CalledAs, callInOrder, mayTryOthers, tryOthers } from './cycle/calls.ts';
import { preFlight } from './cycle/pre-flight.ts';
import type { Running } from './cycle/running.ts';
import { messageOf } from '../lib/errors.ts';
import { groupBy } from '../lib/group-by.ts';
import type { Check, Plan } from '../model/check.ts';
import type { Cycle, CycleStatistics } from '../model/cycle.ts';
import type { ChangeSet } from '../model/document.ts';
import type { Incident, Transition } from '../model/incident.ts';
import type { Problem } from '../model/problem.ts';
import type { Result } from '../model/result.ts';
import type { Settings } from '../model/settings.ts';
import type { OutboxEntry } from '../model/message.ts';
import { breakingChangeMessages } from '../notify/messages/breaking-changes.ts';
import type { Parts } from './composition.ts';
import { coverageOf } from '../plan/coverage/coverage.ts';
import type { PlanFilter } from '../plan/match.ts';
import type { ScanReport } from '../documents/scan.ts';
import { ResultBatches } from '../store/history/result-batches.ts';
import type { StoredCheck } from '../store/store.ts';

/** What one cycle is about. */
export interface Assignment {
  readonly settings: Settings;
  readonly dueAt: number;
  /** The daemon gives each service a cycle of its own; a command that ends by itself has one for all. */
  readonly services: readonly string[];
  /** Checks with these intervals are due; absent: all. */
  readonly intervalsMs?: readonly number[];
  readonly missed: number;
  readonly filter?: PlanFilter;
  /** Checks of one host are this far apart, as far as `withinMs` allows; absent: as fast as the limits allow. */
  readonly pace?: { readonly apartMs: number; readonly withinMs: number };
}

/** Told while the cycle runs, for a progress bar. */
export interface Watcher {
  /** It is stored that it goes on. */
  begun?(cycle: Cycle): Promise<void>;
  planned?(plan: Plan, due: readonly Check[]): void;
  result?(result: Result, check: Check): void;
  /** All has been called, and has a result or takes its time: nothing of it keeps the next cycle from beginning. */
  called?(): void;
}

export interface CycleReport {
  readonly plan: Plan;
  readonly results: readonly Result[];
  readonly open: readonly Incident[];
  readonly transitions: readonly Transition[];
  readonly statistics: CycleStatistics;
  /** What is different in the documents since they were last read. */
  readonly changes: readonly ChangeSet[];
  /** Of documents and of the plan. */
  readonly problems: readonly Problem[];
  /** What was put into the outbox. */
  readonly messages: readonly OutboxEntry[];
}

/** The documents as they were last read. */
export interface Reading extends Pick<ScanReport, 'documents' | 'problems' | 'changes'> {
  /** Absent: nobody has looked at them since the last cycle. */
  readonly unreadable?: ScanReport['unreadable'];
}

/**
 * One cycle. Ends early, with what it has, when `signal` aborts. A part that fails is reported and the rest goes
 * on; it rejects with a `StoreError` only when nothing can be stored at all.
 *
 * @param read Gives the documents: the daemon has read them before, a command reads them now.
 */
export async function patrol(
  parts: Parts,
  assignment: Assignment,
  signal: AbortSignal,
  watcher: Watcher = {},
  read: () => Promise<Reading> = () => scan(parts, assignment, signal),
): Promise<CycleReport> {
  const started = parts.clock.monotonic();
  const cycle = await parts.store.beginCycle(assignment.dueAt, parts.clock.now());
  await watcher.begun?.(cycle);
  const reading = await read();
  const planned = await parts.plan(reading.documents, inPart(assignment), assignment.filter);
  await parts.follow(planned.checks, assignment.services);
  await parts.proofs.inherit(planned.checks, () => formerChecks(parts, assignment));
  const round = { startedAt: cycle.startedAt, isPaced: assignment.pace !== undefined };
  // Nothing is called twice at once: what hangs, or is to be confirmed, comes in with the cycle that has called it.
  const wanted = dueChecks(planned, assignment);
  const heldUp = new Set(wanted.flatMap(({ id }) => (parts.underWay.has(id) ? [id] : [])));
  const due = wanted.filter(({ id }) => !heldUp.has(id));
  const { unreadable, changes } = reading;
  const running = parts.assessor.begin(assignment.services, planned.checks, round, heldUp, unreadable);
  const confirming = [...heldUp].filter((id) => parts.underWay.get(id) === 'confirmed').length;
  for (const { id } of due) parts.underWay.set(id, 'called');
  watcher.planned?.(planned, due);
  const { called, ...checked } = await check(
    parts,
    { cycle, running, due, assignment, signal },
    watcher,
  ).finally(() => {
    for (const { id } of due) parts.underWay.delete(id);
  });
  const plan = { ...planned, checks: planned.checks.map((one) => called.get(one.id) ?? one) };
  const end: CycleEnd = {
    ...cycle,
    outcome: signal.aborted ? 'interrupted' : 'complete',
    durationMs: parts.clock.monotonic() - started,
    missed: assignment.missed,
    heldUp: heldUp.size,
    confirming,
    slowed: parts.engine.takeSlowed(),
    ...(assignment.filter === undefined
      ? { coverage: coverageOf(plan, reading.documents, (one) => parts.captures.feeds(one)).byService }
      : {}),
  };
  const { cycleResults: results, ...conclusion } = await parts.assessor.close(
    assignment.settings,
    {
      cycle: running,
      services: assignment.services,
      end,
      ...checked,
      called,
      ...(assignment.filter === undefined ? { skipped: plan.skipped } : {}),
    },
    signal,
  );
  const problems = [...reading.problems, ...plan.problems];
  return { plan, changes, problems, ...conclusion, results };
}

/** Brings the documents up to date; keeps what has changed in them, and tells whom that breaks. */
export async function scan(
  parts: Pick<Parts, 'scanner' | 'store' | 'clock'>,
  { settings, services }: Pick<Assignment, 'settings' | 'services'>,
  signal: AbortSignal,
): Promise<ScanReport> {
  const wanted = settings.services.filter(({ name }) => services.includes(name));
  const report = await parts.scanner.scan(wanted, signal);
  if (report.changes.length > 0) {
    const at = parts.clock.now();
    await parts.store.gallery.addChanges(
      report.changes,
      at,
      breakingChangeMessages(report.changes, settings, at),
    );
  }
  return report;
}

/** Of the services that are patrolled now: the plans of the others stay as they are. */
function inPart({ settings, services }: Assignment): Settings {
  return { ...settings, services: settings.services.filter(({ name }) => services.includes(name)) };
}

/** Of services that have another name now, or are gone. */
async function formerChecks(
  { store }: Pick<Parts, 'store'>,
  { settings }: Assignment,
): Promise<readonly StoredCheck[]> {
  const names = new Set(settings.services.map(({ name }) => name));
  return (await store.checks()).filter(({ service }) => !names.has(service));
}

function dueChecks(plan: Plan, { intervalsMs }: Assignment): readonly Check[] {
  return intervalsMs === undefined
    ? plan.checks
    : plan.checks.filter((one) => intervalsMs.includes(one.intervalMs));
}

interface Checked {
  readonly results: readonly Result[];
  readonly notStored: readonly Result[];
  /** By id, with the values that they were called with. */
  readonly called: ReadonlyMap<string, Check>;
}

/** What is to be called in a cycle. */
interface Calls {
  readonly cycle: Cycle;
  readonly running: Running;
  readonly due: readonly Check[];
  readonly assignment: Assignment;
  readonly signal: AbortSignal;
}

/** Values that one check needs and another one's answer holds are had on the way. */
async function check(
  parts: Parts,
  { cycle, running, due, assignment, signal }: Calls,
  watcher: Watcher,
): Promise<Checked> {
  parts.tokens.beginCycle();
  const ready = preFlight(parts, due, signal);
  const { settings } = assignment;
  const { captures } = parts;
  const batches = new ResultBatches(parts.store, cycle.id, due);
  const called = new Map<string, Check>();
  const spread = spreadOver(due, assignment);
  const isOnGrid = assignment.intervalsMs !== undefined;
  // In a spread cycle each check has its own moment; what it needs was captured in the cycle before.
  const stages = spread === undefined ? captures.stages(due) : [{ after: [], checks: due }];
  const left = new Set(due.map(({ id }) => id));
  const reached = (id: string): void => {
    if (left.delete(id) && left.size === 0) watcher.called?.();
  };
  if (left.size === 0) watcher.called?.();
  const results = await callInOrder(stages, async (checks, settled) => {
    const trying: Promise<void>[] = [];
    const final = new Map<string, Result>();
    const take = ({ check: one, result }: CalledAs): void => {
      final.set(one.id, result);
      called.set(one.id, one);
      parts.underWay.delete(one.id);
      settled(one.id);
      reached(one.id);
      batches.add(result);
      parts.assessor.settled(result, one, running);
      watcher.result?.(result, one);
    };
    const found = await parts.runner.run(parts.refill(checks, settings), {
      signal,
      graceMs: settings.graceMs,
      ready,
      reader: captures,
      spread,
      onWaiting({ id }, isAnswered) {
        parts.underWay.set(id, isAnswered ? 'confirmed' : 'hangs');
        // What takes its time holds up nobody who can do with what it answered in the cycle before.
        if (isOnGrid) settled(id);
        reached(id);
      },
      onResult(result, one) {
        parts.trials.note(one, result);
        const asCalled = { check: one, result };
        if (isOnGrid || !mayTryOthers(parts, asCalled)) return take(asCalled);
        parts.underWay.set(one.id, 'confirmed');
        reached(one.id);
        trying.push(
          tryOthers(parts, settings, asCalled, signal)
            .then(take)
            .catch((error: unknown) =>
              parts.log.error('a result could not be handed on', { error: messageOf(error) }),
            ),
        );
      },
    });
    await Promise.all(trying);
    return found.map((result) => final.get(result.checkId) ?? result);
  });
  return { results, notStored: await batches.rest(), called };
}

/** Tokens have been fetched by then, so that no check is late for its moment. */
const leadMs = 3000;

function spreadOver(
  due: readonly Check[],
  { pace, dueAt }: Assignment,
): { readonly fromEpochMs: number; readonly overMs: number } | undefined {
  if (pace === undefined) return undefined;
  const most = Math.max(...[...groupBy(due, ({ origin }) => origin).values()].map(({ length }) => length), 0);
  return { fromEpochMs: dueAt + leadMs, overMs: Math.min(pace.withinMs, most * pace.apartMs) };
}
