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

  /** Resolves when what runs now has ended, whichever way. */
  async settled(): Promise<void> {
    await Promise.allSettled(this.#running.values());
  }
}

/** Begins at once; what `work` throws before its first `await` is a rejection like any other. */
async function start<T>(work: () => Promise<T>): Promise<T> {
  return await work();
}
