import {
  type AnalysisSettings,
  type CredentialFailure,
  defaultAnalysisSettings,
} from '../analyze/analysis.ts';
import { assess, countedChecks } from '../analyze/analyze.ts';
import { Baselines, baselineReachMs } from '../analyze/baselines.ts';
import { ErrorBudgets } from '../analyze/budgets.ts';
import { hushAt, maintainedBy } from '../analyze/hush.ts';
import { runningWindows } from '../analyze/windows.ts';
import { RecentLatencies } from '../analyze/recent.ts';
import { tell } from '../cycle/conclude.ts';
import { maintainedInHour } from '../cycle/learn.ts';
import type { Check } from '../model/check.ts';
import type { Incident, Transition } from '../model/incident.ts';
import type { OutboxEntry } from '../model/message.ts';
import type { Result } from '../model/result.ts';
import { hourMs } from '../model/rollup.ts';
import type { Settings } from '../model/settings.ts';
import type { Store } from '../store/store.ts';

/** Before the time that is asked for, so that it begins with what was open and how fast things were. */
const warmUpMs = 6 * hourMs;

/** The looks between cycles are not stored: what a second one would have confirmed within seconds counts at once. */
const analysis: AnalysisSettings = { ...defaultAnalysisSettings, recovery: { successes: 1 } };

export interface ReplayInput {
  readonly store: Pick<Store, 'cycles' | 'results' | 'rollups'>;
  /** As the other configuration plans them. */
  readonly checks: readonly Check[];
  readonly settings: Settings;
  /** Epoch ms. */
  readonly range: { readonly from: number; readonly to: number };
}

export interface Replay {
  readonly cycles: number;
  /** Results of operations that the other configuration does not call: left out. */
  readonly leftOut: number;
  /** What would have been told, oldest first. */
  readonly alerts: readonly Transition[];
  readonly messages: readonly OutboxEntry[];
}

/** Stored results through the analysis and the routes of another configuration. Changes nothing, sends nothing. */
export async function replay({ store, checks, settings, range }: ReplayInput): Promise<Replay> {
  const begin = range.from - warmUpMs;
  const cycles = (await store.cycles({ from: begin, to: range.to })).toReversed();
  const course = new Course(checks, settings);
  await course.learn(store, begin);
  let replayed = 0;
  for (const { cycleId, startedAt, durationMs } of cycles) {
    const isAsked = startedAt >= range.from;
    course.play(await store.results(cycleId), { cycleId, at: startedAt + durationMs, isAsked });
    if (isAsked) replayed++;
  }
  return { cycles: replayed, leftOut: course.leftOut, alerts: course.alerts, messages: course.messages };
}

class Course {
  readonly alerts: Transition[] = [];
  readonly messages: OutboxEntry[] = [];
  leftOut = 0;
  readonly #checks: readonly Check[];
  readonly #byId: ReadonlyMap<string, Check>;
  readonly #settings: Settings;
  readonly #recent = new RecentLatencies();
  readonly #baselines = new Baselines();
  readonly #budgets: ErrorBudgets;
  #open: readonly Incident[] = [];
  #ended: readonly Incident[] = [];

  constructor(checks: readonly Check[], settings: Settings) {
    this.#checks = checks;
    this.#byId = new Map(checks.map((check) => [check.id, check]));
    this.#settings = settings;
    this.#budgets = new ErrorBudgets(settings.slo ?? []);
  }

  /** What was known when it began. */
  async learn(store: ReplayInput['store'], begin: number): Promise<void> {
    const to = Math.floor(begin / hourMs) * hourMs - 1;
    for (const source of new Set(this.#checks.map((check) => check.source))) {
      const reach = { from: begin - baselineReachMs, to };
      await this.#baselines.learn(source, store.rollups(reach, source), begin);
      const from = this.#budgets.wants(source, begin);
      if (from === undefined) continue;
      const hours = [];
      for await (const hour of store.rollups({ from, to }, source)) hours.push(hour);
      this.#budgets.learn(source, hours, this.#checks, maintainedInHour(this.#settings));
    }
  }

  play(
    stored: readonly Result[],
    { cycleId, at, isAsked }: { readonly cycleId: number; readonly at: number; readonly isAsked: boolean },
  ): void {
    const running = runningWindows(at, this.#settings);
    const results = stored.filter(({ checkId }) => this.#byId.has(checkId));
    if (isAsked) this.leftOut += stored.length - results.length;
    const evidence = {
      checks: this.#checks,
      results,
      open: this.#open,
      ended: this.#ended,
      credentialFailures: this.#credentialFailures(results),
      removedChecks: [],
      recent: (checkId: string) => this.#recent.of(checkId),
      usual: (check: Check, when: number) => this.#baselines.usual(check.source, check.id, when),
      hush: hushAt(at, [], running),
      maintained: maintainedBy(running),
      budgets: this.#budgets,
      now: at,
      settings: analysis,
    };
    const assessment = assess(evidence);
    this.#recent.add(assessment.results);
    this.#budgets.adopt(this.#budgets.after(assessment.results, countedChecks(evidence), at));
    const { open, transitions, messages } = tell(this.#settings, evidence, assessment, cycleId);
    this.#open = open;
    const over = transitions.map(({ incident }) => incident).filter(({ state }) => state === 'resolved');
    this.#ended = [...this.#ended, ...over].filter(
      ({ resolvedAt = 0 }) => resolvedAt >= at - analysis.flapping.windowMs,
    );
    if (!isAsked) return;
    this.alerts.push(...transitions.filter(({ suppressed }) => suppressed === undefined));
    this.messages.push(...messages);
  }

  #credentialFailures(results: readonly Result[]): readonly CredentialFailure[] {
    return results.flatMap(({ checkId, verdict, reason }) => {
      const credential = this.#byId.get(checkId)?.credential;
      if (verdict !== 'blocked' || credential === undefined) return [];
      return [{ credential, message: reason.message, permanent: false }];
    });
  }
}

/** An incident that was told, would have been told, or both. */
export interface Comparison {
  readonly fingerprint: string;
  readonly would?: Transition;
  readonly was?: Transition;
}

/** Beginnings of the same thing this close together are the same beginning. */
const sameMs = hourMs;

/** What would have been told beside what was, by when it began. */
export function compareAlerts(
  would: readonly Transition[],
  was: readonly Transition[],
): readonly Comparison[] {
  const begun = (all: readonly Transition[]): Transition[] =>
    all.filter(({ kind, suppressed }) => kind === 'opened' && suppressed === undefined);
  const rest = begun(was);
  const compared = begun(would).map((one): Comparison => {
    const { fingerprint } = one.incident;
    const index = rest.findIndex(
      (other) => other.incident.fingerprint === fingerprint && Math.abs(other.at - one.at) <= sameMs,
    );
    const [same] = index === -1 ? [] : rest.splice(index, 1);
    return { fingerprint, would: one, ...(same === undefined ? {} : { was: same }) };
  });
  const lost = rest.map((one): Comparison => ({ fingerprint: one.incident.fingerprint, was: one }));
  const atOf = ({ would: w, was: s }: Comparison): number => w?.at ?? s?.at ?? 0;
  return [...compared, ...lost].toSorted((a, b) => atOf(a) - atOf(b));
}
