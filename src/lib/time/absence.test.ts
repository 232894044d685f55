import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { Absence } from './absence.ts';
import { ManualClock } from './clock.ts';

let clock: ManualClock;
let stop: AbortController;

beforeEach(() => {
  clock = new ManualClock();
  stop = new AbortController();
});
afterEach(() => stop.abort());

describe('a process that does not run', () => {
  it('is told once, for as long as that was', () => {
    const absence = new Absence(clock);
    void absence.run(stop.signal);
    // Nothing that waits is woken.
    clock.standStill(120_000);
    expect(absence.take()).toBeGreaterThanOrEqual(110_000);
    expect(absence.take()).toBe(0);
  });

  it('is none while it runs, however seldom it is asked, nor when it was away for a moment', async () => {
    const absence = new Absence(clock);
    void absence.run(stop.signal);
    await clock.advance(3_600_000);
    expect(absence.take()).toBe(0);
    clock.standStill(10_000);
    expect(absence.take()).toBe(0);
  });

  it('counts for how long none ran before it', () => {
    expect(new Absence(clock, 90_000).take()).toBe(90_000);
  });
});
