import { isDeepStrictEqual } from 'node:util';
import { vaultKey } from './auth/vault.ts';
import type { Conclusion } from './cycle/conclude.ts';
import { type CertificateWatch, watchCertificates } from './daemon/certificate-watch.ts';
import { cycleFields } from './daemon/cycle-fields.ts';
import { settingsDiff } from './config/diff.ts';
import { type LoadedConfig, loadConfig } from './config/load.ts';
import { type ConfigWatcher, watchConfig } from './config/watch.ts';
import { Distress } from './daemon/distress.ts';
import { DocumentWatch } from './daemon/document-watch.ts';
import { messageOf } from './kit/errors.ts';
import type { Clock } from './kit/clock.ts';
import { groupBy } from './kit/group-by.ts';
import type { Logger } from './kit/logger.ts';
import type { Redactor, Secret } from './kit/secret.ts';
import type { Check } from './model/check.ts';
import type { Incident } from './model/incident.ts';
import type { Result } from './model/result.ts';
import type { Settings } from './model/settings.ts';
import { formatProblem } from './model/problem.ts';
import { createMessenger } from './daemon/messenger.ts';
import type { Sender } from './notify/sender.ts';
import type { Observer } from './daemon/observer.ts';
import { type BuiltParts, buildParts } from './parts.ts';
import { linkKey } from './daemon/link-key.ts';
import { Heartbeat } from './daemon/heartbeat.ts';
import { lanesOf, paceOf } from './daemon/lanes.ts';
import { Digests } from './daemon/digests.ts';
import { learnBaselines } from './cycle/learn.ts';
import { callNow, look } from './cycle/look.ts';
import { Lookout } from './daemon/lookout.ts';
import { type CycleReport, patrol } from './patrol.ts';
import { type DueCycle, type Lane, Scheduler } from './schedule/scheduler.ts';
import { openStore } from './store/open.ts';
import type { Store } from './store/store.ts';
import { ToldOnce } from './daemon/told-once.ts';
import { tokenVault } from './daemon/token-vault.ts';

export interface ServiceOptions {
  readonly configFile: string;
  readonly config: LoadedConfig;
  readonly env: NodeJS.ProcessEnv;
  readonly clock: Clock;
  readonly log: Logger;
  readonly redactor: Redactor;
  /** The working folder. */
  readonly root: string;
}

/** How long the last messages may take while stopping; what is not sent then is sent after the next start. */
const farewellMs = 5000;

/** The daemon: cycles on a grid, messages as they come, a configuration that may change under it. */
export class Service {
  /** Signs what links in messages allow. */
  readonly linkKey: Secret | undefined;
  readonly #options: ServiceOptions;
  readonly #stop = new AbortController();
  readonly #store: Store;
  readonly #parts: BuiltParts;
  readonly #sender: Sender;
  readonly #distress: Distress;
  readonly #scheduler: Scheduler;
  readonly #lookout: Lookout;
  readonly #certificates: CertificateWatch;
  readonly #digests = new Digests();
  readonly #watcher: ConfigWatcher;
  readonly #documents: DocumentWatch;
  #config: LoadedConfig;
  /** Read and found good, takes effect with the next cycle. */
  #next: LoadedConfig | undefined;
  #lanes: readonly Lane[];
  /** The latest plan of each source. */
  readonly #planned = new Map<string, readonly Check[]>();
  readonly #checks = (): readonly Check[] => [...this.#planned.values()].flat();
  /** Problems of documents and plans. */
  readonly #problems = new ToldOnce();
  #running = 0;
  readonly #heart: Heartbeat;
  #observer: Observer = {};

  static async open(options: ServiceOptions): Promise<Service> {
    const { clock, log, redactor, root, env, config } = options;
    const { settings } = config;
    const store = await openStore(settings.store.path, { clock, log, alone: true });
    const key = await vaultKey({ text: env['APIPATROL_KEY'], file: `${settings.store.path}.key` });
    const vault = tokenVault(key, store, log);
    const parts = await buildParts({ settings, store, clock, log, redactor, root, env, ...vault });
    return new Service(options, store, parts, linkKey(key));
  }

  private constructor(options: ServiceOptions, store: Store, parts: BuiltParts, key: Secret | undefined) {
    const { clock, log, redactor, config } = options;
    this.#options = options;
    this.linkKey = key;
    this.#config = config;
    this.#store = store;
    this.#parts = parts;
    this.#lanes = lanesOf(config.settings);
    this.#heart = new Heartbeat(log);
    this.#watcher = watchConfig(config.files, () => void this.reload());
    const settings = (): Settings => this.#config.settings;
    this.#sender = createMessenger({ store, settings, linkKey: key, clock, log, redactor });
    this.#distress = new Distress({ settings, clock, log, redactor });
    this.#lookout = new Lookout({
      clock,
      log,
      isBusy: () => this.#running > 0,
      look: (isWanted) => this.#look(isWanted),
    });
    this.#scheduler = new Scheduler({
      clock,
      lanes: () => this.#lanes,
      start: (due) => this.#cycle(due),
      onLate: (source, dueAt) => {
        const due = new Date(dueAt).toISOString();
        log.warn('cycle left out: the one before is still running', { source, due });
      },
    });
    this.#certificates = watchCertificates(parts, settings, this.#checks, (found) => this.#tellLook(found));
    const { signal } = this.#stop;
    this.#documents = new DocumentWatch({ parts, settings, scheduler: this.#scheduler, signal });
  }

  /** Patrols until `stop`; resolves when all that was started has ended and everything is closed. */
  async run(): Promise<void> {
    this.#documents.follow();
    const beside = [this.#sender, this.#lookout, this.#certificates].map((one) => one.run(this.#stop.signal));
    await this.#scheduler.run(this.#stop.signal);
    await Promise.all(beside);
    await this.#sender.deliverDue(AbortSignal.timeout(farewellMs));
    await this.close();
  }

  /** For one that is not going to run after all. */
  async close(): Promise<void> {
    await this.#watcher.close();
    await this.#documents.close();
    await this.#distress.close();
    await this.#parts.close();
    await this.#store.close();
  }

  /** Starts no new check, lets those in flight end within the grace period, stores what there is. */
  stop(): void {
    this.#stop.abort();
  }

  /** From now on `observer` is told what happens. */
  observe(observer: Observer): void {
    this.#observer = observer;
  }

  get store(): Store {
    return this.#store;
  }

  get config(): LoadedConfig {
    return this.#config;
  }

  /** When each source is patrolled next, epoch ms; without those that are not in the plan of the grid yet. */
  nextCycles(): readonly { readonly source: string; readonly at: number }[] {
    return this.#scheduler.nextStarts();
  }

  get sender(): Pick<Sender, 'health' | 'wake'> {
    return this.#sender;
  }

  get tokens(): BuiltParts['tokens'] {
    return this.#parts.tokens;
  }

  /** Looks at what is wrong as soon as no cycle runs. */
  lookNow(): void {
    this.#lookout.lookNow();
  }

  /** Calls one check now; `undefined` when it is not in the plan, or the patrol is being stopped. */
  async checkNow(checkId: string): Promise<Result | undefined> {
    const one = this.#checks().find(({ id }) => id === checkId);
    if (one === undefined) return undefined;
    const called = await callNow(this.#parts, this.#config.settings, this.#checks(), one, this.#stop.signal);
    this.#tellLook(called?.conclusion);
    return called?.result;
  }

  /** Starts a cycle of everything that is not being patrolled, outside the grid. */
  runNow(): void {
    this.#scheduler.runNow();
  }

  /** Reads the configuration again. A good one takes effect with the next cycle, a bad one is reported and left. */
  async reload(): Promise<void> {
    const { configFile, env, log, redactor } = this.#options;
    const loaded = await loadConfig(configFile, { env });
    this.#watcher.follow(loaded.files);
    if (!loaded.ok) {
      const problems = loaded.problems.map(formatProblem);
      log.error('configuration refused; the last good one stays in use', { problems });
      this.#observer.configRefused?.(loaded.problems);
      return;
    }
    for (const secret of loaded.secrets) redactor.add(secret);
    const changes = settingsDiff((this.#next ?? this.#config).settings, loaded.settings);
    if (changes.length === 0) {
      log.info('configuration read again, nothing has changed');
      this.#observer.configRead?.(loaded.settings);
      return;
    }
    this.#next = loaded;
    log.info('configuration changed, takes effect with the next cycle', { changes });
    if (this.#running === 0) this.#takeOver();
  }

  async #cycle({ dueAt, sources, intervalsMs, missed }: DueCycle): Promise<void> {
    const { log } = this.#options;
    if (this.#running === 0) this.#takeOver();
    this.#running++;
    this.#observer.cycleStarted?.(sources);
    try {
      const { settings } = this.#config;
      const due = intervalsMs === undefined ? {} : { intervalsMs, ...paceOf(intervalsMs) };
      const report = await patrol(
        this.#parts,
        { settings, dueAt, sources, missed, ...due },
        this.#stop.signal,
        {
          planned: (plan) => this.#observer.planned?.(sources, plan),
          result: (result) => this.#observer.result?.(result),
        },
      );
      await this.#distress.succeeded();
      this.#observer.cycleClosed?.(sources, report);
      for (const problem of this.#problems.news(report.problems.map(formatProblem)))
        log.warn('document problem', { problem });
      log.info('cycle closed', cycleFields(report.statistics));
      this.#sender.wake();
      this.#lookout.note(report.open);
      this.#learnPlan(sources, report);
      const { retentionMs, historyMs } = settings.store;
      const now = this.#options.clock.now();
      await this.#store.prune(now - retentionMs, now - historyMs);
      await learnBaselines(this.#parts, sources, now);
      if (await this.#digests.send(this.#store, settings, this.#options.clock.now())) this.#sender.wake();
    } catch (error) {
      log.error('cycle could not be stored; what it found is decided anew in the next one', {
        problem: messageOf(error),
      });
      await this.#distress.failed(error);
    } finally {
      this.#running--;
      void this.#heart.beat(this.#config.settings.heartbeat);
      this.#observer.cycleEnded?.(sources);
    }
  }

  /** Between two cycles, so that no cycle sees half of it. */
  #takeOver(): void {
    const next = this.#next;
    if (next === undefined) return;
    this.#next = undefined;
    if (next.settings.store.path !== this.#config.settings.store.path) {
      this.#options.log.warn('store.path takes effect after a restart');
    }
    this.#config = next;
    this.#parts.configure(next.settings);
    this.#documents.follow();
    this.#sender.reconfigure(next.settings);
    const names = new Set(next.settings.sources.map(({ name }) => name));
    for (const source of this.#planned.keys()) if (!names.has(source)) this.#planned.delete(source);
    this.#lanes = lanesOf(next.settings);
    this.#scheduler.replan();
    this.#observer.configRead?.(next.settings);
  }

  /** Operations may have intervals of their own; the plan knows them. */
  #learnPlan(sources: readonly string[], { plan }: CycleReport): void {
    const checks = groupBy(plan.checks, ({ source }) => source);
    for (const source of sources) this.#planned.set(source, checks.get(source) ?? []);
    const lanes = lanesOf(this.#config.settings, this.#planned.values());
    if (isDeepStrictEqual(lanes, this.#lanes)) return;
    this.#lanes = lanes;
    this.#scheduler.replan();
  }

  #tellLook(found: Conclusion | undefined): void {
    if (found === undefined) return;
    this.#observer.looked?.(found.transitions);
    if (found.messages.length > 0) this.#sender.wake();
  }

  async #look(isWanted: (incident: Incident) => boolean): Promise<Conclusion | undefined> {
    const { signal } = this.#stop;
    const found = await look(this.#parts, this.#config.settings, this.#checks(), signal, isWanted);
    this.#tellLook(found);
    return found;
  }
}
