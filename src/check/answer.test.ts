import { brotliCompressSync, deflateRawSync, deflateSync, gzipSync } from 'node:zlib';
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
    ['application/json', [0xb6, 0xa9, 0xb5, 0xa5], '订单'],
    ['text/plain; charset=gbk', [0xff, 0xfe, 0xa2, 0x8b], '订'],
    ['text/plain', [0xfe, 0xff, 0x8b, 0xa2], '订'],
    ['text/html', [...Buffer.from('<meta charset="big5">'), 0xa4, 0xa4], '<meta charset="big5">中'],
    [
      'text/xml',
      [...Buffer.from('<?xml version="1.0" encoding="latin1"?>'), 0xe9],
      '<?xml version="1.0" encoding="latin1"?>é',
    ],
    ['text/plain; charset=utf-8', [0x61, 0xff], 'a\ufffd'],
    ['application/json', [0xef, 0xbb, 0xbf, 0x7b, 0x7d], '{}'],
  ])('in %s is decoded', (value, bytes, text) => {
    const answer = makeAnswer({ headers: { 'Content-Type': value }, body: Buffer.from(bytes) });
    expect(answer.text()).toBe(text);
  });

  it('is JSON or is not', () => {
    expect(makeAnswer({ body: { a: 1 } }).json()).toEqual({ a: 1 });
    expect(makeAnswer({ body: '<html>' }).json()).toBeUndefined();
  });

  const text = JSON.stringify({ text: '订单'.repeat(100) });

  it.each([
    ['gzip', gzipSync(text)],
    ['x-gzip', gzipSync(text)],
    ['br', brotliCompressSync(text)],
    ['deflate', deflateSync(text)],
    ['deflate', deflateRawSync(text)],
    ['identity', Buffer.from(text)],
    ['gzip, br', brotliCompressSync(gzipSync(text))],
  ])('in %s is unpacked', (encoding, body) => {
    const answer = makeAnswer({ headers: { 'content-encoding': encoding }, body });
    expect([answer.text(), answer.truncated, answer.problem]).toEqual([text, false, undefined]);
  });

  it('that would be unpacked to more than the limit is not', () => {
    const bomb = gzipSync(gzipSync(Buffer.alloc(50_000_000)));
    const answer = makeAnswer({
      headers: { 'content-encoding': 'gzip, gzip' },
      body: bomb,
      maxBytes: 1_000_000,
    });
    expect([answer.text(), answer.truncated, answer.problem]).toEqual(['', true, undefined]);
  });

  it.each([
    ['gzip', 'plain', 'the body is not gzip, as content-encoding says'],
    ['zstd', 'plain', 'content-encoding zstd, which was not asked for'],
    ['gzip', '', undefined],
  ])('in %s that is %j cannot be read', (encoding, body, problem) => {
    const answer = makeAnswer({ headers: { 'content-encoding': encoding }, body });
    expect([answer.text(), answer.problem]).toEqual(['', problem]);
  });
});
