import { expect, it } from 'vitest';
import { ManualClock } from './clock.ts';
import { ClockJump } from './clock-jump.ts';

it('sees the wall clock being set on and back, once each, and not time passing', async () => {
  const clock = new ManualClock();
  const jump = new ClockJump(clock);
  await clock.advance(86_400_000);
  expect(jump.take()).toBe(0);
  clock.jump(-3 * 86_400_000);
  expect(jump.take()).toBe(-3 * 86_400_000);
  expect(jump.take()).toBe(0);
  await clock.advance(1000);
  clock.jump(3_600_000);
  expect(jump.take()).toBe(3_600_000);
});

it('adds up small steps until they are worth a word', () => {
  const clock = new ManualClock();
  const jump = new ClockJump(clock);
  clock.jump(1500);
  expect(jump.take()).toBe(0);
  clock.jump(1500);
  expect(jump.take()).toBe(3000);
});
