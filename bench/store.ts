import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Clock, ManualClock } from '../src/lib/time/clock.ts';
import { silentLogger } from '../src/lib/logger.ts';
import type { Check } from '../src/model/check.ts';
import { countVerdicts } from '../src/model/cycle.ts';
import type { Result } from '../src/model/result.ts';
import { openStore } from '../src/store/open.ts';
import type { Store } from '../src/store/store.ts';
import type { Figure } from './figure.ts';

const checkCount = 10_000;
const cycleCount = 48;
const quarterMs = 900_000;
const start = Date.UTC(2026, 0, 5);

/** What results cost on disk and in time: half a day of 10,000 checks, of which one in a hundred fails. */
export async function benchStore(): Promise<readonly Figure[]> {
  const folder = mkdtempSync(join(tmpdir(), 'apipatrol-bench-'));
  const path = join(folder, 'patrol.db');
  const clock = new ManualClock(start);
  const store = await openStore(path, { clock, log: silentLogger });
  const bytes = (): number => statSync(path).size;
  const results = checkCount * cycleCount;
  try {
    const empty = bytes();
    const half = cycleCount / 2;
    const cpuS = await patrolFor(store, 0, half, clock);
    const writing = await measured(() => patrolFor(store, half, half, clock));
    const full = bytes();
    const rolling = await measured(() => store.prune(0));
    const rolled = bytes();
    const pruning = await measured(() => store.prune(start + (cycleCount / 2) * quarterMs));
    await patrolFor(store, cycleCount, cycleCount / 2, clock);
    const steady = bytes();
    return [
      { name: 'bytes a result on disk, 1 % failing', value: (full - empty) / results, unit: 'B', aim: 10 },
      { name: 'CPU to store 10,000 results', value: (cpuS / (results / 2)) * 1e7, unit: 'ms', aim: 8 },
      {
        name: 'longest stall while storing, checkpoints between cycles included',
        value: writing.stallMs,
        unit: 'ms',
        aim: 50,
      },
      {
        name: 'bytes a check and hour, rolled up',
        value: (rolled - full) / (checkCount * (cycleCount / 4)),
        unit: 'B',
      },
      { name: 'CPU to roll up 10,000 results', value: (rolling.cpuS / results) * 10_000, unit: 's' },
      { name: 'longest stall while rolling up', value: rolling.stallMs, unit: 'ms' },
      { name: 'CPU to delete 10,000 results', value: (pruning.cpuS / (results / 2)) * 10_000, unit: 's' },
      { name: 'longest stall while deleting', value: pruning.stallMs, unit: 'ms', aim: 20 },
      { name: 'size after deleting half and storing it again', value: steady / rolled, unit: '×', aim: 1.1 },
    ];
  } finally {
    await store.close();
    rmSync(folder, { recursive: true });
  }
}

/** What a cycle of one service costs a store that is not in this process: its first one, and one of every day. */
export async function costsOfCycles(store: Store, count: () => number): Promise<readonly Figure[]> {
  const figures: Figure[] = [];
  const of = async (name: string, aim: number, work: () => Promise<unknown>): Promise<void> => {
    const before = count();
    await work();
    figures.push({ name: `ways to the server: ${name}`, value: count() - before, unit: '', aim });
  };
  const results = (from: number, no: number) => batch(from, no, start);
  const cycle = async (checks: readonly Check[], no: number): Promise<void> => {
    const { id } = await store.beginCycle(start, start);
    await closeCycle(store, id, start, results(0, no), checks);
  };
  const inParts = async (no: number): Promise<void> => {
    const { id } = await store.beginCycle(start, start);
    for (let from = 0; from < checkCount; from += 500)
      await store.appendResults(id, results(from, no), checksFrom(from));
    await closeCycle(store, id, start);
  };
  await of('the first cycle of 500 operations', 25, () => cycle(checksFrom(0), 0));
  await of('a cycle of 500 operations, 5 failing', 12, () => cycle([], 1));
  await of('the first cycle of 10,000 operations, delivered in 20 parts, 100 failing', 400, () => inParts(2));
  await of('the next one', 150, () => inParts(3));
  return figures;
}

export async function cpuToStore(store: Store, clock: ManualClock): Promise<Figure> {
  await patrolFor(store, 0, 1, clock);
  const cpuS = await patrolFor(store, 1, 12, clock);
  return { name: 'CPU to store 10,000 results', value: (cpuS * 1000) / 12, unit: 'ms' };
}

/** Returns the seconds of processor time that storing took, without making what is stored. */
async function patrolFor(store: Store, first: number, cycles: number, clock: ManualClock): Promise<number> {
  const checks = Array.from({ length: checkCount / 500 }, (_, part) => checksFrom(part * 500));
  let cpuS = 0;
  for (let no = first; no < first + cycles; no++) {
    const at = start + no * quarterMs;
    const parts = checks.map((some, part) => ({ some, results: batch(part * 500, no, at) }));
    cpuS += await cpuOf(async () => {
      const { id } = await store.beginCycle(at, at);
      for (const { some, results } of parts) await store.appendResults(id, results, some);
      await closeCycle(store, id, at);
    });
    clock.jump(quarterMs);
  }
  return cpuS;
}

async function closeCycle(
  store: Store,
  cycleId: number,
  at: number,
  results: readonly Result[] = [],
  of = checksFrom(0, 0),
) {
  await store.closeCycle({
    statistics: {
      cycleId,
      outcome: 'complete',
      dueAt: at,
      startedAt: at,
      durationMs: 1,
      latenessMs: 0,
      missed: 0,
      checked: results.length,
      counts: countVerdicts([]),
      byService: {},
    },
    results,
    checks: of,
    open: [],
    transitions: [],
    messages: [],
  });
}

function checksFrom(from: number, count = 500): readonly Check[] {
  return Array.from({ length: count }, (_, no) => ({
    id: `check-${from + no}`,
    service: `service-${Math.floor((from + no) / 500)}`,
    operation: `GET /resources/${from + no}`,
  })) as unknown as readonly Check[];
}

/** Each service has cycles of its own; one in a thousand results is a failure, as on a usual day. */
const services = 20;
const asked = 60;

/** What the page and the commands ask of weeks of results. */
export async function benchHistory(): Promise<readonly Figure[]> {
  return [...(await historyOf(10_000, 30)), ...(await historyOf(100_000, 3))];
}

async function historyOf(operations: number, days: number): Promise<readonly Figure[]> {
  const folder = mkdtempSync(join(tmpdir(), 'apipatrol-bench-'));
  const path = join(folder, 'patrol.db');
  try {
    return await historyIn(
      {
        open: (clock) => openStore(path, { clock, log: silentLogger }),
        bytes: async () => statSync(path).size,
      },
      operations,
      days,
    );
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** A database to be measured. */
export interface StoreWorld {
  open(clock: Clock): Promise<Store>;
  bytes(): Promise<number>;
}

export async function historyIn(
  world: StoreWorld,
  operations: number,
  days: number,
): Promise<readonly Figure[]> {
  const clock = new ManualClock(start);
  const store = await world.open(clock);
  const size = `${operations.toLocaleString('en')} operations, ${days} days`;
  try {
    const last = await fill(store, operations, days, clock);
    await store.prune(0);
    const now = clock.now();
    const day = { from: now - 86_400_000, to: now };
    const check = (no: number) => `check-${(no * 7919) % operations}`;
    const questions: Readonly<Record<string, (no: number) => Promise<unknown>>> = {
      'the last 200 results of a check': (no) => store.history(check(no), { from: 0, to: now, limit: 200 }),
      'a day of a check': (no) => store.history(check(no), day),
      'twenty results of a cycle': (no) =>
        store.results(
          last,
          Array.from({ length: 20 }, (_, index) => check(no * 20 + index)),
        ),
      'the outcomes of a cycle': () => store.gallery.outcomes(last),
      'how often each check was flaky in a week': () =>
        store.gallery.countReason('flaky', { from: now - 7 * 86_400_000, to: now }),
      'an hour of a service': (no) =>
        read(store.rollups({ from: now - 2 * 3_600_000, to: now - 3_600_001 }, `service-${no % services}`)),
    };
    const figures: Figure[] = [
      {
        name: `${size}: bytes a result`,
        value: (await world.bytes()) / (operations * days * 96),
        unit: 'B',
        aim: 10,
      },
    ];
    for (const [question, ask] of Object.entries(questions)) {
      const times: number[] = [];
      for (let no = 0; no < asked; no++) {
        const from = performance.now();
        await ask(no);
        times.push(performance.now() - from);
      }
      const p95 = times.toSorted((a, b) => a - b)[Math.floor(asked * 0.95)] ?? 0;
      figures.push({ name: `${size}: ${question}, p95`, value: p95, unit: 'ms', aim: 100 });
    }
    return figures;
  } finally {
    await store.close();
  }
}

async function read(hours: AsyncIterable<unknown>): Promise<number> {
  let count = 0;
  for await (const _ of hours) count++;
  return count;
}

/** Returns the last cycle. */
async function fill(store: Store, operations: number, days: number, clock: ManualClock): Promise<number> {
  const each = operations / services;
  const checks = Array.from({ length: services }, (_, service) =>
    checksFrom(service * each, each).map((check) => ({ ...check, service: `service-${service}` })),
  );
  let last = 0;
  for (let tick = 0; tick < days * 96; tick++) {
    const at = clock.now();
    for (let service = 0; service < services; service++) {
      const { id } = await store.beginCycle(at, at + service);
      const results = Array.from({ length: each }, (_, index) => {
        const no = service * each + index;
        return (no + tick) % 1000 === 0 ? failing(no, at) : passing(no, tick, at);
      });
      await closeCycle(store, id, at, results, tick === 0 ? checks[service] : []);
      last = id;
    }
    clock.jump(quarterMs);
  }
  return last;
}

function batch(from: number, cycle: number, startedAt: number): readonly Result[] {
  // As results come in: nearly in the order of the plan.
  const numbers = Array.from({ length: 500 }, (_, no) => from + ((no * 37) % 500));
  return numbers.map((no) =>
    no % 100 === cycle % 100 ? failing(no, startedAt) : passing(no, cycle, startedAt),
  );
}

function passing(no: number, cycle: number, startedAt: number): Result {
  const totalMs = 20 + ((no * 7919 + cycle * 104_729) % 3000) / 10;
  return {
    checkId: `check-${no}`,
    at: startedAt + no * 50,
    verdict: 'pass',
    reason: { code: 'none', message: '' },
    status: 200,
    bytes: 200 + ((no * 31) % 5000),
    phases: { firstByteMs: totalMs - 1.3, downloadMs: 1.1, totalMs },
    attempts: 1,
    findings: [],
  };
}

function failing(no: number, startedAt: number): Result {
  return {
    ...passing(no, 0, startedAt),
    verdict: 'fail',
    reason: { code: 'status', message: 'HTTP 500, documented: 200, 404' },
    status: 500,
    attempts: 3,
    findings: [{ kind: 'status', level: 'error', message: 'HTTP 500', expected: '200, 404', found: '500' }],
    evidence: {
      curl: `curl -H 'authorization: ***' 'https://service-${no % 20}.internal.example/resources/${no}'`,
      responseHeaders: { 'content-type': 'application/json', date: 'Mon, 05 Jan 2026 08:00:00 GMT' },
      excerpt: `{"error":"internal","trace":"${(no * 2_654_435_761) % 4_294_967_296}","message":"connection pool exhausted"}`,
    },
  };
}

interface Measure {
  readonly cpuS: number;
  readonly stallMs: number;
}

/**
 * Processor time, and the most of it that was spent without a turn for anything else: what a measurement next door
 * would notice on a machine of its own.
 */
async function measured(work: () => Promise<unknown>): Promise<Measure> {
  const before = process.cpuUsage();
  let last = usedMs(before);
  let stallMs = 0;
  let running = true;
  const tick = (): void => {
    const now = usedMs(before);
    stallMs = Math.max(stallMs, now - last);
    last = now;
    if (running) setImmediate(tick);
  };
  setImmediate(tick);
  await work();
  running = false;
  return { cpuS: usedMs(before) / 1000, stallMs };
}

/** Without anything that watches it: seconds of processor time, of all threads. */
async function cpuOf(work: () => Promise<unknown>): Promise<number> {
  const before = process.cpuUsage();
  await work();
  return usedMs(before) / 1000;
}

function usedMs(since: NodeJS.CpuUsage): number {
  const { user, system } = process.cpuUsage(since);
  return (user + system) / 1000;
}
