import { describe, expect, it } from 'vitest';
import type { Check } from '../../model/check.ts';
import { all, check, cycleMs, type Outcome, randomOf, result, start, World } from '../world.fixture.ts';

const minute = 60_000;

function many(count: number, more: Partial<Check> = {}): readonly Check[] {
  return Array.from({ length: count }, (_, no) => check(`${more.service ?? 'o'}${no}`, more));
}

/** A world that answers in 50 ms, and three seconds later with the chance that each cycle has; what it told, by cycle. */
function watch(
  checks: readonly Check[],
  cycles: number,
  chanceIn: (cycle: number, one: Check) => number,
  { intervalMs = cycleMs, seed = 1 } = {},
): readonly string[] {
  const random = randomOf(seed);
  const paced = checks.map((one) => ({ ...one, intervalMs }));
  const world = new World(paced, { recovery: { successes: 2 } });
  return Array.from({ length: cycles }, (_, cycle) => {
    const outcomes = paced.map((one): [string, Outcome] => [
      one.id,
      random() < chanceIn(cycle, one) ? 'ok 3050' : 'ok 50',
    ]);
    return world.tell({ results: outcomes, afterMs: intervalMs }).map((words) => `${cycle} ${words}`);
  }).flat();
}

describe('three of ten answers that take three seconds more', () => {
  it.each([
    [minute, 1],
    [minute, 2],
    [10_000, 3],
    [cycleMs, 4],
    [cycleMs, 5],
  ])(
    'every %i ms, seed %i: one incident within three cycles, that ends when all is well',
    (intervalMs, seed) => {
      const told = watch(many(12), 60, (cycle) => (cycle >= 5 && cycle < 40 ? 0.3 : 0), { intervalMs, seed });
      expect(told).toHaveLength(2);
      expect(told[0]).toMatch(/^[67] opened slow:https:\/\/orders\.example$/);
      expect(told[1]).toMatch(/^4[1-5] resolved slow:https:\/\/orders\.example$/);
    },
  );

  it.each([
    [12, 0.3],
    [12, 0.5],
    [40, 0.2],
    [40, 0.3],
  ])(
    'of %i operations, share %f, are not over while they go on, whatever was well before',
    (count, share) => {
      for (let seed = 1; seed <= 25; seed++) {
        const chanceIn = (cycle: number): number => (cycle >= 5 && cycle < 40 ? share : 0);
        const told = watch(many(count), 52, chanceIn, { intervalMs: 10_000, seed });
        const roots = told.filter((words) => words.includes(' slow:'));
        expect(roots.map((words) => words.replace(/ slow:.*/, ''))).toEqual([
          expect.stringMatching(/^[5-8] opened$/),
          expect.stringMatching(/^4[0-9] resolved$/),
        ]);
      }
    },
  );

  it('says how many, how slow, and what the others take', () => {
    const world = new World(many(12));
    const third = Object.fromEntries(many(12).map(({ id }, no) => [id, no % 3 === 0 ? 'ok 3050' : 'ok 50']));
    for (let no = 0; no < 3; no++) world.play({ results: all(many(12), 'ok 50') });
    world.play({ results: third });
    expect(world.play({ results: third }).transitions).toMatchObject([
      {
        incident: {
          cause: { level: 'origin', subject: 'https://orders.example' },
          severity: 'minor',
          verdict: 'degraded',
          members: { count: 4, of: 12 },
          reason: {
            code: 'latency',
            message: '8 of the last 24 answers (33 %) were slow: about 3.05 s; the others took 50 ms',
          },
          expected: 'p95 ≤ 2 s',
          openedAt: start + 3 * cycleMs,
        },
      },
    ]);
  });

  it('also where the daemon has only just begun, and with few operations a little later', () => {
    expect(watch(many(40), 4, () => 0.3)[0]).toMatch(/^[12] opened slow:/);
    const [few] = watch(many(4), 40, (cycle) => (cycle >= 5 ? 0.3 : 0));
    expect(few).toMatch(/^(?:[6-9]|1\d) opened slow:/);
  });

  it('are the service that has them, not the host that it shares with others', () => {
    const pay = many(12, { service: 'pay' });
    const told = watch([...many(12), ...pay], 30, (cycle, { service }) =>
      cycle >= 5 && cycle < 15 && service === 'pay' ? 0.4 : 0,
    );
    expect(told.map((words) => words.replace(/^\d+ /, ''))).toEqual([
      'opened slow-service:pay',
      'resolved slow-service:pay',
    ]);
  });

  it('are the host when several of its services have them, and the service when it has several hosts', () => {
    const both = [...many(12), ...many(12, { service: 'pay' })];
    const shared = watch(both, 8, (cycle) => (cycle >= 4 ? 0.4 : 0));
    expect(shared.map((words) => words.replace(/^\d+ /, ''))).toEqual(['opened slow:https://orders.example']);
    const apart = many(12).map((one, no) => ({ ...one, origin: `https://h${no % 6}.example` }));
    const spread = watch(apart, 8, (cycle) => (cycle >= 4 ? 0.4 : 0));
    expect(spread.map((words) => words.replace(/^\d+ /, ''))).toEqual(['opened slow-service:orders']);
  });
});

describe('no word is worth', () => {
  it('one slow cycle, of however many', () => {
    expect(watch(many(12), 40, (cycle) => Number(cycle % 12 === 5))).toEqual([]);
    expect(watch(many(200), 40, (cycle) => Number(cycle === 5))).toEqual([]);
  });

  it.each([1, 2, 3])('what an objective allows, for a day (seed %i)', (seed) => {
    expect(watch(many(30), 96, () => 0.02, { seed })).toEqual([]);
  });

  it('a slow operation or two: they are told themselves', () => {
    const told = watch(many(12), 20, (cycle, { id }) => Number(cycle >= 5 && (id === 'o0' || id === 'o1')));
    expect(told).toEqual(['9 opened latency:o0', '9 opened latency:o1']);
  });

  it('what failed, or what we were too busy to measure', () => {
    const world = new World(many(12));
    for (let no = 0; no < 10; no++) {
      const results = many(12).map(({ id }) => result(id, 'ok 3050', start + no * cycleMs));
      const { transitions } = world.playResults(results.map((one) => ({ ...one, imprecise: true })));
      expect(transitions).toEqual([]);
    }
    const failing = new World(many(12));
    const slowAndBroken = many(12).map(({ id }) => {
      const broken = result(id, 'fail 504', start);
      return { ...broken, phases: { totalMs: 30_000 } };
    });
    const told = Array.from({ length: 4 }, (_, no) =>
      failing.playResults(slowAndBroken.map((one) => ({ ...one, at: start + no * cycleMs }))),
    );
    expect(
      told.flatMap(({ transitions }) => transitions.map(({ incident }) => incident.fingerprint)),
    ).toEqual(['gateway:https://orders.example']);
  });
});

it('what is far slower than usual is slow within the objective, too', () => {
  const world = new World(many(12));
  const usual = () => ({ ms: 50, spread: 0.2 });
  for (let no = 0; no < 5; no++) world.play({ results: all(many(12), 'ok 50'), usual });
  expect(world.tell({ results: all(many(12), 'ok 600'), usual })).toEqual([]);
  expect(world.tell({ results: all(many(12), 'ok 600'), usual })).toEqual([
    'opened slow:https://orders.example',
  ]);
});

it('what was slow before it was over does not begin it again', () => {
  const world = new World(many(12));
  for (let no = 0; no < 2; no++) world.play({ results: all(many(12), 'ok 3050') });
  const looks = Array.from({ length: 13 }, () =>
    world.tell({ results: { o0: 'ok', o1: 'ok', o2: 'ok' }, afterMs: minute, selection: true }),
  );
  expect(looks.flat()).toEqual(['resolved slow:https://orders.example']);
  expect(world.tell({ results: { ...all(many(12), 'ok 50'), o5: 'ok 3050' }, afterMs: 2 * minute })).toEqual(
    [],
  );
});

it('who waited for a host that did not answer was not answered slowly', () => {
  const world = new World(many(10), { recovery: { successes: 2 } });
  for (let no = 0; no < 3; no++) world.play({ results: all(many(10), 'ok 50'), afterMs: 10_000 });
  const told = [
    world.tell({ results: all(many(10), 'timeout'), afterMs: 10_000 }),
    ...Array.from({ length: 3 }, () => world.tell({ results: all(many(10), 'ok 7000'), afterMs: 10_000 })),
  ];
  expect(told.flat().filter((one) => one.includes(' slow'))).toEqual([]);
});

it('what is slow in all answers began with the first of them, whenever that was proven', () => {
  const checks = many(4);
  const world = new World(checks);
  const opened = [50, 50, 50, 3050, 3050, 3050, 3050].flatMap((ms) =>
    world.play({ results: all(checks, `ok ${ms}`) }).transitions.filter(({ kind }) => kind === 'opened'),
  );
  const [first] = opened;
  expect(first?.incident).toMatchObject({ openedAt: start + 3 * cycleMs, objectiveMs: 2000 });
});
