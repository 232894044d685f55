import { performance } from 'node:perf_hooks';
import { setImmediate } from 'node:timers/promises';
import { expect, it } from 'vitest';
import { createLoopDelay } from './loop-delay.ts';

function standStill(ms: number): void {
  const until = performance.now() + ms;
  while (performance.now() < until) continue;
}

it('notices that the event loop stood still, also before its own timer has run', async () => {
  const delay = createLoopDelay(500);
  const stop = delay.watch();
  const before = delay.mark();
  expect(delay.wasLateSince(before)).toBe(false);
  standStill(600);
  expect(delay.wasLateSince(before)).toBe(true);
  while (delay.mark().stoodStillMs === before.stoodStillMs) await setImmediate();
  expect(delay.wasLateSince(before)).toBe(true);
  expect(delay.wasLateSince(delay.mark())).toBe(false);
  stop();
});

it('does not mind a pause that is small beside what was measured', async () => {
  const delay = createLoopDelay(5);
  const stop = delay.watch();
  const before = delay.mark();
  standStill(40);
  expect(delay.wasLateSince(before)).toBe(true);
  expect(delay.wasLateSince({ ...before, at: before.at - 3000 })).toBe(false);
  stop();
});

it('says nothing while nobody watches, and is watched by several at once', () => {
  const delay = createLoopDelay(5);
  const stops = [delay.watch(), delay.watch()];
  stops[0]?.();
  stops[0]?.();
  standStill(30);
  expect(delay.wasLateSince(delay.mark())).toBe(true);
  stops[1]?.();
  expect(delay.wasLateSince(delay.mark())).toBe(false);
});
