import { describe, expect, it } from 'vitest';
import { ManualClock, systemClock } from './clock.ts';

describe('ManualClock', () => {
  it('wakes sleepers in order of their due time, at their due time', async () => {
    const clock = new ManualClock(1000);
    const woken: [string, number][] = [];
    const before = clock.monotonic();
    const sleeper = async (name: string, ms: number): Promise<void> => {
      await clock.sleep(ms);
      woken.push([name, clock.now()]);
    };
    const both = Promise.all([sleeper('late', 20), sleeper('early', 10)]);
    await clock.advance(15);
    expect(woken).toEqual([['early', 1010]]);
    expect(clock.sleeping).toBe(1);
    await clock.advance(15);
    await both;
    expect(woken).toEqual([
      ['early', 1010],
      ['late', 1020],
    ]);
    expect(clock.now()).toBe(1030);
    expect(clock.monotonic() - before).toBeCloseTo(30);
  });

  it('lets a sleeper go at once when its signal aborts', async () => {
    const clock = new ManualClock();
    const stop = new AbortController();
    const sleep = clock.sleep(1000, stop.signal);
    stop.abort();
    await sleep;
    expect(clock.sleeping).toBe(0);
    await clock.sleep(1000, stop.signal);
  });

  it('wakes up to a millisecond early, as timers do', async () => {
    const clock = new ManualClock(1000);
    const before = clock.monotonic();
    let wokenAt = 0;
    void clock.sleep(10.9).then(() => {
      wokenAt = clock.monotonic() - before;
    });
    await clock.advance(10.9);
    expect(wokenAt).toBeCloseTo(10);
  });

  it('jumps on the wall and not on the monotonic scale', () => {
    const clock = new ManualClock(0);
    const before = clock.monotonic();
    clock.jump(-5000);
    expect([clock.now(), clock.monotonic()]).toEqual([-5000, before]);
  });

  it('counts as a real clock does: whole milliseconds on the wall, fractions since an arbitrary origin', async () => {
    const clock = new ManualClock(1000);
    await clock.advance(0.7);
    await clock.sleep(0);
    expect(Number.isInteger(clock.now())).toBe(true);
    expect(Number.isInteger(clock.monotonic())).toBe(false);
  });
});

describe('systemClock', () => {
  it('ends a sleep quietly when its signal aborts', async () => {
    const stop = new AbortController();
    const sleep = systemClock.sleep(60_000, stop.signal);
    stop.abort();
    await expect(sleep).resolves.toBeUndefined();
    await expect(systemClock.sleep(60_000, stop.signal)).resolves.toBeUndefined();
  });

  it('sleeps longer than a timer of the system can', async () => {
    const stop = new AbortController();
    let isOver = false;
    const sleep = systemClock.sleep(2 ** 31 + 1, stop.signal).then(() => {
      isOver = true;
    });
    const cancel = systemClock.after(2 ** 31 + 1, () => {
      isOver = true;
    });
    await new Promise((resolve) => setTimeout(resolve, 5));
    expect(isOver).toBe(false);
    cancel();
    stop.abort();
    await sleep;
  });
});
