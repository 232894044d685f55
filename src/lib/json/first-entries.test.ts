import { expect, it } from 'vitest';
import { firstEntries } from './first-entries.ts';

it('gives what comes first, in the order in which it stands', () => {
  expect(firstEntries({ b: 1, a: [2], c: null }, 2)).toEqual([
    ['b', 1],
    ['a', [2]],
  ]);
  expect(firstEntries({ b: 1 }, 9)).toEqual([['b', 1]]);
});

it.each([undefined, null, 'text', 7, [1]])('gives nothing of %j', (value) => {
  expect(firstEntries(value, 9)).toEqual([]);
});

it('gives no name that the object only inherits', () => {
  const value = JSON.parse('{"__proto__": 1, "a": 2}') as Record<string, number>;
  expect(firstEntries(value, 9).map(([name]) => name)).toEqual(['__proto__', 'a']);
});
