import { setTimeout as sleep } from 'node:timers/promises';

/** Generous: a machine that is busy with ten other things answers late, not wrongly. */
export const patienceMs = 150_000;

/** Resolves with the first value that is something; says what it waited for when it has waited for too long. */
export async function until<T>(
  what: string,
  find: () => T | undefined | false | Promise<T | undefined | false>,
  limitMs = patienceMs,
): Promise<T> {
  const end = performance.now() + limitMs;
  while (true) {
    const found = await find();
    if (found !== undefined && found !== false) return found;
    if (performance.now() > end) throw new Error(`waited ${limitMs / 1000} s in vain for ${what}`);
    await sleep(100);
  }
}

export { sleep };
