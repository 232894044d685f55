import {
  type Assessment,
  type CycleEnd,
  defaultAnalysisSettings,
  type Evidence,
} from '../../incidents/analysis.ts';
import type { Round } from '../../incidents/observation.ts';
import type { CredentialFailure } from '../../model/credential-failure.ts';
import { withHistory } from './history.ts';
import { analyze, assess, countedChecks } from '../../incidents/analyze.ts';
import { hushAt, maintainedBy } from '../../incidents/suppression/suppression.ts';
import { runningWindows } from '../../incidents/suppression/windows.ts';
import type { CycleStatistics } from '../../model/cycle.ts';
import type { CertificateSighting } from '../../model/certificate.ts';
import type { Check, Skipped } from '../../model/check.ts';
import type { UnreadableDocument } from '../../model/document.ts';
import { endedBy, type Incident } from '../../model/incident.ts';
import type { OutboxEntry } from '../../model/message.ts';
import type { Proof } from '../../model/proof.ts';
import type { Result } from '../../model/result.ts';
import type { Settings } from '../../model/settings.ts';
import { tellReaders } from '../../notify/messages/compose.ts';
import { followUp } from '../../notify/follow-up.ts';
import { countedOf, totalsOf, withAwaited } from '../../notify/messages/totals.ts';
import type { TokenManager } from '../../auth/manager.ts';
import { learnBudgets, type Memory } from './memory.ts';
import type { SetUpNews } from './set-ups.ts';

/** What was found out, in a cycle or between two. */
export interface Findings {
  /** All planned checks of the services in question. */
  readonly checks: readonly Check[];
  /** Of all services, for how things stand with what a group looks after; absent: `checks`. */
  readonly everything?: () => readonly Check[];
  /** What is known of them beside these results, by check id. */
  readonly last?: ReadonlyMap<string, Result>;
  /** What has not been judged yet. */
  readonly results: readonly Result[];
  /** As in `Evidence`. */
  readonly known?: readonly Result[];
  readonly rounds?: ReadonlyMap<string, Round>;
  readonly heldUp?: ReadonlySet<string>;
  readonly waiting?: ReadonlySet<string>;
  readonly underWay?: Evidence['underWay'];
  readonly suspected?: ReadonlySet<string>;
  readonly awayMs?: number;
  readonly planned?: readonly string[];
  /** Services of which a plan is known; absent: those of `checks`. */
  readonly begun?: readonly string[];
  readonly failures: readonly CredentialFailure[];
  /** Absent when nobody looked at the documents. */
  readonly unreadable?: readonly UnreadableDocument[];
  /** Services whose documents were looked at; absent: those of the scope. */
  readonly documentsRead?: readonly string[];
  /** What handshakes have shown. */
  readonly certificates?: readonly CertificateSighting[];
  /** Services whose whole plan is in `checks`; absent when only a selection was called. */
  readonly scope?: readonly string[];
}

export interface Conclusion extends Assessment {
  readonly messages: readonly OutboxEntry[];
}

export interface CycleConclusion extends Conclusion {
  readonly cycleResults: readonly Result[];
  readonly statistics: CycleStatistics;
}

/** The end of a cycle: its results, what they mean and whom to tell, stored together or not at all. */
export async function concludeCycle(
  parts: Memory,
  settings: Settings,
  findings: Findings & {
    readonly end: CycleEnd;
    /** All that the cycle found; those of them that have been judged before, as they count; those not stored yet. */
    readonly cycleResults: readonly Result[];
    readonly before: readonly Result[];
    /** As in `AnalysisInput`. */
    readonly beside?: ReadonlySet<string>;
    readonly notStored: readonly Result[];
    /** As in `CycleFindings`. */
    readonly called?: ReadonlyMap<string, Check>;
    /** What of the plan of the whole scope is not called. */
    readonly skipped?: readonly Skipped[];
  },
): Promise<CycleConclusion> {
  const { end, checks, before, beside, cycleResults, notStored } = findings;
  const { budgets } = parts;
  await learnBudgets(parts, settings, findings, parts.clock.now());
  const gathered = await gatherEvidence(parts, settings, findings);
  const evidence = { ...gathered, budgets, before, beside };
  const found = analyze({ ...evidence, ...selectionOf(findings), cycle: end });
  const analysis = await withHistory(found, findings, parts.store, evidence.now);
  const { setUps, firstReportsAt, messages } = newsOf(parts, settings, findings, analysis);
  const about = tell(
    settings,
    planned(evidence, findings),
    analysis,
    end.id,
    waitingNow(parts, findings, analysis),
  );
  const told = { ...about, messages: [...about.messages, ...messages] };
  const results = toStore(analysis.cycleResults, cycleResults, notStored);
  const memories = budgets.after(analysis.cycleResults, countedChecks(evidence), evidence.now, [
    ...analysis.open,
    ...(evidence.ended ?? []),
    ...endedBy(analysis.transitions),
  ]);
  const proofs = learntFrom(parts, analysis, checks);
  const trials = parts.trials.news();
  const habits = parts.habits.news();
  await parts.store.closeCycle({
    ...analysis,
    ...told,
    results,
    checks,
    proofs,
    trials,
    habits,
    budgetMemories: memories,
    setUps,
    firstReportsAt,
  });
  parts.proofs.adopt(proofs);
  parts.trials.adopt(trials);
  parts.habits.adopt(habits);
  parts.setUps.adopt(setUps);
  parts.recent.add(analysis.results);
  budgets.adopt(memories);
  return { ...analysis, ...told };
}

/** What has come in while cycles go on. The results themselves are stored with their cycles. */
export function concludeStep(parts: Memory, settings: Settings, findings: Findings): Promise<Conclusion> {
  return concludeBeside(parts, settings, findings, { partial: true });
}

/** The end of a look between two cycles: what has changed since. */
export function concludeLook(parts: Memory, settings: Settings, findings: Findings): Promise<Conclusion> {
  return concludeBeside(parts, settings, findings, { selection: true });
}

/** What was found beside the end of a cycle; of a look its results are stored as well. */
async function concludeBeside(
  parts: Memory,
  settings: Settings,
  findings: Findings,
  extent: Pick<Evidence, 'partial' | 'selection'>,
): Promise<Conclusion> {
  const evidence = { ...(await gatherEvidence(parts, settings, findings)), ...extent };
  const assessment = await withHistory(assess(evidence), findings, parts.store, evidence.now);
  const told = tell(
    settings,
    planned(evidence, findings),
    assessment,
    0,
    waitingNow(parts, findings, assessment),
  );
  const { results, failures, checks } = findings;
  const look = { at: evidence.now, results, credentialFailures: failures };
  const proofs = learntFrom(parts, assessment, checks);
  const trials = parts.trials.news();
  const habits = parts.habits.news();
  await parts.store.record({
    ...told,
    proofs,
    trials,
    habits,
    ...(extent.selection === true ? { look } : {}),
  });
  parts.proofs.adopt(proofs);
  parts.trials.adopt(trials);
  parts.habits.adopt(habits);
  parts.recent.add(assessment.results);
  return { ...assessment, ...told };
}

/** Of a whole cycle; one that was cut short has not seen all. */
function newsOf(
  { setUps, clock }: Memory,
  settings: Settings,
  {
    end,
    checks: planned,
    called,
    known = [],
    heldUp,
    scope,
    skipped,
    ...documents
  }: Parameters<typeof concludeCycle>[2],
  { results: judged, cycleResults }: Pick<CycleConclusion, 'results' | 'cycleResults'>,
): SetUpNews {
  if (scope === undefined || skipped === undefined || end.outcome !== 'complete')
    return { setUps: [], messages: [] };
  const results = latestOf([...known, ...cycleResults, ...judged]);
  const checks = called === undefined ? planned : planned.map((one) => called.get(one.id) ?? one);
  return setUps.news(
    { services: scope, checks, skipped, results, heldUp, documents: readingOf(documents), at: clock.now() },
    settings,
  );
}

function readingOf({ unreadable, documentsRead }: Pick<Findings, 'unreadable' | 'documentsRead'>) {
  return unreadable === undefined || documentsRead === undefined
    ? undefined
    : { read: documentsRead, unreadable };
}

/** By check id; a cycle that ends after the next one has found less than that. Of the same call the later one counts. */
function latestOf(results: readonly Result[]): ReadonlyMap<string, Result> {
  const latest = new Map<string, Result>();
  for (const result of results) {
    const other = latest.get(result.checkId);
    if (other === undefined || other.at <= result.at) latest.set(result.checkId, result);
  }
  return latest;
}

function learntFrom({ proofs }: Memory, { results }: Assessment, checks: readonly Check[]): readonly Proof[] {
  return proofs.learnt(results, new Map(checks.map((check) => [check.id, check])));
}

/** A few operations that somebody has chosen say nothing of what is common to all. */
function selectionOf({ scope }: Findings): { readonly selection?: true } {
  return scope === undefined ? { selection: true } : {};
}

/** Those that have not been stored, and those that turned out to mean something else. */
function toStore(
  judged: readonly Result[],
  found: readonly Result[],
  notStored: readonly Result[],
): readonly Result[] {
  const stored = new Set(found);
  for (const result of notStored) stored.delete(result);
  return judged.filter((result) => !stored.has(result));
}

async function gatherEvidence(
  { store, clock, recent, baselines, proofs }: Memory,
  current: Settings,
  findings: Findings,
): Promise<Evidence> {
  const now = clock.now();
  const running = runningWindows(now, current);
  const settings = defaultAnalysisSettings;
  const { checks, results, known, rounds, heldUp, planned, failures, scope, unreadable, certificates } =
    findings;
  const { begun, waiting, underWay, suspected, awayMs, documentsRead } = findings;
  const configured = current.services.map(({ name }) => name);
  const [open, lately, silences] = await Promise.all([
    store.openIncidents(),
    store.incidents({ from: now - settings.flapping.windowMs, to: now }),
    store.desk.silences(now),
  ]);
  return {
    checks,
    results,
    known,
    rounds,
    heldUp,
    waiting,
    underWay,
    suspected,
    awayMs,
    planned,
    open,
    ended: lately.filter(({ resolvedAt }) => resolvedAt !== undefined),
    credentialFailures: failures,
    documentProblems: unreadable,
    documentsRead,
    certificates,
    removedChecks: scope === undefined ? [] : removedChecks(open, checks, scope),
    scope,
    configured,
    ...(begun === undefined ? {} : { awaited: configured.filter((service) => !begun.includes(service)) }),
    recent: (checkId) => recent.of(checkId),
    timed: (checkId) => recent.timed(checkId),
    usual: (check, at) => baselines.usual(check.service, check.id, at),
    mayBlame: proofs.mayBlame,
    hasWorked: proofs.hasWorked,
    hadAccess: proofs.hadAccess,
    hush: hushAt(now, silences, running),
    maintained: maintainedBy(running),
    now,
    settings,
  };
}

/** Checks of open incidents whose operation is no longer in the plan. */
function removedChecks(
  open: readonly Incident[],
  checks: readonly Check[],
  scope: readonly string[],
): readonly string[] {
  const planned = new Set(checks.map(({ id }) => id));
  return open
    .filter(
      ({ cause, services }) => cause.level === 'operation' && services.every((one) => scope.includes(one)),
    )
    .map(({ cause }) => cause.subject)
    .filter((checkId) => !planned.has(checkId));
}

/** How things stand is counted over everything that somebody looks after, whatever was called now. */
function planned({ checks, ...evidence }: Evidence, { everything = () => checks }: Findings): Standing {
  return { ...evidence, everything };
}

/** What is wrong is told with this; all that is planned is asked for when somebody is told something. */
type Standing = Pick<Evidence, 'awaited' | 'configured' | 'hush' | 'now'> & {
  readonly everything: () => readonly Check[];
};

/** Counts checks that have never worked the way they are called. */
export type WaitingAmong = (checks: readonly Check[]) => number;

function waitingNow(
  { setUps }: Memory,
  { last = new Map() }: Findings,
  { results }: Assessment,
): WaitingAmong {
  return (checks) => setUps.waitingAmong(checks, latestOf([...last.values(), ...results]));
}

/** Whom to tell what, and the incidents with what has been done about telling them. */
export function tell(
  { routes, channels, calendar }: Settings,
  { everything, awaited = [], configured, hush, now: at }: Standing,
  assessment: Assessment,
  cycleId: number,
  waitingAmong: WaitingAmong,
): Pick<Conclusion, 'open' | 'transitions' | 'messages'> {
  const isHushed = (incident: Incident): boolean => hush?.(incident) !== undefined;
  const { open, transitions, followUps } = followUp({ ...assessment, routes, at, isHushed });
  const ongoing = open.filter(
    (one) =>
      one.state === 'firing' && one.told !== undefined && one.inhibitedBy === undefined && !isHushed(one),
  );
  const { messages, asHeard } = tellReaders({
    transitions,
    followUps,
    ongoing,
    routes,
    channels: Object.keys(channels),
    calendar,
    cycleId,
    at,
    totals: (named, owners) => {
      const services = named ?? configured;
      const theirs = awaited.filter((one) => services?.includes(one) ?? true);
      const counted = withAwaited(countedOf(everything(), services, waitingAmong, owners), open, theirs);
      return totalsOf(open, counted, isHushed);
    },
  });
  return {
    open: open.map(asHeard),
    transitions: transitions.map((told) => ({ ...told, incident: asHeard(told.incident) })),
    messages,
  };
}

/** As they are after the checks: a token may have been refused, and no other be had, in mid-cycle. */
export function failedCredentials(
  { tokens }: { readonly tokens: Pick<TokenManager, 'status'> },
  checks: readonly Check[],
): readonly CredentialFailure[] {
  const used = new Set(checks.flatMap(({ credential }) => credential ?? []));
  const without = tokens
    .status()
    .filter(({ credential, state }) => used.has(credential) && state !== 'ready');
  return without.flatMap(({ failure }) => failure ?? []);
}
