import { keyFromText, keyOf } from '../../auth/persistence/sealed-token-store.ts';
import type { ConfigEdits } from '../../config/edit/config-edits.ts';
import { type LoadedConfig, loadConfig } from '../../config/load.ts';
import { messageOf } from '../../lib/errors.ts';
import type { Secret } from '../../lib/secrets/secret.ts';
import { formatProblem } from '../../messages/in-language.ts';
import type { Check } from '../../model/check.ts';
import type { Result } from '../../model/result.ts';
import type { Settings } from '../../model/settings.ts';
import type { Claim, Leader, Members, Nodes, Sight, Term, Tries } from '../../store/nodes.ts';
import { openNodesAt } from '../../store/open.ts';
import { type Store, StoreError } from '../../store/store.ts';
import type { NotPatrolled } from '../daemon/cycle-health.ts';
import { linkKey } from '../daemon/messenger.ts';
import type { Observer } from '../daemon/observer.ts';
import { openWhenFree, StoreToCome } from '../daemon/open-when-free.ts';
import { requireKey } from '../daemon/require-key.ts';
import { StoreAlert, type StorageTrouble } from '../daemon/store-alert.ts';
import { Daemon, type DaemonOptions } from '../daemon.ts';
import type { Desk } from '../locations/desk.ts';
import { AtRest } from '../../work/sealing.ts';
import { Asking } from './asking.ts';
import { ClockWatch } from './clock-watch.ts';
import { claimOf, refuseOtherKey, refuseOthers } from './claim.ts';
import { Follower } from './follower.ts';
import { both, type Happened, teller } from './happened.ts';
import type { Learnt } from './learnt.ts';
import { type LeaderState, nothingSaid, stateOf } from './leader-state.ts';
import { deskOf } from './node-desk.ts';
import { Telling } from './telling.ts';

/** How often is looked at who leads; what people do on one page is seen on the others by then. */
const lookEveryMs = 500;
/** While other nodes ask for something again and again. */
const lookSoonMs = 100;
const askedLatelyMs = 5000;
const keepEveryMs = 10_000;
/**
 * Between two attempts to lead that came to nothing, and after the database was away: whoever led until then has something to store,
 * and has renewed its lease by then.
 */
const againMs = 5000;

const statusName = 'status page';

/** What of all nodes is known here. */
export interface Role {
  /** `Member.id` of this node. */
  readonly id: string;
  readonly role: 'leader' | 'follower';
  /** `host, process 12`; absent: nobody leads at the moment. */
  readonly leader?: string;
  /** The leader has another configuration. */
  readonly differs: boolean;
}

interface Leading {
  readonly daemon: Daemon;
  readonly term: Term;
}

/**
 * One of several processes on one database. The one that leads patrols, by a daemon of its own that begins with what is stored as
 * after a restart; the others show what it does and pass on to it what they are asked for. Who leads no longer follows.
 */
export class Node {
  readonly linkKey: Secret | undefined;
  /** Where workers ask for work, whoever leads. */
  readonly desk: Desk | undefined;
  readonly #options: DaemonOptions;
  readonly #nodes: Nodes;
  /** Seals what nodes keep and tell one another for workers. */
  readonly #atRest: AtRest;
  readonly #stop = new AbortController();
  #config: LoadedConfig;
  #observer: Observer = {};
  #shown: (event: unknown, concerns: unknown) => void = () => undefined;
  readonly #kept: (() => Promise<void>)[] = [];
  readonly #alert: StoreAlert;
  readonly #telling: Telling;
  readonly #asking: Asking;
  #leading: Leading | undefined;
  /** Resolves when all has ended that this one began when it led. */
  #ended: Promise<void> | undefined;
  /** Why it cannot go on. */
  #refusal: unknown;
  #follower: Follower | undefined;
  #leader: Leader | undefined;
  #said: LeaderState = nothingSaid;
  /** What was said last when this one led. */
  #toldState = '';
  #problem: string | undefined;
  #differs = false;
  #mayLeadAt = 0;
  #askedAt = -Infinity;
  #keepAt = 0;

  /** Waits for the database as a daemon does. Rejects with a `StoreError`, also where others patrol other services. */
  static async open(options: DaemonOptions & { readonly url: string }): Promise<Node> {
    const { clock, log, redactor, env, config, url } = options;
    const { settings } = config;
    requireKey(settings.store, env['APIPATROL_KEY']);
    const store = new StoreToCome().port;
    const distress = new StoreAlert({ store, settings: () => settings, clock, log, redactor });
    const open = () => openNodesAt({ path: settings.store.path, url }, { clock, log });
    const nodes = await openWhenFree({ open, clock, log, distress });
    try {
      const { leader } = await nodes.look();
      if (leader !== undefined) {
        refuseOthers(leader, settings);
        refuseOtherKey(leader, claimOf(settings, options.configFile, env['APIPATROL_KEY']));
      }
      return new Node(options, nodes, distress);
    } catch (error) {
      await distress.close();
      await nodes.close();
      throw error;
    }
  }

  private constructor(options: DaemonOptions, nodes: Nodes, alert: StoreAlert) {
    this.#options = options;
    this.#nodes = nodes;
    this.#alert = alert;
    this.#config = options.config;
    const key = keyFromText(options.env['APIPATROL_KEY'] ?? '');
    this.linkKey = linkKey(key);
    this.#atRest = new AtRest(keyOf(key) ?? new Uint8Array());
    this.#telling = new Telling(nodes, options.log);
    this.#asking = new Asking({
      nodes,
      atRest: this.#atRest,
      log: options.log,
      signal: this.#stop.signal,
      leading: () => this.#leading?.daemon,
      leader: () => this.#leader?.told ?? '',
    });
    this.desk = deskOf({
      store: nodes.store,
      atRest: this.#atRest,
      clock: options.clock,
      settings: () => this.config.settings,
      leading: () => this.#leading?.daemon,
      ask: (sealed) => this.#asking.askToSign(sealed),
    });
  }

  /**
   * Leads or follows until `stop`; resolves when all that was started has ended and everything is closed. Rejects when it cannot go
   * on, as where others patrol other services.
   */
  async run(): Promise<void> {
    const { clock } = this.#options;
    const { signal } = this.#stop;
    while (!signal.aborted) {
      await this.#look();
      await this.#keep();
      const isAsked = clock.monotonic() - this.#askedAt < askedLatelyMs;
      await clock.sleep(isAsked ? lookSoonMs : lookEveryMs, signal);
    }
    const led = this.#leading?.daemon;
    await this.#ended;
    this.#said = led === undefined ? nothingSaid : stateOf(led);
    await this.close();
    if (this.#refusal !== undefined) throw this.#refusal;
  }

  async close(): Promise<void> {
    await this.#alert.close();
    await this.#follower?.close();
    await this.#telling.ended();
    await this.#nodes.close();
  }

  stop(): void {
    this.desk?.stop();
    this.#stop.abort();
    this.#leading?.daemon.stop();
  }

  observe(observer: Observer): void {
    this.#observer = observer;
  }

  keep(look: () => Promise<void>): void {
    this.#kept.push(look);
  }

  /** What is shown on the page of one node is told those who look at another one's. */
  readonly relay = {
    tell: (event: unknown, concerns: unknown): void => this.#telling.tell({ kind: 'shown', event, concerns }),
    listen: (shown: (event: unknown, concerns: unknown) => void): void => void (this.#shown = shown),
  };

  get role(): Role {
    const role = this.#leading === undefined ? 'follower' : 'leader';
    return { id: this.#nodes.id, role, leader: this.#leader?.told, differs: this.#differs };
  }

  /** What those who have subscribed to the status page have been told, whoever led. */
  readonly statusTold = {
    read: (): Promise<unknown> => this.#nodes.kept(statusName),
    keep: async (told: unknown): Promise<void> => this.#leading?.term.keep(statusName, told),
  };

  get tries(): Tries {
    return this.#nodes.tries;
  }

  members(): Promise<Members> {
    return this.#nodes.members();
  }

  get store(): Store {
    return this.#nodes.store;
  }

  get config(): LoadedConfig {
    return this.#leading?.daemon.config ?? this.#config;
  }

  /** Only the leader's: what one node writes, the others do not read. */
  get edits(): ConfigEdits | undefined {
    return this.#leading?.daemon.edits;
  }

  nextCycles(): LeaderState['next'] {
    return this.#leading?.daemon.nextCycles() ?? this.#said.next;
  }

  documentsReadAt(service: string): number | undefined {
    return this.#leading?.daemon.documentsReadAt(service) ?? this.#said.readAt[service];
  }

  notPatrolled(): readonly NotPatrolled[] {
    return this.#leading?.daemon.notPatrolled() ?? this.#said.notPatrolled;
  }

  readonly sender = {
    health: (): LeaderState['channels'] => this.#leading?.daemon.sender.health() ?? this.#said.channels,
    wake: (): void => this.#asking.hand({ kind: 'wake' }),
  };

  readonly tokens = {
    status: (): LeaderState['credentials'] => this.#leading?.daemon.tokens.status() ?? this.#said.credentials,
    forget: (credential?: string): void => this.#asking.hand({ kind: 'forget', credential }),
    retry: async (credential: string): Promise<void> =>
      void (await this.#asking.ask({ kind: 'retry', credential })),
  };

  readonly distress = this.#distress();

  #distress(): { readonly trouble: StorageTrouble | undefined } {
    const trouble = (): StorageTrouble | undefined =>
      this.#leading === undefined ? this.#said.trouble : this.#leading.daemon.distress.trouble;
    return {
      get trouble() {
        return trouble();
      },
    };
  }

  async checkNow(checkId: string): Promise<Result | undefined> {
    return (await this.#asking.ask({ kind: 'check-now', checkId })).result;
  }

  runNow(service?: string): void {
    this.#asking.hand({ kind: 'run-now', service });
  }

  lookNow(services?: readonly string[]): void {
    this.#asking.hand({ kind: 'look-now', services });
  }

  /** Each node reads its own file; the leader is asked to read its own as well. */
  async reload(): Promise<void> {
    if (this.#leading !== undefined) return this.#leading.daemon.reload();
    await this.#reloadHere();
    this.#asking.hand({ kind: 'reload' });
  }

  async #look(): Promise<void> {
    try {
      const sight = await this.#nodes.look();
      this.#problem = undefined;
      this.#leader = sight.leader;
      await this.#stepDownFor(sight.leader);
      if (sight.leader !== undefined && this.#leading === undefined) this.#followOf(sight.leader);
      // One of the version before says less.
      if (sight.said !== undefined)
        this.#said = { ...nothingSaid, ...(JSON.parse(sight.said) as Partial<LeaderState>) };
      for (const what of sight.happened) this.#take(JSON.parse(what) as Happened);
      if (this.#leading !== undefined) await this.#lead(this.#leading, sight);
      else if (sight.leader === undefined) await this.#leadIfFree();
    } catch (error) {
      if (error instanceof StoreError && error.code === 'newer') return this.#refuse(error);
      const problem = messageOf(error);
      this.#mayLeadAt = this.#options.clock.monotonic() + againMs;
      if (problem !== this.#problem) this.#options.log.warn('who leads is not known', { problem });
      this.#problem = problem;
    }
  }

  #take(happened: Happened): void {
    if (happened.kind === 'shown') this.#shown(happened.event, happened.concerns);
    else this.#follower?.take(happened);
  }

  /** Whoever wakes up sees that another one leads before its own lease has told it. */
  async #stepDownFor(leader: Leader | undefined): Promise<void> {
    if (leader !== undefined && leader.id !== this.#nodes.id) await this.#leading?.term.holds();
  }

  #followOf(leader: Leader): void {
    this.#compare(leader);
    this.#follower ??= this.#newFollower();
    this.#follower.follow(leader.epoch);
  }

  async #leadIfFree(): Promise<void> {
    const isTooEarly = this.#options.clock.monotonic() < this.#mayLeadAt;
    if (isTooEarly || this.#ended !== undefined || this.#stop.signal.aborted) return;
    const term = await this.#nodes.lead(this.#claim());
    if (term !== undefined) await this.#takeOver(term);
  }

  async #takeOver(term: Term): Promise<void> {
    const { clock, log } = this.#options;
    try {
      const daemon = await Daemon.open({ ...this.#options, config: this.#config, term });
      this.#begin(daemon, term);
    } catch (error) {
      await term.store.close();
      if (!(error instanceof StoreError)) return this.#refuse(error);
      log.error('this node could not begin to lead', { problem: error.message });
      this.#mayLeadAt = clock.monotonic() + againMs;
    }
    await this.#follower?.close();
    this.#follower = undefined;
  }

  #begin(daemon: Daemon, term: Term): void {
    const { log, clock } = this.#options;
    const tell = (what: Happened): void => {
      if (!term.lost.aborted) this.#telling.tell(what);
    };
    log.info('this node leads');
    daemon.observe(
      both(
        () => this.#observer,
        teller(
          tell,
          () => clock.now(),
          (services, { checks }) => this.#learn({ daemon, term }, services, checks),
        ),
      ),
    );
    this.#leading = { daemon, term };
    if (daemon.locations !== undefined) daemon.locations.onPut = () => this.desk?.nudge();
    void this.#watchClocks(daemon, term);
    this.#leader = undefined;
    this.#differs = false;
    this.#toldState = '';
    this.#ended = daemon
      .run()
      .catch(async (error: unknown) => {
        await daemon.close();
        if (!term.lost.aborted) this.#refuse(error);
      })
      .finally(() => this.#end(daemon));
    term.lost.addEventListener('abort', () => this.#stepDown(daemon));
    if (term.lost.aborted) this.#stepDown(daemon);
    if (this.#stop.signal.aborted) daemon.stop();
  }

  async #watchClocks({ sender }: Daemon, { store, lost }: Term): Promise<void> {
    const { clock, log } = this.#options;
    const wake = (): void => sender.wake();
    const settings = (): Settings => this.config.settings;
    const watch = new ClockWatch({ nodes: this.#nodes, store, settings, clock, log, wake });
    await watch.run(AbortSignal.any([lost, this.#stop.signal]));
  }

  /** Another one leads, or may. What this one was doing comes to its end beside, and nothing of it is stored. */
  #stepDown(daemon: Daemon): void {
    if (this.#leading?.daemon !== daemon || this.#stop.signal.aborted) return;
    this.#options.log.warn('this node leads no longer: another one may have taken over; it follows');
    this.#config = daemon.config;
    this.#leading = undefined;
  }

  #end(daemon: Daemon): void {
    if (this.#leading?.daemon === daemon) this.#leading = undefined;
    this.#ended = undefined;
  }

  #refuse(error: unknown): void {
    this.#refusal = error;
    this.stop();
  }

  #claim(): Claim {
    return claimOf(this.config.settings, this.#options.configFile, this.#options.env['APIPATROL_KEY']);
  }

  async #lead({ daemon, term }: Leading, { asked }: Sight): Promise<void> {
    if (asked.length > 0) this.#askedAt = this.#options.clock.monotonic();
    for (const { id, what } of asked) this.#asking.answer(id, what, daemon, term);
    const state = stateOf(daemon, this.#said);
    const claim = this.#claim();
    const told = JSON.stringify([claim, state]);
    if (told === this.#toldState || term.lost.aborted) return;
    await term.say(JSON.stringify(state), claim);
    [this.#toldState, this.#said] = [told, state];
  }

  /** So that they show what is called as it is called. */
  #learn({ daemon, term }: Leading, [service = '']: readonly string[], checks: readonly Check[]): void {
    this.#telling.inTurn(async () => {
      if (!term.lost.aborted) await term.keep(`learnt ${service}`, daemon.learnt(checks));
    });
  }

  #newFollower(): Follower {
    const { clock, log, redactor, root, env } = this.#options;
    log.info('this node follows', { leader: this.#leader?.told });
    return new Follower({
      clock,
      log,
      redactor,
      root,
      env,
      store: this.#nodes.store,
      learnt: (service) => this.#nodes.kept(`learnt ${service}`) as Promise<Learnt | undefined>,
      config: this.#config,
      observer: () => this.#observer,
      changed: () => void this.#reloadHere(),
    });
  }

  async #reloadHere(): Promise<void> {
    const { configFile, env, log, redactor } = this.#options;
    const loaded = await loadConfig(configFile, { env });
    this.#follower?.watch(loaded.files);
    if (!loaded.ok) {
      const problems = loaded.problems.map(formatProblem);
      log.error('configuration refused; the last good one stays in use', { problems });
      this.#observer.configRefused?.(loaded.problems);
      return;
    }
    for (const secret of loaded.secrets) redactor.add(secret);
    this.#config = loaded;
    this.#follower?.configure(loaded);
    this.#observer.configRead?.(loaded.settings);
  }

  /** While a new configuration is brought to one node after the other they differ for a while. */
  #compare(leader: Leader): void {
    try {
      refuseOthers(leader, this.#config.settings);
    } catch (error) {
      return this.#refuse(error);
    }
    const differs = this.#claim().configuration !== leader.configuration;
    if (differs && !this.#differs)
      this.#options.log.warn('the leader has another configuration than this node', { leader: leader.told });
    this.#differs = differs;
  }

  async #keep(): Promise<void> {
    const { clock, log } = this.#options;
    if (clock.monotonic() < this.#keepAt) return;
    this.#keepAt = clock.monotonic() + keepEveryMs;
    try {
      await Promise.all(this.#kept.map((look) => look()));
    } catch (error) {
      log.warn('what is to lie beside the database cannot be made anew', { problem: messageOf(error) });
    }
  }
}
