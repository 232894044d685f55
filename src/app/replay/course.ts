import { type AnalysisSettings, defaultAnalysisSettings, type Evidence } from '../../incidents/analysis.ts';
import { assess, countedChecks } from '../../incidents/analyze.ts';
import { Baselines } from '../../incidents/latency/baselines.ts';
import { ErrorBudgets } from '../../incidents/slo/budgets.ts';
import { hushAt, maintainedBy } from '../../incidents/suppression/suppression.ts';
import { RecentLatencies } from '../../incidents/latency/recent.ts';
import { runningWindows } from '../../incidents/suppression/windows.ts';
import { tell } from '../cycle/conclude.ts';
import { countWaiting } from '../cycle/set-ups.ts';
import { learnBaselines, learnBudgets } from '../cycle/learn.ts';
import type { Check } from '../../model/check.ts';
import type { CredentialFailure } from '../../model/credential-failure.ts';
import type { UnreadableDocument } from '../../model/document.ts';
import type { Incident, Transition } from '../../model/incident.ts';
import type { OutboxEntry } from '../../model/message.ts';
import type { Result } from '../../model/result.ts';
import type { Settings } from '../../model/settings.ts';
import type { Silence } from '../../model/silence.ts';
import type { PastAcknowledgement, Store } from '../../store/store.ts';

/** What was judged at one time: a cycle, or a look between two. */
export interface Moment {
  /** Epoch ms. */
  readonly at: number;
  /** 0 for a look. */
  readonly cycleId: number;
  readonly results: readonly Result[];
  /** Absent: nobody wrote it down; then blocked results tell. */
  readonly credentialFailures?: readonly CredentialFailure[];
  /** Absent: nobody looked at documents, or wrote it down. */
  readonly unreadable?: readonly UnreadableDocument[];
  /** Services whose whole plan was called; absent: a selection. */
  readonly scope?: readonly string[];
  /** The looks that followed were kept as well. */
  readonly looksKept: boolean;
}

/** Where nobody kept the looks, what a second one would have confirmed within seconds counts at once. */
const withoutLooks: AnalysisSettings = { ...defaultAnalysisSettings, recovery: { successes: 1 } };

export interface Setting {
  readonly store: Pick<Store, 'rollups' | 'incidents' | 'desk' | 'past'>;
  readonly checks: readonly Check[];
  readonly settings: Settings;
}

/** Moments of the past, one after another, through the analysis and the routes of a configuration. */
export class Course {
  readonly alerts: Transition[] = [];
  readonly messages: OutboxEntry[] = [];
  leftOut = 0;
  readonly #setting: Setting;
  readonly #byId: ReadonlyMap<string, Check>;
  readonly #recent = new RecentLatencies();
  readonly #baselines = new Baselines();
  readonly #budgets: ErrorBudgets;
  readonly #silences: readonly Silence[];
  readonly #acknowledgements: readonly PastAcknowledgement[];
  readonly #last = new Map<string, Result>();
  #open: readonly Incident[];
  #ended: readonly Incident[];

  /** With what was known and open at `begin` (epoch ms). */
  static async begin(setting: Setting, begin: number): Promise<Course> {
    const { store, checks } = setting;
    const { windowMs } = defaultAnalysisSettings.flapping;
    const [open, lately, silences, acknowledgements] = await Promise.all([
      store.past.incidentsAt(begin),
      store.incidents({ from: begin - windowMs, to: begin }),
      store.desk.silences(begin),
      store.past.acknowledgements(begin),
    ]);
    const ended = lately.filter(({ resolvedAt = Infinity }) => resolvedAt <= begin);
    const course = new Course(setting, { open, ended, silences, acknowledgements });
    const scope = [...new Set(checks.map(({ service }) => service))];
    await learnBaselines({ store, baselines: course.#baselines }, scope, begin);
    await learnBudgets({ store, budgets: course.#budgets }, setting.settings, { scope, checks }, begin);
    return course;
  }

  private constructor(
    setting: Setting,
    known: {
      readonly open: readonly Incident[];
      readonly ended: readonly Incident[];
      readonly silences: readonly Silence[];
      readonly acknowledgements: readonly PastAcknowledgement[];
    },
  ) {
    this.#setting = setting;
    this.#byId = new Map(setting.checks.map((check) => [check.id, check]));
    this.#budgets = new ErrorBudgets(setting.settings.slo ?? []);
    this.#open = known.open;
    this.#ended = known.ended;
    this.#silences = known.silences;
    this.#acknowledgements = known.acknowledgements;
  }

  /** Only how fast the answers were. */
  remember({ results }: Moment): void {
    this.#recent.add(results);
  }

  /** @param isAsked What is told counts; otherwise it only leads up to what is asked for. */
  async play(moment: Moment, isAsked: boolean): Promise<void> {
    const { store, settings } = this.#setting;
    const results = moment.results.filter(({ checkId }) => this.#byId.has(checkId));
    if (isAsked) this.leftOut += moment.results.length - results.length;
    const evidence = this.#evidenceOf(moment, results);
    const assessment = assess(evidence);
    this.#recent.add(assessment.results);
    if (moment.cycleId > 0)
      this.#budgets.adopt(this.#budgets.after(assessment.results, countedChecks(evidence), moment.at));
    for (const result of assessment.results) this.#last.set(result.checkId, result);
    const { open, transitions, messages } = tell(settings, evidence, assessment, moment.cycleId, (checks) =>
      countWaiting(checks, this.#last),
    );
    this.#open = open;
    const over = transitions.map(({ incident }) => incident).filter(({ state }) => state === 'resolved');
    this.#ended = [...this.#ended, ...over].filter(
      ({ resolvedAt = 0 }) => resolvedAt >= moment.at - evidence.settings.flapping.windowMs,
    );
    await learnBaselines({ store, baselines: this.#baselines }, moment.scope ?? [], moment.at);
    if (!isAsked) return;
    this.alerts.push(...transitions.filter(({ suppressed }) => suppressed === undefined));
    this.messages.push(...messages);
  }

  #evidenceOf(moment: Moment, results: readonly Result[]): Evidence {
    const { at, scope, unreadable } = moment;
    const { settings, checks } = this.#setting;
    const running = runningWindows(at, settings);
    return {
      checks: scope === undefined ? checks : checks.filter(({ service }) => scope.includes(service)),
      results,
      open: this.#open.map((incident) => this.#lookedAfter(incident, at)),
      ended: this.#ended,
      credentialFailures: moment.credentialFailures ?? this.#failuresIn(results),
      ...(unreadable === undefined ? {} : { documentProblems: unreadable }),
      removedChecks: [],
      ...(scope === undefined ? { selection: true } : { scope }),
      configured: settings.services.map(({ name }) => name),
      recent: (checkId) => this.#recent.of(checkId),
      timed: (checkId) => this.#recent.timed(checkId),
      usual: (check, when) => this.#baselines.usual(check.service, check.id, when),
      hush: hushAt(
        at,
        this.#silences.filter(({ createdAt }) => createdAt <= at),
        running,
      ),
      maintained: maintainedBy(running),
      ...(moment.cycleId === 0 ? {} : { budgets: this.#budgets }),
      now: at,
      settings: moment.looksKept ? defaultAnalysisSettings : withoutLooks,
    };
  }

  /** As people had said by then that they look after it. */
  #lookedAfter(before: Incident, at: number): Incident {
    const { acknowledged: _, ...incident } = before;
    const said = this.#acknowledgements.findLast(
      ({ fingerprint, acknowledgement }) =>
        fingerprint === incident.fingerprint &&
        incident.openedAt <= acknowledgement.at &&
        acknowledgement.at <= at,
    );
    return said === undefined ? incident : { ...incident, acknowledged: said.acknowledgement };
  }

  #failuresIn(results: readonly Result[]): readonly CredentialFailure[] {
    return results.flatMap(({ checkId, verdict, reason }) => {
      const credential = this.#byId.get(checkId)?.credential;
      if (verdict !== 'blocked' || credential === undefined) return [];
      return [{ credential, message: reason.message, permanent: false }];
    });
  }
}
