/**
 * One run at a time for a key: whoever asks while it runs gets the same promise. The run is not tied to any one
 * caller, so a caller that gives up does not cancel it for the others.
 */
export class SingleFlight<T> {
  readonly #running = new Map<string, Promise<T>>();

  run(key: string, work: () => Promise<T>): Promise<T> {
    const running = this.#running.get(key);
    if (running !== undefined) return running;
    const started = start(work).finally(() => this.#running.delete(key));
    this.#running.set(key, started);
    return started;
  }

  /** Resolves when what runs now, of all keys or of one, has ended, whichever way. */
  async settled(key?: string): Promise<void> {
    const running = [...this.#running].filter(([one]) => key === undefined || one === key);
    await Promise.allSettled(running.map(([, run]) => run));
  }
}

/** Begins at once; what `work` throws before its first `await` is a rejection like any other. */
async function start<T>(work: () => Promise<T>): Promise<T> {
  return await work();
}
