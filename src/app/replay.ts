import type { Check } from '../model/check.ts';
import type { CycleStatistics, Recheck } from '../model/cycle.ts';
import { endedBy, type Incident, type Transition, type TransitionKind } from '../model/incident.ts';
import type { FollowUp, OutboxEntry } from '../model/message.ts';
import { hourMs } from '../model/histogram.ts';
import type { Settings } from '../model/settings.ts';
import type { PastAcknowledgement, Store } from '../store/store.ts';
import { type AnalysisSettings, defaultAnalysisSettings, type Evidence } from '../incidents/analysis.ts';
import { assess, countedChecks } from '../incidents/analyze.ts';
import { Baselines } from '../incidents/latency/baselines.ts';
import { ErrorBudgets } from '../incidents/slo/budgets.ts';
import { hushAt, maintainedBy } from '../incidents/suppression/suppression.ts';
import { RecentLatencies } from '../incidents/latency/recent.ts';
import { runningWindows } from '../incidents/suppression/windows.ts';
import { tell } from './cycle/conclude.ts';
import { countWaiting } from './cycle/set-ups.ts';
import { learnBaselines, learnBudgets } from './cycle/memory.ts';
import type { CredentialFailure } from '../model/credential-failure.ts';
import type { UnreadableDocument } from '../model/document.ts';
import type { Result } from '../model/result.ts';
import type { Silence } from '../model/silence.ts';

/** Before the time that is asked for, so that it begins with what was suspected and how things stood. */
const warmUpMs = 6 * hourMs;
/** Latency windows reach this far back. */
const recentMs = 24 * hourMs;

export interface ReplayInput {
  readonly store: Pick<Store, 'cycles' | 'results' | 'rollups' | 'incidents' | 'desk' | 'past'>;
  /** As the other configuration plans them. */
  readonly checks: readonly Check[];
  readonly settings: Settings;
  /** Epoch ms. */
  readonly range: { readonly from: number; readonly to: number };
}

export interface Replay {
  readonly cycles: number;
  readonly looks: number;
  /** Cycles from before looks were kept: there, what a second look would have confirmed counts at once. */
  readonly withoutLooks: number;
  /** Results of operations that the other configuration does not call: left out. */
  readonly leftOut: number;
  /** What would have been told, oldest first. */
  readonly alerts: readonly Transition[];
  readonly messages: readonly OutboxEntry[];
}

/**
 * Stored results, of cycles and of looks between them, through the analysis and the routes of another configuration,
 * with what people had silenced and acknowledged. Changes nothing, sends nothing.
 */
export async function replay(input: ReplayInput): Promise<Replay> {
  const { store, range } = input;
  const begin = range.from - warmUpMs;
  const course = await Course.begin(input, begin);
  const counts = { cycles: 0, looks: 0, withoutLooks: 0 };
  for (const happening of await happenings(store, { from: begin - recentMs, to: range.to })) {
    const moment = await momentOf(happening, store);
    if (moment.at < begin) {
      course.remember(moment);
      continue;
    }
    const isAsked = moment.at >= range.from;
    await course.play(moment, isAsked);
    if (!isAsked) continue;
    if (moment.cycleId === 0) counts.looks++;
    else counts.cycles++;
    if (!moment.looksKept) counts.withoutLooks++;
  }
  return { ...counts, leftOut: course.leftOut, alerts: course.alerts, messages: course.messages };
}

type Happening = { readonly at: number } & (
  | { readonly kind: 'cycle'; readonly cycle: CycleStatistics }
  | { readonly kind: 'look'; readonly look: Recheck }
);

/** Cycles and looks in the order in which they were judged. */
async function happenings(
  store: ReplayInput['store'],
  range: ReplayInput['range'],
): Promise<readonly Happening[]> {
  const cycles = (await store.cycles(range)).toReversed().filter(wasJudged);
  const looks = await store.past.looks(range);
  // Sorting is stable: a cycle comes before a look of the same moment.
  return [
    ...cycles.map((cycle): Happening => ({ kind: 'cycle', at: judgedAt(cycle), cycle })),
    ...looks.map((look): Happening => ({ kind: 'look', at: look.at, look })),
  ].toSorted((a, b) => a.at - b.at);
}

/** One that a crash cut short was closed without anybody having judged it. */
function wasJudged({ judgedAt: at, outcome }: CycleStatistics): boolean {
  return at !== undefined || outcome === 'complete';
}

function judgedAt({ judgedAt: at, startedAt, durationMs }: CycleStatistics): number {
  return at ?? startedAt + durationMs;
}

async function momentOf(happening: Happening, store: ReplayInput['store']): Promise<Moment> {
  if (happening.kind === 'look') return { ...happening.look, cycleId: 0, looksKept: true };
  const { cycle, at } = happening;
  const { cycleId, scope = Object.keys(cycle.byService), credentialFailures = [], unreadable } = cycle;
  const results = await store.results(cycleId);
  if (cycle.judgedAt === undefined) return { at, cycleId, results, scope, looksKept: false };
  return {
    at,
    cycleId,
    results,
    credentialFailures,
    unreadable,
    scope: cycle.scope,
    looksKept: true,
  };
}

/** One piece of news in a message to a channel. */
interface Told {
  /** Epoch ms. */
  readonly at: number;
  readonly channel: string;
  readonly kind: TransitionKind | FollowUp['kind'];
  readonly incident: Incident;
}

/** News that was told, would have been told, or both. */
export interface Comparison {
  readonly would?: Told;
  readonly was?: Told;
}

/** The same news of the same thing this close together is the same news. */
const sameMs = hourMs;

/** What would have been told beside what was, the oldest first. */
export function compareMessages(
  would: readonly OutboxEntry[],
  was: readonly OutboxEntry[],
): readonly Comparison[] {
  const rest = toldIn(was);
  const compared = toldIn(would).map((one): Comparison => {
    const index = rest.findIndex((other) => isSame(one, other));
    const [same] = index === -1 ? [] : rest.splice(index, 1);
    return { would: one, was: same };
  });
  const atOf = ({ would: w, was: s }: Comparison): number => w?.at ?? s?.at ?? 0;
  return [...compared, ...rest.map((one): Comparison => ({ was: one }))].toSorted(
    (a, b) => atOf(a) - atOf(b),
  );
}

/** The news of incidents as it was first written down: not what was put together or passed on later. */
function toldIn(messages: readonly OutboxEntry[]): Told[] {
  return messages
    .filter(({ content }) => content.folded === undefined && content.forwardedFrom === undefined)
    .filter(({ content }) => content.isTest !== true)
    .flatMap(({ channel, createdAt: at, content: { transitions, followUps = [] } }) =>
      // Who looks after it is news of people, whatever the configuration.
      [...transitions, ...followUps.filter(({ kind }) => kind !== 'acknowledged')]
        .filter(({ incident }) => incident.reason.code !== 'channel' && incident.reason.code !== 'store')
        .map(({ kind, incident }): Told => ({ at, channel, kind, incident })),
    );
}

function isSame(a: Told, b: Told): boolean {
  return (
    a.kind === b.kind &&
    a.channel === b.channel &&
    a.incident.fingerprint === b.incident.fingerprint &&
    Math.abs(a.at - b.at) <= sameMs
  );
}

/** What was judged at one time: a cycle, or a look between two. */
interface Moment {
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

interface Setting {
  readonly store: Pick<Store, 'rollups' | 'incidents' | 'desk' | 'past'>;
  readonly checks: readonly Check[];
  readonly settings: Settings;
}

/** Moments of the past, one after another, through the analysis and the routes of a configuration. */
class Course {
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
    for (const result of assessment.results) this.#last.set(result.checkId, result);
    const { open, transitions, messages } = tell(
      settings,
      { ...evidence, everything: () => evidence.checks },
      assessment,
      moment.cycleId,
      (checks) => countWaiting(checks, this.#last),
    );
    this.#open = open;
    this.#ended = [...this.#ended, ...endedBy(transitions)].filter(
      ({ resolvedAt = 0 }) => resolvedAt >= moment.at - evidence.settings.flapping.windowMs,
    );
    if (moment.cycleId > 0) {
      const checks = countedChecks(evidence);
      const incidents = [...open, ...this.#ended];
      this.#budgets.adopt(this.#budgets.after(assessment.results, checks, moment.at, incidents));
    }
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
      documentProblems: unreadable,
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
