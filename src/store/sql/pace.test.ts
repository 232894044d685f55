import { beforeEach, expect, it } from 'vitest';
import { ManualClock } from '../../lib/time/clock.ts';
import { silentLogger } from '../../lib/logger.ts';
import { inMemory } from '../sqlite/file/files.ts';
import { openStore } from '../open.ts';
import type { Store } from '../store.ts';

const dayMs = 86_400_000;
let clock: ManualClock;
let store: Store;

beforeEach(async () => {
  clock = new ManualClock();
  store = await openStore(inMemory, { clock, log: silentLogger });
});

async function note(daysAgo: number): Promise<void> {
  await store.desk.note({ at: clock.now() - daysAgo * dayMs, by: 'test', action: 'check', subject: 'x' });
}
const prune = (keptDays: number) => store.prune(0, clock.now() - keptDays * dayMs);
const left = async () => (await store.desk.audit({ from: -1e15, to: 1e15 })).length;

it('deletes what has grown too old as it grows', async () => {
  for (let day = 0; day < 10; day++) await note(day);
  await prune(10.5);
  for (let passed = 0; passed < 3; passed++) {
    await clock.advance(dayMs);
    await prune(10.5);
  }
  expect(await left()).toBe(8);
});

it('deletes nothing when the clock is set on, and what a day has earned a day later', async () => {
  for (let day = 0; day < 10; day++) await note(day);
  await prune(30);
  clock.jump(500 * dayMs);
  for (let again = 0; again < 5; again++) await prune(30);
  expect(await left()).toBe(10);
  await clock.advance(dayMs);
  await prune(30);
  expect(await left()).toBe(9);
});

it('deletes at once what is no longer to be kept', async () => {
  for (let day = 0; day < 10; day++) await note(day);
  await prune(30);
  await prune(2.5);
  expect(await left()).toBe(3);
});

it('counts a day at the most for a time in which nothing was stored', async () => {
  await note(400);
  for (let day = 0; day < 3; day++) await note(31 + day / 10);
  await prune(30);
  const seen = [await left()];
  for (let day = 0; day < 2; day++) {
    await clock.advance(dayMs);
    await prune(30);
    seen.push(await left());
  }
  expect(seen).toEqual([4, 3, 1]);
});
