import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { startWecom, type Wecom } from '../../../demo/wecom.ts';
import type { CycleEnd } from '../../incidents/analysis.ts';
import type { CredentialFailure } from '../../model/credential-failure.ts';
import { Baselines } from '../../incidents/latency/baselines.ts';
import { ErrorBudgets } from '../../incidents/slo/budgets.ts';
import { recheckSelection } from '../../incidents/root-cause/recheck-selection.ts';
import { type Outcome, result } from '../../incidents/world.fixture.ts';
import { concludeCycle, concludeLook, type Findings } from './conclude.ts';
import { learnBaselines, type Memory, recallLatencies } from './memory.ts';
import { Proofs } from './proofs.ts';
import { SetUps } from './set-ups.ts';
import { loadConfig } from '../../config/load.ts';
import { ManualClock } from '../../lib/time/clock.ts';
import { silentLogger } from '../../lib/logger.ts';
import { Redactor } from '../../lib/secrets/secret.ts';
import type { BudgetView } from '../../model/budget.ts';
import type { Check } from '../../model/check.ts';
import type { Incident } from '../../model/incident.ts';
import type { Settings } from '../../model/settings.ts';
import { isAlmostOver } from '../daemon/recheck-loop.ts';
import { createMessenger } from '../daemon/messenger.ts';
import type { Sender } from '../../notify/delivery/sender.ts';
import { openStore } from '../../store/open.ts';
import type { Store } from '../../store/store.ts';

const cycleMs = 900_000;
const going = new AbortController().signal;

/** What a call of a check at a time (epoch ms) comes to. */
export type WorldOverTime = (checkId: string, at: number) => Outcome;

/** Cycles whose results are given, a real store, a real sender and a WeCom stand-in, all on one clock. */
export class Duty {
  readonly clock: ManualClock;
  readonly wecom: Wecom;
  #checks: readonly Check[];
  readonly #folder: string;
  #parts: Memory;
  #settings: Settings;
  #sender: Sender;
  #read = 0;
  #open: readonly Incident[] = [];

  static async begin(options: {
    readonly at: string;
    readonly checks: readonly Check[];
    /** YAML of everything about messages; `$key` stands for the webhook of the robot of that key. */
    readonly config: string;
  }): Promise<Duty> {
    const clock = new ManualClock(Date.parse(options.at));
    const wecom = await startWecom({ clock });
    const folder = mkdtempSync(path.join(tmpdir(), 'apipatrol-duty-'));
    const settings = await settingsOf(options.config, wecom, options.checks);
    const store = await openStore(path.join(folder, 'patrol.db'), { clock, log: silentLogger });
    return new Duty(clock, wecom, folder, await partsOf(store, clock, settings), settings, options.checks);
  }

  private constructor(
    clock: ManualClock,
    wecom: Wecom,
    folder: string,
    parts: Memory,
    settings: Settings,
    checks: readonly Check[],
  ) {
    this.clock = clock;
    this.wecom = wecom;
    this.#folder = folder;
    this.#settings = settings;
    this.#checks = checks;
    this.#parts = parts;
    this.#sender = this.#newSender();
  }

  get store(): Store {
    return this.#parts.store;
  }

  get settings(): Settings {
    return this.#settings;
  }

  get sender(): Sender {
    return this.#sender;
  }

  /** One cycle now: outcomes by check id, `ok` for those that are not named. Its messages are sent. */
  async cycle(
    outcomes: Readonly<Record<string, Outcome>> = {},
    failures: readonly CredentialFailure[] = [],
    more: Partial<Findings> = {},
  ): Promise<void> {
    const { store, clock } = this.#parts;
    const now = clock.now();
    const cycle = await store.beginCycle(now, now);
    const end: CycleEnd = { ...cycle, outcome: 'complete', durationMs: 1, missed: 0 };
    const results = this.#checks.map(({ id }) => result(id, outcomes[id] ?? 'ok', now));
    const scope = [...new Set(this.#checks.map(({ service }) => service))];
    const findings = { checks: this.#checks, results, failures, scope, ...more };
    this.#open = (
      await concludeCycle(this.#parts, this.#settings, {
        ...findings,
        end,
        before: [],
        cycleResults: findings.results,
        notStored: findings.results,
      })
    ).open;
    await learnBaselines(this.#parts, scope, now);
    await this.send();
  }

  /** A look at what is wrong now, as there is one a minute between cycles. */
  async look(outcomeOf: (checkId: string) => Outcome): Promise<void> {
    const { recent, clock } = this.#parts;
    const wanted = recheckSelection(this.#open, this.#checks, (checkId) => recent.of(checkId));
    if (wanted.length === 0) return;
    const results = wanted.map((id) => result(id, outcomeOf(id), clock.now()));
    const findings = { checks: this.#checks, results, failures: [] };
    this.#open = (await concludeLook(this.#parts, this.#settings, findings)).open;
    await this.send();
  }

  /**
   * Cycles a quarter of an hour apart and looks in between, for so long, over a world that is asked for each call. A
   * failure in a cycle is looked at again after 5 and 20 seconds, as the engine does.
   */
  async patrol(forMs: number, world: WorldOverTime): Promise<void> {
    const end = this.clock.now() + forMs;
    while (this.clock.now() < end) {
      await this.cycle(
        Object.fromEntries(this.#checks.map(({ id }) => [id, confirmed(id, this.clock.now(), world)])),
      );
      for (let minute = 1; minute <= 15; minute++) {
        await this.clock.advance(50_000);
        if (this.#open.some(isAlmostOver)) await this.#lookNow(world);
        await this.clock.advance(10_000);
        if (minute < 15) await this.#lookNow(world);
      }
    }
  }

  async #lookNow(world: WorldOverTime): Promise<void> {
    const at = this.clock.now();
    await this.look((id) => world(id, at));
  }

  /** Another plan, and its services, from now on. */
  async plan(checks: readonly Check[], config: string): Promise<void> {
    this.#checks = checks;
    await this.configure(config);
  }

  /** The same outcomes every quarter of an hour for so long, the last one at the end. */
  async cycles(forMs: number, outcomes: Readonly<Record<string, Outcome>> = {}): Promise<void> {
    for (let passed = 0; passed < forMs; passed += cycleMs) {
      await this.clock.advance(cycleMs);
      await this.cycle(outcomes);
    }
  }

  /** How the objectives stand between two cycles. */
  budgets(): readonly BudgetView[] {
    return this.#parts.budgets.view([], this.#checks, this.clock.now());
  }

  /** What is due now. */
  async send(): Promise<void> {
    await this.#sender.deliverDue(going);
  }

  /** A new process on the same database. */
  async restart(): Promise<void> {
    this.#open = await this.store.openIncidents();
    this.#parts = await partsOf(this.store, this.clock, this.#settings);
    this.#sender = this.#newSender();
  }

  async configure(config: string): Promise<void> {
    this.#settings = await settingsOf(config, this.wecom, this.#checks);
    this.#sender.reconfigure(this.#settings);
  }

  /** First lines of what has come since the last call, pictures aside, with the robot's key: `ops 🔴…`. */
  news(): readonly string[] {
    const fresh = this.wecom.messages.slice(this.#read).filter(({ msgtype }) => msgtype !== 'image');
    this.#read = this.wecom.messages.length;
    return fresh.map(({ key, content }) => `${key} ${content.split('\n')[0]}`);
  }

  async end(): Promise<void> {
    await this.store.close();
    await this.wecom.close();
    rmSync(this.#folder, { recursive: true });
  }

  #newSender(): Sender {
    const { store, clock } = this.#parts;
    return createMessenger({
      store,
      settings: () => this.#settings,
      linkKey: undefined,
      clock,
      log: silentLogger,
      redactor: new Redactor(),
    });
  }
}

function confirmed(id: string, at: number, world: WorldOverTime): Outcome {
  const [first, ...again] = [0, 5000, 25_000].map((later) => world(id, at + later));
  if (first === undefined || !isFailure(first)) return first ?? 'ok';
  return again.every(isFailure) ? first : 'degraded flaky';
}

function isFailure(outcome: Outcome): boolean {
  return !/^(?:ok|degraded|blocked|unknown)/.test(outcome);
}

/** What a process knows when it starts. */
async function partsOf(store: Store, clock: ManualClock, { slo = [] }: Settings): Promise<Memory> {
  return {
    store,
    clock,
    recent: await recallLatencies(store, clock.now()),
    baselines: new Baselines(),
    // What is to happen here has been seen to work before.
    proofs: new Proofs([], () => true),
    trials: { news: () => [], adopt: () => undefined },
    habits: { news: () => [], adopt: () => undefined },
    setUps: new SetUps([]),
    budgets: new ErrorBudgets(slo, await store.budgetMemories()),
  };
}

async function settingsOf(config: string, wecom: Wecom, checks: readonly Check[]): Promise<Settings> {
  const text = config.replaceAll(/\$(\w+)/g, (_, key: string) => JSON.stringify(wecom.webhook(key)));
  const zone = text.includes('timeZone:') ? '' : 'timeZone: Asia/Shanghai\n';
  const services = [...new Set(checks.map(({ service }) => service))].map((name) => ({
    name,
    docs: './a.yaml',
  }));
  const yaml = `services: ${JSON.stringify(services)}\n${zone}${text}`;
  const loaded = await loadConfig('apipatrol.yaml', { env: {}, readFile: () => Promise.resolve(yaml) });
  if (!loaded.ok) throw new Error(JSON.stringify(loaded.problems, undefined, 2));
  return loaded.settings;
}
