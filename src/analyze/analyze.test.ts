import { describe, expect, it } from 'vitest';
import { all, check, cycleMs, start, World } from './world.fixture.ts';

const a = check('a');
const b = check('b');
const five = ['a', 'b', 'c', 'd', 'e'].map((id) => check(id));

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
      [{ a: 'degraded drift' }, { a: 'degraded drift' }, { a: 'ok' }],
      [['opened degraded:a'], [], ['resolved degraded:a']],
    ],
    [
      'that needed a second try has passed',
      [{ a: 'fail status' }, { a: 'degraded flaky' }],
      [['opened operation:a'], ['resolved operation:a']],
    ],
    [
      'that fails keeps what was known about its agreement with the document',
      [{ a: 'degraded drift' }, { a: 'fail status' }, { a: 'degraded drift' }, { a: 'ok' }],
      [['opened degraded:a'], ['opened operation:a'], ['resolved operation:a'], ['resolved degraded:a']],
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
          sources: ['orders'],
          tags: ['cart'],
          owners: ['li'],
          reason: { code: 'status', message: 'found status' },
          members: {
            count: 1,
            of: 1,
            worst: [{ checkId: 'a', label: 'GET /a', source: 'orders', message: 'found status' }],
          },
          openedAt: start,
          lastSeenAt: start + 5000,
          failingCycles: 1,
          version: 1,
          told: { codes: ['status'], severity: 'critical', members: 1 },
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
    expect(tellAll([100, 3000, 3000, 3000, 3000, 100, 3000, 3000, 100, 100, 100, 100])).toEqual([
      [],
      [],
      [],
      ['opened latency:a'],
      [],
      [],
      [],
      [],
      [],
      [],
      ['resolved latency:a'],
      [],
    ]);
  });

  it('is told with the percentile, the objective and one step less urgency', () => {
    const world = new World([a]);
    world.play({ results: { a: 'ok 100' } });
    world.play({ results: { a: 'ok 2500' } });
    world.play({ results: { a: 'ok 2600' } });
    expect(world.play({ results: { a: 'ok 3210' } }).transitions[0]?.incident).toMatchObject({
      severity: 'minor',
      verdict: 'degraded',
      reason: { code: 'latency', message: 'p95 is 3.21 s over the last 4 answers, objective 2 s' },
      expected: 'p95 ≤ 2 s',
      found: 'p95 3.21 s',
    });
  });

  it('of answers that fail does not count', () => {
    const world = new World([a]);
    for (let no = 0; no < 5; no++) world.play({ results: { a: 'fail status' } });
    expect(world.open.map(({ fingerprint }) => fingerprint)).toEqual(['operation:a']);
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
      'stays down until clearly fewer of its operations find no answer',
      [
        all(five, 'timeout'),
        { ...all(five, 'ok'), a: 'timeout', b: 'timeout' },
        { ...all(five, 'ok'), a: 'timeout' },
      ],
      [
        ['opened origin:https://orders.example'],
        [],
        ['opened operation:a', 'resolved origin:https://orders.example'],
      ],
    ],
    [
      'that nobody called stays as it was',
      [all(five, 'dns'), {}, all(five, 'unknown interrupted')],
      [['opened origin:https://orders.example'], [], []],
    ],
    [
      'that is down explains also what else fails there; what still fails afterwards is told then',
      [
        { ...all(five, 'timeout'), a: 'fail status' },
        { ...all(five, 'ok'), a: 'fail status' },
      ],
      [
        ['opened origin:https://orders.example'],
        ['opened operation:a', 'resolved origin:https://orders.example'],
      ],
    ],
    [
      'that goes down takes over an operation that failed before, which ends when it works again',
      [{ ...all(five, 'ok'), a: 'fail status' }, all(five, 'timeout'), all(five, 'reset'), all(five, 'ok')],
      [
        ['opened operation:a'],
        ['opened origin:https://orders.example'],
        ['changed origin:https://orders.example'],
        ['resolved operation:a', 'resolved origin:https://orders.example'],
      ],
    ],
  ])('%s', (_, cycles, expected) => {
    const world = new World(five);
    expect(cycles.map((results) => world.tell({ results }))).toEqual(expected);
  });

  it('is told with counts, the worst five and everybody concerned', () => {
    const checks = [
      check('a', { severity: 'minor', owners: ['wang'], tags: ['x'] }),
      check('z', { severity: 'critical', owners: ['li'], source: 'pay' }),
      ...['b', 'c', 'd', 'e'].map((id) => check(id, { owners: ['li'] })),
    ];
    const results = { ...all(checks, 'connect-refused'), b: 'timeout' };
    expect(new World(checks).play({ results }).transitions[0]?.incident).toMatchObject({
      severity: 'critical',
      subjectLabel: 'https://orders.example',
      sources: ['orders', 'pay'],
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
    expect(child()).toMatchObject({ failingCycles: 3 });
    expect(child()?.inhibitedBy).toBeUndefined();
  });

  it('that loses many more operations is told again', () => {
    const many = Array.from({ length: 20 }, (_, no) => check(`${no}`));
    const world = new World(many);
    const half = { ...all(many, 'timeout'), ...all(many.slice(0, 8), 'ok') };
    expect(world.tell({ results: { ...all(many.slice(0, 3), 'timeout') } })).toHaveLength(1);
    expect(world.tell({ results: half })).toEqual(['changed origin:https://orders.example']);
    expect(world.tell({ results: all(many, 'timeout') })).toEqual([]);
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
      },
    ]);
    expect(world.tell(blocked)).toEqual([]);
    expect(world.tell({ results: { open: 'ok' } })).toEqual([]);
    expect(world.tell({ results: { a: 'fail status', b: 'ok' } })).toEqual(
      ['resolved credential:sso', 'opened operation:a'].toSorted((x, y) =>
        x.slice(9) < y.slice(9) ? -1 : 1,
      ),
    );
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

describe('a document that cannot be read', () => {
  const problem = {
    documentId: 'orders:a.yaml',
    source: 'orders',
    uri: 'a.yaml',
    message: 'is not YAML',
    hint: 'line 3',
  };

  it('is told once, while its operations go on being judged, and ends when it can be read', () => {
    const world = new World([a]);
    expect(world.tell({ results: { a: 'ok' }, documentProblems: [problem] })).toEqual([
      'opened document:orders:a.yaml',
    ]);
    expect(world.tell({ results: { a: 'fail status' }, documentProblems: [problem] })).toEqual([
      'opened operation:a',
    ]);
    expect(world.tell({ results: {} })).toEqual([]);
    expect(world.tell({ results: {}, documentProblems: [], checks: [] })).toEqual([]);
    expect(world.tell({ results: {}, documentProblems: [] })).toEqual(['resolved document:orders:a.yaml']);
  });

  it('is a minor matter and names the file', () => {
    const { transitions } = new World([a]).play({ results: {}, documentProblems: [problem] });
    expect(transitions[0]?.incident).toMatchObject({
      severity: 'minor',
      verdict: 'degraded',
      subjectLabel: 'a.yaml',
      reason: { code: 'document', message: 'is not YAML' },
      hint: 'line 3',
      members: { count: 1, of: 1 },
    });
  });
});

describe('the statistics of a cycle', () => {
  it('count exactly, overall and by source', () => {
    const checks = [a, b, check('c', { source: 'pay' }), check('d', { source: 'pay' })];
    const world = new World(checks);
    const { statistics } = world.play({
      results: { a: 'ok 100', b: 'fail status', c: 'ok 301', d: 'blocked credential', gone: 'ok 1' },
    });
    expect(statistics).toEqual({
      cycleId: 1,
      outcome: 'complete',
      dueAt: start,
      startedAt: start,
      durationMs: 5000,
      latenessMs: 0,
      missed: 0,
      checked: 5,
      counts: { pass: 3, degraded: 0, fail: 1, blocked: 1, unknown: 0 },
      successRate: 0.75,
      latency: { count: 4, avgMs: 125.5, p50Ms: 100, p95Ms: 301, p99Ms: 301, maxMs: 301 },
      bySource: {
        orders: {
          checked: 2,
          counts: { pass: 1, degraded: 0, fail: 1, blocked: 0, unknown: 0 },
          latency: { count: 2, avgMs: 100, p50Ms: 100, p95Ms: 100, p99Ms: 100, maxMs: 100 },
        },
        pay: {
          checked: 2,
          counts: { pass: 1, degraded: 0, fail: 0, blocked: 1, unknown: 0 },
          latency: { count: 1, avgMs: 301, p50Ms: 301, p95Ms: 301, p99Ms: 301, maxMs: 301 },
        },
      },
    });
  });

  it('of a cycle in which nothing counted have no rate and no times', () => {
    const { statistics } = new World([a]).play({ results: { a: 'unknown interrupted' } });
    expect(statistics).not.toHaveProperty('successRate');
    expect(statistics).not.toHaveProperty('latency');
  });
});
