import { expect, test } from 'vitest';
import { atOnce, createYielder, inSteps, type Steps } from './yielder.ts';

test('long work lets others run when it has held the thread long enough, not before', async () => {
  let now = 0;
  const breathe = createYielder(() => now);
  const ran: string[] = [];
  setImmediate(() => ran.push('other'));
  await breathe();
  ran.push('work');
  now += 10;
  await breathe();
  ran.push('more work');
  expect(ran).toEqual(['work', 'other', 'more work']);
});

test('work of many side by side holds the thread no longer than that of one', async () => {
  let now = 0;
  let turns = 0;
  const longest = { inOneTurn: 0 };
  let at = 0;
  const count = (): void => {
    longest.inOneTurn = Math.max(longest.inOneTurn, now - at);
    at = now;
    turns++;
    timer = setImmediate(count);
  };
  let timer = setImmediate(count);
  const work = async (): Promise<void> => {
    const breathe = createYielder(() => now);
    for (let step = 0; step < 20; step++) {
      now += 1;
      await breathe();
    }
  };
  await Promise.all(Array.from({ length: 50 }, work));
  clearImmediate(timer);
  expect(now).toBe(1000);
  // Each may take one step more before it is seen that time is up, when it begins or is let on.
  expect(longest.inOneTurn).toBeLessThanOrEqual(8 + 50);
  expect(turns).toBeGreaterThan(100);
});

test('steps are taken at once or with pauses, to the same end', async () => {
  function* sum(): Steps<number> {
    let total = 0;
    for (const part of [1, 2, 3]) {
      total += part;
      yield;
    }
    return total;
  }
  let pauses = 0;
  const breathe = () => {
    pauses++;
    return Promise.resolve();
  };
  expect(await inSteps(sum(), breathe)).toBe(6);
  expect(pauses).toBe(3);
  expect(atOnce(sum())).toBe(6);
});
