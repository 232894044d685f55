import { describe, expect, test } from 'vitest';
import { isExact, parseExactJson } from './exact-json.ts';

describe('numbers keep all their digits', () => {
  test.each([
    ['1775389422113955841', '1775389422113955841'],
    ['-1775389422113955841', '-1775389422113955841'],
    ['9223372036854775807', '9223372036854775807'],
    ['9007199254740991', 9_007_199_254_740_991],
    ['9007199254740992', 9_007_199_254_740_992],
    ['9007199254740993', '9007199254740993'],
    ['1234567890123456000', 1_234_567_890_123_456_000],
    ['0.1234567890123456789', '0.1234567890123456789'],
    ['0.1', 0.1],
    ['1.10', 1.1],
    ['100000000000000000000', 100_000_000_000_000_000_000],
    ['1e400', '1e400'],
    ['1E+3', 1000],
    ['-0', -0],
  ])('%s', (text, expected) => {
    expect(parseExactJson(text)).toBe(expected);
    expect(parseExactJson(`{"a":[${text},"${text}"]}`)).toEqual({ a: [expected, text] });
  });

  test('texts, names and what stands in them stay as they are', () => {
    const text =
      '{"1775389422113955841": "id \\"1775389422113955841\\\\", "b": [1775389422113955841, true, null]}';
    expect(parseExactJson(text)).toEqual({
      '1775389422113955841': 'id "1775389422113955841\\',
      b: ['1775389422113955841', true, null],
    });
  });

  test('but for the members that are only compared', () => {
    const text =
      '{"maximum": 9223372036854775807, "x": [9223372036854775807], "b": {"maximum": [9223372036854775807]}}';
    expect(parseExactJson(text, new Set(['maximum']))).toEqual({
      maximum: 2 ** 63,
      x: ['9223372036854775807'],
      b: { maximum: ['9223372036854775807'] },
    });
  });

  test('what is no JSON is refused where it breaks', () => {
    expect(() => parseExactJson('{"a": 1775389422113955841,}')).toThrow(SyntaxError);
    expect(() => parseExactJson('01')).toThrow(SyntaxError);
  });
});

test.each([
  ['1.50', true],
  ['12345678901234567890', false],
  ['12345678901234567168', false],
  ['5e12345', false],
])('%s is exact: %s', (decimal, exact) => {
  expect(isExact(decimal)).toBe(exact);
});
