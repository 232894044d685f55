import { Baselines } from '../../incidents/latency/baselines.ts';
import { ErrorBudgets } from '../../incidents/slo/budgets.ts';
import { recheckSelection } from '../../incidents/root-cause/recheck-selection.ts';
import { RecentLatencies } from '../../incidents/latency/recent.ts';
import { check, result } from '../../incidents/world.fixture.ts';
import { loadConfig } from '../../config/load.ts';
import { ManualClock } from '../../lib/time/clock.ts';
import { silentLogger } from '../../lib/logger.ts';
import { almostOverOf } from '../daemon/recheck-loop.ts';
import type { CredentialStatus } from '../../auth/manager.ts';
import type { Check } from '../../model/check.ts';
import type { Incident } from '../../model/incident.ts';
import type { MessageContent, OutboxEntry } from '../../model/message.ts';
import type { Result } from '../../model/result.ts';
import type { RouteSettings, Settings } from '../../model/settings.ts';
import { inMemory } from '../../store/sqlite/file/files.ts';
import { openStore } from '../../store/open.ts';
import type { Store } from '../../store/store.ts';
import type { Ask } from './ask.ts';
import { Assessor } from './assessor.ts';
import { Proofs } from './proofs.ts';
import type { UnderWay } from './running.ts';
import { SetUps } from './set-ups.ts';
import { introduced } from './set-ups.fixture.ts';
import type { Conclusion } from './conclude.ts';
import type { Memory } from './memory.ts';
import type { WorldOverTime } from './duty.fixture.ts';

const never = new AbortController().signal;

/** How fast things go. */
interface Pace {
  /** By so much the clock is set on at a time. */
  readonly tickMs: number;
  /** Between two calls of one cycle. */
  readonly apartMs: number;
  /** A failure is called again before it counts. */
  readonly confirmedAfterMs: readonly number[];
}

const leisurely: Pace = { tickMs: 500, apartMs: 500, confirmedAfterMs: [5000, 20_000] };
/** As the engine does it: what several services find in the same second comes in one after the other. */
export const asTheEngine: Pace = { tickMs: 50, apartMs: 150, confirmedAfterMs: [2000, 8000] };
/** What is asked beside the cycles, alike. */
const askedAfterMs = [2000];
/** What hangs is waited for so long, each time, and counts when it has hung twice. */
const timeLimitMs = 10_000;
const hungAgainAfterMs = [2000];
const lookEveryMs = 60_000;
const secondLookMs = 10_000;
/** At 20 a second. */
const callsPerLook = 200;
/** Of what was found last, so much is known after a restart. */
const lastReachMs = 30 * 60_000;

export interface Service {
  readonly name: string;
  readonly checks: readonly Check[];
  readonly everyMs: number;
  /** Its cycles begin so long after the full interval. */
  readonly offsetMs: number;
}

/** Operations of one document and host, called `NAME0`, `NAME1` … */
export function aService(
  name: string,
  count: number,
  {
    everyMs = 10_000,
    offsetMs = 0,
    origin = 'https://a.example',
  }: Partial<Pick<Service, 'everyMs' | 'offsetMs'> & Pick<Check, 'origin'>> = {},
): Service {
  const of = { service: name, documentId: `${name}:x.yaml`, origin, intervalMs: everyMs };
  const checks = Array.from({ length: count }, (_, no) => check(`${name}${no}`, of));
  return { name, checks, everyMs, offsetMs };
}

/** Of six operations each, of one host, called every ten seconds one after the other. */
export function sharingHost(...names: readonly string[]): readonly Service[] {
  return names.map((name, no) => aService(name, 6, { offsetMs: no * 100 }));
}

/** `opened #1 gateway of a b 9/13` */
export function summaryOf({ what, incident: { cause, members, services } }: Told): string {
  return `${what} ${cause.level} of ${services.join(' ')} ${members.count}/${members.of}`;
}

/** What a group was told of one incident. */
export interface Told {
  /** `opened #1`: incidents are numbered as they were first told. */
  readonly what: string;
  /** Seconds since `from`. */
  readonly atS: number;
  readonly incident: Incident;
  readonly relieved?: readonly string[];
  readonly totals: MessageContent['totals'];
}

/** What a group's route leads by. */
type Groups = Readonly<Record<string, Pick<RouteSettings, 'services' | 'owners'>>>;

/**
 * Services whose cycles begin at moments of their own, overlap and are judged as their results settle, out of order, with
 * looks in between, over a world that is asked at the time of each call. Each service has a group of its own.
 */
export class Rounds {
  readonly clock = new ManualClock(Date.UTC(2026, 0, 5, 8));
  /** How sign-ins stand. */
  credentials: readonly CredentialStatus[] = [];
  /** By channel, in the order in which they were told. */
  readonly messages: OutboxEntry[] = [];
  #services: readonly Service[];
  readonly #pace: Pace;
  readonly #store: Store;
  #settings: Settings;
  #assessor: Assessor;
  #memory: Memory;
  #world: WorldOverTime = () => 'ok';
  #stop = new AbortController();
  #running: Promise<void>;
  #underWay = new Map<string, UnderWay>();
  readonly #pending = new Set<Promise<void>>();
  readonly #work = new Work();
  #generation = 0;
  #looked = 0;

  /** @param groups Those who look after some services or owners, by channel; default: each service has its own, and one has all. */
  static async begin(
    services: readonly Service[],
    groups: Groups = groupsOf(services),
    pace: Pace = leisurely,
  ): Promise<Rounds> {
    const store = await openStore(inMemory, { clock: new ManualClock(), log: silentLogger });
    return new Rounds(services, await settingsOf(services, groups), store, pace);
  }

  private constructor(services: readonly Service[], settings: Settings, store: Store, pace: Pace) {
    this.#services = services;
    this.#pace = pace;
    this.#settings = settings;
    this.#store = this.#work.watched(store);
    this.#memory = this.#remember();
    this.#assessor = this.#assess();
    this.#running = this.#run();
  }

  get store(): Store {
    return this.#store;
  }

  get checks(): readonly Check[] {
    return this.#services.flatMap(({ checks }) => checks);
  }

  /** What a channel was told, at the times since `from`, epoch ms. */
  told(channel: string, from = 0): readonly Told[] {
    const numbers = new Map<string, number>();
    return this.messages
      .filter((entry) => entry.channel === channel)
      .flatMap(({ content: { transitions, totals } }) =>
        transitions.map(({ kind, at, incident, relieved }) => {
          const no = numbers.get(incident.id) ?? numbers.size + 1;
          numbers.set(incident.id, no);
          return { what: `${kind} #${no}`, atS: (at - from) / 1000, incident, relieved, totals };
        }),
      );
  }

  /** Documents have changed. */
  plan(services: readonly Service[]): void {
    this.#services = services;
  }

  /** So has the configuration. */
  async configure(services: readonly Service[], groups: Groups): Promise<void> {
    this.#settings = await settingsOf(services, groups);
    this.#services = services;
    this.#assessor.keepOnly(services.map(({ name }) => name));
  }

  /** So long, over a world. */
  async pass(ms: number, world: WorldOverTime): Promise<void> {
    this.#world = world;
    const end = this.clock.now() + ms;
    while (this.clock.now() < end) {
      const now = this.clock.now();
      for (const service of this.#services)
        if ((now - service.offsetMs) % service.everyMs === 0) this.#keep(this.#cycle(service));
      if (now % secondLookMs === 0) this.#keep(this.#look(await this.#toLookAt(now)));
      await this.clock.advance(this.#pace.tickMs);
      await this.#work.done();
    }
  }

  /** What runs is gone at once, with what it remembers; another process goes on with what is stored. */
  async kill(): Promise<void> {
    this.#generation++;
    this.#stop.abort();
    await this.#running;
    this.#stop = new AbortController();
    this.#underWay = new Map();
    this.#memory = this.#remember();
    this.#assessor = this.#assess();
    this.#assessor.remember(await this.#store.lastResults(lastReachMs));
    this.#running = this.#run();
  }

  async end(): Promise<void> {
    this.#generation++;
    this.#stop.abort();
    await this.#running;
    await this.clock.advance(lookEveryMs);
    await Promise.all(this.#pending);
    await this.#store.close();
  }

  #keep(work: Promise<void>): void {
    const kept = work.finally(() => this.#pending.delete(kept));
    this.#pending.add(kept);
  }

  async #cycle({ name, checks }: Service): Promise<void> {
    const [generation, assessor, startedAt] = [this.#generation, this.#assessor, this.clock.now()];
    const cycle = await this.#store.beginCycle(startedAt, startedAt);
    const underWay = this.#underWay;
    const heldUp = new Set(checks.flatMap(({ id }) => (underWay.has(id) ? [id] : [])));
    const due = checks.filter(({ id }) => !heldUp.has(id));
    const running = assessor.begin([name], checks, { startedAt, isPaced: false }, heldUp);
    for (const { id } of due) underWay.set(id, 'called');
    const results: Result[] = [];
    await Promise.all(
      due.map(async (one, no) => {
        await this.clock.sleep(no * this.#pace.apartMs);
        const found = await this.#call(one, this.#pace.confirmedAfterMs, (state) =>
          underWay.set(one.id, state),
        );
        underWay.delete(one.id);
        if (generation !== this.#generation) return;
        results.push(found);
        assessor.settled(found, one, running);
      }),
    );
    if (generation !== this.#generation) return;
    const durationMs = this.clock.now() - startedAt;
    const findings = {
      cycle: running,
      services: [name],
      end: { ...cycle, outcome: 'complete', durationMs, missed: 0 },
      results,
      notStored: results,
      skipped: [],
    } as const;
    this.#tell(await assessor.close(this.#settings, findings, never));
  }

  /** As the engine does: a failure counts when it is seen again. */
  async #call(
    { id }: Check,
    againAfterMs: readonly number[],
    waits: (state: UnderWay) => void = () => undefined,
  ): Promise<Result> {
    const began = this.clock.now();
    const first = this.#world(id, began);
    if (!isFailure(first)) return result(id, first, began);
    waits('hangs');
    await this.#waitFor(first);
    waits(first.startsWith('fail') ? 'confirmed' : 'hangs');
    const hungAgain = againAfterMs.length === 0 ? [] : hungAgainAfterMs;
    for (const afterMs of isHang(first) ? hungAgain : againAfterMs) {
      await this.clock.sleep(afterMs);
      const again = this.#world(id, this.clock.now());
      if (!isFailure(again)) return result(id, 'degraded flaky', this.clock.now());
      await this.#waitFor(again);
    }
    const calls = 1 + (isHang(first) ? hungAgain : againAfterMs).length;
    const last = { ...result(id, first, this.clock.now()), attempts: calls };
    const attempts = [{ at: began, code: last.reason.code, message: last.reason.message, totalMs: 1 }];
    return { ...last, evidence: { ...last.evidence, curl: 'curl', attempts } };
  }

  /** Once a minute all that is wrong, as soon as it has answered well once what is almost over. */
  async #toLookAt(now: number): Promise<readonly Incident[]> {
    const open = await this.#store.openIncidents();
    if (now - this.#looked < lookEveryMs) return almostOverOf(open);
    this.#looked = now;
    return open;
  }

  async #look(open: readonly Incident[]): Promise<void> {
    const [generation, assessor] = [this.#generation, this.#assessor];
    const recent = (id: string): readonly number[] => this.#memory.recent.of(id);
    const sweep = { unheard: assessor.unheard(), perOrigin: callsPerLook };
    const wanted = recheckSelection(open, this.checks, recent, sweep);
    if (wanted.length === 0 || generation !== this.#generation) return;
    const now = this.clock.now();
    const results = wanted.map((id) => result(id, this.#world(id, now), now));
    await this.clock.sleep(results.some(({ reason }) => reason.code === 'timeout') ? timeLimitMs : 0);
    if (generation === this.#generation) this.#tell(await assessor.look(this.#settings, results));
  }

  #waitFor(outcome: string): Promise<void> {
    return this.clock.sleep(isHang(outcome) ? timeLimitMs : 0);
  }

  #tell({ messages }: Conclusion): void {
    this.messages.push(...messages);
  }

  #remember(): Memory {
    const recent = new RecentLatencies();
    const [baselines, budgets] = [new Baselines(), new ErrorBudgets([])];
    // What is to happen here has been seen to work before.
    const proofs = new Proofs([], () => true);
    const nothing = { news: () => [], adopt: () => undefined };
    const setUps = new SetUps(introduced(this.#settings.services.map(({ name }) => name)));
    return {
      store: this.#store,
      clock: this.clock,
      recent,
      baselines,
      proofs,
      trials: nothing,
      habits: nothing,
      setUps,
      budgets,
    };
  }

  #assess(): Assessor {
    const ask: Ask = async (checks, _, settled, { once = false } = {}) => {
      const again = once ? [] : askedAfterMs;
      await Promise.all(checks.map(async (one) => settled(await this.#call(one, again), one)));
    };
    const tokens = { status: () => this.credentials };
    return new Assessor({ ...this.#memory, tokens, underWay: this.#underWay }, ask);
  }

  #run(): Promise<void> {
    return this.#assessor.run(
      this.#stop.signal,
      () => this.#settings,
      async (judge) => this.#tell(await judge()),
    );
  }
}

async function settingsOf(services: readonly Service[], groups: Groups): Promise<Settings> {
  const names = services.map(({ name }) => name);
  const yaml = JSON.stringify({
    services: names.map((name) => ({ name, docs: './x.yaml' })),
    channels: Object.fromEntries(
      Object.keys(groups).map((name) => [name, { kind: 'wecom-robot', webhook: 'k'.repeat(36) }]),
    ),
    routes: Object.entries(groups).map(([name, whose]) => ({ to: [name], ...whose })),
  });
  const loaded = await loadConfig('apipatrol.yaml', { env: {}, readFile: () => Promise.resolve(yaml) });
  if (!loaded.ok) throw new Error(JSON.stringify(loaded.problems));
  return loaded.settings;
}

function groupsOf(services: readonly Service[]): Groups {
  return { ...Object.fromEntries(services.map(({ name }) => [name, { services: [name] }])), everybody: {} };
}

function isHang(outcome: string): boolean {
  return outcome.startsWith('timeout');
}

function isFailure(outcome: string): boolean {
  return !/^(?:ok|degraded|blocked|unknown)/.test(outcome);
}

/** A clock that is moved by hand must not run ahead of what is being stored. */
class Work {
  #begun = 0;
  #going = 0;

  watched<T extends object>(store: T): T {
    return new Proxy(store, {
      get: (target, key) => {
        const value: unknown = Reflect.get(target, key, target);
        if (typeof value === 'object' && value !== null) return this.watched(value);
        if (typeof value !== 'function') return value;
        return (...given: unknown[]): unknown => {
          const answer: unknown = Reflect.apply(value, target, given);
          return answer instanceof Promise ? this.#watch(answer) : answer;
        };
      },
    });
  }

  /** Nothing is going on, and nothing has followed from what has just ended. */
  async done(): Promise<void> {
    for (let begun = -1; this.#going > 0 || begun !== this.#begun; ) {
      begun = this.#begun;
      for (let turn = 0; turn < 3; turn++) await new Promise((resolve) => setImmediate(resolve));
    }
  }

  async #watch(answer: Promise<unknown>): Promise<unknown> {
    this.#begun++;
    this.#going++;
    try {
      return await answer;
    } finally {
      this.#going--;
    }
  }
}
