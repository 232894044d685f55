import { describe, expect, it } from 'vitest';
import type { Result } from '../../model/result.ts';
import { all, check, confirmedAfterMs, cycleMs, inShort, result, start, World } from '../world.fixture.ts';

const five = ['a', 'b', 'c', 'd', 'e'].map((id) => check(id));
const never = () => false;

/** What becomes of the results, and what people are told, of operations of which some have worked before. */
function told(outcomes: Readonly<Record<string, string>>, mayBlame: (check: { id: string }) => boolean) {
  const { results, transitions } = new World(five).play({ results: outcomes, mayBlame });
  return {
    verdicts: Object.fromEntries(
      results.map(({ checkId, verdict, reason }) => [checkId, `${verdict} ${reason.code}`]),
    ),
    transitions: transitions.map(({ kind, incident }) => `${kind} ${incident.fingerprint}`),
  };
}

describe('a refusal that was put down to values of ours', () => {
  const excused: Result = {
    ...result('a', 'fail 404', start),
    verdict: 'unknown',
    reason: { code: 'made-up-value', message: 'HTTP 404, but we took id=1 from GET /list' },
    unproven: { verdict: 'fail', code: 'status', message: 'HTTP 404, documented: 200' },
  };

  it.each([
    ['is nobody told of while others may be taken', false, 'made-up-value', excused.reason.message, []],
    ['is a failure once none is taken any more', true, 'status', 'HTTP 404, documented: 200', ['opened']],
  ])('%s', (_, may, code, message, kinds) => {
    const world = new World(five);
    const { results, transitions } = world.playResults([excused], { mayBlame: () => may });
    expect(results[0]?.reason).toMatchObject({ code, message });
    expect(transitions.map(({ kind }) => kind)).toEqual(kinds);
  });

  it.each([
    ['is known to have worked', true],
    ['has never worked', undefined],
  ])('of what %s', (_, worked) => {
    const { results } = new World(five).playResults([excused], {
      mayBlame: () => false,
      hasWorked: () => worked === true,
    });
    expect(results[0]?.unproven?.hasWorked).toBe(worked);
  });
});

describe('operations that have never worked', () => {
  it('tell nobody that all of them want a sign-in, where none is configured', () => {
    const { verdicts, transitions } = told(all(five, 'fail auth-rejected'), never);
    expect(verdicts).toEqual(all(five, 'unknown never-passed'));
    expect(transitions).toEqual([]);
  });

  it('tell nobody that a token is refused which their document has in another header', () => {
    const signed = five.map(({ id }) => check(id, { credential: 'sso', otherHeader: 'X-Access-Token' }));
    const world = new World(signed);
    const { results, transitions } = world.play({
      results: all(signed, 'fail auth-rejected'),
      mayBlame: never,
    });
    expect(new Set(results.map(({ reason }) => reason.code))).toEqual(new Set(['never-passed']));
    expect(transitions).toEqual([]);
    const told = new World(five.map(({ id }) => check(id, { credential: 'sso' })));
    const outcome = told.play({ results: all(five, 'fail auth-rejected'), mayBlame: never });
    expect(outcome.transitions.map(({ kind }) => kind)).toEqual(['opened']);
  });

  it('tell it once they have worked', () => {
    expect(told(all(five, 'fail auth-rejected'), () => true).transitions).not.toEqual([]);
  });
});

it('a value that another operation of the service has been answered well for is known to be taken', () => {
  const tenant = { name: 'X-Tenant', in: 'header', value: 't1', origin: 'example' } as const;
  const those = [
    check('a', { values: [tenant] }),
    check('b', { values: [tenant] }),
    check('c', { values: [tenant], service: 'pay' }),
  ];
  const asked: string[] = [];
  const outcomes = { a: 'fail 404', b: 'ok', c: 'fail 404' };
  new World(those).play({
    results: outcomes,
    mayBlame: ({ id }, _result, _isTaken, isProven) => {
      asked.push(`${id} ${isProven?.(tenant)}`);
      return true;
    },
  });
  expect(new Set(asked)).toEqual(new Set(['a true', 'c false']));
});

describe('an operation that has never worked', () => {
  it.each([
    ['a refusal', 'fail 404'],
    ['an error of its own', 'fail 500'],
    ['an answer that is not as documented', 'fail schema'],
    ['a media type that is not documented', 'degraded content-type'],
    ['no answer, while its host answers others', 'timeout'],
    ['a gateway that finds only it dead', 'fail 502'],
    ['a token that only it refuses', 'fail auth-rejected'],
  ])('tells nobody of %s', (_, outcome) => {
    expect(told({ ...all(five, 'ok'), a: outcome }, never)).toEqual({
      verdicts: { a: 'unknown never-passed', ...without(all(five, 'pass none'), 'a') },
      transitions: [],
    });
  });

  it.each([
    ['most take', { a: 'fail auth-rejected', b: 'fail auth-rejected' }, true],
    ['no more take than refuse', { a: 'fail auth-rejected', b: 'fail auth-rejected', c: 'fail 500' }, false],
  ])('is told whether its token is one that %s', (_, refusing, isTaken) => {
    const asked = new Map<string, boolean | undefined>();
    const signedIn = five.map((one) => ({ ...one, credential: 'sso' }));
    new World(signedIn).play({
      results: { ...all(five, 'ok'), ...refusing },
      mayBlame: ({ id }, _result, isTokenTaken) => {
        asked.set(id, isTokenTaken);
        return true;
      },
    });
    expect(asked.get('a')).toBe(isTaken);
  });

  it('shows what was found and what it would count as', () => {
    const { results } = new World(five).play({ results: { a: 'fail 500' }, mayBlame: never });
    expect(results[0]).toMatchObject({
      status: 500,
      reason: { code: 'never-passed', message: 'found 500' },
      unproven: { verdict: 'fail', code: 'status' },
    });
  });

  it.each([
    ['a host that refuses connections', 'connect-refused', 'opened origin:https://orders.example'],
    ['a gateway that finds nothing behind it', 'fail 502', 'opened gateway:https://orders.example'],
  ])('counts with the others for %s', (_, outcome, opened) => {
    expect(told(all(five, outcome), never).transitions).toEqual([opened]);
  });

  it('is no part of a service that breaks', () => {
    const outcomes = { ...all(five, 'fail 500'), d: 'ok', e: 'ok' };
    expect(told(outcomes, ({ id }) => id === 'a')).toMatchObject({
      verdicts: { a: 'fail status', b: 'unknown never-passed', c: 'unknown never-passed' },
      transitions: ['opened operation:a'],
    });
  });

  it('that all of them are does not mean that nothing is known of the service', () => {
    const world = new World(five);
    const days = Array.from({ length: 100 }, () =>
      world.play({ results: all(five, 'fail 404'), mayBlame: never, scope: ['orders'] }),
    );
    expect(days.flatMap(({ transitions }) => transitions)).toEqual([]);
  });

  it('is compared again with what comes in later in its cycle', () => {
    const world = new World(five);
    const first = world.play({ results: { a: 'fail 502' }, mayBlame: never, partial: true });
    expect(first.transitions).toEqual([]);
    const rounds = new Map([['orders', { startedAt: 0, isPaced: false }]]);
    const rest = world.play({
      results: without(all(five, 'fail 502'), 'a'),
      known: first.results,
      rounds,
      mayBlame: never,
    });
    expect(rest.open).toMatchObject([{ cause: { level: 'gateway' }, members: { count: 5, of: 5 } }]);
  });
});

it('what people have been told goes on being told, also when the operation is called in another way', () => {
  const world = new World(five);
  world.play({ results: { ...all(five, 'ok'), a: 'fail 500' }, mayBlame: () => true });
  const { open } = world.play({ results: { ...all(five, 'ok'), a: 'fail 500' }, mayBlame: never });
  expect(open).toMatchObject([{ fingerprint: 'operation:a', state: 'firing' }]);
  const { transitions } = world.play({ results: all(five, 'ok'), mayBlame: never });
  expect(transitions).toMatchObject([{ kind: 'resolved', incident: { fingerprint: 'operation:a' } }]);
});

function without(record: Readonly<Record<string, string>>, key: string): Record<string, string> {
  return Object.fromEntries(Object.entries(record).filter(([name]) => name !== key));
}

describe('an operation that has answered, and never as its document says', () => {
  const usual = (id: string, at: number): Result => ({ ...result(id, 'fail schema', at), status: 200 });
  const mayBlame = (_: unknown, { status }: Result): boolean => status !== 200;
  const hasWorked = (): boolean => false;
  const evidence = { mayBlame, hasWorked };

  it.each([
    ['alone', five.slice(0, 1), 'operation:a'],
    ['with all others of its service', five, 'service:orders'],
  ])('recovers %s from an error once it answers as it did before', (_, checks, fingerprint) => {
    const world = new World(checks);
    const of = (make: (id: string, at: number) => Result) => {
      const { results, transitions } = world.playResults(
        checks.map(({ id }) => make(id, world.now + cycleMs)),
        evidence,
      );
      return [results[0]?.reason.code, ...transitions.map(inShort)];
    };
    const broken = (id: string, at: number): Result => result(id, 'fail 500', at);
    expect([of(usual), of(broken), of(broken), of(usual), of(usual)]).toEqual([
      ['never-passed'],
      ['status', `opened ${fingerprint}`],
      ['status'],
      ['never-passed', `resolved ${fingerprint}`],
      ['never-passed'],
    ]);
  });

  it('is told to fail with the error, although the calls before it were answered as ever', () => {
    const at = start + confirmedAfterMs;
    const attempts = [0, 5000, confirmedAfterMs].map((ms, no) => ({
      at: start + ms,
      totalMs: 1,
      message: no === 2 ? 'HTTP 500' : 'expected object',
      ...(no === 2 ? ({ status: 500, code: 'status' } as const) : ({ status: 200, code: 'schema' } as const)),
    }));
    const broken: Result = { ...result('a', 'fail 500', at), evidence: { curl: 'curl', attempts } };
    const world = new World(five.slice(0, 1));
    expect(world.playResults([broken], evidence).transitions).toEqual([]);
    const { transitions } = world.playResults([result('a', 'fail 500', start + cycleMs)], evidence);
    expect(transitions.map(({ incident }) => [incident.reason.code, incident.status])).toEqual([
      ['status', 500],
    ]);
  });

  it('that was told to differ from its document is not over while it does', () => {
    const world = new World(five.slice(0, 1));
    world.playResults([usual('a', start)], { mayBlame: () => true });
    expect(world.playResults([usual('a', start + cycleMs)], evidence).results[0]?.verdict).toBe('fail');
    expect(world.open).toHaveLength(1);
  });
});
