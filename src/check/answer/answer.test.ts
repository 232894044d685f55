import { brotliCompressSync, deflateRawSync, deflateSync, gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { makeAnswer } from '../../../test/support/answers.ts';

describe('an answer', () => {
  it.each(['application/json', 'text/plain; charset=gbk', 'text/plain; charset=latin1'])(
    'that is packed and does not say so cannot be unpacked from its text: %s',
    (type) => {
      const packed = gzipSync('{"you":"tK9vQ2mZx7LpR4sW8nYb3HcD6f"}');
      const text = makeAnswer({ headers: { 'Content-Type': type }, body: packed }).text();
      expect(text.split('\ufffd').length).toBeGreaterThan(packed.filter((byte) => byte > 0x7f).length / 2);
    },
  );

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
    ['application/json', [...Buffer.from('{"a":"订'), 0xe5, 0x8d], '{"a":"订\ufffd'],
    ['application/json', [...Buffer.from('{"a":"'), 0xe5], '{"a":"\ufffd'],
    ['application/json', [...Buffer.from('{"a":"'), 0xb6, 0xa9, 0xb5], '{"a":"订\ufffd'],
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

  const named = Buffer.from([0x1f, 0x8b, 8, 8, 0, 0, 0, 0, 0, 3, 0x61, 0]);
  it.each([
    ['a newline', Buffer.concat([gzipSync(text), Buffer.from('\n')])],
    ['several', Buffer.concat([gzipSync(text), Buffer.from('\r\n\r\n')])],
    ['text', Buffer.concat([gzipSync(text), Buffer.from('<!-- cached by proxy 7 -->')])],
    ['zeros', Buffer.concat([gzipSync(text), Buffer.alloc(512)])],
    [
      'a second member and a newline',
      Buffer.concat([gzipSync(text.slice(0, 9)), gzipSync(text.slice(9)), Buffer.from('\n')]),
    ],
    [
      'a newline, and a name in front',
      Buffer.concat([named, gzipSync(text).subarray(10), Buffer.from('\n')]),
    ],
  ])('in gzip with %s behind it is unpacked', (_, body) => {
    const answer = makeAnswer({ headers: { 'content-encoding': 'gzip' }, body });
    expect([answer.text(), answer.problem]).toEqual([text, undefined]);
  });

  it.each([
    ['cut off', gzipSync(text).subarray(0, -6)],
    [
      'with a wrong check sum',
      Buffer.concat([gzipSync(text).subarray(0, -8), Buffer.alloc(8), Buffer.from('\n')]),
    ],
  ])('in gzip %s cannot be read', (_, body) => {
    const answer = makeAnswer({ headers: { 'content-encoding': 'gzip' }, body });
    expect(answer.problem).toEqual('the body is not gzip, as content-encoding says');
  });

  it.each([
    'utf-8',
    'UTF8',
    'none',
    'aws-chunked',
    'binary',
    '8bit',
    'gbk',
    'null',
    'identity;q=1',
    'text/html',
  ])('under the label %j, which is no encoding, is read as it is', (encoding) => {
    const answer = makeAnswer({ headers: { 'content-encoding': encoding }, body: text });
    expect([answer.json(), answer.problem]).toEqual([JSON.parse(text), undefined]);
  });

  it('under an unknown label that is no text cannot be read', () => {
    const answer = makeAnswer({
      headers: { 'content-encoding': 'x-own' },
      body: Buffer.from([0, 1, 2, 255]),
    });
    expect(answer.problem).toEqual('content-encoding x-own, which was not asked for');
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
