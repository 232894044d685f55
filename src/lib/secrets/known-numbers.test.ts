import { describe, expect, it } from 'vitest';
import { KnownNumbers } from './known-numbers.ts';
import { Redactor } from './secret.ts';

/** As others write the digits, whose zero is at that code. */
const from = (zero: number, pin: string): string =>
  Array.from(pin, (digit) => String.fromCodePoint(zero + Number(digit))).join('');

describe.each(['50927418', '83917462', '0492731865', '482915037264'])('a secret of digits: %s', (pin) => {
  const redactor = new Redactor();
  redactor.add(pin);
  const half = Math.max(6, Math.ceil(pin.length / 2));
  const value = Number(pin);
  const groups = (size: number, joint: string): string =>
    (pin.match(new RegExp(`\\d{1,${size}}`, 'g')) ?? []).join(joint);

  it.each([
    ['without its end', pin.slice(0, -1)],
    ['without its beginning', pin.slice(1)],
    ['without two of it', pin.slice(1, -1)],
    ['as its first half', pin.slice(0, half)],
    ['as its last half', pin.slice(-half)],
    ['in pairs', groups(2, ' / ')],
    ['in pairs with bars', groups(2, ' | ')],
    ['in pairs with dashes', groups(2, ' – ')],
    ['in groups of three', groups(3, ' · ')],
    ['in groups of one and more', groups(3, ' / ').replace(/^(\d)/, '$1 / ')],
    ['in groups of four', groups(4, ' 万 ')],
    ['in lines', groups(2, '\n  - ')],
    ['in Arabic digits', from(0x660, pin)],
    ['in Persian digits', from(0x6f0, pin)],
    ['in Devanagari', from(0x966, pin)],
    ['in Bengali', from(0x9e6, pin)],
    ['in Thai', from(0xe50, pin)],
    ['in full width', from(0xff10, pin)],
    ['in bold', from(0x1d7ce, pin)],
    ['in double struck', from(0x1d7d8, pin)],
    ['in pairs of Arabic digits', groups(2, ' / ').replace(/\d/g, (one) => from(0x660, one))],
    ['circled', from(0x245f, pin).replaceAll('\u245f', '⓪')],
    ['circled in black', from(0x2775, pin).replaceAll('\u2775', '⓿')],
    ['raised', Array.from(pin, (digit) => '⁰¹²³⁴⁵⁶⁷⁸⁹'[Number(digit)]).join('')],
    ['lowered', from(0x2080, pin)],
    ['in Chinese', Array.from(pin, (digit) => '零一二三四五六七八九'[Number(digit)]).join('')],
    [
      'in Chinese, with a round zero',
      Array.from(pin, (digit) => '〇一二三四五六七八九'[Number(digit)]).join(''),
    ],
    ['in Chinese as on a bill', Array.from(pin, (digit) => '零壹贰叁肆伍陆柒捌玖'[Number(digit)]).join('')],
    [
      'in part in Chinese',
      Array.from(pin.slice(1), (digit) => '零一二三四五六七八九'[Number(digit)]).join(''),
    ],
    ['with an exponent', value.toExponential()],
    ['with an exponent, as Java prints it', value.toExponential().replace('e+', 'E')],
    ['with an exponent, rounded', value.toExponential(half - 1)],
    ['with an exponent in words', value.toExponential().replace('e+', ' × 10^')],
    ['in hex', value.toString(16)],
    ['in hex, marked', `0x${value.toString(16).toUpperCase()}`],
    ['in octal', `0o${value.toString(8)}`],
    ['in binary', value.toString(2)],
  ])('is not shown %s', (_, said) => {
    for (const write of [
      (one: string) => `bad pin ${one} is wrong`,
      (one: string) => `密码${one}`,
      (one: string) => JSON.stringify({ code: 500, msg: one }),
    ])
      expect(redactor.scrub(write(said))).toBe(write('***'));
  });
});

it('numbers that only look like one are shown', () => {
  const redactor = new Redactor();
  redactor.add('50927418');
  for (const text of [
    'order 50927499 of 12',
    'code 5092, line 74',
    'batch 20250927-418',
    'took 50 ms, 92 % of 74 calls, 18 left',
    '5 of 9, 2 of 7, 4 of 18',
    '2026-11-30T11:29:05.092Z port 50927',
    '5.09e7 bytes, 1.5E3, 6.02×10^23',
    '五月九日，第二十七条，共四百一十八元',
    '第一，其二；三七二十一',
    'commit 5092741a, build 3091a3f',
    'rows ①②③④⑤⑥⑦⑧⑨, m², CO₂, x⁵⁰',
    '10.50.92.74:1850',
  ])
    expect(redactor.scrub(text)).toBe(text);
});

it('what counts or repeats is no secret in groups', () => {
  const known = new KnownNumbers();
  for (const value of ['12345678', '10101010', '1234567', 'abc45678']) known.add(value);
  expect(known.in('1 2 3 4 5 6 7 8 9 10, 10 10 10 10, 101010 of abc')).toEqual([]);
});

it('what is taken back is looked for no more, and many of them take no time', () => {
  const known = new KnownNumbers();
  const values = Array.from({ length: 2000 }, (_, at) => String(73_918_264 + at * 48_611));
  for (const value of values) known.add(value);
  const started = performance.now();
  known.in('50 92 74 18 / '.repeat(20_000));
  known.in('9'.repeat(300_000));
  known.in('五'.repeat(300_000));
  expect(performance.now() - started).toBeLessThan(10_000);
  for (const value of values) known.remove(value);
  expect(known.in(values.join(' '))).toEqual([]);
});
