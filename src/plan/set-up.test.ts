import { describe, expect, it } from 'vitest';
import { check, result, start } from '../analyze/world.fixture.ts';
import type { Check, FilledValue } from '../model/check.ts';
import type { Result } from '../model/result.ts';
import { setUpList } from './set-up.ts';

const id: FilledValue = { name: 'id', in: 'query', value: '7', origin: 'example' };

/** An operation that has never worked, and what it answered. */
function waiting(id: string, more: Partial<Check>, found: Partial<Result>) {
  return {
    check: check(id, more),
    result: {
      ...result(id, 'fail 404', start),
      verdict: 'unknown',
      unproven: { verdict: 'fail', code: 'status' },
      ...found,
      reason: { code: 'never-passed', message: 'HTTP 404, expected: 200', ...found.reason },
    } as Result,
  };
}

function only(more: Partial<Check>, found: Partial<Result>) {
  const [item] = setUpList([waiting('a', more, found)]);
  return item;
}

const said = (excerpt: string): Partial<Result> => ({ evidence: { curl: 'curl', excerpt } });

describe('what has to be set up', () => {
  it('names the values that nobody has given, and the line for them', () => {
    expect(only({ values: [id] }, { status: 404, ...said('{"msg":"无此订单"}') })).toEqual({
      checkId: 'a',
      source: 'orders',
      operation: 'GET /a',
      kind: 'value',
      status: 404,
      why: "it answers HTTP 404 for id=7 (the document's example)",
      said: '无此订单',
      lines: [
        'sources:\n  - name: orders\n    operations:\n      - match: GET /a\n        params:\n          id: …',
        'sources:\n  - name: orders\n    operations:\n      - match: GET /a\n        skip: true',
      ],
    });
  });

  it('names the optional parameter that the answer asks for', () => {
    const item = only(
      { values: [id], leftOut: ['page', 'tenantId'] },
      { status: 400, ...said('{"message":"tenantId is required"}') },
    );
    expect(item).toMatchObject({
      kind: 'parameter',
      why: 'it answers HTTP 400 and asks for tenantId, which the document calls optional',
    });
    expect(item?.lines[0]).toContain('params:\n          tenantId: …');
  });

  it('compares with what else the credential is good for', () => {
    const own = { credential: 'sso' };
    const fine = { check: check('b', own), result: result('b', 'ok', start) };
    const [item] = setUpList([waiting('a', own, { status: 403 }), fine]);
    expect(item).toMatchObject({
      kind: 'permission',
      why: 'it answers HTTP 403 to the token of credential "sso"; another one of the service takes it: another credential, or a permission?',
    });
  });

  it.each<[string, Partial<Check>, Partial<Result>, string, string]>([
    [
      'that nobody signs in',
      {},
      { status: 401 },
      'permission',
      'it answers HTTP 401, and nobody signs in for it',
    ],
    [
      'a success that is not as documented',
      {},
      {
        status: 200,
        findings: [{ kind: 'schema', level: 'error', message: '/total: expected number' }],
        reason: { code: 'never-passed', message: '/total: expected number' },
      },
      'document',
      'it answers HTTP 200, but never as its document says: /total: expected number',
    ],
    [
      'an error',
      {},
      { status: 500 },
      'broken',
      'it answers HTTP 500 and has done so since it was first called',
    ],
    [
      'a refusal with something left out',
      { leftOut: ['from', 'to'] },
      { status: 400 },
      'refused',
      'it answers HTTP 400 and has done so since it was first called; from, to are optional and not sent',
    ],
  ])('tells %s', (_, more, found, kind, why) => {
    expect(only(more, found)).toMatchObject({ kind, why });
  });

  it('is nothing of what works, fails or was not called', () => {
    const last = ['ok', 'fail 500', 'blocked credential', 'unknown interrupted'].map((outcome, no) => ({
      check: check(`c${no}`),
      result: result(`c${no}`, outcome, start),
    }));
    expect(setUpList(last)).toEqual([]);
  });
});
