import { expect, test } from 'vitest';
import { atOnce, createBreather, inSpells, type Steps } from './breather.ts';

test('long work lets others run when it has held the thread long enough, not before', async () => {
  let now = 0;
  const breathe = createBreather(() => now);
  const ran: string[] = [];
  setImmediate(() => ran.push('other'));
  await breathe();
  ran.push('work');
  now += 10;
  await breathe();
  ran.push('more work');
  expect(ran).toEqual(['work', 'other', 'more work']);
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
  expect(await inSpells(sum(), breathe)).toBe(6);
  expect(pauses).toBe(3);
  expect(atOnce(sum())).toBe(6);
});
