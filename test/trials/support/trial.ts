import { expect, it } from 'vitest';
import { Trial } from './scene.ts';
import { sleep } from './until.ts';

/** All trials together are to end within six minutes; none of them may take longer. */
const limitMs = 340_000;

/** Trials sleep most of the time: all of a file go on side by side. */
export function trial(name: string, work: (trial: Trial) => Promise<void>): void {
  it.concurrent(
    // oxlint-disable-next-line vitest/valid-title
    name,
    async () => {
      const set = await Trial.set();
      try {
        await Promise.race([work(set), tooLong()]);
        expect(set.robots.refused, 'what the robot refused').toEqual([]);
      } finally {
        await set.close();
      }
    },
    limitMs + 60_000,
  );
}

/** So that what was started is ended also when a trial waits for ever. */
async function tooLong(): Promise<never> {
  await sleep(limitMs, undefined, { ref: false });
  throw new Error(`not over after ${limitMs / 1000} s`);
}
