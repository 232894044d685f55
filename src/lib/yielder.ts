/** To be awaited often within long work: lets everything else run when the thread has been held long enough. */
export type Yielder = () => Promise<void>;

/** Work holds the thread for about this long at a time, however many do theirs side by side. */
const spellMs = 8;

/** When the first work in this turn of the event loop began; `undefined`: none has been done in it. */
let began: number | undefined;
/** Who goes on when its turn comes, one in each: all that wait for the same turn would hold the thread one after another. */
const waiting: (() => void)[] = [];

/** @param monotonic As of a `Clock`; of all work of a process the same one. */
export function createYielder(monotonic: () => number): Yielder {
  beginningOf(monotonic);
  return async () => {
    if (monotonic() - beginningOf(monotonic) >= spellMs) await nextTurn();
  };
}

function beginningOf(monotonic: () => number): number {
  if (began !== undefined) return began;
  setImmediate(() => {
    began = undefined;
  });
  began = monotonic();
  return began;
}

function nextTurn(): Promise<void> {
  return new Promise((resolve) => {
    waiting.push(resolve);
    if (waiting.length === 1) setImmediate(goOn);
  });
}

function goOn(): void {
  began = undefined;
  waiting[0]?.();
  waiting.shift();
  if (waiting.length > 0) setImmediate(goOn);
}

/** Work that says after each small step that it could pause. */
export type Steps<T> = Generator<void, T, void>;

/** Takes the steps, pausing as the breather says. */
export async function inSteps<T>(steps: Steps<T>, breathe: Yielder): Promise<T> {
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
