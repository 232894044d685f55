import { describe, expect, it } from 'vitest';
import { check, result, start } from '../../incidents/world.fixture.ts';
import { inEnglish, inLanguage } from '../../messages/in-language.ts';
import { sentence } from '../../messages/sentence.ts';
import type { Check, CombinedBase, FilledValue } from '../../model/check.ts';
import type { Result } from '../../model/result.ts';
import { serviceSetUp, setUpGroups } from './set-up-groups.ts';

const id: FilledValue = { name: 'id', in: 'path', value: '7', origin: 'generated' };
const said = { base: 'http://10.0.0.7:8080', path: '/api/v1' };
const base: CombinedBase = {
  what: sentence('calledBelow', said),
  hint: sentence('writeBareBase', said),
  baseUrl: 'http://10.0.0.7:8080/.',
};

function missing(name: string, more: Partial<Check> = {}) {
  const reason = { code: 'never-passed', message: 'HTTP 404, expected: 200' };
  const unproven = { verdict: 'fail', code: 'status' };
  return {
    check: check(name, more),
    result: {
      ...result(name, 'fail 404', start),
      status: 404,
      verdict: 'unknown',
      unproven,
      reason,
    } as Result,
  };
}

const standing = (...last: readonly ReturnType<typeof missing>[]) => ({ last, skipped: [] });
const below = { base };
const byId = { base, values: [id] };

describe('a service of which nothing is where it is called', () => {
  it('is told where it is called, once, and what to write instead', () => {
    const groups = setUpGroups(standing(missing('a', below), missing('b', byId), missing('c', below)));
    expect(groups).toMatchObject([
      {
        kind: 'address',
        count: 3,
        lines: 'services:\n  - name: orders\n    baseUrl: http://10.0.0.7:8080/.',
      },
    ]);
    expect(
      groups.flatMap(({ items }) => items.flatMap(({ lines }) => lines.map(inEnglish))).join('\n'),
    ).not.toMatch(/skip|params/);
    expect(groups.map(({ why }) => inEnglish(why))).toEqual([
      'all 3 operations answer HTTP 404, and the service is called below http://10.0.0.7:8080/api/v1: `baseUrl` names a host only, ' +
        'the document the base path /api/v1; write `baseUrl: http://10.0.0.7:8080/.` where the service answers without /api/v1',
    ]);
    expect(groups.map(({ why }) => inLanguage(why, 'zh'))).toEqual([
      '全部 3 个接口都返回 HTTP 404；调用地址为 http://10.0.0.7:8080/api/v1 之下：`baseUrl` 只写了主机，文档写了基础路径 /api/v1。' +
        '如果服务不带 /api/v1，请写 `baseUrl: http://10.0.0.7:8080/.`',
    ]);
  });

  it('is asked for its address where nothing was put in front', () => {
    const groups = setUpGroups(standing(missing('a'), missing('b', { values: [id] }), missing('c')));
    expect(groups).toMatchObject([
      { kind: 'address', count: 3, lines: 'services:\n  - name: orders\n    baseUrl: …' },
    ]);
    expect(inEnglish(groups[0]?.why ?? '')).toMatch(
      /^all 3 operations answer HTTP 404: the base URL has moved/,
    );
  });

  it('counts its operations as refused', () => {
    const { counts } = serviceSetUp('orders', start, standing(missing('a'), missing('b'), missing('c')));
    expect(counts).toMatchObject({ called: 3, refused: 3, value: 0 });
  });

  it('is none where one is found, where there are few, or where all ask for a record', () => {
    const well = { check: check('d'), result: result('d', 'ok', start) };
    const kinds = (...last: readonly ReturnType<typeof missing>[]) =>
      setUpGroups(standing(...last)).map(({ kind }) => kind);
    expect(kinds(missing('a', below), missing('b', below), missing('c', below), well)).not.toContain(
      'address',
    );
    expect(kinds(missing('a', below), missing('b', below))).not.toContain('address');
    expect(kinds(missing('a', byId), missing('b', byId), missing('c', byId))).not.toContain('address');
  });
});
