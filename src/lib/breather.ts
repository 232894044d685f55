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

/** Work that says after each small step that it could pause. */
export type Steps<T> = Generator<void, T, void>;

/** Takes the steps, pausing as the breather says. */
export async function inSpells<T>(steps: Steps<T>, breathe: Breather): Promise<T> {
  for (;;) {
    const step = steps.next();
    if (step.done === true) return step.value;
    await breathe();
  }
}

/** Takes the steps without a pause. */
export function atOnce<T>(steps: Steps<T>): T {
  for (;;) {
    const step = steps.next();
    if (step.done === true) return step.value;
  }
}
