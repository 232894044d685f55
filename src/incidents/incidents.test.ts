import { describe, expect, it } from 'vitest';
import type { Suppression } from '../model/incident.ts';
import { type Signal, type Guards, ruleFor, rules, type LifecycleState } from './lifecycle/rules.ts';
import type { Check } from '../model/check.ts';
import { all, check, type Outcome, result, tellAll, World } from './world.fixture.ts';

const a = check('a');
const five = ['a', 'b', 'c', 'd', 'e'].map((id) => check(id));
const minute = 60_000;

describe('the life of an incident', () => {
  const no: Guards = { confirmed: false, recovered: false, news: false, stale: false };
  it.each<[LifecycleState, Signal, Partial<Guards>, string]>([
    ['ok', 'good', {}, 'ok'],
    ['ok', 'bad', {}, 'pending'],
    ['ok', 'bad', { confirmed: true }, 'firing, opened'],
    ['pending', 'nothing', {}, 'pending'],
    ['pending', 'bad', {}, 'pending'],
    ['pending', 'bad', { confirmed: true }, 'firing, opened'],
    ['pending', 'good', {}, 'ok'],
    ['pending', 'gone', {}, 'ok'],
    ['pending', 'nothing', { stale: true }, 'ok'],
    ['firing', 'nothing', {}, 'firing'],
    ['firing', 'nothing', { stale: true }, 'firing, changed'],
    ['firing', 'bad', {}, 'firing'],
    ['firing', 'bad', { news: true }, 'firing, changed'],
    ['firing', 'good', {}, 'recovering'],
    ['firing', 'good', { recovered: true }, 'ok, resolved'],
    ['firing', 'gone', {}, 'ok, removed'],
    ['recovering', 'nothing', {}, 'recovering'],
    ['recovering', 'nothing', { stale: true }, 'ok, resolved'],
    ['recovering', 'bad', { news: true }, 'firing, changed'],
    ['recovering', 'bad', {}, 'firing'],
    ['recovering', 'good', {}, 'recovering'],
    ['recovering', 'good', { recovered: true }, 'ok, resolved'],
    ['recovering', 'gone', {}, 'ok, removed'],
  ])('%s, on %s with %o: %s', (from, on, guards, expected) => {
    const rule = ruleFor(from, on, { ...no, ...guards });
    expect([rule?.to ?? from, rule?.tell].filter((part) => part !== undefined).join(', ')).toBe(expected);
  });

  it('never tells twice that it began, and ends only what was told', () => {
    const beginnings = rules.filter(({ tell }) => tell === 'opened');
    expect(beginnings.map(({ from }) => from)).toEqual(['ok', 'pending']);
    const ends = rules.filter(({ from, to }) => to === 'ok' && from !== 'pending');
    expect(new Set(ends.map(({ tell }) => tell))).toEqual(new Set(['resolved', 'removed']));
  });
});

describe('confirmation', () => {
  it('of a minor failure takes two evaluations, and one that passes in between forgets it', () => {
    const world = new World([check('a', { severity: 'minor' })]);
    const outcomes = ['fail status', 'ok', 'fail status', 'fail status', 'ok'];
    expect(tellAll(world, outcomes)).toEqual([[], [], [], ['opened operation:a'], ['resolved operation:a']]);
  });

  it('of what could not be called a second time at once takes two evaluations', () => {
    const world = new World([check('a', { repeatable: false, severity: 'critical' })]);
    expect(tellAll(world, ['fail status', 'fail status'])).toEqual([[], ['opened operation:a']]);
  });

  it('waits where nothing is known', () => {
    const world = new World([check('a', { severity: 'minor' })]);
    expect(tellAll(world, ['fail status', undefined, 'unknown interrupted', 'fail status'])).toEqual([
      [],
      [],
      [],
      ['opened operation:a'],
    ]);
  });
});

describe('recovery', () => {
  it('takes two good evaluations where rechecks follow soon, and a relapse in between is not told', () => {
    const world = new World([a], { recovery: { successes: 2 } });
    expect(tellAll(world, ['fail status', 'ok', 'fail status', 'ok', 'ok'], minute)).toEqual([
      ['opened operation:a'],
      [],
      [],
      [],
      ['resolved operation:a'],
    ]);
  });
});

describe('two good answers', () => {
  it('within a moment, of a cycle and of a look, are one', () => {
    const world = new World([a], { recovery: { successes: 2 } });
    expect(tellAll(world, ['fail status', 'ok', 'ok', 'ok'], 300)).toEqual([
      ['opened operation:a'],
      [],
      [],
      [],
    ]);
    expect(tellAll(world, ['ok'], 9000)).toEqual([['resolved operation:a']]);
  });

  it.each<[string, readonly Check[], Outcome, readonly string[]]>([
    ['an operation', [a], 'fail status', ['resolved operation:a']],
    ['a host', five, 'connect-refused', ['resolved origin:https://orders.example']],
  ])('of %s count from when they came, also where the first was long in coming', (_, checks, broken, end) => {
    const world = new World(checks, { recovery: { successes: 2 } });
    world.play({ results: all(checks, broken) });
    expect(world.tell({ results: all(checks, 'ok 6000') })).toEqual([]);
    expect(world.tell({ results: all(checks, 'ok'), afterMs: 10_000 })).toEqual([]);
    expect(world.tell({ results: all(checks, 'ok'), afterMs: 5000 })).toEqual(end);
  });

  it('of a service count from when they came, while its host goes on failing for another', () => {
    const pay = ['v', 'w', 'x', 'y', 'z'].map((id) => check(id, { service: 'pay' }));
    const world = new World([...five, ...pay], { recovery: { successes: 2 } });
    const left = (outcome: Outcome, afterMs: number): readonly (readonly string[] | undefined)[] =>
      world
        .play({ results: { ...all(five, 'connect-refused'), ...all(pay, outcome) }, afterMs })
        .transitions.map((one) => one.left);
    left('connect-refused', minute);
    expect(left('ok 6000', minute)).toEqual([]);
    expect(left('ok', 10_000)).toEqual([]);
    expect(left('ok', 5000)).toEqual([['pay']]);
  });

  it('of a host within a moment are one, and what still fails there is not told anew meanwhile', () => {
    const world = new World(five, { recovery: { successes: 2 } });
    const left = { ...all(five, 'ok'), a: 'connect-refused' };
    expect(world.tell({ results: all(five, 'connect-refused') })).toHaveLength(1);
    for (let no = 0; no < 3; no++) expect(world.tell({ results: left, afterMs: 300 })).toEqual([]);
    expect(world.tell({ results: left, afterMs: 9000 })).toEqual(['changed operation:a']);
  });
});

describe('what begins again', () => {
  it('does so after it had ended, although the call that shows it was first made before, with a number of its own', () => {
    const world = new World([a]);
    const [first] = world.play({ results: { a: 'fail status' } }).transitions;
    const [end] = world.play({ results: { a: 'ok' } }).transitions;
    const failing = result('a', 'fail status', world.now + minute);
    const attempts = [
      { at: first?.incident.openedAt ?? 0, code: 'status', message: 'found status', totalMs: 1 },
    ] as const;
    const evidence = { curl: 'curl', attempts };
    const [again] = world.playResults([{ ...failing, evidence }], { afterMs: minute }).transitions;
    expect(again).toMatchObject({ kind: 'opened', incident: { openedAt: end?.incident.resolvedAt } });
    expect(again?.incident.id).not.toBe(first?.incident.id);
  });
});

describe('an incident without data', () => {
  it('is told once after two hours, and not again when it turns out to fail as before', () => {
    const world = new World([a]);
    world.play({ results: { a: 'fail status' } });
    const told = tellAll(world, [...Array.from({ length: 12 }, () => undefined), 'fail status', 'ok']);
    expect(told.map((one, no) => [no, ...one]).filter((one) => one.length > 1)).toEqual([
      [7, 'changed operation:a'],
      [13, 'resolved operation:a'],
    ]);
  });

  it('says what was last known', () => {
    const world = new World([a]);
    world.play({ results: { a: 'fail status' } });
    const { transitions } = world.play({ results: {}, afterMs: 7_200_000 });
    expect(transitions[0]?.incident.reason).toEqual({
      code: 'no-data',
      message: 'no result since then; the last one was: found status',
    });
  });

  it('is not missed while a root cause explains it', () => {
    const checks = five.map((one) => check(one.id, { credential: 'sso' }));
    const world = new World(checks);
    world.play({ results: { a: 'fail status' } });
    const failing = { credential: 'sso', message: 'no token', permanent: false };
    for (let no = 0; no < 12; no++)
      expect(world.tell({ results: {}, credentialFailures: [failing] })).toEqual(
        no === 0 ? ['opened credential:sso'] : [],
      );
  });
});

describe('a silence', () => {
  const silence: Suppression = { by: 'silence', note: 'deploy, by li' };
  const hush = () => silence;

  it('keeps everything from being told, and leaves a record of why', () => {
    const world = new World([a]);
    expect(world.tell({ results: { a: 'fail status' }, hush })).toEqual(['(opened operation:a: silence)']);
    expect(world.tell({ results: { a: 'fail schema' }, hush })).toEqual([]);
    expect(world.tell({ results: { a: 'ok' }, hush })).toEqual(['(resolved operation:a: untold)']);
  });

  it('that ends while it still fails lets it be told then, since when it has been failing', () => {
    const world = new World([a]);
    world.play({ results: { a: 'fail status' }, hush });
    const { transitions } = world.play({ results: { a: 'fail status' } });
    expect(transitions).toMatchObject([{ kind: 'opened', incident: { failingCycles: 2 } }]);
    expect(transitions[0]?.incident.openedAt).toBeLessThan((transitions[0]?.at ?? 0) - minute);
  });

  it('that begins after it has been told does not keep its end from being told', () => {
    const world = new World([a]);
    world.play({ results: { a: 'fail status' } });
    expect(world.tell({ results: { a: 'fail schema' }, hush })).toEqual([]);
    expect(world.tell({ results: { a: 'ok' }, hush })).toEqual(['resolved operation:a']);
  });

  it('that ends when it has been told before lets only what is new be told', () => {
    const world = new World([a]);
    world.play({ results: { a: 'fail status' } });
    world.play({ results: { a: 'fail status' }, hush });
    expect(world.tell({ results: { a: 'fail status' } })).toEqual([]);
    world.play({ results: { a: 'fail schema' }, hush });
    expect(world.tell({ results: { a: 'fail schema' } })).toEqual(['changed operation:a']);
  });
});

describe('a restart', () => {
  it('between two evaluations changes nothing: all that counts is in the incidents', () => {
    const world = new World(five, { recovery: { successes: 2 } });
    world.play({ results: { ...all(five, 'ok'), a: 'fail status' } });
    const again = new World(five, { recovery: { successes: 2 } });
    again.open = JSON.parse(JSON.stringify(world.open)) as typeof world.open;
    expect(again.tell({ results: { a: 'ok' }, afterMs: 3_600_000 })).toEqual([]);
    expect(again.tell({ results: { a: 'ok' } })).toEqual(['resolved operation:a']);
  });
});
