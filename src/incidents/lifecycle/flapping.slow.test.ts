import { describe, expect, it } from 'vitest';
import type { CertificateTrouble } from '../../model/certificate.ts';
import type { Check } from '../../model/check.ts';
import { failedUntil } from '../../model/incident.ts';
import { all, check, type CycleScript, type Outcome, start, tellAll, World } from '../world.fixture.ts';

const a = check('a');
const five = ['a', 'b', 'c', 'd', 'e'].map((id) => check(id));
const minute = 60_000;

describe('flapping', () => {
  /** What is told, minute by minute, by a world that is bad in the minutes given; two good answers end what is wrong. */
  function minuteByMinute(length: number, outcomeAt: (minuteNo: number) => Outcome): readonly string[] {
    const world = new World([a], { recovery: { successes: 2 } });
    return Array.from({ length }, (_, no) =>
      world.tell({ results: { a: outcomeAt(no) }, afterMs: minute }).map((words) => `${no} ${words}`),
    ).flat();
  }
  const badIn =
    (...minutes: readonly number[]) =>
    (no: number): Outcome =>
      minutes.includes(no) ? 'fail 500' : 'ok';

  it('ends within five minutes once it stays well, and goes on without a word until then', () => {
    expect(minuteByMinute(40, badIn(1, 4, 5, 7, 10))).toEqual([
      '1 opened operation:a',
      '3 resolved operation:a',
      '4 opened operation:a',
      '14 resolved operation:a',
    ]);
  });

  it('shows meanwhile how things are, and how often it has come', () => {
    const world = new World([a], { recovery: { successes: 2 } });
    for (let no = 0; no < 9; no++) world.play({ results: { a: badIn(1, 4, 5, 7)(no) }, afterMs: minute });
    expect(world.open).toMatchObject([{ state: 'recovering', flapping: { times: 3 } }]);
    for (let no = 0; no < 3; no++) world.play({ results: { a: 'ok' }, afterMs: minute });
    expect(world.ended.at(-1)).toMatchObject({ state: 'resolved', flapping: { times: 3 } });
  });

  it('counts on where it had come before it was over, and the cycles since it came back', () => {
    const world = new World([a], { recovery: { successes: 2 } });
    for (let no = 0; no < 14; no++) world.play({ results: { a: badIn(1, 4, 5, 7)(no) }, afterMs: minute });
    expect(world.ended.map(({ flapping }) => flapping?.times)).toEqual([undefined, 3]);
    for (let no = 0; no < 2; no++) world.play({ results: { a: 'fail 500' }, afterMs: minute });
    expect(world.open).toMatchObject([{ failingCycles: 2, flapping: { times: 4 } }]);
    const openedAt = world.open.at(0)?.openedAt ?? Number.NaN;
    world.play({ results: { a: 'ok' }, afterMs: minute });
    world.play({ results: { a: 'fail 500' }, afterMs: minute });
    expect(world.open).toMatchObject([
      { openedAt, failingCycles: 1, flapping: { since: openedAt + 3 * minute, times: 5 } },
    ]);
  });

  it('is not what ended because its service is no longer patrolled, and goes on under another name', () => {
    const world = new World(five, { recovery: { successes: 2 } });
    world.play({ results: all(five, 'connect-refused'), configured: ['orders'] });
    expect(world.tell({ results: {}, configured: ['renamed'], checks: [] })).toEqual([
      'removed origin:https://orders.example',
    ]);
    const checks = five.map((one) => ({ ...one, service: 'renamed' }));
    const results = all(five, 'connect-refused');
    expect(world.tell({ results, checks, configured: ['renamed'] })).toEqual([
      'opened origin:https://orders.example',
    ]);
    expect(world.open).toMatchObject([{ services: ['renamed'] }]);
    expect(world.open[0]?.flapping).toBeUndefined();
  });

  it('does not hide another fault: that is told at once, and ends as any other', () => {
    const other: Readonly<Record<number, Outcome>> = { 1: 'fail 500', 5: 'fail schema', 9: 'fail 503' };
    expect(minuteByMinute(12, (no) => other[no] ?? 'ok')).toEqual([
      '1 opened operation:a',
      '3 resolved operation:a',
      '5 opened operation:a',
      '7 resolved operation:a',
      '9 opened operation:a',
      '11 resolved operation:a',
    ]);
    const within: Readonly<Record<number, Outcome>> = { 1: 'fail 500', 4: 'fail 500', 6: 'fail schema' };
    expect(minuteByMinute(12, (no) => within[no] ?? 'ok')).toEqual([
      '1 opened operation:a',
      '3 resolved operation:a',
      '4 opened operation:a',
      '6 changed operation:a',
      '10 resolved operation:a',
    ]);
  });

  it('keeps short returns back from the second on, tells those that last, and one in two hours anyway', () => {
    const bad = (no: number): Outcome => (no % 10 === 0 && no < 200 ? 'fail 500' : 'ok');
    expect(minuteByMinute(220, bad).filter((words) => !words.includes('('))).toEqual([
      '0 opened operation:a',
      '2 resolved operation:a',
      '10 opened operation:a',
      '14 resolved operation:a',
      '140 opened operation:a',
      '144 resolved operation:a',
    ]);
    const lasting = (no: number): Outcome => ([0, 10].includes(no) || no >= 20 ? 'fail 500' : 'ok');
    expect(minuteByMinute(40, lasting)).toEqual([
      '0 opened operation:a',
      '2 resolved operation:a',
      '10 opened operation:a',
      '14 resolved operation:a',
      '20 (opened operation:a: flapping)',
      '22 opened operation:a',
    ]);
  });

  it('keeps back what comes and goes for less than that, and not for ever', () => {
    const blinking = (no: number): Outcome => ((no <= 20 ? no % 10 === 0 : no % 2 === 0) ? 'fail 500' : 'ok');
    expect(minuteByMinute(40, blinking).slice(4)).toEqual([
      '20 (opened operation:a: flapping)',
      '26 opened operation:a',
    ]);
  });

  const inTurns =
    (length: number, until: number) =>
    (no: number): Outcome =>
      no < until && Math.floor(no / length) % 2 === 0 ? 'fail 500' : 'ok';

  it('tells what is bad and good for four minutes in turns once more after three times, and ends it once', () => {
    const told = minuteByMinute(200, inTurns(4, 120)).filter((words) => !words.includes('('));
    expect(told).toEqual([
      '0 opened operation:a',
      '5 resolved operation:a',
      '8 opened operation:a',
      '15 resolved operation:a',
      '18 opened operation:a',
      '23 resolved operation:a',
      '26 opened operation:a',
      '125 resolved operation:a',
    ]);
  });

  it.each([6, 9, 10])('the same of turns of %i minutes, and of those of an hour each is told', (length) => {
    const told = minuteByMinute(300, inTurns(length, 180)).filter((words) => !words.includes('('));
    expect(told).toHaveLength(8);
    expect(Number(told.at(-1)?.split(' ')[0])).toBeLessThanOrEqual(180 + 30 + 2);
    const hourly = minuteByMinute(600, inTurns(60, 480)).filter((words) => !words.includes('('));
    expect(hourly).toHaveLength(8);
  });

  it('never keeps back what turns into another fault', () => {
    const turning: Readonly<Record<number, Outcome>> = { 0: 'fail 500', 10: 'fail 500', 20: 'fail 500' };
    const bad = (no: number): Outcome => turning[no] ?? (no === 21 ? 'fail 404' : 'ok');
    expect(minuteByMinute(30, bad).slice(4)).toEqual([
      '20 (opened operation:a: flapping)',
      '21 opened operation:a',
      '25 resolved operation:a',
    ]);
  });

  it('nor what fails otherwise before it has been well for long', () => {
    const turning: Readonly<Record<number, Outcome>> = {
      0: 'fail 500',
      4: 'fail 500',
      6: 'fail 404',
      8: 'fail 500',
    };
    expect(minuteByMinute(14, (no) => turning[no] ?? 'ok')).toEqual([
      '0 opened operation:a',
      '2 resolved operation:a',
      '4 opened operation:a',
      '6 changed operation:a',
      '12 resolved operation:a',
    ]);
  });

  it('of a common cause is none of the operations that are left of it and have failed all the time', () => {
    const eight = [...five, check('f'), check('g'), check('h')];
    const world = new World(eight, { recovery: { successes: 2 } });
    const left = { ...all(eight, 'ok'), a: 'fail 502', b: 'fail 502' };
    for (const outcome of ['fail 502', 'ok', 'ok', 'fail 502'])
      world.play({ results: all(eight, outcome), afterMs: minute });
    const [cause] = world.open;
    expect(cause).toMatchObject({ flapping: { times: 2 } });
    world.play({ results: left, afterMs: minute });
    expect(world.tell({ results: left, afterMs: 10_000 })).toEqual([
      'changed operation:a',
      'changed operation:b',
    ]);
    for (const one of world.open) {
      expect(one).toMatchObject({ openedAt: cause?.openedAt, state: 'firing' });
      expect(one).not.toHaveProperty('flapping');
    }
    expect(world.open.map(({ id }) => id)).toContain(cause?.id);
  });

  it('is also what comes back a third time in six hours', () => {
    const world = new World([a]);
    const slowly = ['fail status', 'ok', 'ok', 'ok'];
    tellAll(world, [...slowly, ...slowly]);
    expect(world.open).toEqual([]);
    tellAll(world, ['fail status']);
    expect(world.open).toMatchObject([{ flapping: { since: expect.any(Number) } }]);
  });

  it('is not what comes back now and then', () => {
    const world = new World([a]);
    for (let no = 0; no < 4; no++) {
      world.play({ results: { a: 'fail status' }, afterMs: 4 * 3_600_000 });
      expect(world.open[0]).not.toHaveProperty('flapping');
      world.play({ results: { a: 'ok' } });
    }
  });

  it('is over when it fails for good, and then one good evaluation ends it', () => {
    const world = new World([a]);
    tellAll(world, ['fail status', 'ok', 'fail status']);
    expect(world.open[0]).toHaveProperty('flapping');
    tellAll(world, ['fail status', 'fail status', 'fail status', 'fail status']);
    expect(world.open[0]).not.toHaveProperty('flapping');
    expect(tellAll(world, ['ok'])).toEqual([['resolved operation:a']]);
  });
});

describe('whatever comes and goes', () => {
  type Happening = Omit<CycleScript, 'afterMs'>;
  const other = { service: 'pay', documentId: 'pay:b.yaml' };
  const pay = ['x', 'y', 'z', 'v', 'w', 'u'].map((id) => check(id, other));
  const secured = ['a', 'b'].map((id) => check(id, { credential: 'sso' }));
  const noToken = (message: string) => [{ credential: 'sso', message, permanent: false }];
  const refused = 'POST https://sso.example/token answered 401 invalid_client (trace 7f3a99c1-22)';
  const sighting = (trouble?: Omit<CertificateTrouble, 'hasExpired'>): Pick<Happening, 'certificates'> => ({
    certificates: [
      {
        origin: a.origin,
        at: start,
        ...(trouble === undefined ? {} : { trouble: { ...trouble, hasExpired: false } }),
      },
    ],
  });
  const unread = (message: string) => ({
    documentProblems: [{ documentId: 'orders:a.yaml', service: 'orders', uri: 'a.yaml', message }],
  });
  const kinds: Readonly<Record<string, readonly [readonly Check[], Happening, Happening, Happening]>> = {
    operation: [
      [a],
      { results: { a: 'ok' } },
      { results: { a: 'fail 500' } },
      { results: { a: 'fail schema' } },
    ],
    service: [
      [...five, ...pay],
      { results: all([...five, ...pay], 'ok') },
      { results: { ...all(five, 'ok'), ...all(pay, 'fail 500') } },
      { results: { ...all(five, 'ok'), ...all(pay, 'fail 400') } },
    ],
    origin: [
      five,
      { results: all(five, 'ok') },
      { results: all(five, 'connect-refused') },
      { results: all(five, 'tls') },
    ],
    gateway: [
      five,
      { results: all(five, 'ok') },
      { results: all(five, 'fail 502') },
      { results: all(five, 'fail 504') },
    ],
    credential: [
      secured,
      { results: all(secured, 'ok') },
      {
        results: all(secured, 'blocked credential'),
        credentialFailures: noToken('https://sso.example refuses connections'),
      },
      { results: all(secured, 'blocked credential'), credentialFailures: noToken(refused) },
    ],
    certificate: [
      [a],
      { results: { a: 'ok' }, ...sighting() },
      {
        results: { a: 'ok' },
        ...sighting({ verdict: 'degraded', code: 'certificate', message: 'ends in 3 days' }),
      },
      { results: { a: 'ok' }, ...sighting({ verdict: 'fail', code: 'tls', message: 'is of another host' }) },
    ],
    document: [
      [a],
      { results: { a: 'ok' }, documentProblems: [] },
      { results: { a: 'ok' }, ...unread('is not YAML') },
      { results: { a: 'ok' }, ...unread('is empty') },
    ],
  };

  /** What is told minute by minute; `one` in these minutes, `other` in those. */
  function story(
    kind: string,
    minutes: number,
    whenOne: (no: number) => boolean,
    otherAt: number,
  ): readonly string[] {
    const [checks = [], good, one, another] = kinds[kind] ?? [];
    const world = new World(checks, { recovery: { successes: 2 } });
    return Array.from({ length: minutes }, (_, no) => {
      const now = no === otherAt ? another : whenOne(no) ? one : good;
      if (now === undefined) throw new Error(kind);
      const certificates = now.certificates?.map((one) => ({ ...one, at: world.now + minute }));
      const seen = certificates === undefined ? now : { ...now, certificates };
      return world.tell({ ...seen, afterMs: minute }).map((words) => `${no} ${words.split(':')[0]}`);
    }).flat();
  }

  it.each(Object.keys(kinds))('%s: what lasts is told within three minutes, its end within five', (kind) => {
    const comes = (no: number): boolean => [0, 10].includes(no) || (no >= 20 && no < 40);
    const told = story(kind, 50, comes, -1).filter((words) => !words.includes('('));
    const at = (word: string): readonly number[] =>
      told.filter((one) => one.includes(word)).map((one) => Number(one.split(' ')[0]));
    expect(at('opened')).toEqual([0, 10, 22]);
    expect(at('resolved')).toHaveLength(3);
    expect(at('resolved')[2]).toBeLessThanOrEqual(44);
  });

  it.each(Object.keys(kinds))('%s: another fault in between is told at once, and ends', (kind) => {
    const told = story(kind, 40, (no) => [0, 10, 20].includes(no), 22);
    const [first, last] = told.filter((words) => Number(words.split(' ')[0]) >= 21);
    expect(first).toMatch(/^22 (opened|changed) [a-z]+$/);
    expect(Number(last?.split(' ')[0])).toBeLessThanOrEqual(27);
    expect(last).toContain(' resolved ');
  });

  it('credential: when the endpoint is back for a minute, that is told', () => {
    expect(story('credential', 20, (no) => [0, 4].includes(no), -1)).toEqual([
      '0 opened credential',
      '2 resolved credential',
      '4 opened credential',
      '6 resolved credential',
    ]);
  });

  it('credential: what differs from one refusal to the next is no other fault', () => {
    const world = new World(secured, { recovery: { successes: 1 } });
    const told = Array.from({ length: 25 }, (_, no) =>
      world.tell({
        results: all(secured, no % 10 === 0 ? 'blocked credential' : 'ok'),
        ...(no % 10 === 0
          ? { credentialFailures: noToken(`answered 401 denied at 10:0${no}:15, trace ${no}ab7`) }
          : {}),
        afterMs: minute,
      }),
    ).flat();
    expect(told.filter((words) => words.includes('opened'))).toEqual([
      'opened credential:sso',
      'opened credential:sso',
      '(opened credential:sso: flapping)',
    ]);
  });
});

it('what nobody could look at for a while has not been well meanwhile', () => {
  const world = new World([a], { recovery: { successes: 2 } });
  const play = (outcome: Outcome) => world.play({ results: { a: outcome }, afterMs: minute }).transitions;
  for (const outcome of ['fail 500', 'ok', 'ok', 'fail 500']) play(outcome);
  for (let no = 0; no < 10; no++) play('blocked credential');
  const goodAt = world.now + minute;
  const ended = Array.from({ length: 8 }, () => play('ok')).flat();
  expect(ended).toMatchObject([{ kind: 'resolved' }]);
  const [{ incident, at } = {}] = ended;
  if (incident === undefined || at === undefined) throw new Error('it has not ended');
  expect(failedUntil(incident, at)).toBeGreaterThanOrEqual(goodAt - minute);
});
