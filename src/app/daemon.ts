import { isDeepStrictEqual } from 'node:util';
import { keepKey, keyOf, tokenStoreKey } from '../auth/persistence/sealed-token-store.ts';
import type { Conclusion } from './cycle/conclude.ts';
import { type CertificateWatch, watchCertificates } from './daemon/certificate-watch.ts';
import { cycleFields, LogOnce } from './daemon/cycle-fields.ts';
import { changedServices, lateChanges, settingsDiff } from '../config/diff.ts';
import { ConfigEdits } from '../config/edit/config-edits.ts';
import { type LoadedConfig, loadConfig } from '../config/load.ts';
import { type ConfigWatcher, watchConfig } from '../config/watch.ts';
import { StoreAlert } from './daemon/store-alert.ts';
import { Guard } from './daemon/guard.ts';
import { whicheverEnds } from '../lib/time/deadline.ts';
import { messageOf } from '../lib/errors.ts';
import type { Clock } from '../lib/time/clock.ts';
import type { Logger } from '../lib/logger.ts';
import type { Redactor, Secret } from '../lib/secrets/secret.ts';
import type { Check } from '../model/check.ts';
import type { Result } from '../model/result.ts';
import type { Settings } from '../model/settings.ts';
import { formatProblem } from '../messages/in-language.ts';
import { createMessenger, linkKey } from './daemon/messenger.ts';
import type { Sender } from '../notify/delivery/sender.ts';
import { type Learnt, learntOf } from './node/learnt.ts';
import type { Observer } from './daemon/observer.ts';
import { type BuiltParts, buildParts } from './composition.ts';
import { Heartbeat } from './daemon/heartbeat.ts';
import {
  CycleHealth,
  heldUpBy,
  type HeldUpBy,
  type NotPatrolled,
  paceOf,
  slotsOf,
} from './daemon/cycle-health.ts';
import { Documents, DocumentWatch } from './daemon/documents.ts';
import { Housekeeping } from './daemon/housekeeping.ts';
import { learnBaselines } from './cycle/memory.ts';
import { callNow, recheck } from './cycle/recheck.ts';
import { RecheckLoop, type WantedOf } from './daemon/recheck-loop.ts';
import { type CycleReport, patrol } from './run-cycle.ts';
import { type DueCycle, type ScheduleSlot, CycleScheduler } from '../schedule/scheduler.ts';
import { openStore } from '../store/open.ts';
import type { Term } from '../store/nodes.ts';
import { planAhead, type Standing, standingIn } from './daemon/standing.ts';
import { openWhenFree, StoreToCome } from './daemon/open-when-free.ts';
import type { Store } from '../store/store.ts';
import { keepsDocuments } from '../incidents/root-cause/reported.ts';
import { tokenStoreOf } from './daemon/token-store.ts';

export interface DaemonOptions {
  readonly configFile: string;
  readonly config: LoadedConfig;
  readonly env: NodeJS.ProcessEnv;
  readonly clock: Clock;
  readonly log: Logger;
  readonly redactor: Redactor;
  readonly root: string;
  /** It patrols as the leader of several nodes; absent: it has its database alone. */
  readonly term?: Term;
}

/** How long the last messages may take while stopping; what is not sent then is sent after the next start. */
const farewellMs = 5000;

/** A restart is no pause worth a word. */
const restartMs = 30_000;

/** How long nobody has looked, ms. After the wall clock was set nobody knows. */
function downSince(lastRunAt: number | undefined, now: number): number {
  const ms = now - (lastRunAt ?? now);
  return ms < restartMs ? 0 : ms;
}

/** What is known before anything begins. */
interface Found {
  readonly key: Secret | undefined;
  readonly setByMs: number;
  readonly distress: StoreAlert;
  readonly standing: Standing;
}

/** The daemon: cycles on a grid, messages as they come, a configuration that may change under it. */
export class Daemon {
  /** Signs what links in messages allow. */
  readonly linkKey: Secret | undefined;
  readonly distress: StoreAlert;
  readonly #options: DaemonOptions;
  readonly #stop = new AbortController();
  readonly #store: Store;
  readonly #parts: BuiltParts;
  readonly #sender: Sender;
  readonly #scheduler: CycleScheduler;
  readonly #lookout: RecheckLoop;
  readonly #guard: Guard;
  readonly #certificates: CertificateWatch;
  readonly #watcher: ConfigWatcher;
  readonly #documents: Documents;
  readonly #documentWatch: DocumentWatch;
  readonly edits: ConfigEdits;
  #config: LoadedConfig;
  #lanes: readonly ScheduleSlot[];
  /** Services whose first cycle here is not due at once. */
  readonly #waiting: readonly string[];
  /** The latest plan of each service. */
  readonly #planned = new Map<string, readonly Check[]>();
  readonly #checks = (): readonly Check[] => [...this.#planned.values()].flat();
  /** What stands where it is called from is seen there. */
  readonly #checksHere = (): readonly Check[] => {
    const { services } = this.#config.settings;
    const elsewhere = new Set(
      services.flatMap(({ name, locations }) => (locations === undefined ? [] : [name])),
    );
    return this.#checks().filter(({ service }) => !elsewhere.has(service));
  };
  /** Problems of documents and plans. */
  readonly #problems = new LogOnce();
  /** What ends the running cycles of a service. */
  readonly #running = new Map<string, Set<AbortController>>();
  readonly #health: CycleHealth;
  readonly #heart: Heartbeat;
  readonly #housekeeping: Housekeeping;
  #observer: Observer = {};
  readonly #kept: (() => Promise<void>)[] = [];

  static async open(options: DaemonOptions): Promise<Daemon> {
    const { clock, log, redactor, root, env, config } = options;
    const { settings } = config;
    let daemon: Daemon | undefined;
    const coming = new StoreToCome();
    const distress = new StoreAlert({
      store: coming.port,
      settings: () => daemon?.config.settings ?? settings,
      clock,
      log,
      redactor,
    });
    const open = async () => {
      const opened =
        options.term?.store ?? (await openStore(settings.store.path, { clock, log, alone: true }));
      coming.opened(opened);
      return opened;
    };
    const store = await openWhenFree({ open, clock, log, distress });
    const setByMs = await store.followClock();
    const downMs = setByMs === 0 ? downSince(await store.lastRunAt(), clock.now()) : 0;
    const place = { text: env['APIPATROL_KEY'], file: `${settings.store.path}.key` };
    const key = await tokenStoreKey(place);
    const vault = tokenStoreOf(key, store, log);
    const parts = await buildParts({
      settings,
      store,
      clock,
      log,
      redactor,
      root,
      env,
      ...vault,
      downMs,
      key: keyOf(key),
    });
    const standing = await standingIn(options.term, settings, clock);
    const opened = new Daemon(options, store, parts, { key: linkKey(key), setByMs, distress, standing });
    daemon = opened;
    opened.keep(() => keepKey(place, key));
    return opened;
  }

  private constructor(
    options: DaemonOptions,
    store: Store,
    parts: BuiltParts,
    { key, setByMs, distress, standing }: Found,
  ) {
    const { clock, log, redactor, config, term } = options;
    this.#options = options;
    this.edits = new ConfigEdits(options.configFile, options.env);
    this.linkKey = key;
    this.#config = config;
    this.#store = store;
    this.#parts = parts;
    this.#lanes = [...slotsOf(config.settings), ...standing.slots];
    this.#waiting = standing.waiting;
    this.#heart = new Heartbeat(log, () => this.#config.settings.network);
    this.#watcher = watchConfig(config.files, () => void this.reload());
    const settings = (): Settings => this.#config.settings;
    this.#sender = createMessenger({
      store,
      settings,
      linkKey: key,
      clock,
      log,
      redactor,
      mayPost: term === undefined ? undefined : () => term.holds(),
    });
    this.distress = distress;
    if (parts.locations !== undefined) parts.locations.onMessage = () => this.#sender.wake();
    this.#guard = new Guard({
      store,
      distress,
      settings,
      clock,
      setByMs,
      log,
      wake: () => this.#sender.wake(),
      keep: async () => void (await Promise.all(this.#kept.map((look) => look()))),
    });
    this.#lookout = new RecheckLoop({
      clock,
      log,
      look: (wantedOf, services) => this.#look(wantedOf, services),
    });
    this.#scheduler = new CycleScheduler({
      clock,
      lanes: () => this.#lanes,
      standing: standing.grids,
      start: (due, called) => this.#cycle(due, called),
      isHeldUp: (service, intervalsMs) => this.#heldUpBy(service, intervalsMs) !== undefined,
      onLate: (service, dueAt, intervalsMs) => {
        const by = this.#heldUpBy(service, intervalsMs);
        if (!this.#health.leftOut(service, dueAt, by)) return;
        const due = new Date(dueAt).toISOString();
        const what = by === 'confirmed' ? 'confirmed' : 'called';
        log.warn(`cycle left out: what is due is still being ${what}`, { service, due });
      },
    });
    this.#certificates = watchCertificates(parts, settings, this.#checksHere, (found) =>
      this.#tellLook(found),
    );
    const { signal } = this.#stop;
    const scheduler = this.#scheduler;
    const late = (service: string): void => scheduler.runNow(service);
    this.#documents = new Documents({ parts, settings, clock, log, signal, late });
    this.#documentWatch = new DocumentWatch({
      documents: this.#documents,
      settings,
      scheduler,
      clock,
      signal,
    });
    this.#housekeeping = new Housekeeping({ parts, settings, clock });
    this.#health = new CycleHealth(clock);
    term?.lost.addEventListener('abort', () => this.stop());
  }

  /** Patrols until `stop`; resolves when all that was started has ended and everything is closed. */
  async run(): Promise<void> {
    this.#documentWatch.follow();
    const names = this.#config.settings.services.map(({ name }) => name);
    this.#health.follow(names);
    this.#options.log.info('patrol started', { services: names });
    const { signal } = this.#stop;
    const atLocations = this.#parts.locations?.watch.run(signal);
    const beside = [
      this.#sender.run(signal),
      this.#lookout.run(signal),
      this.#guard.run(signal),
      this.#certificates.run(signal),
      this.#parts.assessor.run(
        signal,
        () => this.#config.settings,
        (judge) => this.#judge(judge),
      ),
    ];
    await Promise.all([this.#scheduler.run(signal), this.#planAhead()]);
    await Promise.all(beside);
    await atLocations;
    if (!this.#isSuperseded) await this.#sender.deliverDue(AbortSignal.timeout(farewellMs));
    await this.close();
  }

  /** For one that is not going to run after all. */
  async close(): Promise<void> {
    await this.#watcher.close();
    await this.#documentWatch.close();
    await this.#documents.close();
    await this.distress.close();
    await this.#parts.close();
    await this.#store.close();
  }

  /** Starts no new check, lets those in flight end within the grace period, stores what there is. */
  stop(): void {
    this.#stop.abort();
  }

  /** What is known of checks beside their documents. */
  learnt(checks: readonly Check[]): Learnt {
    return learntOf(checks, this.#parts.captures.values, this.#parts.trials);
  }

  /** From now on `observer` is told what happens. */
  observe(observer: Observer): void {
    this.#observer = observer;
  }

  /** From now on `look` is called every few seconds: it makes anew what has gone from beside the database. */
  keep(look: () => Promise<void>): void {
    this.#kept.push(look);
  }

  get store(): Store {
    return this.#store;
  }

  get config(): LoadedConfig {
    return this.#config;
  }

  /** When each service is patrolled next, epoch ms; without those that are not in the plan of the grid yet. */
  nextCycles(): readonly { readonly service: string; readonly at: number }[] {
    return this.#scheduler.nextStarts();
  }

  documentsReadAt(service: string): number | undefined {
    return this.#documents.readAt(service);
  }

  get sender(): Pick<Sender, 'health' | 'wake'> {
    return this.#sender;
  }

  get tokens(): BuiltParts['tokens'] {
    return this.#parts.tokens;
  }

  /** Absent: nothing can be called from anywhere but here. */
  get locations(): BuiltParts['locations'] {
    return this.#parts.locations;
  }

  /** Services whose cycles do not close. */
  notPatrolled(): readonly NotPatrolled[] {
    return this.#health.notPatrolled(this.#config.settings);
  }

  /**
   * Looks at what is wrong at once.
   * @param services With which services; absent: all.
   */
  lookNow(services?: readonly string[]): void {
    this.#lookout.lookNow(services);
  }

  /** Calls one check now; `undefined` when it is not in the plan, or the patrol is being stopped. */
  async checkNow(checkId: string): Promise<Result | undefined> {
    const one = this.#checks().find(({ id }) => id === checkId);
    if (one === undefined) return undefined;
    const called = await callNow(this.#parts, this.#config.settings, one, this.#stop.signal);
    this.#tellLook(called?.conclusion);
    return called?.result;
  }

  /** Starts a cycle of one service, or of all, outside the grid; of what is being patrolled, once that has ended. */
  runNow(service?: string): void {
    this.#scheduler.runNow(service);
  }

  /** Reads the configuration again. A good one takes effect at once, a bad one is reported and left. */
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
    const changes = settingsDiff(this.#config.settings, loaded.settings);
    if (changes.length === 0) {
      log.info('configuration read again, nothing has changed');
      this.#observer.configRead?.(loaded.settings);
      return;
    }
    log.info('configuration changed', { changes });
    this.#takeOver(loaded);
  }

  /** Another node leads: nothing can be stored any more, and nothing is amiss with that. */
  get #isSuperseded(): boolean {
    return this.#options.term?.lost.aborted === true;
  }

  #heldUpBy(service: string, intervalsMs?: readonly number[]): HeldUpBy | undefined {
    return heldUpBy(this.#planned.get(service) ?? [], this.#parts.underWay, intervalsMs);
  }

  async #cycle(cycle: DueCycle, called: () => void): Promise<void> {
    const { dueAt, service, intervalsMs, missed } = cycle;
    const { log } = this.#options;
    const { settings } = this.#config;
    const cut = new AbortController();
    const either = whicheverEnds(this.#stop.signal, cut.signal);
    const running = this.#running.get(service) ?? new Set();
    this.#running.set(service, running.add(cut));
    const progress = this.#health.begun(service, missed);
    this.#observer.cycleStarted?.([service]);
    this.#readDocumentsBeforeNext(service);
    try {
      const due = intervalsMs === undefined ? {} : { intervalsMs, ...paceOf(intervalsMs) };
      const report = await patrol(
        this.#parts,
        { settings, dueAt, services: [service], missed, ...due },
        either.signal,
        {
          begun: ({ id }) => this.#keepGrid(cycle, id),
          planned: (plan, { length }) => {
            progress.planned = length;
            if (!this.#planned.has(service)) this.#planned.set(service, plan.checks);
            this.#observer.planned?.([service], plan);
          },
          result: (result) => {
            this.#health.settled(progress, result);
            this.#observer.result?.(result);
          },
          called: () => {
            this.#health.called(progress);
            called();
          },
        },
        () => this.#documents.take(service),
      );
      await this.distress.succeeded();
      this.#health.closed(progress, report.plan);
      this.#observer.cycleClosed?.([service], report);
      for (const problem of this.#problems.news(service, report.problems.map(formatProblem)))
        log.warn('document problem', { service, problem });
      log.info('cycle closed', { service, ...cycleFields(report.statistics) });
      if (report.messages.length > 0) this.#sender.wake();
      this.#afterEnds(report);
      await this.#parts.locations?.alone.judged(service, report.results, report.plan.checks);
      this.#lookout.note(report.open);
      if (!cut.signal.aborted) this.#learnPlan(service, report);
      await learnBaselines(this.#parts, [service], this.#options.clock.now());
      if (await this.#housekeeping.afterCycle()) this.#sender.wake();
    } catch (error) {
      if (this.#isSuperseded) return;
      log.error('cycle could not be stored; what it found is decided anew in the next one', {
        service,
        problem: messageOf(error),
      });
      this.#health.failed(progress, error);
      await this.distress.failed(error);
    } finally {
      either.done();
      running.delete(cut);
      if (running.size === 0) this.#running.delete(service);
      void this.#heart.beat(this.#config.settings.heartbeat);
      this.#observer.cycleEnded?.([service]);
    }
  }

  /** Of services whose grid goes on and whose next cycle is not due yet: as their documents were last readable. */
  async #planAhead(): Promise<void> {
    const { settings } = this.#config;
    for (const service of this.#waiting) {
      if (this.#stop.signal.aborted || this.#planned.has(service)) continue;
      try {
        const plan = await planAhead(this.#parts, settings, service);
        if (this.#planned.has(service) || this.#config.settings !== settings) continue;
        this.#planned.set(service, plan.checks);
        this.#parts.assessor.foresee(service, plan.checks);
        this.#observer.planned?.([service], plan);
      } catch (error) {
        this.#options.log.warn('what is called could not be planned ahead', {
          service,
          problem: messageOf(error),
        });
      }
    }
  }

  /** For whoever leads next. */
  async #keepGrid({ service, dueAt, intervalsMs, isAsked }: DueCycle, id: number): Promise<void> {
    const { term, clock, log } = this.#options;
    if (term === undefined || isAsked === true) return;
    const [anchorAgeMs, dueAgeMs] = [this.#scheduler.gridAgeMs(service), clock.now() - dueAt];
    const slots = this.#lanes.flatMap((lane) => (lane.service === service ? [lane.intervalMs] : []));
    try {
      await term.grid.begun({ id, service, anchorAgeMs, dueAgeMs, intervalsMs }, slots);
    } catch (error) {
      // Whoever leads next calls once more than it would have had to.
      if (this.#isSuperseded) throw error;
      log.debug('the grid could not be stored', { service, problem: messageOf(error) });
    }
  }

  #readDocumentsBeforeNext(service: string): void {
    const intervalMs = this.#config.settings.services.find(({ name }) => name === service)?.intervalMs;
    if (intervalMs !== undefined) this.#documents.readBefore(service, intervalMs);
  }

  /** What has come in while cycles go on. */
  async #judge(judge: () => Promise<Conclusion>): Promise<void> {
    try {
      const found = await judge();
      this.#lookout.note(found.open);
      this.#observer.judged?.(found.results);
      this.#tellLook(found);
    } catch (error) {
      if (this.#isSuperseded) return;
      this.#options.log.error('what was found could not be stored; it is decided anew', {
        problem: messageOf(error),
      });
    }
  }

  /**
   * No cycle waits for this, and none sees half of it: those of services that are another matter now are cut short and
   * begun anew.
   */
  #takeOver(next: LoadedConfig): void {
    const before = this.#config.settings;
    const { settings } = next;
    for (const key of lateChanges(before, settings))
      this.#options.log.warn(`${key} takes effect after a restart`);
    this.#config = next;
    this.#parts.configure(settings);
    const names = settings.services.map(({ name }) => name);
    const changed = changedServices(before, settings);
    this.#documents.forget(changed);
    this.#documentWatch.follow();
    this.#sender.reconfigure(settings);
    this.distress.reconfigure();
    this.#parts.assessor.keepOnly(names);
    this.#health.follow(names);
    for (const service of this.#planned.keys()) if (!names.includes(service)) this.#planned.delete(service);
    this.#lanes = slotsOf(settings, this.#planned.values());
    this.#scheduler.replan();
    this.#observer.configRead?.(settings);
    for (const service of changed) this.#beginAnew(service, names.includes(service), before);
  }

  #beginAnew(service: string, isPatrolled: boolean, before: Settings): void {
    const running = this.#running.get(service);
    for (const cut of running ?? []) cut.abort();
    const isNew = !before.services.some(({ name }) => name === service);
    if (isPatrolled && (isNew || running !== undefined)) this.#scheduler.runNow(service);
  }

  /** Operations may have intervals of their own; the plan knows them. */
  #learnPlan(service: string, { plan }: CycleReport): void {
    this.#planned.set(service, plan.checks);
    const services = this.#config.settings.services.filter(({ name }) => name === service);
    const wanted = slotsOf({ services }, [plan.checks]);
    const known = this.#lanes.filter((lane) => lane.service === service).map((lane) => lane.intervalMs);
    if (known.length === wanted.length && wanted.every((lane) => known.includes(lane.intervalMs))) return;
    const lanes = slotsOf(this.#config.settings, this.#planned.values());
    if (isDeepStrictEqual(lanes, this.#lanes)) return;
    this.#lanes = lanes;
    this.#scheduler.replan();
  }

  #tellLook(found: Conclusion | undefined): void {
    if (found === undefined) return;
    this.#observer.looked?.(found.transitions);
    if (found.messages.length > 0) this.#sender.wake();
    this.#afterEnds(found);
  }

  /** Documents that could not be had while a common cause was open are asked for anew. */
  #afterEnds({ transitions }: Pick<Conclusion, 'transitions'>): void {
    const isOver = transitions.some(
      ({ incident: { state, fingerprint } }) => state === 'resolved' && keepsDocuments(fingerprint),
    );
    if (isOver) void this.#documents.readAgain();
  }

  async #look(wantedOf: WantedOf, services?: ReadonlySet<string>): Promise<Conclusion | undefined> {
    const { signal } = this.#stop;
    const checks = this.#checks().filter(({ service }) => services?.has(service) !== false);
    const found = await recheck(this.#parts, this.#config.settings, checks, signal, wantedOf);
    this.#tellLook(found);
    return found;
  }
}
