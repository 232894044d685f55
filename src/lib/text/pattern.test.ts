import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { compilePattern, safePattern } from './pattern.ts';

describe('a pattern', () => {
  it.each([
    ['^SKU-\\d+$', 'SKU-12', true],
    ['^SKU-\\d+$', 'SKU-x', false],
    ['^[A-Za-z0-9_.+-]{3}$', 'a+b', true],
    ['^\\d{4}-\\d{2}-\\d{2}$', '2026-01-01', true],
    ['^a{2,3}$', 'aaaa', false],
    ['b', 'abc', true],
    ['^(GET|PUT)$', 'PUT', true],
    ['^.+@.+$', 'a@b', true],
    ['^\\p{L}+$', '订单', true],
    ['^[\\u4e00-\\u9fa5]+$', '订单', true],
  ])('%s of %s is %s', (service, text, expected) => {
    expect(safePattern(service).test(text)).toBe(expected);
  });

  it('agrees with the built-in engine', () => {
    const part = fc.constantFrom('a', 'b', '\\d', '[ab]', '[^a]', 'x{2}', 'a*', 'b+', 'a?', 'a{1,2}');
    fc.assert(
      fc.property(
        fc.array(part, { maxLength: 4 }),
        fc.string({ unit: fc.constantFrom('a', 'b', 'x', '1') }),
        (parts, text) => {
          const service = `^${parts.join('')}$`;
          return compilePattern(service).test(text) === new RegExp(service).test(text);
        },
      ),
    );
  });

  it.each(['(?=a)a', '(a)\\1', '(?<!x'])(
    '%s cannot be run in linear time and accepts everything',
    (service) => {
      expect(safePattern(service).test('z')).toBe(true);
      expect(() => compilePattern(service)).toThrow(/./);
    },
  );
});
