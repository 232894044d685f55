import { describe, expect, it } from 'vitest';
import { makeAnswer } from '../../test/support/answers.ts';

describe('an answer', () => {
  it('has its headers by lower-case name, repeated ones joined', () => {
    const answer = makeAnswer({ headers: { 'X-A': '1', 'x-a': '2', 'X-Name': 'Zo\u00eb' } });
    expect({ ...answer.headers }).toEqual({
      'content-type': 'application/json',
      'x-a': '1, 2',
      'x-name': 'Zo\u00eb',
    });
    expect(answer.header('x-name')).toBe('Zo\u00eb');
    expect(answer.header('x-b')).toBeUndefined();
  });

  it.each([
    ['Application/JSON; charset=utf-8', 'application/json'],
    ['text/html', 'text/html'],
    ['', undefined],
    [' ;charset=x', undefined],
  ])('of content type %j is %s', (value, expected) => {
    expect(makeAnswer({ headers: { 'Content-Type': value } }).contentType).toBe(expected);
  });

  it.each([
    ['application/json; charset=GBK', [0xb6, 0xa9, 0xb5, 0xa5], '订单'],
    ['text/plain; charset="gb18030"', [0xb6, 0xa9], '订'],
    ['text/plain; charset=latin1', [0xe9], 'é'],
    ['text/plain; charset=nonsense', [0xe8, 0xae, 0xa2], '订'],
    ['application/json', [0xef, 0xbb, 0xbf, 0x7b, 0x7d], '{}'],
  ])('in %s is decoded', (value, bytes, text) => {
    const answer = makeAnswer({ headers: { 'Content-Type': value }, body: Buffer.from(bytes) });
    expect(answer.text()).toBe(text);
  });

  it('is JSON or is not', () => {
    expect(makeAnswer({ body: { a: 1 } }).json()).toEqual({ a: 1 });
    expect(makeAnswer({ body: '<html>' }).json()).toBeUndefined();
  });
});
