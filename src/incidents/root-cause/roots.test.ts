import { describe, expect, it } from 'vitest';
import { sentence } from '../../messages/sentence.ts';
import type { Result } from '../../model/result.ts';
import { all, check, result, start, World } from '../world.fixture.ts';

const five = ['a', 'b', 'c', 'd', 'e'].map((id) => check(id));

describe('what has begun to recover on a host that dies', () => {
  const ten = [...five, ...['f', 'g', 'h', 'i', 'j'].map((id) => check(id, { service: 'pay' }))];
  const causes: readonly (readonly [string, string])[] = [
    ['document', 'fail 404'],
    ['gateway', 'fail 503'],
    ['service', 'fail error'],
    ['credential', 'fail auth-rejected'],
  ];
  const unheard = ['unknown origin-down', 'connect-refused', 'timeout', 'unknown interrupted'];

  it.each(causes.flatMap(([cause, outcome]) => unheard.map((now) => [cause, outcome, now] as const)))(
    'is not told to be over: %s, %s, then %s',
    (cause, outcome, now) => {
      const checks = cause === 'gateway' ? ten : five.map((one) => ({ ...one, credential: 'sso' }));
      const world = new World(checks, { recovery: { successes: 2 } });
      world.play({ results: all(checks, 'ok') });
      world.play({ results: all(checks, outcome) });
      expect(world.open.filter(({ told }) => told !== undefined)).toMatchObject([
        { cause: { level: cause } },
      ]);
      world.play({ results: all(checks, 'ok'), afterMs: 10_000 });
      const looked = Object.fromEntries(['a', 'b', 'c'].map((id) => [id, now]));
      for (let no = 0; no < 3; no++)
        expect(world.tell({ results: looked, afterMs: 10_000, selection: true }).join()).not.toContain(
          'resolved',
        );
      expect(world.open.map((one) => one.cause.level)).toContain(cause);
    },
  );
});

describe('operations that were not called because their host does not answer', () => {
  const uncalled = all(five, 'unknown origin-down');

  it('are no reason to say so of it when none was called', () => {
    const world = new World(five);
    world.play({ results: all(five, 'ok') });
    expect(world.tell({ results: uncalled })).toEqual([]);
    expect(world.tell({ results: { ...uncalled, a: 'timeout' } })).toEqual([
      'opened origin:https://orders.example',
    ]);
  });

  it('neither begin nor end what is told of it', () => {
    const world = new World(five);
    world.play({ results: all(five, 'ok') });
    world.play({ results: all(five, 'timeout') });
    for (let no = 0; no < 3; no++) expect(world.tell({ results: uncalled })).toEqual([]);
    const looked = { a: 'unknown origin-down' };
    expect(world.tell({ results: looked, selection: true })).toEqual([]);
    expect(world.open).toMatchObject([{ cause: { level: 'origin' } }]);
  });
});

/** As it was answered from call to call, the last of which decides. */
function asked(checkId: string, statuses: readonly (number | undefined)[], at: number): Result {
  const attempts = statuses.map((status, no) => {
    const when = { at: at - 1000 * (statuses.length - 1 - no), totalMs: 1 };
    return status === undefined
      ? ({ ...when, code: 'connect-refused' } as const)
      : ({ ...when, status, code: 'status' } as const);
  });
  const decided = result(checkId, `fail ${statuses.at(-1)}`, at);
  const noted = attempts.map((one, no) => ({ ...one, message: `found ${statuses[no] ?? one.code}` }));
  return { ...decided, evidence: { curl: 'curl', attempts: noted } };
}

describe('an operation that people know of when a cause of many begins', () => {
  const told = { ...all(five, 'ok'), a: 'fail 404' };
  const minute = 60_000;

  it('keeps its number, its reason and its end, also when that begins between its calls', () => {
    const world = new World(five);
    expect(world.tell({ results: told, afterMs: minute })).toEqual(['opened operation:a']);
    const [before] = world.open;
    const others = five.slice(1).map(({ id }) => result(id, 'ok', world.now));
    const between = [asked('a', [404, 404, 503], world.now + 30_000), ...others];
    expect(world.playResults(between, { afterMs: 30_000 }).transitions).toEqual([]);
    expect(world.tell({ results: all(five, 'fail 503'), afterMs: 10_000 })).toEqual([
      expect.stringMatching(/^opened gateway:/),
    ]);
    expect(world.open.find(({ id }) => id === before?.id)).toMatchObject({
      fingerprint: 'operation:a',
      reason: { message: 'found 404' },
      status: 404,
    });
    expect(world.tell({ results: told, afterMs: minute })).toEqual([
      expect.stringMatching(/^resolved gateway:/),
    ]);
    const { transitions } = world.play({ results: all(five, 'ok'), afterMs: minute });
    expect(transitions).toMatchObject([{ kind: 'resolved', incident: { id: before?.id, status: 404 } }]);
  });

  it('says that it fails otherwise when two calls have seen it', () => {
    const world = new World(five);
    world.play({ results: told });
    const others = five.slice(1).map(({ id }) => result(id, 'ok', world.now));
    const { transitions } = world.playResults([asked('a', [404, 503, 503], world.now + 60_000), ...others]);
    expect(transitions).toMatchObject([{ kind: 'changed', incident: { status: 503 } }]);
  });

  it.each([
    ['connect-refused', undefined],
    ['fail 502', 502],
  ])('does not take over what that answered before it was back: %s', (outage, status) => {
    const world = new World(five, { recovery: { successes: 2 } });
    world.play({ results: told, afterMs: minute });
    world.play({ results: all(five, outage), afterMs: minute });
    const others = five.slice(1).map(({ id }) => result(id, 'ok', world.now + 20_000));
    const late = asked('a', [status, status, 404], world.now + 20_000);
    expect(world.playResults([late, ...others], { afterMs: 20_000 }).transitions).toEqual([]);
    expect(world.open.find(({ fingerprint }) => fingerprint === 'operation:a')).toMatchObject({
      status: 404,
    });
    const otherwise = asked('a', [status, status, 500], world.now + 20_000);
    expect(
      world.playResults([otherwise, ...others.map((one) => ({ ...one, at: world.now + 20_000 }))], {
        afterMs: 20_000,
      }).transitions,
    ).toMatchObject([
      { kind: 'resolved', incident: { cause: { level: status === undefined ? 'origin' : 'gateway' } } },
    ]);
  });

  it('is not prolonged, counted or told otherwise by what that does to it', () => {
    const world = new World(five, { recovery: { successes: 2 } });
    const sick = { ...all(five, 'ok'), a: 'fail 500' };
    for (const results of [sick, all(five, 'ok'), all(five, 'ok'), sick, all(five, 'ok')])
      world.play({ results, afterMs: minute });
    const [before] = world.open;
    expect(before).toMatchObject({ state: 'recovering', flapping: { times: 2 } });
    expect(world.tell({ results: { a: 'fail 401' }, afterMs: 10_000, selection: true })).toEqual([]);
    world.play({ results: all(five, 'connect-refused'), afterMs: minute });
    const ends = [1, 2, 3].flatMap(
      () => world.play({ results: all(five, 'ok'), afterMs: minute }).transitions,
    );
    const end = ends.find(({ incident }) => incident.id === before?.id);
    expect(end).toMatchObject({
      kind: 'resolved',
      incident: { status: 500, flapping: { times: 2 }, lastSeenAt: before?.lastSeenAt },
    });
  });
});

describe('an origin', () => {
  it.each<[string, readonly Record<string, string>[], readonly (readonly string[])[]]>([
    [
      'that refuses connections is one incident, however many operations it has',
      [all(five, 'connect-refused'), all(five, 'connect-refused'), all(five, 'ok')],
      [['opened origin:https://orders.example'], [], ['resolved origin:https://orders.example']],
    ],
    [
      'is down when three fifths of its operations find no answer',
      [{ ...all(five, 'timeout'), d: 'ok', e: 'ok' }],
      [['opened origin:https://orders.example']],
    ],
    [
      'is not down when fewer do',
      [{ a: 'timeout', b: 'timeout', c: 'ok', d: 'ok', e: 'ok' }],
      [['opened operation:a', 'opened operation:b']],
    ],
    [
      'is down when operations were not called because of it',
      [{ a: 'dns', b: 'unknown origin-down', c: 'unknown origin-down', d: 'unknown interrupted' }],
      [['opened origin:https://orders.example']],
    ],
    [
      'is told once, whether what was not called because of it is called in vain later',
      [
        { ...all(five, 'unknown origin-down'), a: 'connect-refused' },
        all(five, 'connect-refused'),
        all(five, 'unknown origin-down'),
      ],
      [['opened origin:https://orders.example'], [], []],
    ],
    [
      'with two operations is down when both find no answer',
      [{ a: 'timeout', b: 'timeout' }],
      [['opened origin:https://orders.example']],
    ],
    [
      'with one operation is down when there is no connection',
      [{ a: 'dns' }],
      [['opened origin:https://orders.example']],
    ],
    ['with one operation that times out may be well', [{ a: 'timeout' }], [['opened operation:a']]],
    [
      'stays down until clearly fewer of its operations find no answer, and goes on as those',
      [
        all(five, 'timeout'),
        { ...all(five, 'ok'), a: 'timeout', b: 'timeout' },
        { ...all(five, 'ok'), a: 'timeout' },
      ],
      [['opened origin:https://orders.example'], [], ['changed operation:a']],
    ],
    [
      'that nobody called stays as it was',
      [all(five, 'dns'), {}, all(five, 'unknown interrupted')],
      [['opened origin:https://orders.example'], [], []],
    ],
    [
      'that is down explains also what else fails there; what still fails one evaluation later is told then',
      [
        { ...all(five, 'timeout'), a: 'fail status', b: 'fail status' },
        { ...all(five, 'ok'), a: 'fail status', b: 'fail status' },
        { ...all(five, 'ok'), a: 'fail status' },
      ],
      [
        ['opened origin:https://orders.example'],
        ['resolved origin:https://orders.example'],
        ['opened operation:a'],
      ],
    ],
    [
      'that goes down takes over an operation that failed before, and its end is that of both',
      [{ ...all(five, 'ok'), a: 'fail status' }, all(five, 'timeout'), all(five, 'reset'), all(five, 'ok')],
      [
        ['opened operation:a'],
        ['opened origin:https://orders.example'],
        ['changed origin:https://orders.example'],
        ['(resolved operation:a: part)', 'resolved origin:https://orders.example'],
      ],
    ],
  ])('%s', (_, cycles, expected) => {
    const world = new World(five);
    expect(cycles.map((results) => world.tell({ results }))).toEqual(expected);
  });

  it('is told with counts, the worst five and everybody concerned', () => {
    const checks = [
      check('a', { severity: 'minor', owners: ['wang'], tags: ['x'] }),
      check('z', { severity: 'critical', owners: ['li'], service: 'pay' }),
      ...['b', 'c', 'd', 'e'].map((id) => check(id, { owners: ['li'] })),
    ];
    const results = { ...all(checks, 'connect-refused'), b: 'timeout' };
    expect(new World(checks).play({ results }).transitions[0]?.incident).toMatchObject({
      severity: 'critical',
      subjectLabel: 'https://orders.example',
      services: ['orders', 'pay'],
      tags: ['x'],
      owners: ['li', 'wang'],
      reason: { code: 'connect-refused', message: 'found connect-refused' },
      members: { count: 6, of: 6, worst: ['z', 'b', 'c', 'd', 'e'].map((checkId) => ({ checkId })) },
    });
  });

  it('says who explains an incident of before, and no longer once it is up', () => {
    const world = new World(five);
    world.play({ results: { ...all(five, 'ok'), a: 'fail status' } });
    world.play({ results: all(five, 'timeout') });
    const child = () => world.open.find(({ fingerprint }) => fingerprint === 'operation:a');
    expect(child()?.inhibitedBy).toBe('origin:https://orders.example');
    world.play({ results: { ...all(five, 'ok'), a: 'fail status' } });
    expect(child()).toMatchObject({ failingCycles: 2 });
    expect(child()?.inhibitedBy).toBeUndefined();
  });

  it('that loses many more operations is told again', () => {
    const many = Array.from({ length: 20 }, (_, no) => check(`${no}`));
    const world = new World(many);
    const half = { ...all(many, 'timeout'), ...all(many.slice(0, 8), 'ok') };
    expect(world.tell({ results: all(many.slice(0, 3), 'timeout') })).toHaveLength(1);
    expect(world.tell({ results: half })).toEqual(['changed origin:https://orders.example']);
    expect(world.tell({ results: all(many, 'timeout') })).toEqual([]);
  });
});

describe('services of one host that fail in ways of their own', () => {
  const of = (service: string) =>
    [1, 2, 3, 4, 5, 6].map((no) => check(`${service}${no}`, { service, documentId: `${service}:a.yaml` }));
  const [p, q, r, z] = [of('p'), of('q'), of('r'), of('z')];

  it.each<[string, Record<string, string>, readonly string[]]>([
    [
      "that resets, that hangs, that answers 502 and that is well are nobody else's trouble",
      { ...all(p, 'reset'), ...all(q, 'timeout'), ...all(r, 'fail 502'), ...all(z, 'ok') },
      ['opened service:p', 'opened service:q', 'opened service:r'],
    ],
    [
      "that hangs and that is answered 502 are two, though the host is the one's",
      { ...all(p, 'timeout'), ...all(q, 'timeout'), ...all(z, 'timeout'), ...all(r, 'fail 502') },
      ['opened origin:https://orders.example', 'opened service:r'],
    ],
    [
      'some of which were with it when it went are one',
      {
        ...all(p, 'reset'),
        ...all(q, 'timeout'),
        ...all(r, 'connect-refused'),
        ...all(z, 'unknown origin-down'),
      },
      ['opened origin:https://orders.example'],
    ],
  ])('%s', (_, results, expected) => {
    expect(new World([...p, ...q, ...r, ...z]).tell({ results })).toEqual(expected);
  });
});

describe('operations that were asked while their host was away and answer when asked again', () => {
  it('are the end of that, and nothing that begins', () => {
    const world = new World(five);
    expect(world.tell({ results: all(five, 'connect-refused') })).toHaveLength(1);
    const at = start + 2 * 60_000;
    const [still, ...back] = five;
    const flaky = back.map(({ id }): Result => {
      const attempts = [{ at: at - 8000, code: 'connect-refused', message: 'refused', totalMs: 1 }] as const;
      return { ...result(id, 'degraded flaky', at), evidence: { curl: 'curl', attempts } };
    });
    const found = [...flaky, result(still?.id ?? '', 'fail 502', at)];
    const { transitions } = world.playResults(found, { afterMs: 2 * 60_000 });
    expect(transitions.map(({ kind, incident }) => `${kind} ${incident.cause.level}`)).toEqual([
      'resolved origin',
    ]);
  });
});

describe('operations that hung, and were answered when they were called again', () => {
  const world = (): World => new World([...five, check('z', { service: 'pay' })]);
  const hung = (id: string, from: number, wellAt: number): Result => {
    const attempts = [{ at: from, code: 'timeout', message: 'no answer', totalMs: 10_000 }] as const;
    return { ...result(id, 'degraded flaky', wellAt), evidence: { curl: 'curl', attempts } };
  };

  it('were out for a while, all of them: nothing behind them is unsteady', () => {
    const found = [
      ...five.map(({ id }, no) => hung(id, start + 2000 * no, start + 30_000 + no)),
      result('z', 'ok', start + 5000),
    ];
    const own = world();
    own.playResults(found, { afterMs: 60_000 });
    expect(own.open.filter(({ cause }) => cause.level !== 'operation')).toEqual([]);
  });

  it('while others of the service were answered tell that something behind it is sick', () => {
    const found = [
      ...five.slice(1).map(({ id }, no) => hung(id, start + 2000 * no, start + 30_000 + no)),
      result('a', 'ok', start + 3000),
    ];
    const own = world();
    own.playResults(found, { afterMs: 60_000 });
    expect(own.open).toMatchObject([{ fingerprint: 'unsteady:https://orders.example' }]);
  });
});

describe('a service that people know to fail', () => {
  const seconds = 10_000;

  it('is over when of its operations one fails otherwise and has been told alone', () => {
    const world = new World(five, { recovery: { successes: 2 } });
    expect(world.tell({ results: all(five, 'fail error') })).toEqual(['opened service:orders']);
    const sick: Readonly<Record<string, string>> = { ...all(five, 'ok'), a: 'fail 404' };
    expect(world.tell({ results: sick, afterMs: 60_000 })).toEqual([]);
    expect(world.tell({ results: sick, afterMs: 5000 })).toEqual(['opened operation:a']);
    const known = five.map(({ id }) => result(id, sick[id] ?? 'ok', world.now - 1));
    const look = { results: { a: 'fail 404', b: 'ok', c: 'ok' }, selection: true, afterMs: seconds, known };
    const { transitions } = world.play(look);
    expect(transitions).toMatchObject([
      { kind: 'resolved', incident: { fingerprint: 'service:orders', status: 500, members: { count: 5 } } },
    ]);
  });

  it('stays that, with its beginning, under the other status that all of its host is answered', () => {
    const others = ['f', 'g', 'h', 'i', 'j'].map((id) => check(id, { service: 'pay' }));
    const both = [...five, ...others];
    const world = new World(both);
    world.play({ results: { ...all(five, 'fail error'), ...all(others, 'ok') } });
    const [own] = world.open;
    // It comes while the calls of the service go on.
    world.play({ results: { ...all(five, 'fail error'), d: 'fail 503', e: 'fail 503' }, afterMs: seconds });
    expect(world.tell({ results: all(both, 'fail 503'), afterMs: seconds })).toEqual([
      'opened gateway:https://orders.example',
    ]);
    const back = { ...all(five, 'fail error'), ...all(others, 'ok') };
    expect(world.tell({ results: back, afterMs: seconds })).toEqual([
      'resolved gateway:https://orders.example',
    ]);
    const { transitions } = world.play({ results: all(both, 'ok'), afterMs: seconds });
    expect(transitions).toMatchObject([
      { kind: 'resolved', incident: { id: own?.id, openedAt: own?.openedAt, status: 500 } },
    ]);
  });
});

describe('a credential without a token', () => {
  const signed = ['a', 'b', 'c'].map((id) => check(id, { credential: 'sso', owners: ['li'] }));
  const failure = {
    credential: 'sso',
    message: 'POST /token answered 401',
    hint: 'check the secret',
    permanent: true,
  };

  it('is one incident with its dependants, and ends when one of them could be called', () => {
    const world = new World([...signed, check('open')]);
    const blocked = { results: all(signed, 'blocked credential'), credentialFailures: [failure] };
    const { transitions } = world.play(blocked);
    expect(transitions.map(({ incident }) => incident)).toMatchObject([
      {
        fingerprint: 'credential:sso',
        cause: { level: 'credential', subject: 'sso' },
        reason: { code: 'credential', message: 'POST /token answered 401' },
        hint: 'check the secret',
        members: { count: 3, of: 3 },
        owners: ['li'],
        openedAt: start,
      },
    ]);
    expect(world.tell(blocked)).toEqual([]);
    expect(world.tell({ results: { open: 'ok' } })).toEqual([]);
    expect(world.tell({ results: { a: 'fail status', b: 'ok' } })).toEqual(['resolved credential:sso']);
    expect(world.tell({ results: { a: 'fail status' } })).toEqual(['opened operation:a']);
  });

  it('explains an incident of an operation that failed before', () => {
    const world = new World(signed);
    world.play({ results: { a: 'fail status' } });
    world.play({ results: all(signed, 'blocked credential'), credentialFailures: [failure] });
    expect(world.open.find(({ fingerprint }) => fingerprint === 'operation:a')?.inhibitedBy).toBe(
      'credential:sso',
    );
  });
});

describe('a host that also gives the tokens', () => {
  const host = 'https://orders.example';
  const signed = ['a', 'b', 'c', 'd'].map((id) => check(id, { service: 'signed', credential: 'sso' }));
  const free = ['e', 'f', 'g'].map((id) => check(id, { service: 'free', documentId: 'free:a.yaml' }));
  const elsewhere = ['x', 'y', 'z'].map((id) =>
    check(id, {
      service: 'other',
      credential: 'sso',
      origin: 'https://other.example',
      documentId: 'other:a.yaml',
    }),
  );
  const seven = [...signed, ...free];
  const noToken = (status?: number) => {
    const endpoint = { origin: host, status };
    return { credential: 'sso', message: 'POST /token gave none', permanent: false, endpoint };
  };
  const minute = 60_000;

  it.each<[string, string, number | undefined]>([
    ['gateway', 'fail 503', 503],
    ['origin', 'connect-refused', undefined],
  ])(
    'and fails (%s) is one incident, whichever of its operations had a token left',
    (level, outcome, status) => {
      const without = { ...all(signed, 'blocked credential'), ...all(free, outcome) };
      const credentialFailures = [noToken(status)];
      for (const first of [{ results: all(seven, outcome) }, { results: without, credentialFailures }]) {
        const world = new World(seven);
        expect(world.tell({ ...first, afterMs: minute })).toEqual([`opened ${level}:${host}`]);
        expect(world.tell({ results: without, credentialFailures, afterMs: minute })).toEqual([]);
        expect(world.open).toMatchObject([{ members: { count: 7, of: 7 } }]);
        expect(world.tell({ results: all(seven, 'ok'), afterMs: minute })).toEqual([
          `resolved ${level}:${host}`,
        ]);
      }
    },
  );

  it('is not over for whom it gives no token yet', () => {
    const world = new World(seven);
    world.play({ results: all(seven, 'fail 503'), afterMs: minute });
    const results = { ...all(signed, 'blocked credential'), ...all(free, 'ok') };
    expect(world.tell({ results, credentialFailures: [noToken(503)], afterMs: minute })).toEqual([]);
    expect(world.tell({ results: all(seven, 'ok'), afterMs: minute })).toEqual([`resolved gateway:${host}`]);
  });

  it('and has nobody to call without one goes on as it was told, and ends', () => {
    const world = new World(signed);
    world.play({ results: all(signed, 'fail 503'), afterMs: minute });
    const results = all(signed, 'blocked credential');
    expect(world.tell({ results, credentialFailures: [noToken(503)], afterMs: minute })).toEqual([]);
    expect(world.open).toMatchObject([{ members: { count: 4, of: 4 }, lastSeenAt: world.now + 5000 }]);
    expect(world.tell({ results: all(signed, 'ok'), afterMs: minute })).toEqual([`resolved gateway:${host}`]);
  });

  it('leaves others without a token, who are told of that alone, and refuses it for reasons of its own', () => {
    const world = new World([...seven, ...elsewhere]);
    const results = { ...all([...signed, ...elsewhere], 'blocked credential'), ...all(free, 'fail 503') };
    const { transitions } = world.play({ results, credentialFailures: [noToken(503)], afterMs: minute });
    expect(transitions).toMatchObject([
      { incident: { fingerprint: 'credential:sso', services: ['other'], members: { count: 3, of: 3 } } },
      { incident: { fingerprint: `gateway:${host}`, members: { count: 7, of: 7 } } },
    ]);
    const refused = new World(seven);
    const unwanted = { ...all(signed, 'blocked credential'), ...all(free, 'fail 503') };
    expect(refused.tell({ results: unwanted, credentialFailures: [noToken(401)] })).toContain(
      'opened credential:sso',
    );
  });
});

describe('a credential whose token is refused', () => {
  const signed = ['a', 'b', 'c', 'd'].map((id) => check(id, { credential: 'sso' }));

  it('by half of its operations is one incident, and what fails otherwise is told on its own', () => {
    const world = new World(signed);
    const results = { ...all(signed, 'fail auth-rejected'), d: 'fail status' };
    expect(world.tell({ results })).toEqual(['opened credential:sso', 'opened operation:d']);
    expect(world.play({ results: all(signed, 'ok') }).transitions.map(({ kind }) => kind)).toEqual([
      'resolved',
      'resolved',
    ]);
  });

  it('goes on while no other one may be asked for, and counts those that are blocked for it', () => {
    const world = new World(signed);
    const two = { ...all(signed, 'fail auth-rejected'), c: 'blocked auth-rejected', d: 'blocked credential' };
    const { transitions } = world.play({ results: two });
    expect(transitions.map(({ incident }) => incident)).toMatchObject([
      {
        fingerprint: 'credential:sso',
        reason: { message: '4 of 4 operations refuse its token: found auth-rejected' },
        members: { count: 4, of: 4 },
      },
    ]);
    expect(world.tell({ results: all(signed, 'blocked credential') })).toEqual(['changed credential:sso']);
    expect(world.open).toMatchObject([{ members: { count: 4, of: 4 } }]);
  });

  it('every few calls is over when no call has been blocked or refused for a minute', () => {
    const world = new World(signed);
    const soon = { afterMs: 10_000 };
    const [refused, well] = [all(signed, 'blocked auth-rejected'), all(signed, 'ok')];
    const cycles = [refused, well, well, well, refused, well, well, well, well, well, well];
    expect(cycles.map((results) => world.tell({ results, ...soon }))).toEqual([
      ['opened credential:sso'],
      ...Array.from({ length: 9 }, () => []),
      ['resolved credential:sso'],
    ]);
  });

  it('ends for all whom its beginning named, also when it was well for some of them before', () => {
    const signedOf = (service: string) =>
      ['a', 'b', 'c'].map((id) => check(`${service}-${id}`, { service, credential: 'sso' }));
    const [of, others] = [signedOf('orders'), signedOf('users')];
    const world = new World([...of, ...others]);
    const soon = { afterMs: 10_000 };
    world.play({ results: all([...of, ...others], 'blocked auth-rejected') });
    for (let no = 0; no < 3; no++) world.play({ results: all(of, 'ok'), ...soon });
    const ends = Array.from({ length: 9 }, () =>
      world.play({ results: all([...of, ...others], 'ok'), ...soon }),
    ).flatMap(({ transitions }) => transitions.filter(({ kind }) => kind === 'resolved'));
    expect(ends.map(({ incident }) => incident)).toMatchObject([
      { services: ['orders', 'users'], members: { count: 6, of: 6 } },
    ]);
  });

  it('and of which none may be asked for yet is told in the second cycle, and ends the same way', () => {
    const world = new World(signed);
    const results = all(signed, 'blocked credential');
    expect([world.tell({ results }), world.tell({ results })]).toEqual([[], ['opened credential:sso']]);
    expect(world.open).toMatchObject([
      { reason: { code: 'credential', message: '4 of 4 operations have no token: found credential' } },
    ]);
    expect(world.tell({ results: all(signed, 'ok') })).toEqual(['resolved credential:sso']);
  });

  it('goes on as the same incident when there is no token at all', () => {
    const world = new World(signed);
    world.play({ results: all(signed, 'fail auth-rejected') });
    const failure = { credential: 'sso', message: 'no token', permanent: true };
    const blocked = { results: all(signed, 'blocked credential'), credentialFailures: [failure] };
    expect(world.tell(blocked)).toEqual(['changed credential:sso']);
  });
});

describe('operations that are sent to where people sign in', () => {
  it('are one incident of the credential that is not accepted', () => {
    const signed = ['a', 'b', 'c', 'd'].map((id) => check(id, { credential: 'sso' }));
    const world = new World(signed);
    expect(world.tell({ results: all(signed, 'blocked auth-rejected') })).toEqual(['opened credential:sso']);
    expect(world.tell({ results: all(signed, 'ok') })).toEqual(['resolved credential:sso']);
  });

  it('without one are an incident of their service, or of each of a few', () => {
    const world = new World(five);
    expect(world.tell({ results: all(five, 'blocked auth-rejected') })).toEqual(['opened service:orders']);
    const two = new World(five);
    const results = { ...all(five, 'ok'), a: 'blocked auth-rejected' };
    // Nobody has looked at it twice within the cycle.
    expect([two.tell({ results }), two.tell({ results })]).toEqual([[], ['opened operation:a']]);
  });
});

describe('a gateway', () => {
  it('that gives the same 502 for most operations is one incident', () => {
    const world = new World(five);
    const { transitions } = world.play({ results: { ...all(five, 'fail 502'), e: 'ok' } });
    expect(transitions.map(({ incident }) => incident)).toMatchObject([
      {
        fingerprint: 'gateway:https://orders.example',
        cause: { level: 'gateway', subject: 'https://orders.example' },
        reason: { code: 'status', message: '4 of 5 operations get the same answer: found 502' },
        members: { count: 4, of: 5 },
      },
    ]);
  });

  it('that shows the same page for everything is one incident, different answers are not', () => {
    expect(new World(five).tell({ results: all(five, 'fail page') })).toEqual([
      'opened gateway:https://orders.example',
    ]);
    const mixed = { ...all(five, 'ok'), a: 'fail 500', b: 'fail 503', c: 'fail status' };
    expect(new World(five).tell({ results: mixed })).toHaveLength(3);
  });

  it.each(['fail words', 'fail error'])(
    'is not to blame for what one service says of itself: %s',
    (outcome) => {
      expect(new World(five).tell({ results: all(five, outcome) })).toEqual(['opened service:orders']);
      const others = ['f', 'g', 'h', 'i'].map((id) =>
        check(id, { service: 'pay', documentId: 'pay:a.yaml' }),
      );
      const both = [...five, ...others];
      expect(new World(both).tell({ results: all(both, outcome) })).toEqual([
        'opened gateway:https://orders.example',
      ]);
    },
  );

  it('does not explain what fails in another way beside it', () => {
    const six = [...five, check('f')];
    const world = new World(six);
    expect(world.tell({ results: { ...all(six, 'fail 502'), f: 'fail schema' } })).toEqual([
      'opened gateway:https://orders.example',
      'opened operation:f',
    ]);
  });
});

describe('a document', () => {
  const own = ['a', 'b', 'c', 'd', 'e'].map((id) => check(id, { documentId: 'orders:v2.yaml' }));

  it.each([
    ['that answers 404 everywhere has moved', 'fail 404', 'found 404'],
    ['whose answers all look different now is another version', 'fail schema', 'found schema'],
  ])('%s', (_, outcome, found) => {
    const { transitions } = new World(own).play({ results: { ...all(own, outcome), e: 'ok' } });
    expect(transitions.map(({ incident }) => incident)).toMatchObject([
      {
        fingerprint: 'mismatch:orders:v2.yaml',
        subjectLabel: 'v2.yaml',
        reason: { message: `4 of 5 operations of the document changed at once: ${found}` },
        hint: 'the base URL has moved, or another version than the documented one is deployed',
      },
    ]);
  });

  it('is not to blame for bodies that are not in the encoding that they claim', () => {
    expect(new World(own).tell({ results: all(own, 'fail gzip') })).toEqual(['opened service:orders']);
  });

  it.each(['', '{}', 'null', '{"id":7,"na'])(
    'is not to blame, nor is what stands in front, for answers in which there is nothing, or a part: %j',
    (body) => {
      expect(new World(own).tell({ results: all(own, `fail body ${body}`) })).toEqual([
        'opened service:orders',
      ]);
    },
  );

  it.each(['<!DOCTYPE html><html><title>Back soon</title>', '<html><body>maintenance</body></html>'])(
    'is not to blame for the page that one service of its host shows instead of all answers: %j',
    (page) => {
      const others = ['f', 'g', 'h'].map((id) => check(id, { service: 'pay', documentId: 'pay:a.yaml' }));
      const message = sentence('contentType', { type: 'text/html', expected: 'application/json' });
      const found = [...own, ...others].map(({ id, service }): Result => {
        if (service === 'pay') return result(id, 'ok', start);
        const failed = result(id, `fail body ${page}`, start);
        return { ...failed, findings: [{ kind: 'content-type', level: 'error', message }] };
      });
      const world = new World([...own, ...others]);
      world.playResults(found);
      expect(world.open.map(({ fingerprint }) => fingerprint)).toEqual(['service:orders']);
    },
  );

  it('is not to blame as long as a cycle has called only those of it that fail alike', () => {
    const many = Array.from({ length: 100 }, (_, no) => check(`${no}`, { documentId: 'orders:v2.yaml' }));
    const world = new World(many);
    world.play({ results: all(many, 'ok') });
    const some = all(many.slice(0, 30), 'fail schema');
    expect(world.tell({ results: some, partial: true })).toEqual(['opened service:orders']);
    const moved = new World(many);
    moved.play({ results: all(many, 'ok') });
    expect(moved.tell({ results: all(many.slice(0, 60), 'fail 404'), partial: true })).toEqual([
      'opened mismatch:orders:v2.yaml',
    ]);
  });

  it('of which one operation in two differs is told operation by operation', () => {
    const world = new World(own);
    expect(world.tell({ results: { ...all(own, 'ok'), a: 'fail schema', b: 'fail schema' } })).toEqual([
      'opened operation:a',
      'opened operation:b',
    ]);
  });
});

describe('a service', () => {
  const origins = ['x', 'y', 'z'];
  const spread = Array.from({ length: 12 }, (_, no) =>
    check(`${no}`.padStart(2, '0'), {
      origin: `https://${origins[no % 3]}.example`,
      documentId: `d${no % 4}`,
    }),
  );

  it('of which half fails, each in its own way, is one incident', () => {
    const failing = Object.fromEntries(
      spread.slice(0, 6).map(({ id }, no) => [id, no % 2 === 0 ? 'fail status' : 'fail body']),
    );
    const world = new World(spread);
    const { transitions } = world.play({ results: { ...all(spread, 'ok'), ...failing } });
    expect(transitions.map(({ incident }) => incident)).toMatchObject([
      {
        fingerprint: 'service:orders',
        reason: {
          code: 'body',
          message: '6 of 12 operations fail, for various reasons: found body, among others',
        },
      },
    ]);
  });

  it('of which most fail in one way says which', () => {
    const failing = Object.fromEntries(
      spread.slice(0, 6).map(({ id }, no) => [id, no < 2 ? 'fail status' : 'fail body']),
    );
    const { transitions } = new World(spread).play({ results: { ...all(spread, 'ok'), ...failing } });
    expect(transitions.map(({ incident }) => incident.reason)).toMatchObject([
      { message: '6 of 12 operations fail, most of them: found body' },
    ]);
  });

  it('that suffers from a dead host is not called ill itself, nor well', () => {
    const world = new World(spread);
    const dead = spread.filter(({ origin }) => origin === 'https://x.example');
    world.play({ results: { ...all(spread, 'fail status') } });
    expect(world.open.map(({ fingerprint }) => fingerprint)).toEqual(['service:orders']);
    expect(world.tell({ results: { ...all(spread, 'ok'), ...all(dead, 'dns') } })).toEqual([
      'opened origin:https://x.example',
    ]);
  });
});

describe('the patrol itself', () => {
  const spread = ['x', 'y', 'z', 'w', 'v'].flatMap((host) =>
    ['1', '2', '3'].map((no) => check(`${host}${no}`, { origin: `https://${host}.example`, service: host })),
  );

  it('that reaches nobody blames its own network, once, and nobody else', () => {
    const world = new World(spread);
    world.play({ results: { ...all(spread, 'ok'), x1: 'fail status' } });
    const { transitions } = world.play({ results: all(spread, 'no-resolver') });
    expect(transitions.map(({ incident }) => incident)).toMatchObject([
      {
        fingerprint: 'self:network',
        reason: { code: 'self', message: '5 of 5 origins find no answer: found no-resolver' },
        members: { count: 15, of: 15 },
      },
    ]);
    expect(world.tell({ results: all(spread, 'no-resolver') })).toEqual([]);
    expect(world.tell({ results: all(spread, 'ok') })).toEqual([
      'resolved operation:x1',
      'resolved self:network',
    ]);
  });

  it('that still reaches two of five blames the three', () => {
    const dead = spread.filter(({ origin }) => !/[wv]\./.test(origin));
    expect(
      new World(spread).tell({ results: { ...all(spread, 'ok'), ...all(dead, 'no-resolver') } }),
    ).toEqual([
      'opened origin:https://x.example',
      'opened origin:https://y.example',
      'opened origin:https://z.example',
    ]);
  });
});

describe('a round of rechecks', () => {
  it('is not enough to conclude anything new, but keeps and ends what there is', () => {
    const selection = true;
    const world = new World(five);
    expect(world.tell({ results: all(five.slice(0, 3), 'timeout'), selection })).toEqual([]);
    expect(world.open).toEqual([]);
    const other = new World(five);
    other.play({ results: all(five, 'timeout') });
    expect(other.tell({ results: all(five.slice(0, 3), 'timeout'), selection })).toEqual([]);
    expect(other.open).toMatchObject([{ members: { count: 5, of: 5 }, failingCycles: 1 }]);
    expect(other.tell({ results: all(five.slice(0, 3), 'ok'), selection })).toEqual([
      'resolved origin:https://orders.example',
    ]);
  });
});

describe('what is no longer planned', () => {
  it('ends as removed when the whole plan of its services is at hand', () => {
    const world = new World(five);
    world.play({ results: all(five, 'timeout') });
    const moved = five.map(({ id }) => check(id, { origin: 'https://new.example' }));
    expect(world.tell({ results: all(moved, 'ok'), checks: moved })).toEqual([]);
    expect(world.tell({ results: all(moved, 'ok'), checks: moved, scope: ['users'] })).toEqual([]);
    expect(world.tell({ results: all(moved, 'ok'), checks: moved, scope: ['orders'] })).toEqual([
      'removed origin:https://orders.example',
    ]);
  });
});
