import { describe, expect, it, test } from 'vitest';
import { envelopeSays } from '../../../test/support/sentences.ts';
import { check, result, start } from '../../incidents/world.fixture.ts';
import { sentence } from '../../messages/sentence.ts';
import type { Check, FilledValue, ValueOrigin } from '../../model/check.ts';
import type { Finding, Result } from '../../model/result.ts';
import { Proofs } from './proofs.ts';
import { mayBlameAtFirstSight } from './without-memory.ts';

const well = result('a', 'ok', start);
const refused = result('a', 'fail 404', start);
const broken = result('a', 'fail 500', start);
const differing = withFinding('schema', 'fail', 200);
const businessError = withFinding('envelope', 'fail', 200);

function withFinding(kind: string, verdict: 'fail' | 'degraded', status: number): Result {
  const finding: Finding = { kind, level: verdict === 'fail' ? 'error' : 'warning', message: kind };
  return { ...result('a', 'fail schema', start), verdict, status, findings: [finding] };
}

function answering(status: number, excerpt: string): Result {
  return { ...result('a', 'fail 500', start), status, evidence: { curl: '', excerpt } };
}

/** An envelope with HTTP 200. */
function inWords(said: string | undefined): Result {
  const message = sentence('envelopeExpected', { what: envelopeSays('code', '500', said), wanted: '0' });
  return { ...businessError, findings: [{ kind: 'envelope', level: 'error', message }] };
}

function value(origin: ValueOrigin, content: string): FilledValue {
  return { name: 'id', in: 'query', value: content, origin };
}

/** After these have been seen, with the check as it was called then. */
function proofsAfter(seen: readonly Result[], called: Check): Proofs {
  const proofs = new Proofs([]);
  for (const one of seen) proofs.adopt(proofs.learnt([one], new Map([[called.id, called]])));
  return proofs;
}

describe('a service with another name', () => {
  const four = ['a', 'b', 'c', 'd'].map((id) => check(id));
  const renamed = four.map((one) => ({ ...one, id: `new-${one.id}`, service: 'renamed' }));
  const former = () =>
    Promise.resolve(four.map(({ id, service, operation }) => ({ id, service, operation })));

  function proven(): Proofs {
    const proofs = new Proofs([]);
    const results = four.map(({ id }) => result(id, 'ok', start));
    proofs.adopt(proofs.learnt(results, new Map(four.map((one) => [one.id, one]))));
    return proofs;
  }

  it('has worked: that it fails now is told', async () => {
    const proofs = proven();
    await proofs.inherit(renamed, former);
    expect(renamed.map((one) => proofs.mayBlame(one, broken))).toEqual([true, true, true, true]);
  });

  it('is another one where it is called elsewhere, or has few operations in common', async () => {
    const elsewhere = renamed.map((one) => ({ ...one, origin: 'https://other.example' }));
    const wider = [
      ...renamed.slice(0, 1),
      check('e', { service: 'renamed' }),
      check('f', { service: 'renamed' }),
    ];
    for (const checks of [elsewhere, wider]) {
      const proofs = proven();
      await proofs.inherit(checks, former);
      expect(checks.some((one) => proofs.mayBlame(one, broken))).toBe(false);
    }
  });
});

describe('what may be blamed on an operation', () => {
  const plain = check('a');
  it.each<[string, readonly Result[], Result, boolean]>([
    ['nothing before it has worked', [], broken, false],
    ['nothing when it has only failed', [broken, refused], broken, false],
    ['nothing when it has only said that it failed', [businessError], broken, false],
    ['everything after it has worked', [well], refused, true],
    ['that its answers change after they were as documented', [well], differing, true],
    ['an error after answers that were never as documented', [differing], broken, true],
    ['not that answers are still not as documented', [differing], differing, false],
    ['a slow success is one', [withFinding('latency', 'degraded', 200)], broken, true],
  ])('%s', (_, seen, now, may) => {
    expect(proofsAfter(seen, plain).mayBlame(plain, now)).toBe(may);
  });

  it.each<[string, readonly Result[], Check, boolean]>([
    ['before it has', [refused, differing], plain, false],
    ['once it has, whatever has come since', [well, refused], plain, true],
    ['with another value', [well], check('a', { values: [value('generated', '1')] }), true],
    ['at another host', [well], check('a', { origin: 'https://other.example' }), false],
  ])('knows whether it has worked: %s', (_, seen, now, expected) => {
    expect(proofsAfter(seen, plain).hasWorked(now)).toBe(expected);
  });

  it('is nothing at another host, or with another credential', () => {
    const proofs = proofsAfter([well], plain);
    expect(proofs.mayBlame(check('a', { origin: 'https://other.example' }), broken)).toBe(false);
    expect(proofs.mayBlame(check('a', { credential: 'staff' }), broken)).toBe(false);
  });

  it.each<[string, FilledValue, FilledValue, Result, boolean]>([
    ['not a refusal of another configured value', value('config', '1'), value('config', '2'), refused, false],
    [
      'not a business error of another example',
      value('example', '1'),
      value('example', '2'),
      businessError,
      false,
    ],
    ['an error of its own, whatever the value', value('config', '1'), value('config', '2'), broken, true],
    ['a refusal of the same value', value('config', '1'), value('config', '1'), refused, true],
    [
      'a refusal of values that change with each call',
      value('captured', '1'),
      value('captured', '2'),
      refused,
      true,
    ],
  ])('is %s', (_, before, now, found, may) => {
    const proofs = proofsAfter([well], check('a', { values: [before] }));
    expect(proofs.mayBlame(check('a', { values: [now] }), found)).toBe(may);
  });
});

describe('a refusal that was put down to values of ours', () => {
  const called = check('a', { values: [value('captured', '1')] });
  const excused: Result = {
    ...refused,
    verdict: 'unknown',
    reason: { code: 'made-up-value', message: 'HTTP 404, but we took id=1 from GET /list' },
    unproven: { verdict: 'fail', code: 'status', message: 'HTTP 404' },
  };

  it.each([
    ['before it has worked', [], true, false],
    ['while others are to be tried', [well], false, false],
    ['once others have been tried in vain', [well], true, true],
  ])('is blamed on the operation: %s', (_, seen, isExhausted, may) => {
    const proofs = new Proofs(
      [],
      () => true,
      () => isExhausted,
    );
    for (const one of seen) proofs.adopt(proofs.learnt([one], new Map([[called.id, called]])));
    expect(proofs.mayBlame(called, excused)).toBe(may);
  });

  it('counts although another documented value has worked', () => {
    const proofs = new Proofs([], undefined, () => true);
    const before = check('a', { values: [value('example', 'E1')] });
    proofs.adopt(proofs.learnt([well], new Map([['a', before]])));
    expect(proofs.mayBlame(called, refused)).toBe(true);
  });
});

it('what is known already is not stored again', () => {
  const byId = new Map([['a', check('a')]]);
  const proofs = proofsAfter([well], check('a'));
  expect(proofs.learnt([well, differing], byId)).toEqual([]);
});

describe('at first sight', () => {
  it.each<[string, Partial<Check>, Result, boolean]>([
    ['an error of a call without parameters', {}, broken, true],
    ['an error for a configured value', { values: [value('config', '1')] }, broken, true],
    ['an error for a value that another operation gave', { values: [value('captured', '1')] }, broken, true],
    ['no error for an example', { values: [value('example', '1')] }, broken, false],
    ['no error for a value that was made up', { values: [value('generated', '1')] }, refused, false],
    ['no error where a parameter was left out', { leftOut: ['tenant'] }, refused, false],
    ['that it breaks, although a parameter was left out', { leftOut: ['pageNo'] }, broken, true],
    [
      'that it breaks over a small page',
      { values: [value('paging', '5')], leftOut: ['pageNo'] },
      answering(500, '{"status":500,"error":"Internal Server Error"}'),
      true,
    ],
    [
      'that it breaks in words',
      { values: [value('paging', '5')], leftOut: ['pageNo'] },
      inWords('系统异常'),
      true,
    ],
    ['that it breaks without a word', { leftOut: ['pageNo'] }, inWords(undefined), true],
    ['that it breaks over a documented choice', { values: [value('enum', 'A')] }, broken, true],
    ['no break over what was made up', { values: [value('generated', '1')] }, broken, false],
    ['no refusal in words that asks for more', { leftOut: ['tenant'] }, inWords('tenant 不能为空'), false],
    [
      'no refusal with a status of a break that asks for more',
      { leftOut: ['tenant'] },
      answering(500, '{"message":"Required request parameter \'tenant\' is not present"}'),
      false,
    ],
    [
      'that its database breaks',
      { leftOut: ['tenant'] },
      answering(500, '{"message":"You have an error in your SQL syntax near parameter"}'),
      true,
    ],
    [
      'an answer that is not as documented, whatever was asked',
      { values: [value('generated', '1')] },
      differing,
      true,
    ],
    [
      'no refusal that the document names',
      { promises: [{ status: '404', contentTypes: [] }] },
      refused,
      false,
    ],
    ['a refusal that it does not name', { promises: [{ status: '403', contentTypes: [] }] }, refused, true],
    ['no want of a permission', {}, result('a', 'fail 403', start), false],
    ['no want of a permission, in words', {}, result('a', 'fail no-permission', start), false],
    ['no want of a sign-in', {}, result('a', 'fail 401', start), false],
    [
      'no want of a sign-in that the body tells',
      {},
      { ...result('a', 'fail 200', start), reason: { code: 'auth-rejected', message: '' } },
      false,
    ],
    ['that a token is refused', { credential: 'sso' }, result('a', 'fail 401', start), true],
    ['that there is no answer', { leftOut: ['tenant'] }, result('a', 'timeout', start), true],
  ])('may be blamed: %s', (_, more, found, may) => {
    expect(mayBlameAtFirstSight(check('a', more), found)).toBe(may);
  });

  it('is that a call is sent to sign in, whatever token others take', () => {
    const sent = {
      ...result('a', 'fail gzip', start),
      verdict: 'blocked' as const,
      status: 200,
      findings: [],
      reason: {
        code: 'auth-rejected' as const,
        message: 'HTTP 302 → https://sso.example/login, where one signs in',
      },
    };
    expect(mayBlameAtFirstSight(check('a', { credential: 'sso' }), sent, true)).toBe(true);
  });

  it('is no token refused that most others take', () => {
    const signedIn = check('a', { credential: 'sso' });
    expect(mayBlameAtFirstSight(signedIn, result('a', 'fail 401', start), true)).toBe(false);
    expect(mayBlameAtFirstSight(signedIn, broken, true)).toBe(true);
  });
});

describe('access that an operation had', () => {
  const [first, other] = ['a', 'b'].map((id) => check(id, { credential: 'sso' })) as [Check, Check];
  const proofs = proofsAfter([well], first);
  const elsewhere = 'https://pay.example:8443';

  it.each<[string, Check, boolean]>([
    ['is its own', first, true],
    ['is that of another one of its origin with the same credential', other, true],
    ['is its own from before, when the credential has another name', { ...first, credential: 'new' }, true],
    ['is not that of another credential', { ...other, credential: 'new' }, false],
    ['is not that of another origin', { ...other, origin: elsewhere }, false],
  ])('%s', (_, one, had) => {
    expect(proofs.hadAccess(one)).toBe(had);
    expect(new Proofs([]).hadAccess(one)).toBe(false);
  });
});

test('an empty list proves nothing of what is in it, and all that is around it', () => {
  const called = check('a');
  const at = (pointer: string): Result => ({
    ...differing,
    findings: [{ kind: 'schema', level: 'error', message: 'x', pointer }],
  });
  const hollow: Result = { ...well, isHollow: true };
  const blames = (seen: readonly Result[], pointer: string): boolean =>
    proofsAfter(seen, called).mayBlame(called, at(pointer));
  expect(blames([hollow], '/data/list/0/title')).toBe(false);
  expect(blames([differing, hollow], '/data/list/0/title')).toBe(false);
  expect(blames([hollow], '/data')).toBe(true);
  expect(proofsAfter([hollow], called).mayBlame(called, broken)).toBe(true);
  for (const seen of [[well], [hollow, well], [well, hollow]])
    expect(blames(seen, '/data/list/0/title')).toBe(true);
});
