import { expect, it } from 'vitest';
import { isSecretLooking, RememberedSecrets, secretsOfCookies } from './given-secrets.ts';
import { Redactor } from './secret.ts';
import { sha256 } from '../text/text.ts';

it.each([
  ['in capitals', 'JSESSIONID=C449375B894C08D862641B2FECF47B19; Path=/; HttpOnly'],
  ['in hex', 'PHPSESSID=c449375b894c08d862641b2fecf47b19'],
  ['of a node', 'JSESSIONID=node0abcdefghijk1234567890.node0; Path=/'],
  ['in letters alone', 'SESSION=AbCdEfGhIjKlMnOpQrStUvWxYz'],
  ['in base64 as a URL has it', 'remember=ITKbk5CS0cshVquSc3GQVF4HtafNRPrU'],
  ['in base64', 'id=YWRtaW46MTIzNDU2Nzg5MGFiY2RlZg=='],
  ['in words', 'SESSION=quiet-river-stone'],
  ['quoted', 'x="1TKbk5CS0cshVquSc3GQVF4HtafNRPrU"'],
])('a session is a secret whatever it looks like: %s', (_, line) => {
  const value = /=\s*"?([^;"]*)/.exec(line)?.[1] ?? '';
  expect(secretsOfCookies([line])).toEqual([value]);
  const redactor = new Redactor();
  redactor.add(value);
  expect(redactor.scrub(`session ${value} unknown`)).toBe('session *** unknown');
});

it('is one as it is written and as it is meant', () => {
  expect(secretsOfCookies(['connect.sid=s%3AAbCdEfGhIjKl.MnOp%2BQr; Path=/'])).toEqual([
    's%3AAbCdEfGhIjKl.MnOp%2BQr',
    's:AbCdEfGhIjKl.MnOp+Qr',
  ]);
  expect(secretsOfCookies(['sid=100%ABCDE'])).toEqual(['100%ABCDE']);
});

it.each([
  'lang=zh-CN',
  'locale=zh_CN.UTF-8',
  'theme=default',
  'timezone=Asia/Shanghai',
  'path=/admin/index; Path=/',
  'user=patrol',
  'username=liWei',
  'tenant=production',
  'page=100234',
  'version=v2.14.1',
  'sidebar=opened',
  'rememberMe=deleteMe; Path=/; Max-Age=0; Expires=Thu, 05-Nov-2026 00:00:00 GMT',
  'JSESSIONID=C449375B894C08D862641B2FECF47B19; Expires=Thu, 01 Jan 1970 00:00:00 GMT',
  'SESSION=anonymous',
  'pre=1',
  'nonsense',
  '',
])('%s is none', (line) => {
  expect(secretsOfCookies([line])).toEqual([]);
});

it.each(['c449375b894c', 'A1b2C3', 'wang@corp2x.example', 'a sentence that goes on for long'])(
  '%s may tell who has signed in',
  (value) => {
    expect(isSecretLooking(value)).toBe(true);
  },
);

it('remembers so many, the newest in every disguise', () => {
  const redactor = new Redactor();
  const remembered = new RememberedSecrets([redactor], { fresh: 2, all: 4 });
  const token = (age: number): string =>
    sha256(String(age))
      .replace(/[ace]/g, (one) => one.toUpperCase())
      .slice(0, 20);
  const hex = (text: string): string => Buffer.from(text).toString('hex');
  for (const age of [4, 3, 2, 1, 0]) remembered.add([token(age)]);
  const shown = (write: (text: string) => string): readonly number[] =>
    [0, 1, 2, 3, 4].filter((age) => redactor.scrub(write(token(age))) !== '***');
  expect(shown((text) => text)).toEqual([4]);
  expect(redactor.scrub(`${token(3).slice(-12)} ${token(4).slice(-12)}`)).toBe(`*** ${token(4).slice(-12)}`);
  expect(shown(hex)).toEqual([2, 3, 4]);
  remembered.add([token(3)]);
  expect(shown(hex)).toEqual([1, 2, 4]);
  remembered.add([]);
  remembered.add([token(3)]);
  expect(shown(hex)).toEqual([1, 2, 4]);
});
