import { inEnglish } from '../messages/in-language.ts';
import { describe, expect, it } from 'vitest';
import type { Result } from '../model/result.ts';
import { all, check, cycleMs, type Outcome, result, start, World } from './world.fixture.ts';

const ten = Array.from({ length: 10 }, (_, no) => check(`c${no}`));
const hour = 3_600_000;

/** The first so many of ten, the others are well. */
const some = (count: number, outcome: Outcome): Readonly<Record<string, Outcome>> => ({
  ...all(ten, 'ok'),
  ...all(ten.slice(0, count), outcome),
});

describe('an origin that answers only when asked again', () => {
  it('for a fifth of its operations is one incident in the second cycle, and over once so few are no accident', () => {
    const world = new World(ten);
    const told = [
      some(3, 'degraded flaky'),
      some(4, 'degraded flaky'),
      some(2, 'degraded flaky'),
      some(1, 'degraded flaky'),
      ...Array.from({ length: 4 }, () => all(ten, 'ok')),
    ];
    expect(told.map((results) => world.tell({ results }))).toEqual([
      [],
      ['opened unsteady:https://orders.example'],
      ...Array.from({ length: 5 }, () => []),
      ['resolved unsteady:https://orders.example'],
    ]);
  });

  it('is told at once when something fails as well, which it explains', () => {
    const world = new World(ten);
    const results = { ...some(4, 'degraded flaky'), c9: 'fail 503', c8: 'fail 404' };
    const { transitions } = world.play({ results });
    expect(transitions.map(({ incident }) => incident)).toMatchObject([
      { fingerprint: 'operation:c8' },
      {
        fingerprint: 'unsteady:https://orders.example',
        verdict: 'degraded',
        members: { count: 5, of: 10 },
        reason: {
          code: 'flaky',
          message: '4 of 10 operations answer only when asked again, 1 not even then: found flaky',
        },
      },
    ]);
  });

  it('is none when most fail outright, or when it only asked us to come back later', () => {
    const failing = new World(ten);
    const twice = { ...some(3, 'degraded flaky'), ...all(ten.slice(5, 8), 'fail 500') };
    for (let time = 0; time < 2; time++)
      expect(failing.tell({ results: twice }).join()).not.toContain('unsteady');
    const limited = new World(ten);
    const later = (one: Result): Result => ({
      ...one,
      evidence: {
        curl: '',
        attempts: [{ at: 0, status: 429, code: 'status', message: 'HTTP 429', totalMs: 1 }],
      },
    });
    for (let time = 0; time < 2; time++) {
      const { transitions } = limited.playResults(
        ten.map(({ id }, no) =>
          no < 5 ? later(result(id, 'degraded flaky', start)) : result(id, 'ok', start),
        ),
      );
      expect(transitions).toEqual([]);
    }
  });

  it('is not over by the few calls of a look, and goes on when more of them fail', () => {
    const world = new World(ten);
    for (let time = 0; time < 2; time++) world.play({ results: some(5, 'degraded flaky') });
    expect(world.tell({ results: { c0: 'ok', c1: 'ok' }, selection: true })).toEqual([]);
    const since = { count: 2, bad: 0 };
    expect(world.open).toMatchObject([
      { fingerprint: 'unsteady:https://orders.example', state: 'recovering', steadiness: { since } },
    ]);
    const sick = { c0: 'fail 502', c1: 'fail 502', c2: 'ok' };
    expect(world.tell({ results: sick, selection: true })).toEqual([]);
    expect(world.open).toMatchObject([{ steadiness: { since: { count: 0, bad: 0 } } }]);
  });
});

it('an operation that fails and then no longer answers a recheck leaves it to the cycle to say whether its host is down', () => {
  const world = new World(ten);
  expect(world.tell({ results: { ...all(ten, 'ok'), c0: 'fail 500' } })).toEqual(['opened operation:c0']);
  expect(world.tell({ results: { c0: 'connect-refused' }, selection: true })).toEqual([]);
  expect(world.tell({ results: all(ten, 'connect-refused') })).toEqual([expect.saying(/^opened origin:/)]);
  const alone = new World(ten);
  alone.tell({ results: { ...all(ten, 'ok'), c0: 'fail 500' } });
  alone.tell({ results: { c0: 'connect-refused' }, selection: true });
  expect(alone.tell({ results: { ...all(ten, 'ok'), c0: 'connect-refused' } })).toEqual([
    'changed operation:c0',
  ]);
});

describe('a service of which nothing is known', () => {
  const nothing = all(ten, 'unknown made-up-value');

  it('is told after two hours, once, and that it is heard of again', () => {
    const world = new World(ten);
    const told = Array.from({ length: 12 }, () => world.tell({ results: nothing }));
    expect(told.flat()).toEqual(['opened mute:orders']);
    expect(told.findIndex((some) => some.length > 0) * cycleMs).toBe(2 * hour);
    expect(world.tell({ results: { ...nothing, c3: 'fail 500' } })).toEqual([
      'resolved mute:orders',
      'opened operation:c3',
    ]);
  });

  it.each<[string, Readonly<Record<string, Outcome>>]>([
    ['a cycle that was cut short', all(ten, 'unknown interrupted')],
    ['a cycle of a few operations', { c0: 'unknown made-up-value' }],
    ['operations that have no token', all(ten, 'blocked credential')],
  ])('is not concluded from %s', (_, results) => {
    const world = new World(ten);
    for (let no = 0; no < 12; no++) expect(world.tell({ results })).toEqual([]);
  });
});

describe('a root cause of which few operations were called', () => {
  const bad = { ...all(ten, 'fail 502'), c9: 'ok' };

  it('is not over because others answer, and keeps the number of its members', () => {
    const world = new World(ten);
    world.play({ results: bad });
    for (let time = 0; time < 3; time++) expect(world.tell({ results: { c9: 'ok' } })).toEqual([]);
    world.play({ results: { c0: 'fail 502', c9: 'ok' } });
    expect(world.open).toMatchObject([{ state: 'firing', members: { count: 9, of: 10 } }]);
  });

  it('is told at its end with the counts of its beginning, whatever a look at a few has found last', () => {
    const signedIn = Array.from({ length: 8 }, (_, no) => check(`c${no}`, { credential: 'sso' }));
    const refused = (count: number): Readonly<Record<string, Outcome>> => ({
      ...all(signedIn, 'ok'),
      ...all(signedIn.slice(0, count), 'fail auth-rejected'),
    });
    const world = new World(signedIn);
    world.play({ results: refused(8) });
    world.play({ results: refused(6) });
    const few = { c0: 'fail auth-rejected', c1: 'fail auth-rejected', c2: 'fail auth-rejected', c7: 'ok' };
    world.play({ results: few, afterMs: 60_000, selection: true });
    const ends = Array.from({ length: 3 }, () => world.play({ results: all(signedIn, 'ok') }).transitions);
    expect(
      ends.flat().map(({ kind, incident }) => [kind, inEnglish(incident.reason.message).slice(0, 17)]),
    ).toEqual([['resolved', '8 of 8 operations']]);
  });

  it('is over when those that were worst answer', () => {
    const world = new World(ten);
    world.play({ results: bad });
    expect(world.tell({ results: { c0: 'ok', c1: 'ok' } })).toEqual([
      'resolved gateway:https://orders.example',
    ]);
  });

  it('as well when a whole host is slow, once so many answers are well that it is no accident', () => {
    const world = new World(ten);
    for (let time = 0; time < 2; time++) world.play({ results: all(ten, 'ok 2500') });
    const told = Array.from({ length: 12 }, () =>
      world.tell({ results: { c0: 'ok', c1: 'ok', c2: 'ok' }, afterMs: 60_000, selection: true }),
    );
    expect(told.slice(0, 3).flat()).toEqual([]);
    expect(told.flat()).toEqual(['resolved slow:https://orders.example']);
  });
});

describe('what nobody can look at any more', () => {
  it('was only suspected, is forgotten after two hours', () => {
    const world = new World([check('a', { severity: 'minor' })]);
    world.play({ results: { a: 'fail 500' } });
    for (let no = 0; no < 9; no++) expect(world.tell({ results: {} })).toEqual([]);
    expect(world.open).toEqual([]);
  });

  it('had begun to recover, has recovered', () => {
    const world = new World([check('a')], { recovery: { successes: 2 } });
    world.play({ results: { a: 'fail 500' } });
    world.play({ results: { a: 'ok' } });
    const told = Array.from({ length: 9 }, () => world.tell({ results: { a: 'unknown made-up-value' } }));
    expect(told.flat()).toEqual(['resolved operation:a', 'opened mute:orders']);
  });

  it('is no longer patrolled at all, is gone', () => {
    const world = new World([check('a')]);
    world.play({ results: { a: 'fail 500' }, configured: ['orders'] });
    expect(world.tell({ results: {}, configured: ['other'] })).toEqual(['removed operation:a']);
  });
});

it('what people have been told of is not told again as what comes and goes', () => {
  const checks = Array.from({ length: 12 }, (_, no) => check(`c${no}`));
  const world = new World(checks);
  const well = all(checks, 'ok');
  expect(world.tell({ results: { ...well, c0: 'fail 502', c1: 'fail 502' } })).toEqual([
    'opened operation:c0',
    'opened operation:c1',
  ]);
  const ending = {
    ...well,
    c0: 'fail 502',
    c1: 'degraded flaky',
    c2: 'degraded flaky',
    c3: 'degraded flaky',
  };
  expect(world.tell({ results: ending })).toEqual(['resolved operation:c1']);
  expect(world.tell({ results: well })).toEqual(['resolved operation:c0']);
  expect(world.open).toEqual([]);
});

describe('a gateway that is out while calls are spread over minutes', () => {
  const shop = ['orders', 'users'].flatMap((service) =>
    Array.from({ length: 10 }, (_, no) => check(`${service}${no}`, { service })),
  );
  const url = 'https://orders.example';

  it('is told with what was found of what has been called since, and no other is said to be well', () => {
    const world = new World(shop);
    const known = shop.map(({ id }) => result(id, 'ok', start));
    world.playResults(known);
    const startedAt = start + cycleMs;
    const round = { startedAt, isPaced: true };
    const called = ['orders8', 'orders9', 'users0', 'users1'];
    const { transitions } = world.play({
      results: all(
        called.map((id) => check(id)),
        'fail 502',
      ),
      known: known.filter(({ checkId }) => !called.includes(checkId)),
      rounds: new Map([['orders', round]]),
      partial: true,
    });
    expect(transitions.map(({ incident }) => incident)).toMatchObject([
      {
        fingerprint: `gateway:${url}`,
        reason: { message: expect.saying(/^at least 4 of 20 operations get the same answer: found 502$/) },
        members: {
          count: 4,
          of: 20,
          heard: 4,
          shares: [
            { service: 'orders', count: 2, of: 10, heard: 2 },
            { service: 'users', count: 2, of: 10, heard: 2 },
          ],
        },
      },
    ]);
    const [rest] = [shop.filter(({ id }) => !called.includes(id))];
    world.play({
      results: all(rest, 'fail 502'),
      known: called.map((id) => result(id, 'fail 502', startedAt)),
      rounds: new Map([['orders', round]]),
    });
    expect(world.open).toMatchObject([
      { members: { count: 20, of: 20 }, reason: { message: expect.saying(/^20 of 20 operations/) } },
    ]);
    expect(world.open[0]?.members).not.toHaveProperty('heard');
  });
});

describe('a service of thousands, of which many begin to fail while others are still to be called', () => {
  const many = Array.from({ length: 600 }, (_, no) => check(`m${no}`, { service: 'big' }));

  it('is told as one early, once, and counted when its cycle ends', () => {
    const world = new World(many);
    world.playResults(many.map(({ id }) => result(id, 'ok', start)));
    const began = start + cycleMs;
    const rounds = new Map([['big', { startedAt: began, isPaced: false }]]);
    // What answers well is known at once, what fails when it has been asked again: of the first it is a small share.
    const outcome = (no: number): string => (no % 5 < 2 ? 'fail 500' : 'ok');
    const step = (from: number, to: number, isLast: boolean) => {
      const results = many.slice(from, to).map(({ id }, no) => result(id, outcome(no), began + from + no));
      const known = many.slice(0, from).map(({ id }, no) => result(id, outcome(no), began + no));
      const old = many.slice(to).map(({ id }) => result(id, 'ok', start));
      const { transitions } = world.playResults(results, {
        afterMs: from === 0 ? cycleMs + 100 : 20_000,
        known: [...known, ...old],
        rounds,
        partial: !isLast,
      });
      return transitions.map(({ kind, incident: { fingerprint, members } }) => {
        const { count, of, heard = of } = members;
        return `${kind} ${fingerprint} ${count}/${heard} of ${of}`;
      });
    };
    expect(step(0, 100, false)).toEqual(['opened service:big 40/100 of 600']);
    expect([...step(100, 250, false), ...step(250, 450, false)]).toEqual([]);
    expect(step(450, 600, true)).toEqual(['changed service:big 240/600 of 600']);
    expect(world.open).toHaveLength(1);
  });
});
