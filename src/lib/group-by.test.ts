import { expect, test } from 'vitest';
import { groupBy } from './group-by.ts';

test('keeps the order of keys and of items', () => {
  const groups = groupBy(['pear', 'fig', 'plum', 'date', 'apple'], (word) => word.length);
  expect([...groups]).toEqual([
    [4, ['pear', 'plum', 'date']],
    [3, ['fig']],
    [5, ['apple']],
  ]);
});
