import { readFileSync } from 'node:fs';
import { describe, expect, it, test } from 'vitest';
import { judgeContext, makeAnswer } from '../../../test/support/answers.ts';
import { makeCheck } from '../../../test/support/check-harness.ts';
import { inEnglish } from '../../messages/in-language.ts';
import { envelopeAnswerIn } from '../../messages/envelope.ts';
import type { Check } from '../../model/check.ts';
import type { Json } from '../../model/json.ts';
import { expectations } from '../expectations/registry.ts';
import { heldTo, judge } from '../judge.ts';
import {
  badAfter,
  failures,
  goodAfter,
  plainRecords,
  successes,
  textsOfNone,
  textsOfSome,
} from './known.fixture.ts';

const bare: Check = makeCheck('http://a.example', '/orders', {
  promises: [{ status: '200', contentTypes: [] }],
});

/** What is read from a body of which no document says anything: `code 500 "系统异常"`, or `data`. */
function read(body: Json, check = bare, context = judgeContext()): string {
  const answer = makeAnswer({ body: JSON.stringify(body) });
  const { verdict, reason } = judge(answer, check, heldTo(check, expectations), context);
  if (verdict === 'pass') return 'data';
  const said = envelopeAnswerIn(reason.message);
  if (said === undefined) return `${verdict}: ${inEnglish(reason.message)}`;
  return [said.field, said.value ?? '', ...(said.said === undefined ? [] : [JSON.stringify(said.said)])].join(
    ' ',
  );
}

describe('a failure with HTTP 200 that no document describes', () => {
  test.each(failures)('%s: %j', (_, body, expected) => {
    expect(read(body)).toBe(expected);
  });

  test.each(failures)('%s is seen after months of success as well: %j', (_, body, expected) => {
    const context = judgeContext();
    for (const [, good] of successes.slice(0, 5)) read(good, bare, context);
    expect(read(body, bare, context)).toBe(expected);
  });
});

test.each(successes)('a success of %s is none: %j', (_, body) => {
  expect(read(body)).toBe('data');
});

test.each(plainRecords)('is data: %j', (body) => {
  expect(read(body)).toBe('data');
});

describe('what nobody knows is learnt from good answers of a service', () => {
  const good: Json = { rtnFlag: 'Y1', tipMsg: '', obj: { n: 1 } };
  const four = (body: Json): readonly Json[] => [body, body, body, body];
  const operation = (path: string): Check =>
    makeCheck('http://a.example', path, { promises: [{ status: '200', contentTypes: [] }] });
  const [list, detail] = [operation('/list'), operation('/detail')];
  const after = (bodies: readonly Json[], body: Json): string => {
    const context = judgeContext();
    for (const [at, one] of bodies.entries())
      expect(read(one, at % 2 === 0 ? list : detail, context)).toBe('data');
    return read(body, list, context);
  };

  test.each<[string, readonly Json[], Json, string]>([
    [
      'another value beside an error',
      [good, good, good, good],
      { rtnFlag: 'N7', tipMsg: '系统异常', obj: null },
      'rtnFlag "N7"',
    ],
    [
      'a word of failure alone',
      four({ status: 'success', list: [1] }),
      { status: 'error' },
      'status "error"',
    ],
    ['QWeather', four({ code: '200', now: { temp: 1 } }), { code: '401' }, 'code "401"'],
    ['too few answers', [good, good, good], { rtnFlag: 'N7', tipMsg: '系统异常', obj: null }, 'data'],
    [
      'data beside it',
      [good, good, good, good],
      { rtnFlag: 'N7', tipMsg: '系统异常', obj: { n: 1 } },
      'data',
    ],
    ['no words of failure', [good, good, good, good], { rtnFlag: 'N7', tipMsg: '再见', obj: null }, 'data'],
    [
      'several values before',
      [good, { ...(good as object), rtnFlag: 'Y2' }, good, good, good],
      { rtnFlag: 'N7', tipMsg: '系统异常', obj: null },
      'data',
    ],
  ])('%s', (_, before, body, expected) => {
    expect(after(before, body)).toMatch(expected);
  });

  it('tells once that such a field is there, and what to write', () => {
    const context = judgeContext();
    const notes = Array.from({ length: 8 }, (_, at) => {
      const check = at % 2 === 0 ? list : detail;
      const answer = makeAnswer({ body: JSON.stringify(good) });
      return judge(answer, check, heldTo(check, expectations), context).findings;
    }).flat();
    expect(notes.map(({ level, message }) => [level, inEnglish(message)])).toEqual([
      [
        'info',
        'answers hold `rtnFlag`, which may tell whether a call has succeeded, and nothing says with which value: set `expect: { envelope: "$.rtnFlag == \\"Y1\\"" }`',
      ],
    ]);
  });
});

describe('after good answers of a service', () => {
  const checks = ['/a', '/b'].map((path) =>
    makeCheck('http://a.example', path, { promises: [{ status: '200', contentTypes: [] }] }),
  );
  const after = (good: Json, body: Json): string => {
    const context = judgeContext();
    const told = (one: Json, check: Check): string => {
      const answer = makeAnswer({ body: JSON.stringify(one) });
      const { verdict, reason } = judge(answer, check, heldTo(check, expectations), context);
      return verdict === 'pass' ? 'data' : inEnglish(reason.message);
    };
    for (let round = 0; round < 3; round++) {
      for (const check of checks) expect(told(good, check)).toBe('data');
    }
    return told(body, checks[1] ?? bare);
  };

  test.each(goodAfter)('%j: %j is as good', (good, body) => {
    expect(after(good, body)).toBe('data');
  });

  test.each(badAfter)('%j: %j is a failure', (good, body, expected) => {
    expect(after(good, body)).toContain(expected);
  });
});

describe('a text beside a code of success', () => {
  const codes: readonly Json[] = [
    { code: 0, data: [] },
    { code: '0', data: null },
    { status: 0, data: [] },
    { status: 1, data: [] },
  ];
  const withText = (text: string): readonly Json[] => codes.map((one) => ({ ...(one as object), msg: text }));

  test.each(textsOfNone)('%s is no failure', (text) => {
    for (const body of withText(text)) expect(read(body)).toBe('data');
  });

  test.each(textsOfSome)('%s is one', (text) => {
    for (const body of withText(text)) expect(read(body)).not.toBe('data');
  });
});

it('reads a long text as fast as a short one', () => {
  const long = ['error', '错误', 'no a', '0 ', 'an error '].flatMap((one) => [
    one + ' '.repeat(100_000),
    one.repeat(20_000),
    one + 'a'.repeat(100_000),
  ]);
  const start = performance.now();
  for (const msg of long) read({ code: 0, msg, data: [] });
  expect(performance.now() - start).toBeLessThan(3000);
});

describe('the guide says what is read', () => {
  const guide = readFileSync(new URL('../../../docs/guide/envelopes.md', import.meta.url), 'utf8');
  const rows = [...guide.matchAll(/^\| `(\{.*\})` \| `?(.*?)`? \|$/gm)];
  test.each(rows.map(([, body = '', said = '']) => [body, said] as const))('%s', (body, said) => {
    const found = read(JSON.parse(body) as Json);
    expect(found === said || found.startsWith(`${said} "`)).toBe(true);
  });

  it('and says much', () => {
    expect(rows.length).toBeGreaterThanOrEqual(30);
  });
});

it('knows that there are many of each', () => {
  expect(failures.length).toBeGreaterThanOrEqual(60);
  expect(plainRecords.length).toBeGreaterThanOrEqual(60);
});
