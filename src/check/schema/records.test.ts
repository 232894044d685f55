import { describe, expect, it } from 'vitest';
import { judgeContext, makeAnswer } from '../../../test/support/answers.ts';
import { makeCheck } from '../../../test/support/check-harness.ts';
import { inEnglish } from '../../messages/in-language.ts';
import type { Check, FilledValue } from '../../model/check.ts';
import { expectations } from '../expectations/registry.ts';
import { heldTo, judge } from '../judge.ts';

const day = 24 * 3_600_000;

function detail(path: string, value: string | number, more: Partial<FilledValue> = {}): Check {
  const name = /\{(\w+)\}/.exec(path)?.[1] ?? 'id';
  const place = path.includes('{') ? 'path' : 'query';
  return makeCheck('http://a.example', path, {
    id: 'x',
    operation: `GET ${path}`,
    promises: [],
    values: [{ name, in: place, value, origin: 'captured', ...more }],
  });
}

/** What is said of each answer, one after the other. */
function story(check: (at: number) => Check, bodies: readonly unknown[], every = 60_000): readonly string[] {
  let now = 0;
  const context = { ...judgeContext(), now: () => now };
  return bodies.map((body, at) => {
    now += every;
    const one = check(at);
    const answer = makeAnswer({ body, headers: { 'Content-Type': 'application/json' } });
    const { verdict, reason } = judge(answer, one, heldTo(one, expectations), context);
    return verdict === 'pass' ? 'pass' : `${verdict}: ${inEnglish(reason.message)}`;
  });
}

const times = <T>(count: number, make: (at: number) => T): readonly T[] =>
  Array.from({ length: count }, (_, at) => make(at));
const other = (field: string, found: string, asked: string): string =>
  `degraded: another record is answered than the one asked for: ${field} is ${found} in place of ${asked}, which all answers before had`;

describe('another record than the one asked for', () => {
  it('is told once three answers have echoed the id, and ends with the right one', () => {
    const users = detail('/users/{id}', 7);
    const right = { id: 7, name: 'a' };
    const wrong = { id: 8, name: 'b' };
    const said = story(() => users, [right, right, right, wrong, wrong, right]);
    expect(said).toEqual(['pass', 'pass', 'pass', other('/id', '8', '7'), other('/id', '8', '7'), 'pass']);
  });

  it.each<[string, Check, (id: string | number) => unknown, string, string | number, string | number]>([
    [
      'in an envelope',
      detail('/users/{id}', '7'),
      (id) => ({ code: 0, msg: 'ok', data: { id, n: 1 } }),
      '/data/id',
      7,
      8,
    ],
    [
      'under its own name',
      detail('/orders/{orderNo}', 'SO2401'),
      (orderNo) => ({ orderNo, id: 3 }),
      '/orderNo',
      'SO2401',
      'SO2402',
    ],
    [
      'under that of its collection',
      detail('/users/{key}', '7'),
      (user_id) => ({ user_id }),
      '/user_id',
      7,
      9,
    ],
    [
      'of JSON:API',
      detail('/articles/{id}', 'A7'),
      (id) => ({ data: { type: 'articles', id, attributes: {} } }),
      '/data/id',
      'A7',
      'A8',
    ],
    [
      'of OData',
      detail('/odata/Products({ProductID})', '501'),
      (ProductID) => ({ '@odata.context': 'x', ProductID }),
      '/ProductID',
      501,
      506,
    ],
    [
      'of Rails',
      detail('/issues/{id}.json', '9001'),
      (id) => ({ issue: { id, subject: 'x' } }),
      '/issue/id',
      9001,
      9002,
    ],
    ['of a query', detail('/user/detail', '7'), (id) => ({ id }), '/id', 7, 8],
    [
      'with more digits than a double holds',
      detail('/users/{id}', '1775389422113955841'),
      (id) => ({ id }),
      '/id',
      '1775389422113955841',
      '1775389422113955842',
    ],
  ])('is seen %s', (_, check, body, field, right, wrong) => {
    const said = story(() => check, [...times(3, () => body(right)), body(wrong)]);
    expect(said.at(-1)).toBe(other(field, String(wrong), String(right)));
  });

  it.each<[string, (at: number) => Check, readonly unknown[]]>([
    [
      'whatever is asked for, as long as it is answered',
      (at) => detail('/users/{id}', at),
      times(9, (id) => ({ id })),
    ],
    [
      'too early',
      () => detail('/users/{id}', 7),
      [{ id: 7 }, { id: 7 }, { id: 8 }, { id: 7 }, { id: 7 }, { id: 8 }],
    ],
    ['that never echoes', () => detail('/users/{id}', 'me'), [...times(9, () => ({ id: 7 })), { id: 8 }]],
    [
      'that is written otherwise now',
      () => detail('/users/{id}', 7),
      [...times(9, () => ({ id: 7 })), { id: 'user-7' }],
    ],
    [
      'that an alias names',
      () => detail('/posts/{slug}', 'hello'),
      [...times(9, () => ({ id: 1, slug: 'hello' })), { id: 2, slug: 'hello' }],
    ],
    [
      'that was made up',
      () => detail('/users/{id}', 7, { origin: 'generated' }),
      [...times(9, () => ({ id: 7 })), { id: 8 }],
    ],
    [
      'of a view below it',
      () => detail('/users/{id}/profile', 7),
      [...times(9, () => ({ id: 7 })), { id: 8 }],
    ],
    ['without any id', () => detail('/users/{id}', 7), [...times(9, () => ({ id: 7 })), { name: 'x' }]],
    [
      'of a list',
      () => detail('/users/{id}', 7),
      [...times(9, () => ({ id: 7 })), ...times(2, () => ({ id: 7, items: [{ id: 8 }] }))],
    ],
  ])('is none: %s', (_, check, bodies) => {
    expect(new Set(story(check, bodies))).toEqual(new Set(['pass']));
  });
});

describe('a record that stands twice in a page', () => {
  const list = makeCheck('http://a.example', '/users', { id: 'x', operation: 'GET /users', promises: [] });
  const rows = (...ids: readonly number[]): unknown => ({
    code: 0,
    msg: 'ok',
    data: { rows: ids.map((id) => ({ id })) },
  });
  const twice = 'degraded: /data/rows holds the record 2 twice, as no page before did';

  it('is told after a day of pages without, and ends with one', () => {
    const said = story(
      () => list,
      [...times(30, () => rows(1, 2, 3)), rows(1, 2, 2), rows(1, 2, 3)],
      day / 24,
    );
    expect(said.slice(-3)).toEqual(['pass', twice, 'pass']);
  });

  it('is not told on the first day, nor where it comes by nature', () => {
    const often = [...times(300, () => rows(1, 2, 3)), rows(1, 2, 2), rows(1, 2, 2)];
    expect(new Set(story(() => list, often, 10_000))).toEqual(new Set(['pass']));
    const joined = times(60, (at) => (at % 9 === 4 ? rows(1, 2, 2) : rows(1, 2, 3)));
    expect(new Set(story(() => list, joined, day / 24))).toEqual(new Set(['pass']));
  });
});
