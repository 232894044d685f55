import { describe, expect, it } from 'vitest';
import { lastedMs } from '../../model/incident.ts';
import { check, confirmedAfterMs, cycleMs, randomOf, result, start, World } from '../world.fixture.ts';

const a = check('a');

describe('an operation', () => {
  it.each<[string, readonly Record<string, string>[], readonly (readonly string[])[]]>([
    ['that works is not worth a word', [{ a: 'ok' }, { a: 'ok' }], [[], []]],
    [
      'that fails is told once, and once when it works again',
      [{ a: 'ok' }, { a: 'fail status' }, { a: 'fail status' }, { a: 'ok' }, { a: 'ok' }],
      [[], ['opened operation:a'], [], ['resolved operation:a'], []],
    ],
    [
      'that fails in a new way is told again, but not when it goes back to an old one',
      [{ a: 'fail status' }, { a: 'fail schema' }, { a: 'fail status' }, { a: 'fail schema' }],
      [['opened operation:a'], ['changed operation:a'], [], []],
    ],
    [
      'about which nothing is known stays as it was',
      [{ a: 'fail status' }, {}, { a: 'unknown made-up-value' }, { a: 'blocked credential' }, { a: 'ok' }],
      [['opened operation:a'], [], [], [], ['resolved operation:a']],
    ],
    [
      'that never worked and cannot be called is not worth a word',
      [{ a: 'unknown interrupted' }, { a: 'blocked credential' }],
      [[], []],
    ],
    [
      'that differs from its document is told as such, and that is over when it agrees again',
      [{ a: 'degraded drift' }, { a: 'degraded drift' }, { a: 'degraded drift' }, { a: 'ok' }],
      [[], ['opened degraded:a'], [], ['resolved degraded:a']],
    ],
    [
      'that differs from its document only now and then is not worth a word',
      [{ a: 'degraded drift' }, { a: 'ok' }, { a: 'degraded drift' }, { a: 'ok' }],
      [[], [], [], []],
    ],
    [
      'that needed a second try has passed',
      [{ a: 'fail status' }, { a: 'degraded flaky' }],
      [['opened operation:a'], ['resolved operation:a']],
    ],
    [
      'that fails keeps what was known about its agreement with the document',
      [
        { a: 'degraded drift' },
        { a: 'degraded drift' },
        { a: 'fail status' },
        { a: 'degraded drift' },
        { a: 'ok' },
      ],
      [[], ['opened degraded:a'], ['opened operation:a'], ['resolved operation:a'], ['resolved degraded:a']],
    ],
  ])('%s', (_, cycles, expected) => {
    const world = new World([a]);
    expect(cycles.map((results) => world.tell({ results }))).toEqual(expected);
  });

  it('that fails is told with all that a person needs', () => {
    const one = check('a', { tags: ['cart'], owners: ['li'], severity: 'critical' });
    const { transitions } = new World([one]).play({ results: { a: 'fail status' } });
    expect(transitions).toEqual([
      {
        kind: 'opened',
        at: start + 5000,
        incident: {
          id: expect.stringMatching(/^[A-Z2-9]{4}$/),
          fingerprint: 'operation:a',
          cause: { level: 'operation', subject: 'a' },
          state: 'firing',
          severity: 'critical',
          verdict: 'fail',
          subjectLabel: 'GET /a',
          services: ['orders'],
          tags: ['cart'],
          owners: ['li'],
          reason: { code: 'status', message: 'found status' },
          status: 500,
          members: {
            count: 1,
            of: 1,
            worst: [{ checkId: 'a', label: 'GET /a', service: 'orders', message: 'found status' }],
          },
          openedAt: start,
          lastSeenAt: start + 5000,
          failingCycles: 1,
          countedRound: start,
          version: 1,
          streak: 0,
          told: {
            codes: ['status'],
            faults: ['status 500'],
            severity: 'critical',
            members: 1,
            services: ['orders'],
          },
        },
      },
    ]);
  });

  it('counts its failing cycles and says when it ended', () => {
    const world = new World([a]);
    world.play({ results: { a: 'fail status' } });
    world.play({ results: { a: 'fail status' } });
    expect(world.play({ results: { a: 'ok' } }).transitions[0]?.incident).toMatchObject({
      state: 'resolved',
      failingCycles: 2,
      openedAt: start,
      resolvedAt: start + 2 * cycleMs + 5000,
      version: 2,
    });
  });

  it('has failed since the first attempt that failed, not since the one that confirmed it', () => {
    const world = new World([a]);
    const openedAt = start - confirmedAfterMs;
    expect(world.play({ results: { a: 'fail confirmed' } }).open).toMatchObject([{ openedAt }]);
    world.play({ results: { a: 'fail status' } });
    expect(world.play({ results: { a: 'ok' } }).transitions[0]?.incident).toMatchObject({ openedAt });
  });

  it('that becomes more urgent is told again, that becomes less urgent is not', () => {
    const world = new World([a]);
    world.play({ results: { a: 'fail status' } });
    const urgent = { checks: [check('a', { severity: 'critical' })] };
    expect(world.tell({ results: { a: 'fail status' }, ...urgent })).toEqual(['changed operation:a']);
    expect(world.tell({ results: { a: 'fail status' } })).toEqual([]);
    expect(world.tell({ results: { a: 'fail status' }, ...urgent })).toEqual([]);
  });

  it('that is no longer documented ends as removed', () => {
    const world = new World([a]);
    world.play({ results: { a: 'fail status' } });
    expect(world.tell({ results: {}, removedChecks: ['a', 'never seen'] })).toEqual(['removed operation:a']);
    expect(world.open).toEqual([]);
  });

  it('that gives two results in one cycle is judged by the later one', () => {
    expect(
      new World([a]).tell({
        results: [
          ['a', 'fail status'],
          ['a', 'ok'],
        ],
      }),
    ).toEqual([]);
    expect(
      new World([a]).tell({
        results: [
          ['a', 'ok'],
          ['a', 'fail status'],
        ],
      }),
    ).toEqual(['opened operation:a']);
  });
});

describe('response time', () => {
  const tellAll = (times: readonly number[]): readonly (readonly string[])[] => {
    const world = new World([a]);
    return times.map((ms) => world.tell({ results: { a: `ok ${ms}` } }));
  };

  it('over the objective once, or now and then, is not worth a word', () => {
    expect(tellAll([100, 5000, 100, 100, 5000, 100, 100, 5000, 100, 5000, 100]).flat()).toEqual([]);
  });

  it('over the objective most of the time is told once, and once when it is fine again', () => {
    const times = [
      100,
      3000,
      3000,
      100,
      3000,
      3000,
      3000,
      100,
      3000,
      ...Array.from({ length: 20 }, () => 100),
    ];
    const told = tellAll(times).map((words, no) => [no, ...words]);
    expect(told.filter((words) => words.length > 1)).toEqual([
      [6, 'opened latency:a'],
      [28, 'resolved latency:a'],
    ]);
  });

  it('that was long over the objective is soon forgotten', () => {
    const times = [...Array.from({ length: 20 }, () => 3000), ...Array.from({ length: 8 }, () => 100)];
    const told = tellAll(times).map((words, no) => [no, ...words]);
    expect(told.filter((words) => words.length > 1)).toEqual([
      [4, 'opened latency:a'],
      [25, 'resolved latency:a'],
    ]);
  });

  it('over the objective in three of ten answers, at random, is not over while that goes on', () => {
    for (const seed of [1, 2, 4]) {
      const random = randomOf(seed);
      const told = tellAll(Array.from({ length: 120 }, () => (random() < 0.3 ? 3000 : 100)));
      expect(told.flat()).toEqual(['opened latency:a']);
    }
  });

  it('is not judged by answers that we were too busy to measure', () => {
    const world = new World([a]);
    for (let no = 0; no < 30; no++) {
      const { transitions } = world.playResults([
        { ...result('a', 'ok 3000', start + no * cycleMs), imprecise: true },
      ]);
      expect(transitions).toEqual([]);
    }
  });

  describe('measured while we were busy', () => {
    const timed = (no: number, ms: number, lateMs: number) => ({
      ...result('a', `ok ${ms}`, start + no * cycleMs),
      imprecise: true as const,
      lateMs,
    });

    it('counts as over the objective when it was over even without our own time', () => {
      const world = new World([a]);
      const told = [0, 1, 2, 3, 4, 5].map((no) => world.playResults([timed(no, 3500, 800)]).transitions);
      expect(told.map((one) => one.map(({ kind }) => kind))).toEqual([[], [], [], [], ['opened'], []]);
      expect(world.open[0]?.openedAt).toBe(start);
    });

    it('counts as in time when it was in time with it', () => {
      const world = new World([a]);
      for (let no = 0; no < 6; no++) world.play({ results: { a: 'ok 3500' } });
      const told = [6, 7, 8, 9, 10, 11].map((no) => world.playResults([timed(no, 300, 290)]).transitions);
      expect(told.map((one) => one.map(({ kind }) => kind))).toEqual([[], [], [], [], [], ['resolved']]);
    });

    it('says nothing when it depends on that', () => {
      const world = new World([a]);
      for (let no = 0; no < 30; no++)
        expect(world.playResults([timed(no, 3500, 1600)]).transitions).toEqual([]);
    });

    it('is no sign of being slower than usual', () => {
      const world = new World([a]);
      const usual = () => ({ ms: 100, spread: 0.1 });
      for (let no = 0; no < 30; no++)
        expect(world.playResults([timed(no, 900, 850)], { usual }).transitions).toEqual([]);
    });
  });

  it('over the objective is counted in cycles since the first slow answer, and in none that was in time', () => {
    const world = new World([a]);
    const cycles = [100, 3000, 3000, 3000, 3000, 3000, 3000, 100, 3000, 100, 100].map((ms) => {
      world.play({ results: { a: `ok ${ms}` } });
      return world.open[0]?.failingCycles ?? 0;
    });
    expect(cycles).toEqual([0, 0, 0, 0, 0, 5, 6, 6, 7, 7, 7]);
  });

  it('found by looks between two cycles is one slow cycle', () => {
    const world = new World([a]);
    const look = { results: { a: 'ok 3000' }, afterMs: 60_000, selection: true };
    world.play({ results: { a: 'ok 3000' } });
    for (let no = 0; no < 4; no++) world.play(look);
    expect(world.open[0]).toMatchObject({ openedAt: start, failingCycles: 1 });
    world.play({ results: { a: 'ok 3000' }, afterMs: cycleMs - 4 * 60_000 });
    expect(world.open[0]?.failingCycles).toBe(2);
  });

  it('is over with the sixth answer in time, and lasted until the first of them', () => {
    const world = new World([a], { recovery: { successes: 2 } });
    const times = [...[1, 2, 3, 4, 5].map(() => 3000), ...[1, 2, 3, 4, 5, 6].map(() => 100)];
    const told = times.flatMap((ms) => world.play({ results: { a: `ok ${ms}` } }).transitions);
    expect(told.map(({ kind, incident }) => [kind, lastedMs(incident, world.now)])).toEqual([
      ['opened', expect.any(Number)],
      ['resolved', 5 * cycleMs + 100],
    ]);
    expect(told[1]?.incident.resolvedAt).toBe(start + 10 * cycleMs + 5000);
  });

  it('is told with the percentile, the objective and one step less urgency', () => {
    const world = new World([a]);
    for (const ms of [100, 2500, 2600, 2500, 2500]) world.play({ results: { a: `ok ${ms}` } });
    expect(world.play({ results: { a: 'ok 3210' } }).transitions[0]?.incident).toMatchObject({
      severity: 'minor',
      verdict: 'degraded',
      reason: { code: 'latency', message: 'p95 is 3.21 s over the last 6 answers, objective 2 s' },
      expected: 'p95 ≤ 2 s',
      found: 'p95 3.21 s',
    });
  });

  const quick = [100, 100, 100, 100, 100, 100, 100];

  it.each([
    [[100, 2500, 2600, 2500, 2500, 2500], 1],
    [[2500, ...quick, 2500, 2500, 2500, 2500, 2500], 8],
    [[100, 100, 2500, 100, 2500, 2500, 2500, 2500], 2],
  ])('began with the first slow answer of the stretch that goes on: %j', (times, first) => {
    const world = new World([a]);
    const told = times.flatMap((ms) => world.play({ results: { a: `ok ${ms}` } }).transitions);
    expect(told.map(({ kind }) => kind)).toEqual(['opened']);
    expect(told[0]?.incident).toMatchObject({ openedAt: start + first * cycleMs, objectiveMs: 2000 });
  });

  it('over the objective in one of three answers is told in the long run', () => {
    const times = Array.from({ length: 20 }, (_, no) => (no % 3 === 0 ? 3000 : 100));
    expect(tellAll(times).flat()).toEqual(['opened latency:a']);
  });

  it('of answers that fail does not count', () => {
    const world = new World([a]);
    for (let no = 0; no < 5; no++) world.play({ results: { a: 'fail status' } });
    expect(world.open.map(({ fingerprint }) => fingerprint)).toEqual(['operation:a']);
  });
});
