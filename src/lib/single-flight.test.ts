import { expect, it } from 'vitest';
import { SingleFlight } from './single-flight.ts';

it('runs the work once for all who ask while it runs', async () => {
  const flight = new SingleFlight<number>();
  let runs = 0;
  const work = async () => {
    runs++;
    await Promise.resolve();
    return runs;
  };
  const first = Promise.all(Array.from({ length: 1000 }, () => flight.run('a', work)));
  expect(new Set(await first)).toEqual(new Set([1]));
  expect(await flight.run('a', work)).toBe(2);
});

it('keeps keys apart', async () => {
  const flight = new SingleFlight<string>();
  const both = [flight.run('a', () => Promise.resolve('a')), flight.run('b', () => Promise.resolve('b'))];
  expect(await Promise.all(both)).toEqual(['a', 'b']);
});

it('gives a failure to all who waited and starts anew afterwards', async () => {
  const flight = new SingleFlight<string>();
  const broken = () => {
    throw new Error('no');
  };
  const results = await Promise.allSettled([flight.run('a', broken), flight.run('a', broken)]);
  expect(results.map((result) => result.status)).toEqual(['rejected', 'rejected']);
  expect(await flight.run('a', () => Promise.resolve('yes'))).toBe('yes');
});
