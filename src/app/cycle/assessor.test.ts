import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { Baselines } from '../../incidents/latency/baselines.ts';
import { ErrorBudgets } from '../../incidents/slo/budgets.ts';
import { RecentLatencies } from '../../incidents/latency/recent.ts';
import { check, result } from '../../incidents/world.fixture.ts';
import { loadConfig } from '../../config/load.ts';
import { ManualClock } from '../../lib/time/clock.ts';
import { silentLogger } from '../../lib/logger.ts';
import type { CertificateTrouble } from '../../model/certificate.ts';
import type { Check } from '../../model/check.ts';
import type { UnreadableDocument } from '../../model/document.ts';
import type { Settings } from '../../model/settings.ts';
import { inMemory } from '../../store/sqlite/file/files.ts';
import { openStore } from '../../store/open.ts';
import type { Store } from '../../store/store.ts';
import { Proofs } from './proofs.ts';
import { SetUps } from './set-ups.ts';
import { introduced } from './set-ups.fixture.ts';
import { Assessor } from './assessor.ts';
import type { UnderWay } from './running.ts';

const start = Date.UTC(2026, 0, 5, 8);
const never = new AbortController().signal;

let clock: ManualClock;
let store: Store;
let assessor: Assessor;
let settings: Settings;
let told: string[];
/** With the cycle that has closed last. */
let judged: readonly string[];
let stop: AbortController;
let running: Promise<void>;
let setUps: SetUps;
let underWay: Map<string, UnderWay>;

beforeEach(async () => {
  clock = new ManualClock(start);
  store = await openStore(inMemory, { clock, log: silentLogger });
  const services = ['a', 'b', 'c'].map((name) => ({ name, docs: './x.yaml' }));
  const yaml = `services: ${JSON.stringify(services)}\n`;
  const loaded = await loadConfig('apipatrol.yaml', { env: {}, readFile: () => Promise.resolve(yaml) });
  if (!loaded.ok) throw new Error(JSON.stringify(loaded.problems));
  settings = loaded.settings;
  setUps = new SetUps(introduced(['a', 'b']));
  underWay = new Map();
  assessor = new Assessor(
    {
      store,
      clock,
      recent: new RecentLatencies(),
      baselines: new Baselines(),
      trials: { news: () => [], adopt: () => undefined },
      habits: { news: () => [], adopt: () => undefined },
      proofs: new Proofs([], ({ values }) => !values.some(({ origin }) => origin === 'generated')),
      setUps,
      budgets: new ErrorBudgets([]),
      tokens: { status: () => [] },
      underWay,
    },
    () => Promise.resolve(),
  );
  told = [];
  stop = new AbortController();
  running = assessor.run(
    stop.signal,
    () => settings,
    async (judge) => {
      const { transitions } = await judge();
      told.push(...transitions.map(({ kind, incident }) => `${kind} ${incident.fingerprint}`));
    },
  );
});

afterEach(async () => {
  stop.abort();
  await running;
  await store.close();
});

/** A cycle of one service that has begun, with operations at an origin. */
async function begin(
  service: string,
  count: number,
  origin = `https://${service}.example`,
  isPaced = false,
  heldUp: readonly string[] = [],
  unreadable?: readonly UnreadableDocument[],
) {
  const checks: readonly Check[] = Array.from({ length: count }, (_, no) =>
    check(`${service}${no}`, { service, documentId: `${service}:x.yaml`, origin }),
  );
  const startedAt = clock.now();
  const cycle = await store.beginCycle(startedAt, startedAt);
  const running = assessor.begin([service], checks, { startedAt, isPaced }, new Set(heldUp), unreadable);
  const results: ReturnType<typeof result>[] = [];
  return {
    settle(no: number, outcome: string, asCalled: Partial<Check> = {}): void {
      const planned = checks[no];
      if (planned === undefined) throw new Error(`there is no check ${no}`);
      const one = { ...planned, ...asCalled };
      const found = result(one.id, outcome, clock.now());
      results.push(found);
      assessor.settled(found, one, running);
    },
    async close(): Promise<readonly string[]> {
      const closing = assessor.close(
        settings,
        {
          cycle: running,
          services: [service],
          end: { ...cycle, outcome: 'complete', durationMs: clock.now() - startedAt, missed: 0 },
          results,
          notStored: results,
          skipped: [],
        },
        never,
      );
      await clock.advance(5000);
      const { transitions, statistics, results: all } = await closing;
      judged = all.map(({ checkId }) => checkId);
      expect(statistics.checked).toBe(results.length);
      return transitions.map(({ kind, incident }) => `${kind} ${incident.fingerprint}`);
    },
  };
}

describe('a document that cannot be read', () => {
  const broken = { documentId: 'a:broken.yaml', service: 'a', uri: 'broken.yaml', message: 'is not YAML' };

  it('is as the latest cycle of its own service has read it, whichever cycle ends when', async () => {
    const before = await begin('a', 1, undefined, false, [], []);
    const other = await begin('b', 1, undefined, false, [], []);
    await clock.advance(1000);
    const next = await begin('a', 1, undefined, false, ['a0'], [broken]);
    expect(await next.close()).toEqual(['opened document:a:broken.yaml']);
    other.settle(0, 'ok');
    expect(await other.close()).toEqual([]);
    before.settle(0, 'ok');
    expect(await before.close()).toEqual([]);
    const later = await begin('a', 1, undefined, false, [], []);
    later.settle(0, 'ok');
    expect(await later.close()).toHaveLength(1);
  });

  it('is told with that of the services that have it in common, once it has been read twice, and ends with it', async () => {
    const uri = 'https://docs.example/openapi.json';
    const read = async (isBroken: boolean): Promise<readonly (readonly string[])[]> => {
      const names = ['a', 'b', 'c'];
      const cycles = await Promise.all(
        names.map((service) => {
          const one = { documentId: `${service}:x.yaml`, service, uri, message: 'HTTP 503' };
          const unreadable = isBroken ? [{ ...one, askedAt: clock.now() }] : [];
          return begin(service, 1, undefined, false, [], service === 'c' ? [] : unreadable);
        }),
      );
      const told = [];
      for (const cycle of cycles) {
        cycle.settle(0, 'ok');
        told.push(await cycle.close());
        await clock.advance(1000);
      }
      return told;
    };
    expect(await read(true)).toEqual([[], [], []]);
    const both = (kind: string): readonly string[] =>
      ['a', 'b'].map((one) => `${kind} document:${one}:x.yaml`);
    expect(await read(true)).toEqual([both('opened'), [], []]);
    expect(await read(true)).toEqual([[], [], []]);
    expect(await read(false)).toEqual([both('resolved'), [], []]);
    expect(await store.openIncidents()).toEqual([]);
  });
});

describe('services behind one host', () => {
  const host = 'https://gateway.example';

  const cycles = async (ofA: string, ofB: string): Promise<readonly (readonly string[])[]> => {
    const [a, b] = [await begin('a', 6, host), await begin('b', 6, host)];
    for (let no = 0; no < 6; no++) {
      a.settle(no, ofA);
      b.settle(no, ofB);
    }
    await clock.advance(1000);
    const both: (readonly string[])[] = [];
    for (const cycle of [a, b]) {
      await cycle.close();
      both.push([...new Set(judged.map((id) => id.slice(0, 1)))]);
    }
    return both;
  };
  const open = async (): Promise<readonly string[]> =>
    (await store.openIncidents()).map(({ fingerprint }) => fingerprint);

  it('end their cycles each for itself while all is well, and are judged together when it is not', async () => {
    expect(await cycles('ok', 'ok')).toEqual([['a'], ['b']]);
    await cycles('ok', 'fail 503');
    expect(await open()).toEqual(['service:b']);
    await cycles('fail 503', 'fail 503');
    expect(await open()).toContain('gateway:https://gateway.example');
    await cycles('ok', 'ok');
    await cycles('ok', 'ok');
    expect(await open()).toEqual([]);
    expect(await cycles('ok', 'ok')).toEqual([['a'], ['b']]);
  });
});

describe('a new service', () => {
  it('is reported when all of it has been called once, whichever cycle ends first', async () => {
    const cycle = await begin('c', 3);
    cycle.settle(0, 'ok');
    await clock.advance(10_000);
    const next = await begin('c', 3, undefined, false, ['c1', 'c2']);
    next.settle(0, 'ok');
    await next.close();
    expect(await store.setUps()).toEqual([]);
    cycle.settle(1, 'ok');
    cycle.settle(2, 'unknown made-up-value');
    await cycle.close();
    expect(await store.setUps()).toMatchObject([{ service: 'c', counts: { called: 3, pass: 2 } }]);
  });
});

describe('what settles', () => {
  it('is judged seconds later, whatever else its cycle waits for, and told once', async () => {
    const cycle = await begin('a', 8);
    cycle.settle(0, 'fail 500');
    await clock.advance(4000);
    expect(told).toEqual([]);
    await clock.advance(1500);
    expect(told).toEqual(['opened operation:a0']);
    await clock.advance(60_000);
    for (let no = 1; no < 8; no++) cycle.settle(no, 'ok');
    expect(await cycle.close()).toEqual([]);
    expect(await store.openIncidents()).toMatchObject([{ failingCycles: 1, state: 'firing' }]);
  });

  it('and is well is judged with its cycle alone while nothing is wrong', async () => {
    const cycle = await begin('a', 2);
    cycle.settle(0, 'ok');
    cycle.settle(1, 'ok');
    await clock.advance(60_000);
    expect(await cycle.close()).toEqual([]);
    expect(await store.openIncidents()).toEqual([]);
  });

  it('counts a failing cycle once, however often it is judged', async () => {
    for (let no = 0; no < 3; no++) {
      const cycle = await begin('a', 4);
      for (let one = 0; one < 4; one++) {
        cycle.settle(one, 'connect-refused');
        await clock.advance(6000);
      }
      await cycle.close();
      await clock.advance(60_000);
    }
    expect(await store.openIncidents()).toMatchObject([
      { fingerprint: 'origin:https://a.example', failingCycles: 3, members: { count: 4, of: 4 } },
    ]);
  });

  it('counts for the cycle that has called it, though the next one has begun, and is told once', async () => {
    const cycle = await begin('a', 4);
    for (let no = 1; no < 4; no++) cycle.settle(no, 'ok');
    await clock.advance(10_000);
    const next = await begin('a', 4);
    for (let no = 1; no < 4; no++) next.settle(no, 'ok');
    expect(await next.close()).toEqual([]);
    cycle.settle(0, 'timeout');
    const told0 = await cycle.close();
    expect([...told0, ...told]).toEqual(['opened operation:a0']);
    expect((await store.cycles({ from: 0, to: clock.now() })).map(({ counts }) => counts)).toMatchObject([
      { pass: 3, fail: 0 },
      { pass: 3, fail: 1 },
    ]);
  });

  it('is judged again when it could not be stored', async () => {
    const cycle = await begin('a', 1);
    const record = store.record.bind(store);
    store.record = () => Promise.reject(new Error('disk full'));
    const failed: unknown[] = [];
    stop.abort();
    await running;
    stop = new AbortController();
    running = assessor.run(
      stop.signal,
      () => settings,
      async (judge) => {
        await judge().then(
          ({ transitions }) => told.push(...transitions.map(({ kind }) => kind)),
          (error: unknown) => failed.push(error),
        );
      },
    );
    cycle.settle(0, 'fail 500');
    await clock.advance(6000);
    expect([failed.length, told]).toEqual([1, []]);
    store.record = record;
    await clock.advance(6000);
    expect(told).toEqual(['opened']);
  });
});

describe('operations of a service that fail alike one after another', () => {
  function settleAt(cycle: Awaited<ReturnType<typeof begin>>, no: number, outcome: string): void {
    underWay.delete(`a${no}`);
    cycle.settle(no, outcome);
  }

  it('are told together, those that still hang included, though the next cycle has ended meanwhile', async () => {
    const cycle = await begin('a', 14);
    for (let no = 0; no < 10; no++) underWay.set(`a${no}`, 'hangs');
    for (let no = 10; no < 14; no++) cycle.settle(no, 'ok');
    for (let no = 0; no < 4; no++) settleAt(cycle, no, 'timeout');
    await clock.advance(2000);
    const hung = Array.from({ length: 10 }, (_, no) => `a${no}`);
    const next = await begin('a', 14, undefined, false, hung);
    for (let no = 10; no < 14; no++) next.settle(no, 'ok');
    expect(await next.close()).toEqual([]);
    await clock.advance(6000);
    expect(told).toEqual([]);
    for (let no = 4; no < 10; no++) settleAt(cycle, no, 'timeout');
    await clock.advance(1000);
    expect(told).toEqual(['opened origin:https://a.example']);
    expect(await store.openIncidents()).toMatchObject([{ members: { count: 10, of: 14 }, version: 1 }]);
  });

  it('are not over because their others are well while it waits for the last of them', async () => {
    const some = (from: number, to: number) => Array.from({ length: to - from }, (_, no) => from + no);
    const before = await begin('a', 20);
    for (const no of some(0, 20)) before.settle(no, no < 10 ? 'timeout' : 'ok');
    expect(await before.close()).toEqual(['opened service:a']);
    // They work once: what comes then has begun anew.
    const between = await begin('a', 20);
    for (const no of some(0, 20)) between.settle(no, 'ok');
    expect(await between.close()).toEqual([]);
    await clock.advance(20_000);
    const cycle = await begin('a', 20);
    for (const no of some(0, 10)) underWay.set(`a${no}`, 'hangs');
    for (const no of some(10, 20)) cycle.settle(no, 'ok');
    for (const no of some(0, 8)) settleAt(cycle, no, 'timeout');
    await clock.advance(5000);
    const next = await begin('a', 20, undefined, false, ['a8', 'a9']);
    for (const no of some(10, 20)) next.settle(no, 'ok');
    expect(await next.close()).toEqual([]);
    for (const no of some(8, 10)) settleAt(cycle, no, 'timeout');
    expect([...(await cycle.close()), ...told]).toEqual([]);
    expect(await store.openIncidents()).toMatchObject([{ state: 'firing', members: { count: 10, of: 20 } }]);
  });

  it('are told within eighteen seconds, whatever else may be found then', async () => {
    const cycle = await begin('a', 4);
    underWay.set('a1', 'hangs');
    settleAt(cycle, 0, 'timeout');
    await clock.advance(17_000);
    expect(told).toEqual([]);
    await clock.advance(1500);
    expect(told).toEqual(['opened operation:a0']);
  });

  it('wait neither for what fails otherwise nor for what is known to fail', async () => {
    const before = await begin('a', 3);
    before.settle(2, 'timeout');
    await before.close();
    const cycle = await begin('a', 3);
    underWay.set('a1', 'confirmed');
    underWay.set('a2', 'hangs');
    settleAt(cycle, 0, 'timeout');
    await clock.advance(6000);
    expect(told).toEqual(['opened operation:a0']);
  });
});

describe('an outage that shows within seconds', () => {
  async function outage(cycle: Awaited<ReturnType<typeof begin>>): Promise<void> {
    cycle.settle(0, 'connect-refused');
    cycle.settle(1, 'connect-refused');
    await clock.advance(300);
    for (let no = 2; no < 8; no++) cycle.settle(no, 'connect-refused');
  }

  const whole = [{ fingerprint: 'origin:https://b.example', members: { count: 8, of: 8 }, version: 1 }];

  async function openAtB() {
    return (await store.openIncidents()).filter(({ services }) => services.includes('b'));
  }

  it('is told as one, although what another service has found is judged in the middle of it', async () => {
    const [a, b] = [await begin('a', 8), await begin('b', 8)];
    a.settle(0, 'fail 500');
    await clock.advance(4900);
    await outage(b);
    expect(told).toEqual(['opened operation:a0']);
    await clock.advance(4800);
    expect(told).toEqual(['opened operation:a0', 'opened origin:https://b.example']);
    expect(await openAtB()).toMatchObject(whole);
  });

  it('is told as one while good answers of others are judged, because something is wrong there', async () => {
    const [a, b] = [await begin('a', 8), await begin('b', 8)];
    a.settle(0, 'fail 500');
    await clock.advance(6000);
    a.settle(1, 'ok');
    b.settle(7, 'ok');
    await clock.advance(4900);
    await outage(b);
    await clock.advance(5000);
    expect(told).toEqual(['opened operation:a0', 'opened origin:https://b.example']);
    expect(await openAtB()).toMatchObject(whole);
  });

  it('is told as one beside what has been wrong in the service for long, as its cycle ends', async () => {
    const host = 'https://b.example';
    const before = await begin('a', 1, host);
    before.settle(0, 'fail 500');
    await before.close();
    await clock.advance(60_000);
    const [a, b] = [await begin('a', 1, host), await begin('b', 8)];
    a.settle(0, 'fail 500');
    const closing = a.close();
    await clock.advance(4900);
    await outage(b);
    await closing;
    await clock.advance(5000);
    expect(told).toEqual(['opened origin:https://b.example']);
    expect(await openAtB()).toMatchObject([{ members: { count: 8 }, version: 1 }]);
  });
});

describe('services that share a host', () => {
  const host = 'https://gateway.example';

  it('and fail one after another within seconds are one incident', async () => {
    const [a, b] = [await begin('a', 3, host), await begin('b', 3, host)];
    for (let no = 0; no < 3; no++) a.settle(no, 'connect-refused');
    await clock.advance(2000);
    for (let no = 0; no < 3; no++) b.settle(no, 'connect-refused');
    const [ofA, ofB] = [a.close(), b.close()];
    expect([...(await ofA), ...(await ofB), ...told]).toEqual([`opened origin:${host}`]);
    expect(await store.openIncidents()).toMatchObject([
      { services: ['a', 'b'], members: { count: 6, of: 6 } },
    ]);
  });

  it('and are not called any more because it does not answer are one incident, whichever cycle ends first', async () => {
    const [a, b, c] = [await begin('a', 5, host), await begin('b', 5, host), await begin('c', 5, host)];
    for (let no = 0; no < 5; no++) {
      a.settle(no, 'connect-refused');
      b.settle(no, 'unknown origin-down');
      c.settle(no, 'unknown origin-down');
    }
    const ends = await Promise.all([b.close(), c.close(), a.close()]);
    expect([...ends.flat(), ...told]).toEqual([`opened origin:${host}`]);
    expect(await store.openIncidents()).toMatchObject([{ members: { count: 15, of: 15 }, version: 1 }]);
    await clock.advance(10_000);
    const next = await begin('a', 5, host);
    for (let no = 0; no < 5; no++) next.settle(no, no === 0 ? 'connect-refused' : 'unknown origin-down');
    expect(await next.close()).toEqual([]);
  });

  it('of which one more is found to be down are counted together, though the others are being called again', async () => {
    const [a, b] = [await begin('a', 5, host), await begin('b', 5, host)];
    await begin('c', 1, host);
    for (let no = 0; no < 5; no++) b.settle(no, no === 0 ? 'connect-refused' : 'unknown origin-down');
    expect(await b.close()).toEqual([`opened origin:${host}`]);
    await clock.advance(10_000);
    await begin('b', 5, host);
    for (let no = 0; no < 5; no++) a.settle(no, 'connect-refused');
    await clock.advance(5000);
    expect(told).toEqual([`changed origin:${host}`]);
    expect(await store.openIncidents()).toMatchObject([{ members: { count: 10, of: 11 } }]);
    await clock.advance(1000);
    for (let no = 0; no < 3; no++) (await begin('a', 5, host)).settle(no, 'connect-refused');
    await clock.advance(6000);
    expect(told).toHaveLength(1);
    expect(await store.openIncidents()).toMatchObject([{ members: { count: 10, of: 11 } }]);
  });

  it('of which one was not called are counted together as soon as the other has found that nobody answers', async () => {
    const [a, b] = [await begin('a', 5, host), await begin('b', 5, host)];
    for (let no = 0; no < 5; no++) b.settle(no, 'unknown origin-down');
    expect(await b.close()).toEqual([]);
    for (let no = 0; no < 5; no++) a.settle(no, 'connect-refused');
    expect([...(await a.close()), ...told]).toEqual([`opened origin:${host}`]);
    expect(await store.openIncidents()).toMatchObject([{ members: { count: 10, of: 10 } }]);
  });

  it('are told apart when one of them answers', async () => {
    const [a, b] = [await begin('a', 5, host), await begin('b', 5, host)];
    for (let no = 0; no < 5; no++) b.settle(no, 'ok');
    for (let no = 0; no < 5; no++) a.settle(no, 'timeout');
    expect(await b.close()).toEqual([]);
    expect([...(await a.close()), ...told]).toEqual(['opened service:a']);
  });

  it('have their incidents left alone by the cycles of others', async () => {
    const a = await begin('a', 3);
    for (let no = 0; no < 3; no++) a.settle(no, 'connect-refused');
    expect(await a.close()).toEqual(['opened origin:https://a.example']);
    const b = await begin('b', 3);
    for (let no = 0; no < 3; no++) b.settle(no, 'ok');
    expect(await b.close()).toEqual([]);
    expect(await store.openIncidents()).toHaveLength(1);
  });
});

describe('a host that dies while the calls are spread over minutes', () => {
  it('is the cause although most operations had answered well before', async () => {
    const cycle = await begin('a', 60, 'https://a.example', true);
    for (let no = 0; no < 60; no++) {
      cycle.settle(no, no < 45 ? 'ok' : 'timeout');
      await clock.advance(1000);
    }
    expect(told[0]).toBe('opened origin:https://a.example');
    await cycle.close();
    expect(told.filter((one) => one.startsWith('opened'))).toHaveLength(1);
  });
});

describe('a host that goes while some of its calls hang', () => {
  it.each([
    [4, 2, ['opened', 'changed']],
    [8, 5, ['opened']],
  ])('is told again when all of %i fail, unless most had: %i', async (count, before, kinds) => {
    const cycle = await begin('a', count);
    for (let no = 0; no < before; no++) cycle.settle(no, 'connect-refused');
    await clock.advance(8000);
    expect(await store.openIncidents()).toMatchObject([
      {
        members: { count: before, of: count },
        reason: { code: 'connect-refused' },
      },
    ]);
    for (let no = before; no < count; no++) cycle.settle(no, 'timeout');
    told.push(...(await cycle.close()));
    expect(told).toEqual(kinds.map((kind) => `${kind} origin:https://a.example`));
    expect(await store.openIncidents()).toMatchObject([{ members: { count, of: count } }]);
  });
});

describe('a wall clock that is set while something is wrong', () => {
  const dayMs = 86_400_000;

  it.each([-400, -3, 500])('by %i days changes nothing of how long it has lasted', async (days) => {
    for (let no = 0; no < 2; no++) {
      const cycle = await begin('a', 2);
      cycle.settle(0, 'fail 500');
      cycle.settle(1, 'ok');
      await cycle.close();
      await clock.advance(60_000);
    }
    const [before] = await store.openIncidents();
    const lasted = clock.now() - (before?.openedAt ?? 0);
    clock.jump(days * dayMs);
    const failing = await begin('a', 2);
    failing.settle(0, 'fail 500');
    failing.settle(1, 'ok');
    expect(await failing.close()).toEqual([]);
    const [open] = await store.openIncidents();
    expect(open).toMatchObject({ id: before?.id, failingCycles: 3, state: 'firing' });
    expect(clock.now() - (open?.openedAt ?? 0)).toBe(lasted + 5000);
    for (let no = 0; no < 2; no++) {
      const well = await begin('a', 2);
      well.settle(0, 'ok');
      well.settle(1, 'ok');
      await well.close();
      await clock.advance(5000);
    }
    const [ended] = await store.incidents({ from: 0, to: Number.MAX_SAFE_INTEGER });
    expect((ended?.resolvedAt ?? 0) - (ended?.openedAt ?? 0)).toBe(lasted + 15_000);
  });

  it('between the failure and its judgement dates the beginning by the clock as it is then', async () => {
    const cycle = await begin('a', 2);
    cycle.settle(0, 'fail 500');
    clock.jump(500 * dayMs);
    await clock.advance(6000);
    const [open] = await store.openIncidents();
    expect(clock.now() - (open?.openedAt ?? 0)).toBe(6000);
    await cycle.close();
  });
});

describe('a certificate that nobody accepts any more', () => {
  const trouble = {
    verdict: 'fail',
    code: 'tls',
    message: 'the certificate has expired',
    hasExpired: true,
  } as const;

  async function sighting(shown: CertificateTrouble = trouble) {
    const origin = 'https://a.example';
    const seen = assessor.sighted(settings, [{ origin, at: clock.now(), trouble: shown }], never);
    return { seen: seen.then(({ transitions }) => transitions.map(({ incident }) => incident)) };
  }

  it('is told once, with the calls that fail for it', async () => {
    const cycle = await begin('a', 4);
    const { seen } = await sighting();
    await clock.advance(2000);
    for (let no = 0; no < 4; no++) cycle.settle(no, 'tls');
    for (let second = 0; second < 6; second++) await clock.advance(1000);
    const all = [...told, ...(await seen).map(({ fingerprint }) => `opened ${fingerprint}`)];
    expect(all).toEqual(['opened origin:https://a.example']);
    expect(await store.openIncidents()).toMatchObject([{ members: { count: 4, of: 4 } }]);
  });

  it('is told once, with the calls that fail for it, to those who know that it ends soon', async () => {
    const before = await begin('a', 4);
    for (let no = 0; no < 4; no++) before.settle(no, 'ok');
    await before.close();
    const message = 'the certificate ends in 3 days';
    const soon = await sighting({ verdict: 'fail', code: 'certificate', message, hasExpired: false });
    expect(await soon.seen).toMatchObject([{ fingerprint: 'certificate:https://a.example' }]);
    await clock.advance(60_000);
    const cycle = await begin('a', 4);
    const { seen } = await sighting();
    await clock.advance(2000);
    for (let no = 0; no < 4; no++) cycle.settle(no, 'tls');
    for (let second = 0; second < 6; second++) await clock.advance(1000);
    const all = [...told, ...(await seen).map(({ fingerprint }) => `changed ${fingerprint}`)];
    expect(all).toEqual(['changed origin:https://a.example']);
    expect(await store.openIncidents()).toMatchObject([{ members: { count: 4, of: 4 } }]);
  });

  it('is told a moment later where no call shows it', async () => {
    const cycle = await begin('a', 4);
    for (let no = 0; no < 4; no++) cycle.settle(no, 'ok');
    await cycle.close();
    const { seen } = await sighting();
    await clock.advance(5000);
    expect(await seen).toMatchObject([
      { fingerprint: 'certificate:https://a.example', members: { count: 0 } },
    ]);
  });
});

it('judges a check by the values that it was called with, not by those that it was planned with', async () => {
  const values = [{ name: 'id', in: 'query', value: 1, origin: 'generated' }] as const;
  const made = await begin('a', 2);
  made.settle(0, 'fail 500', { values });
  made.settle(1, 'fail 500');
  expect(await made.close()).toEqual(['opened operation:a1']);
});
