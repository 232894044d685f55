import type { Check, Plan, Skipped } from '../../model/check.ts';
import type { CycleStatistics } from '../../model/cycle.ts';
import type { Incident, Transition } from '../../model/incident.ts';
import type { MessageContent } from '../../model/message.ts';
import type { Problem } from '../../model/problem.ts';
import type { IncidentMatcher } from '../../model/silence.ts';
import type { Settings } from '../../model/settings.ts';
import { asAnswered, isToldSlow, type Result } from '../../model/result.ts';
import type { Observer } from '../../app/daemon/observer.ts';
import type { CycleReport } from '../../app/run-cycle.ts';
import type { Store } from '../../store/store.ts';
import type { Clock } from '../../lib/time/clock.ts';
import { LastDay } from './last-day.ts';
import { ServiceDay } from './service-day.ts';
import { cycleView, type LastRound, lastRound } from '../views/last-round.ts';
import { restore } from './restore.ts';
import type { LiveEvent } from '../api/overview.ts';

type Told<E = LiveEvent> = E extends unknown ? Omit<E, 'at'> : never;

/** Whose something is that has happened: whoever has none of these services is told nothing of it. */
export interface Concern {
  /** The one of `ids` that it is about. */
  readonly id?: string;
  readonly services: readonly string[];
}

/** `everybody`: it is about no service in particular, and hides none. */
export type Concerns = readonly Concern[] | 'everybody';

type Listener = (event: LiveEvent, concerns: Concerns) => void;

export interface ServiceState {
  readonly checks: readonly Check[];
  readonly skipped: readonly Skipped[];
  readonly problems: readonly Problem[];
}

/** Counts what happens. */
interface Meter {
  result(result: Result): void;
  cycle(statistics: CycleStatistics): void;
}

const nothing: ServiceState = { checks: [], skipped: [], problems: [] };

/**
 * What is going on, kept in memory so that looking at it costs the database nothing: the plan, the last result of
 * every check, its last 24 hours. Tells those who listen when something of it has changed.
 */
export class LiveState implements Observer {
  readonly day = new LastDay();
  readonly serviceDay = new ServiceDay();
  readonly #clock: Clock;
  readonly #services = new Map<string, ServiceState>();
  readonly #last = new Map<string, Result>();
  /** Ids of checks whose last result counts as slow: the next one is judged first. */
  readonly #slow = new Set<string>();
  readonly #listeners = new Set<Listener>();
  /** Cycles that go on, by service. */
  readonly #running = new Map<string, number>();
  readonly #checks = new Map<string, Check>();
  readonly #skipped = new Map<string, Skipped>();
  /** By service. */
  readonly #lastCycles = new Map<string, CycleStatistics>();
  /** When checks were called of which a result has come in that has not been judged yet, by check id. */
  readonly #unjudged = new Map<string, number>();
  #lastCycle: CycleStatistics | undefined;
  #configReadAt: number;
  #refused: { readonly at: number; readonly problems: readonly Problem[] } | undefined;
  #version = 0;
  #isObserving = false;
  #meter: Meter | undefined;

  constructor(clock: Clock) {
    this.#clock = clock;
    this.#configReadAt = clock.now();
  }

  /** Reads from the store what an earlier process has seen. */
  async recall(store: Store): Promise<void> {
    const services = new Map((await store.checks()).map(({ id, service }) => [id, service]));
    const from = await restore(store, this.#clock, {
      outcome: ({ checkId, verdict, totalMs }, at) => {
        this.day.add(checkId, at, verdict, totalMs);
        const service = services.get(checkId);
        if (service !== undefined) this.serviceDay.add(service, at, verdict, totalMs);
      },
      lastCycle: (cycle) => {
        this.#lastCycle ??= cycle;
        for (const service of Object.keys(cycle.byService))
          if (!this.#lastCycles.has(service)) this.#lastCycles.set(service, cycle);
      },
      lastResults: (results) => {
        for (const result of results) if (!this.#last.has(result.checkId)) this.#keepLast(result);
        this.#version++;
      },
      planned: () => this.#checks.keys(),
    });
    this.serviceDay.recalled(from);
    this.#version++;
  }

  /** Grows whenever something that is shown has changed. */
  get version(): number {
    return this.#version;
  }

  /** Whether one of these services is being patrolled. */
  isRunning(services: Iterable<string>): boolean {
    return [...services].some((service) => this.#running.has(service));
  }

  /** Of any service. */
  get lastCycle(): CycleStatistics | undefined {
    return this.#lastCycle;
  }

  /** The last cycle of each of these services, and how fast the operations answered last. */
  lastRound(services: readonly string[]): LastRound | undefined {
    const cycles = [...new Set(services.flatMap((service) => this.#lastCycles.get(service) ?? []))];
    const checks = services.flatMap((service) => this.#services.get(service)?.checks ?? []);
    const answered = checks
      .flatMap(({ id }) => this.#last.get(id) ?? [])
      .filter(({ status }) => status !== undefined);
    return lastRound(
      cycles,
      answered.map(({ phases }) => phases.totalMs),
    );
  }

  get configReadAt(): number {
    return this.#configReadAt;
  }

  /** The configuration has been changed since and was not good. */
  get refused(): { readonly at: number; readonly problems: readonly Problem[] } | undefined {
    return this.#refused;
  }

  get services(): ReadonlyMap<string, ServiceState> {
    return this.#services;
  }

  check(id: string): Check | undefined {
    return this.#checks.get(id);
  }

  skipped(id: string): Skipped | undefined {
    return this.#skipped.get(id);
  }

  lastResult(checkId: string): Result | undefined {
    return this.#last.get(checkId);
  }

  /** From now on `meter` is told of every result and every cycle. */
  measure(meter: Meter): void {
    this.#meter = meter;
  }

  /** Returns the function that ends it. */
  listen(listener: Listener): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** They have opened, changed, ended, or somebody has done something about them. */
  tellIncidents(incidents: readonly Incident[]): void {
    const about = new Map(incidents.map((incident) => [incident.id, incident]));
    if (about.size > 0) this.tell({ kind: 'incidents', ids: [...about.keys()] }, [...about.values()]);
  }

  /**
   * A silence has begun or ended.
   *
   * @param touched What it keeps quiet: one that names no services is about theirs.
   */
  tellSilence({ services }: IncidentMatcher, touched: readonly Incident[]): void {
    this.tell({ kind: 'silences' }, services === undefined ? touched : [{ services }]);
  }

  /** Something was sent by hand, for somebody with these services; absent: for all. */
  tellChannels(services: readonly string[] = []): void {
    this.tell({ kind: 'channels' }, [{ services }]);
  }

  /** Something has been written on the public status page: everybody may read it there. */
  tellStatus(): void {
    this.tell({ kind: 'status-page' }, 'everybody');
  }

  /** It is told by the patrol what happens, and not by somebody who does something here. */
  get isObserving(): boolean {
    return this.#isObserving;
  }

  /** For what was done through the server itself. */
  tell(event: Told, concerns: Concerns): void {
    this.#version++;
    for (const listener of this.#listeners) listener({ ...event, at: this.#clock.now() }, concerns);
  }

  /** Somebody has called it by hand: that is how it is now, and counts for no statistics. */
  called(result: Result): void {
    const { checkId: id } = result;
    this.#last.set(id, result);
    const service = this.#checks.get(id)?.service;
    this.tell({ kind: 'operations', ids: [id] }, [{ id, services: service === undefined ? [] : [service] }]);
  }

  cycleStarted(services: readonly string[]): void {
    for (const service of services) this.#running.set(service, (this.#running.get(service) ?? 0) + 1);
    this.tell({ kind: 'cycle-started', services: [...services] }, [{ services }]);
  }

  cycleEnded(services: readonly string[]): void {
    for (const service of services) {
      const left = (this.#running.get(service) ?? 0) - 1;
      if (left > 0) this.#running.set(service, left);
      else this.#running.delete(service);
    }
    this.#version++;
  }

  planned(services: readonly string[], plan: Plan): void {
    for (const service of services) {
      const before = this.#services.get(service) ?? nothing;
      const board = {
        checks: plan.checks.filter((check) => check.service === service),
        skipped: plan.skipped.filter((one) => one.service === service),
        problems: before.problems,
      };
      this.#services.set(service, board);
      this.#index(before, board);
    }
    this.#version++;
  }

  /** A pass is one, unless it is known to be slow; anything else may turn out to be nobody's failure. */
  result(result: Result): void {
    if (result.verdict === 'pass' && !this.#slow.has(result.checkId)) this.#learn(result);
    else this.#unjudged.set(result.checkId, result.at);
  }

  judged(results: readonly Result[]): void {
    for (const result of results) {
      if (this.#unjudged.get(result.checkId) === result.at) {
        this.#unjudged.delete(result.checkId);
        this.#learn(result);
      } else this.#slowAfterAll(result);
    }
  }

  /** With it people were told that the operation is slow. */
  #slowAfterAll(result: Result): void {
    const before = this.#last.get(result.checkId);
    if (before?.at !== result.at || before.verdict !== 'pass' || !isToldSlow(result)) return;
    this.#slow.add(result.checkId);
    this.day.add(result.checkId, result.at, result.verdict, undefined);
    const service = this.#checks.get(result.checkId)?.service;
    if (service !== undefined) this.serviceDay.becomes(service, result.at, before.verdict, result.verdict);
  }

  cycleClosed(services: readonly string[], report: CycleReport): void {
    this.judged(report.results);
    // A problem belongs to the services that were read, not to one of them: kept with the first.
    for (const [index, service] of services.entries()) {
      const board = this.#services.get(service) ?? nothing;
      this.#services.set(service, { ...board, problems: index === 0 ? report.problems : [] });
    }
    this.#lastCycle = report.statistics;
    const { cycleId } = report.statistics;
    // One that waited for what hangs closes after the one that has begun since. Below 0: it waits to be stored, and has no number.
    for (const service of services) {
      const before = this.#lastCycles.get(service)?.cycleId ?? 0;
      if (cycleId < 0 || cycleId >= before) this.#lastCycles.set(service, report.statistics);
    }
    this.#meter?.cycle(report.statistics);
    this.#observed(() => {
      this.tell({ kind: 'cycle-closed', cycle: cycleView(report.statistics) }, [{ services }]);
      this.tellIncidents(report.transitions.map(({ incident }) => incident));
      if (report.changes.length > 0)
        this.tell({ kind: 'documents' }, [{ services: report.changes.map(({ service }) => service) }]);
      if (report.messages.length > 0)
        this.tell({ kind: 'channels' }, [
          { services: report.messages.flatMap(({ content }) => servicesIn(content)) },
        ]);
    });
  }

  looked(transitions: readonly Transition[]): void {
    this.#observed(() => this.tellIncidents(transitions.map(({ incident }) => incident)));
  }

  #observed(tell: () => void): void {
    this.#isObserving = true;
    tell();
    this.#isObserving = false;
  }

  configRead({ services }: Settings): void {
    const names = new Set(services.map(({ name }) => name));
    for (const [service, board] of this.#services) {
      if (names.has(service)) continue;
      this.#services.delete(service);
      this.#index(board, nothing);
    }
    this.#version++;
    for (const service of this.#lastCycles.keys()) if (!names.has(service)) this.#lastCycles.delete(service);
    this.#configReadAt = this.#clock.now();
    this.#refused = undefined;
    this.tell({ kind: 'configuration', ok: true }, 'everybody');
  }

  configRefused(problems: readonly Problem[]): void {
    this.#refused = { at: this.#clock.now(), problems };
    this.tell({ kind: 'configuration', ok: false }, 'everybody');
  }

  #learn(result: Result): void {
    this.#meter?.result(result);
    const { checkId, at, verdict, status, phases } = result;
    this.#keepLast(result);
    const totalMs = status === undefined ? undefined : phases.totalMs;
    this.day.add(checkId, at, verdict, totalMs);
    const service = this.#checks.get(checkId)?.service;
    if (service !== undefined) this.serviceDay.add(service, at, verdict, totalMs);
  }

  /** As it was found: whether it is slow, open incidents say. */
  #keepLast(result: Result): void {
    const { checkId } = result;
    this.#last.set(checkId, asAnswered(result));
    if (isToldSlow(result)) this.#slow.add(checkId);
    else this.#slow.delete(checkId);
  }

  /** Of one service: there may be very many operations of others. */
  #index(before: ServiceState, after: ServiceState): void {
    for (const { id } of before.checks) this.#checks.delete(id);
    for (const { id } of before.skipped) this.#skipped.delete(id);
    for (const check of after.checks) this.#checks.set(check.id, check);
    for (const one of after.skipped) this.#skipped.set(one.id, one);
    for (const { id } of before.checks) {
      if (this.#checks.has(id)) continue;
      this.#last.delete(id);
      this.#slow.delete(id);
      this.#unjudged.delete(id);
    }
  }
}

/** Of what a message tells, as far as it is about services. */
function servicesIn(content: MessageContent): readonly string[] {
  const { transitions, followUps = [], breakingChanges = [], firstReports = [] } = content;
  return [
    ...[...transitions, ...followUps].flatMap(({ incident }) => incident.services),
    ...[...breakingChanges, ...firstReports].map(({ service }) => service),
  ];
}
