import { describe, expect, it } from 'vitest';
import { histogramOf } from '../../model/histogram.ts';
import { countVerdicts } from '../../model/cycle.ts';
import { ErrorBudgets } from './budgets.ts';
import { all, check, cycleMs, result, start, World } from '../world.fixture.ts';

const dayMs = 86_400_000;
const monthly = { name: 'all', availability: 0.99, windowMs: 30 * dayMs };
const forty = Array.from({ length: 40 }, (_, no) => check(`c${no}`, { tags: [no < 4 ? 'pay' : 'rest'] }));
const some = (count: number, outcome: string): Readonly<Record<string, string>> => ({
  ...all(forty, 'ok'),
  ...all(forty.slice(0, count), outcome),
});
const resultsOf = (outcomes: Readonly<Record<string, string>>, at: number) =>
  Object.entries(outcomes).map(([id, outcome]) => result(id, outcome, at));

/** The budgets after cycles a quarter of an hour apart. */
function after(budgets: ErrorBudgets, cycles: readonly Readonly<Record<string, string>>[]) {
  cycles.slice(0, -1).forEach((outcomes, no) => {
    const at = start + no * cycleMs;
    budgets.adopt(budgets.after(resultsOf(outcomes, at), forty, at));
  });
  const at = start + (cycles.length - 1) * cycleMs;
  return budgets.view(resultsOf(cycles.at(-1) ?? {}, at), forty, at);
}

describe('an error budget', () => {
  it('is what the objective allows to fail, less what has failed', () => {
    const cycles = [some(0, ''), some(1, 'fail 500'), some(0, ''), some(0, ''), some(0, '')];
    expect(after(new ErrorBudgets([monthly]), cycles)).toMatchObject([
      {
        objective: 'all',
        kind: 'availability',
        target: 0.99,
        good: 199,
        bad: 1,
        left: expect.closeTo(0.5),
        burning: [],
      },
    ]);
  });

  it('does not count what is blocked or unknown, and counts slow answers for latency alone', () => {
    const both = { ...monthly, latency: 0.9 };
    const outcomes = {
      ...some(2, 'ok 5000'),
      c5: 'unknown made-up-value',
      c6: 'blocked credential',
      c7: 'dns',
    };
    expect(after(new ErrorBudgets([both]), [outcomes])).toMatchObject([
      { kind: 'availability', good: 37, bad: 1 },
      { kind: 'latency', good: 35, bad: 2 },
    ]);
  });

  it.each([
    ['of other services', { services: ['pay'] }, 0],
    ['with a tag', { tags: ['pay'] }, 4],
    ['of a service', { services: ['orders'] }, 40],
  ])('is about operations %s', (_, matcher, good) => {
    const [view] = after(new ErrorBudgets([{ ...monthly, ...matcher }]), [some(0, '')]);
    expect(view).toMatchObject({ good, bad: 0, left: 1, sampled: good > 0 });
  });

  it('knows the past from hourly sums, once, and forgets what is before its window', () => {
    const budgets = new ErrorBudgets([{ ...monthly, latency: 0.9, windowMs: dayMs }]);
    expect(budgets.wants('orders', start)).toBe(start - dayMs);
    const counts = { ...countVerdicts([]), pass: 3, fail: 1 };
    const sums = { checkId: 'c1', counts, latency: histogramOf([100, 100, 5000]) };
    const gone = { ...sums, checkId: 'no longer there' };
    const hour = (ago: number) => {
      return { hour: start - ago * 3_600_000, service: 'orders', checks: [sums, gone] };
    };
    budgets.learn('orders', [hour(30), hour(2), hour(1)], forty);
    expect(budgets.wants('orders', start)).toBeUndefined();
    expect(budgets.view([], forty, start)).toMatchObject([
      { kind: 'availability', good: 6, bad: 2, sampled: false },
      { kind: 'latency', good: 4, bad: 2 },
    ]);
  });

  it('remembers old calls by the hour, and is the same when it begins with what it remembered', () => {
    const [every, days] = [60_000, 5];
    const budgets = new ErrorBudgets([monthly]);
    for (let at = start; at < start + days * dayMs; at += every * 60)
      for (const minute of [0, 1, 30])
        budgets.adopt(budgets.after([result('c1', 'fail 500', at)], forty, at + minute * every));
    const end = start + days * dayMs;
    const [memory] = budgets.memories;
    expect(memory?.moments.reduce((sum, { availability }) => sum + availability.bad, 0)).toBe(days * 24 * 3);
    // One an hour for what is older than three days, two an hour since.
    expect(memory?.moments.length).toBeLessThan(47 + 2 * 75);
    const again = new ErrorBudgets([{ ...monthly, availability: 0.9 }], budgets.memories);
    expect(again.wants('orders', end)).toBe(end - 30 * dayMs);
    expect(again.memories).toEqual(budgets.memories);
    expect(new ErrorBudgets([{ ...monthly, tags: ['pay'] }], budgets.memories).memories[0]?.moments).toEqual(
      [],
    );
  });

  it('needs no past where no objective is about the service', () => {
    expect(new ErrorBudgets([{ ...monthly, services: ['pay'] }]).wants('orders', start)).toBeUndefined();
  });

  it.each<[string, readonly (readonly [number, number])[], readonly number[]]>([
    ['burns fast when a tenth fails for three hours', [[12, 4]], [3]],
    [
      'does not while only the last quarter of an hour is bad',
      [
        [11, 0],
        [1, 4],
      ],
      [],
    ],
    [
      'does not any more once it is well again',
      [
        [12, 8],
        [5, 0],
      ],
      [],
    ],
    ['burns slowly when a little fails for days', [[288, 0.8]], [72]],
    ['is left alone by a failure now and then', [[288, 0.2]], []],
  ])('%s', (_, phases, hours) => {
    let failed = 0;
    const cycles = phases.flatMap(([count, failing]) =>
      Array.from({ length: count }, () => {
        failed += failing;
        const now = Math.floor(failed);
        failed -= now;
        return some(now, 'fail 500');
      }),
    );
    const quiet = Array.from({ length: 288 }, () => some(0, ''));
    const [view] = after(new ErrorBudgets([monthly]), [...(phases[0]?.[0] === 288 ? [] : quiet), ...cycles]);
    expect(view?.burning.map(({ longMs }) => longMs / 3_600_000)).toEqual(hours);
  });
});

describe('a budget that burns too fast', () => {
  const budgets = () => new ErrorBudgets([monthly]);
  const play = (world: World, ledger: ErrorBudgets, outcomes: Readonly<Record<string, string>>) => {
    const analysis = world.play({ results: outcomes, budgets: ledger });
    const incidents = [...analysis.open, ...world.ended];
    ledger.adopt(ledger.after(analysis.results, forty, start + world.cycles * cycleMs, incidents));
    return analysis.transitions;
  };

  it('is told with what is left, once, and ends when it no longer does', () => {
    const world = new World(forty.map((one) => ({ ...one, severity: 'minor', repeatable: false })));
    const ledger = budgets();
    const told = [];
    // Every cycle another operation fails, each too seldom to be an incident of its own.
    for (let no = 0; no < 20; no++)
      told.push(
        ...play(world, ledger, {
          ...all(forty, 'ok'),
          ...Object.fromEntries([0, 1, 2, 3].map((more) => [`c${(no * 4 + more) % 40}`, 'fail 500'])),
        }),
      );
    expect(told).toMatchObject([
      {
        kind: 'opened',
        incident: {
          fingerprint: 'budget:availability:all',
          cause: { level: 'service', subject: 'all' },
          subjectLabel: 'all',
          severity: 'major',
          services: ['orders'],
          reason: {
            code: 'budget',
            message: expect.saying(
              /^failed calls use it up 10\.0 × as fast .* 0 % of the budget of 30d is left$/,
            ),
          },
          expected: '99 % calls that succeed',
        },
      },
    ]);
    const over = Array.from({ length: 30 }, () => play(world, ledger, all(forty, 'ok'))).flat();
    expect(over.map(({ kind }) => kind)).toEqual(['resolved']);
  });

  it('is not told while an outage that explains it has been told', () => {
    const world = new World(forty);
    const ledger = budgets();
    const told = Array.from({ length: 16 }, () => play(world, ledger, all(forty, 'dns'))).flat();
    expect(told.map(({ incident }) => incident.fingerprint)).toEqual(['origin:https://orders.example']);
  });

  it('is not told for what an outage has left of it, also of one that took two cycles to be told', () => {
    const world = new World(forty.map((one) => ({ ...one, severity: 'minor', repeatable: false })));
    const ledger = budgets();
    const told = [4, 4, 4, 4, 0, 0, 0, 0, 0, 0].flatMap((failing) =>
      play(world, ledger, some(failing, 'fail 500')),
    );
    expect(told.map(({ kind, incident }) => `${kind} ${incident.fingerprint}`).toSorted()).toEqual(
      forty
        .slice(0, 4)
        .flatMap(({ id }) => [`opened operation:${id}`, `resolved operation:${id}`])
        .toSorted(),
    );
    expect(ledger.view([], forty, start + 10 * cycleMs)).toMatchObject([
      { bad: 16, left: expect.closeTo(-3) },
    ]);
  });

  it('waits for what is about to be an incident while other operations are called', () => {
    const world = new World(forty.map((one) => ({ ...one, severity: 'minor', repeatable: false })));
    const ledger = budgets();
    const step = (results: Readonly<Record<string, string>>) => {
      const { transitions, cycleResults } = world.play({ results, budgets: ledger, afterMs: 60_000 });
      ledger.adopt(ledger.after(cycleResults, forty, world.now, world.open));
      return transitions.map(({ kind, incident }) => `${kind} ${incident.fingerprint}`);
    };
    const others = all(forty.slice(20), 'ok');
    const told = [some(4, 'fail 500'), others, others, some(4, 'fail 500'), others, others].map(step);
    expect(told).toEqual([[], [], [], forty.slice(0, 4).map(({ id }) => `opened operation:${id}`), [], []]);
    expect(ledger.view([], forty, world.now)[0]?.burning.length).toBeGreaterThan(0);
  });

  it('ends without a word of recovery when its objective is no longer configured', () => {
    const world = new World(forty);
    const ledger = budgets();
    for (let no = 0; no < 13; no++)
      play(world, ledger, {
        ...all(forty, 'ok'),
        ...all(forty.slice(0, 4), no % 2 === 0 ? 'fail 500' : 'ok'),
      });
    world.play({ results: {}, budgets: new ErrorBudgets([]) });
    expect(world.open.filter(({ fingerprint }) => fingerprint.startsWith('budget:'))).toEqual([]);
  });
});
