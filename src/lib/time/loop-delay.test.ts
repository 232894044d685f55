import { performance } from 'node:perf_hooks';
import { setImmediate } from 'node:timers/promises';
import { expect, it } from 'vitest';
import { createLoopDelay } from './loop-delay.ts';

function standStill(ms: number): void {
  const until = performance.now() + ms;
  while (performance.now() < until) continue;
}

it('notices for how long the event loop stood still, also before its own timer has run', async () => {
  const delay = createLoopDelay(500);
  const stop = delay.watch();
  const before = delay.mark();
  expect(delay.lateSince(before)).toBe(0);
  standStill(600);
  expect(delay.lateSince(before)).toBeGreaterThan(580);
  expect(delay.lateSince(delay.mark())).toBe(0);
  await setImmediate();
  expect(delay.lateSince(before)).toBeGreaterThan(580);
  expect(delay.sleptSince(before)).toBe(false);
  stop();
});

it('says nothing while nobody watches, and is watched by several at once', () => {
  const delay = createLoopDelay(5);
  const stops = [delay.watch(), delay.watch()];
  stops[0]?.();
  stops[0]?.();
  const mark = delay.mark();
  standStill(30);
  expect(delay.lateSince(mark)).toBeGreaterThan(15);
  stops[1]?.();
  expect(delay.lateSince(delay.mark())).toBe(0);
});

it('notices that the machine slept: the time of day went on without it', () => {
  let [wall, monotonic] = [Date.UTC(2026, 0, 1), 5];
  const delay = createLoopDelay(20, { now: () => wall, monotonic: () => monotonic });
  const stop = delay.watch();
  const mark = delay.mark();
  [wall, monotonic] = [wall + 10, monotonic + 10];
  expect(delay.sleptSince(mark)).toBe(false);
  wall += 120_000;
  expect([delay.sleptSince(mark), delay.lateSince(mark)]).toEqual([true, 0]);
  expect(delay.sleptSince(delay.mark())).toBe(false);
  stop();
});

it('tells a process that has to wait its turn again and again from one that stood still', () => {
  let monotonic = 5;
  const delay = createLoopDelay(20, { now: () => monotonic, monotonic: () => monotonic });
  const stop = delay.watch();
  const mark = delay.mark();
  for (let turn = 0; turn < 100; turn++) {
    monotonic += 110;
    delay.mark();
  }
  expect([delay.lateSince(mark), delay.stillSince(mark)]).toEqual([10_000, 0]);
  monotonic += 410;
  expect(delay.stillSince(mark)).toBe(400);
  delay.mark();
  expect(delay.stillSince(mark)).toBe(400);
  stop();
});
