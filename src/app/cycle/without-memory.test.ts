import { describe, expect, it } from 'vitest';
import { envelopeSays } from '../../../test/support/sentences.ts';
import { check, result, start } from '../../incidents/world.fixture.ts';
import type { FilledValue } from '../../model/check.ts';
import type { Result } from '../../model/result.ts';
import { mayBlameAtFirstSight } from './without-memory.ts';

const own = (name: string, place: FilledValue['in'], origin: FilledValue['origin']): FilledValue => ({
  name,
  in: place,
  value: '7',
  origin,
});

const http500 = result('a', 'fail 500', start);
const http404 = result('a', 'fail 404', start);
const words: Result = {
  ...result('a', 'fail assertion', start),
  status: 200,
  findings: [{ kind: 'envelope', level: 'error', message: envelopeSays('code', '500', '系统异常') }],
};

const blames = (found: Result, values: readonly FilledValue[], proven: readonly string[] = []): boolean =>
  mayBlameAtFirstSight(check('a', { values }), found, true, ({ name }) => proven.includes(name));

describe('a run that remembers nothing', () => {
  it.each([
    ['Accept', 'header'],
    ['accept-language', 'header'],
    ['X-Requested-With', 'header'],
    ['sec-ch-ua', 'header'],
    ['Referer', 'header'],
    ['X-Tenant', 'header'],
    ['type', 'query'],
  ] as const)('blames what breaks for a documented %s in the %s', (name, place) => {
    expect([http500, words].map((found) => blames(found, [own(name, place, 'example')]))).toEqual([
      true,
      true,
    ]);
  });

  it.each([
    ['orderId', 'path', 'example'],
    ['orderId', 'query', 'example'],
    ['X-Org-Id', 'header', 'example'],
    ['body', 'body', 'example'],
    ['keyword', 'query', 'generated'],
    ['X-Tenant', 'header', 'generated'],
  ] as const)(
    'does not blame what breaks for what may not exist: %s in the %s (%s)',
    (name, place, origin) => {
      expect(blames(http500, [own(name, place, origin)])).toBe(false);
      expect(blames(http500, [own(name, place, origin)], [name])).toBe(true);
    },
  );

  it('blames what breaks for what the service itself has given', () => {
    expect([http500, words].map((found) => blames(found, [own('id', 'path', 'captured')]))).toEqual([
      true,
      true,
    ]);
  });

  it.each([
    ['Index: 0, Size: 0', true],
    ['运单不存在', false],
    ['该运单暂无轨迹', false],
  ])(
    'blames a code of 500 for what the service itself has given, unless it speaks of that: %s',
    (said, blamed) => {
      const message = envelopeSays('code', '500', said);
      const found: Result = { ...words, findings: [{ kind: 'envelope', level: 'error', message }] };
      const leftOut = ['page'];
      const ofGiven = check('a', { values: [own('id', 'query', 'captured')], leftOut });
      expect(mayBlameAtFirstSight(ofGiven, found)).toBe(blamed);
    },
  );

  it.each([
    ['Accept', [], true],
    ['X-Tenant', [], false],
    ['X-Tenant', ['X-Tenant'], true],
  ])('blames a refusal only when no value of ours explains it: %s, proven: %j', (name, proven, blamed) => {
    expect(blames(http404, [own(name, 'header', 'example')], proven)).toBe(blamed);
  });
});
