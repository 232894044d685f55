import { expect, test } from 'vitest';
import { createBreather } from './breather.ts';

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
