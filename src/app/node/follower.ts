import { watchConfig, type ConfigWatcher } from '../../config/watch.ts';
import type { LoadedConfig } from '../../config/load.ts';
import { messageOf } from '../../lib/errors.ts';
import type { CycleReport } from '../run-cycle.ts';
import { type BuiltParts, buildParts } from '../composition.ts';
import type { DaemonOptions } from '../daemon.ts';
import type { Observer } from '../daemon/observer.ts';
import { planAhead } from '../daemon/standing.ts';
import type { Store } from '../../store/store.ts';
import type { Plan } from '../../model/check.ts';
import type { CapturedValue } from '../../plan/captures.ts';
import type { Happened } from './happened.ts';
import type { Learnt } from './learnt.ts';

export interface FollowerOptions extends Pick<DaemonOptions, 'clock' | 'log' | 'redactor' | 'root' | 'env'> {
  readonly store: Store;
  /** What whoever leads has learnt of a service. */
  readonly learnt: (service: string) => Promise<Partial<Learnt> | undefined>;
  readonly config: LoadedConfig;
  readonly observer: () => Observer;
  /** The configuration file has changed. */
  readonly changed: () => void;
}

/**
 * Shows what another node does: plans what it calls from the documents that are stored, and reads what came of it once a
 * cycle has closed. It calls nothing and writes nothing.
 */
export class Follower {
  readonly #options: FollowerOptions;
  readonly #watcher: ConfigWatcher;
  readonly #plans = new Map<string, Plan>();
  readonly #captured = new Map<string, Readonly<Record<string, CapturedValue>>>();
  /** Cycles that go on, by service. */
  readonly #running = new Map<string, number>();
  #epoch: number | undefined;
  #config: LoadedConfig;
  #parts: Promise<BuiltParts> | undefined;
  #isClosed = false;
  /** One after another: a cycle that closes is not shown before the plan of its service. */
  #last: Promise<void> = Promise.resolve();

  constructor(options: FollowerOptions) {
    this.#options = options;
    this.#config = options.config;
    this.#watcher = watchConfig(options.config.files, options.changed);
    this.planAll();
  }

  /** Another configuration is in use. */
  configure(config: LoadedConfig): void {
    this.#config = config;
    this.#watcher.follow(config.files);
    this.#plans.clear();
    this.#inTurn(async () => (await this.#built()).configure(config.settings));
    this.planAll();
  }

  watch(files: readonly string[]): void {
    this.#watcher.follow(files);
  }

  planAll(): void {
    for (const { name } of this.#config.settings.services)
      this.#inTurn(async () => void (await this.#plan(name)));
  }

  /** Of cycles that another leader had begun no end is heard of. */
  follow(epoch: number): void {
    if (epoch === this.#epoch) return;
    if (this.#epoch !== undefined) this.#inTurn(async () => this.#endAll());
    this.#epoch = epoch;
  }

  take(happened: Happened): void {
    switch (happened.kind) {
      case 'started':
        this.#inTurn(async () => this.#started(happened.services));
        break;
      case 'ended':
        this.#inTurn(async () => this.#ended(happened.services));
        break;
      case 'closed':
        this.#inTurn(() => this.#closed(happened));
        break;
      case 'incidents':
        this.#inTurn(() => this.#incidents(happened.ids, happened.since));
        break;
      case 'shown':
        break;
    }
  }

  async close(): Promise<void> {
    this.#isClosed = true;
    await this.#watcher.close();
    await this.#last;
    this.#endAll();
    await (await this.#parts)?.close();
  }

  #started(services: readonly string[]): void {
    for (const service of services) this.#running.set(service, (this.#running.get(service) ?? 0) + 1);
    this.#options.observer().cycleStarted?.(services);
  }

  /** Of one whose beginning was not heard of nothing was shown. */
  #ended(services: readonly string[]): void {
    for (const service of services) {
      const count = this.#running.get(service) ?? 0;
      if (count === 0) continue;
      this.#running.set(service, count - 1);
      this.#options.observer().cycleEnded?.([service]);
    }
  }

  #endAll(): void {
    for (const [service, count] of this.#running)
      for (let no = 0; no < count; no++) this.#options.observer().cycleEnded?.([service]);
    this.#running.clear();
  }

  #built(): Promise<BuiltParts> {
    const { store, clock, log, redactor, root, env } = this.#options;
    const { settings } = this.#config;
    this.#parts ??= buildParts({
      settings,
      store,
      clock,
      log,
      redactor,
      root,
      env,
      captured: () => this.#captured,
    });
    return this.#parts;
  }

  async #plan(service: string): Promise<Plan | undefined> {
    const { settings } = this.#config;
    if (!settings.services.some(({ name }) => name === service)) return undefined;
    const planned = await planAhead(await this.#built(), settings, service);
    const plan = await this.#filled(service, planned);
    this.#options.observer().planned?.([service], plan);
    return plan;
  }

  /** With what answers have held for others, as whoever leads calls them. */
  async #filled(service: string, plan: Plan): Promise<Plan> {
    const { refill, trials } = await this.#built();
    // A leader of the next version may say it otherwise: what documents tell is shown all the same.
    const learnt = await this.#options.learnt(service).catch(() => undefined);
    const { captured = [], trials: kept = [] } = learnt ?? {};
    const ids = plan.checks.map(({ id }) => id);
    for (const id of ids) this.#captured.delete(id);
    for (const [id, values] of captured) this.#captured.set(id, values);
    trials.take(ids, kept);
    const filled = { ...plan, checks: refill(plan.checks, this.#config.settings) };
    this.#plans.set(service, filled);
    return filled;
  }

  async #closed(happened: Extract<Happened, { kind: 'closed' }>): Promise<void> {
    const { services, cycleId, startedAt, changes, problems } = happened;
    const { store, clock, observer } = this.#options;
    const [service = ''] = services;
    const known = changes.length === 0 ? this.#plans.get(service) : undefined;
    const filled = known && (await this.#filled(service, known));
    const plan = filled ?? (await this.#plan(service)) ?? { checks: [], skipped: [], problems: [] };
    const range = { from: startedAt, to: Math.max(startedAt, clock.now()) };
    const statistics = (await store.cycles(range)).find((cycle) => cycle.cycleId === cycleId);
    if (statistics === undefined) return;
    const report: CycleReport = {
      plan,
      statistics,
      results: await store.results(cycleId),
      open: [],
      transitions: [],
      changes,
      problems,
      messages: [],
    };
    for (const result of report.results) observer().result?.(result);
    observer().cycleClosed?.(services, report);
  }

  async #incidents(ids: readonly string[], since: number): Promise<void> {
    const { store, clock, observer } = this.#options;
    const range = { from: since, to: Math.max(since, clock.now()) + 60_000 };
    const transitions = await store.transitions(range);
    observer().looked?.(transitions.filter(({ incident }) => ids.includes(incident.id)));
  }

  #inTurn(work: () => Promise<unknown>): void {
    this.#last = this.#last.then(async () => {
      if (this.#isClosed) return;
      try {
        await work();
      } catch (error) {
        this.#options.log.warn('what the leader does could not be read', { problem: messageOf(error) });
      }
    });
  }
}
