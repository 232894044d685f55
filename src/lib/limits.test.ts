import { expect, it } from 'vitest';
import { Semaphore } from './limits.ts';

it('lets so many in at once, the others in the order in which they came', async () => {
  const semaphore = new Semaphore(2);
  const entered: number[] = [];
  const leave: (() => void)[] = [];
  const all = [0, 1, 2, 3].map(async (visitor) => {
    leave[visitor] = await semaphore.acquire();
    entered.push(visitor);
  });
  await Promise.all(all.slice(0, 2));
  expect(entered).toEqual([0, 1]);
  leave[1]?.();
  await all[2];
  expect(entered).toEqual([0, 1, 2]);
  // Giving a place back twice gives back one.
  leave[1]?.();
  leave[0]?.();
  await all[3];
  expect(entered).toEqual([0, 1, 2, 3]);
});

it('is free again when all have left', async () => {
  const semaphore = new Semaphore(1);
  for (let visit = 0; visit < 3; visit++) (await semaphore.acquire())();
  expect(await semaphore.acquire()).toBeTypeOf('function');
});
