import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { byteLength, cutBytes, ellipsize, nearest, sha256 } from './text.ts';

describe('cutBytes', () => {
  it('never cuts inside a character and never exceeds the limit', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), fc.integer({ min: 0, max: 50 }), (text, limit) => {
        const cut = cutBytes(text, limit);
        expect(byteLength(cut)).toBeLessThanOrEqual(limit);
        expect(text.startsWith(cut)).toBe(true);
      }),
    );
  });

  it.each([
    ['订单服务', 7, '订单'],
    ['a😀b', 4, 'a'],
    ['short', 10, 'short'],
    ['x', -1, ''],
  ])('%j to %i bytes is %j', (text, limit, cut) => {
    expect(cutBytes(text, limit)).toBe(cut);
  });
});

it('ellipsize says that something was cut', () => {
  expect(ellipsize('订单服务', 10)).toBe('订单…');
  expect(ellipsize('订单', 6)).toBe('订单');
});

it.each([
  ['intervall', ['interval', 'sources'], 'interval'],
  ['basurl', ['baseUrl', 'docs'], 'baseUrl'],
  ['colour', ['interval', 'docs'], undefined],
])('nearest to %j', (word, candidates, expected) => {
  expect(nearest(word, candidates)).toBe(expected);
});

it('sha256 is in hex', () => {
  expect(sha256('')).toBe('e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855');
});
