import {
  type Assessment,
  type CredentialFailure,
  type CycleEnd,
  defaultAnalysisSettings,
  type Evidence,
} from './analyze/analysis.ts';
import { analyze, assess } from './analyze/analyze.ts';
import { hushAt } from './analyze/hush.ts';
import type { CycleStatistics } from './model/cycle.ts';
import type { Check } from './model/check.ts';
import type { Incident } from './model/incident.ts';
import type { OutboxEntry } from './model/message.ts';
import type { Result } from './model/result.ts';
import type { Settings } from './model/settings.ts';
import { compose } from './notify/compose.ts';
import type { Parts } from './parts.ts';

/** What was found out, in a cycle or between two. */
export interface Findings {
  /** All planned checks of the sources in question. */
  readonly checks: readonly Check[];
  readonly results: readonly Result[];
  readonly failures: readonly CredentialFailure[];
  /** Sources whose whole plan is in `checks`; absent when only a selection was called. */
  readonly scope?: readonly string[];
}

export interface Conclusion extends Assessment {
  readonly messages: readonly OutboxEntry[];
}

/** The end of a cycle: its results, what they mean and whom to tell, stored together or not at all. */
export function concludeCycle(
  parts: Parts,
  settings: Settings,
  findings: Findings & { readonly end: CycleEnd; readonly notStored: readonly Result[] },
): Promise<Conclusion & { readonly statistics: CycleStatistics }> {
  return withLedger(parts, async () => {
    const { end, checks, notStored } = findings;
    const analysis = analyze({ ...(await gatherEvidence(parts, findings)), cycle: end });
    const messages = composeFor(parts, settings, analysis, { cycleId: end.id, checks: checks.length });
    await parts.store.closeCycle({ ...analysis, results: notStored, checks, messages });
    parts.recent.add(findings.results);
    return { ...analysis, messages };
  });
}

/** The end of a look between two cycles: what has changed since. */
export function concludeLook(parts: Parts, settings: Settings, findings: Findings): Promise<Conclusion> {
  return withLedger(parts, async () => {
    const assessment = assess(await gatherEvidence(parts, findings));
    const messages = composeFor(parts, settings, assessment, { cycleId: 0, checks: findings.checks.length });
    await parts.store.record({ ...assessment, messages });
    return { ...assessment, messages };
  });
}

/** One at a time, from reading the open incidents until what became of them is stored: cycles may overlap. */
async function withLedger<T>({ ledger }: Parts, work: () => Promise<T>): Promise<T> {
  const release = await ledger.acquire();
  try {
    return await work();
  } finally {
    release();
  }
}

async function gatherEvidence(parts: Parts, findings: Findings): Promise<Evidence> {
  const { store, clock, recent } = parts;
  const now = clock.now();
  const settings = defaultAnalysisSettings;
  const { checks, results, failures, scope } = findings;
  const [open, lately, silences] = await Promise.all([
    store.openIncidents(),
    store.incidents({ from: now - settings.flapping.windowMs, to: now }),
    store.desk.silences(now),
  ]);
  return {
    checks,
    results,
    open,
    ended: lately.filter(({ resolvedAt }) => resolvedAt !== undefined),
    credentialFailures: failures,
    removedChecks: scope === undefined ? [] : removedChecks(open, checks, scope),
    ...(scope === undefined ? { selection: true } : { scope }),
    recent: (checkId) => recent.of(checkId),
    hush: hushAt(now, silences, []),
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
      ({ cause, sources }) => cause.level === 'operation' && sources.every((one) => scope.includes(one)),
    )
    .map(({ cause }) => cause.subject)
    .filter((checkId) => !planned.has(checkId));
}

function composeFor(
  { clock }: Parts,
  { routes }: Settings,
  { transitions, open }: Assessment,
  about: { readonly cycleId: number; readonly checks: number },
): readonly OutboxEntry[] {
  const { cycleId, checks } = about;
  const totals = { failing: failingChecks(open), checks };
  return compose({ transitions, routes, cycleId, at: clock.now(), totals });
}

/** Operations that do not work now, each counted with the cause that explains it. */
function failingChecks(open: readonly Incident[]): number {
  return open
    .filter(
      ({ state, verdict, inhibitedBy }) =>
        state === 'firing' && verdict === 'fail' && inhibitedBy === undefined,
    )
    .reduce((sum, { members }) => sum + members.count, 0);
}
