import { expect, it } from 'vitest';
import { FindingDedupe } from './expectation.ts';

it('tells of each check once what was found', () => {
  const news = new FindingDedupe();
  expect(news.isNew('a', '/customer')).toBe(true);
  expect(news.isNew('a', '/customer')).toBe(false);
  expect(news.isNew('a', '/items')).toBe(true);
  expect(news.isNew('b', '/customer')).toBe(true);
});

it('tells no more of a check whose answers have new fields for ever', () => {
  const news = new FindingDedupe();
  const told = Array.from({ length: 5000 }, (_, n) => news.isNew('a', `/${n}`)).filter((isNew) => isNew);
  expect(told).toHaveLength(100);
  expect(news.isNew('b', '/1')).toBe(true);
});

it('remembers a hundred thousand checks, cycle after cycle, and forgets those that are gone', () => {
  const news = new FindingDedupe();
  const cycle = (from: number) =>
    Array.from({ length: 100_000 }, (_, n) => news.isNew(String(from + n), '/a')).filter((isNew) => isNew);
  expect(cycle(0)).toHaveLength(100_000);
  expect(cycle(0)).toHaveLength(0);
  expect(cycle(100_000)).toHaveLength(100_000);
  expect(cycle(200_000)).toHaveLength(100_000);
  expect(news.isNew('0', '/a')).toBe(true);
});
