import { setImmediate as nextTurn } from 'node:timers/promises';

/** To be awaited often within long work: lets everything else run when the work has held the thread long enough. */
export type Breather = () => Promise<void>;

/** Work holds the thread for about this long at a time. */
const spellMs = 8;

export function createBreather(monotonic: () => number): Breather {
  let since = monotonic();
  return async () => {
    if (monotonic() - since < spellMs) return;
    await nextTurn();
    since = monotonic();
  };
}
