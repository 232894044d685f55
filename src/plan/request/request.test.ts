import { describe, expect, it } from 'vitest';
import { anOperation, aParameter, planOf } from '../../../test/support/plan-inputs.ts';
import type { Json } from '../../model/json.ts';
import type { SentPair } from '../../model/document.ts';

const sentQuery: readonly SentPair[] = [
  { name: 'b', text: 'b=%e4%b8%ad+x' },
  { name: 'a', text: 'a=1' },
  { name: 'flag', text: 'flag' },
  { name: 'a', text: 'a=2' },
  { name: 'none', text: 'none=' },
  { name: 'off', text: 'off=1' },
  { name: 't' },
];

const operation = anOperation('GET /x', {
  sentQuery,
  parameters: [
    aParameter('a', 'query', { examples: [[1, 2]], schema: { type: 'array' } }),
    aParameter('b', 'query', { examples: ['中 x'] }),
    aParameter('flag', 'query', { required: false }),
    aParameter('none', 'query', { required: false }),
    aParameter('off', 'query', { required: false, examples: ['1'] }),
    aParameter('t', 'query', { schema: { type: 'integer' } }),
  ],
});

describe('what was recorded without a value', () => {
  const filters = anOperation('GET /x', {
    sentQuery: [
      { name: 'keyword', text: 'keyword=' },
      { name: 'startTime', text: 'startTime=' },
      { name: 'all', text: 'all' },
    ],
    parameters: ['keyword', 'startTime', 'all'].map((name) => aParameter(name, 'query', { required: false })),
    responses: [],
  });

  it('is left out, and known to be without a value', () => {
    const [check] = planOf(filters).checks;
    expect(check?.request.url).toBe('https://orders.internal/x?all');
    expect(check).toMatchObject({
      leftOut: ['keyword', 'startTime'],
      blank: ['keyword', 'startTime'],
      values: [],
    });
  });

  it('is sent when it is given', () => {
    const { checks } = planOf(filters, { params: { keyword: 'a' } });
    expect(checks[0]?.request.url).toBe('https://orders.internal/x?keyword=a&all');
    expect(checks[0]?.blank).toEqual(['startTime']);
  });

  it('goes out as it was where a good answer was recorded with it', () => {
    const [check] = planOf({ ...filters, responses: [{ status: '200', media: [] }] }).checks;
    expect(check?.request.url).toBe('https://orders.internal/x?keyword=&startTime=&all');
  });
});

describe('a recorded query', () => {
  it.each<[says: string, params: Readonly<Record<string, Json>>, url: string]>([
    ['goes out as it was', {}, 'b=%e4%b8%ad+x&a=1&flag&a=2&none=&t=1'],
    ['has a configured value in the place of its own', { b: 'a b' }, 'b=a%20b&a=1&flag&a=2&none=&t=1'],
    ['repeats a configured list once', { a: [7, 8] }, 'b=%e4%b8%ad+x&a=7&a=8&flag&none=&t=1'],
    ['takes a value for a flag', { flag: 'on' }, 'b=%e4%b8%ad+x&a=1&flag=on&a=2&none=&t=1'],
  ])('%s', (_, params, url) => {
    const { checks } = planOf(operation, { overrides: [{ match: 'GET /x', params }] });
    expect(checks[0]?.request.url).toBe(`https://orders.internal/x?${url}`);
  });
});
