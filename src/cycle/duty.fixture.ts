import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { startWecom, type Wecom } from '../../demo/wecom.ts';
import type { CredentialFailure, CycleEnd } from '../analyze/analysis.ts';
import { Baselines } from '../analyze/baselines.ts';
import { ErrorBudgets } from '../analyze/budgets.ts';
import { RecentLatencies } from '../analyze/recent.ts';
import { type Outcome, result } from '../analyze/world.fixture.ts';
import { concludeCycle, type ConcludingParts } from './conclude.ts';
import { loadConfig } from '../config/load.ts';
import { ManualClock } from '../kit/clock.ts';
import { Semaphore } from '../kit/limits.ts';
import { silentLogger } from '../kit/logger.ts';
import { Redactor } from '../kit/secret.ts';
import type { BudgetView } from '../model/budget.ts';
import type { Check } from '../model/check.ts';
import type { Settings } from '../model/settings.ts';
import { createMessenger } from '../daemon/messenger.ts';
import type { Sender } from '../notify/sender.ts';
import { openStore } from '../store/open.ts';
import type { Store } from '../store/store.ts';

const cycleMs = 900_000;
const going = new AbortController().signal;

/** Cycles whose results are given, a real store, a real sender and a WeCom stand-in, all on one clock. */
export class Duty {
  readonly clock: ManualClock;
  readonly wecom: Wecom;
  readonly #checks: readonly Check[];
  readonly #folder: string;
  #parts: ConcludingParts;
  #settings: Settings;
  #sender: Sender;
  #read = 0;

  static async begin(options: {
    readonly at: string;
    readonly checks: readonly Check[];
    /** YAML of everything about messages; `$key` stands for the webhook of the robot of that key. */
    readonly config: string;
  }): Promise<Duty> {
    const clock = new ManualClock(Date.parse(options.at));
    const wecom = await startWecom({ clock });
    const folder = mkdtempSync(path.join(tmpdir(), 'apipatrol-duty-'));
    const settings = await settingsOf(options.config, wecom);
    const store = await openStore(path.join(folder, 'patrol.db'), { clock, log: silentLogger });
    return new Duty(clock, wecom, folder, await partsOf(store, clock, settings), settings, options.checks);
  }

  private constructor(
    clock: ManualClock,
    wecom: Wecom,
    folder: string,
    parts: ConcludingParts,
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
  ): Promise<void> {
    const { store, clock } = this.#parts;
    const now = clock.now();
    const cycle = await store.beginCycle(now, now);
    const end: CycleEnd = { ...cycle, outcome: 'complete', durationMs: 1, missed: 0 };
    const results = this.#checks.map(({ id }) => result(id, outcomes[id] ?? 'ok', now));
    const findings = { checks: this.#checks, results, failures, scope: ['orders'] };
    await concludeCycle(this.#parts, this.#settings, { ...findings, end, notStored: results });
    await this.send();
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
    this.#parts = await partsOf(this.store, this.clock, this.#settings);
    this.#sender = this.#newSender();
  }

  async configure(config: string): Promise<void> {
    this.#settings = await settingsOf(config, this.wecom);
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

/** What a process knows when it starts. */
async function partsOf(store: Store, clock: ManualClock, { slo = [] }: Settings): Promise<ConcludingParts> {
  return {
    store,
    clock,
    recent: new RecentLatencies(await store.recentLatencies(clock.now() - 24 * 3_600_000, 24)),
    baselines: new Baselines(),
    budgets: new ErrorBudgets(slo, await store.budgetMemories()),
    ledger: new Semaphore(1),
  };
}

async function settingsOf(config: string, wecom: Wecom): Promise<Settings> {
  const text = config.replaceAll(/\$(\w+)/g, (_, key: string) => JSON.stringify(wecom.webhook(key)));
  const zone = text.includes('timeZone:') ? '' : 'timeZone: Asia/Shanghai\n';
  const yaml = `docs: ./a.yaml\n${zone}${text}`;
  const loaded = await loadConfig('apipatrol.yaml', { env: {}, readFile: () => Promise.resolve(yaml) });
  if (!loaded.ok) throw new Error(JSON.stringify(loaded.problems, undefined, 2));
  return loaded.settings;
}
