import type { Check } from '../../model/check.ts';
import type { Result } from '../../model/result.ts';
import type { Store } from '../store.ts';

const batchSize = 500;

/**
 * Stores the results of a running cycle a batch at a time, so that a crash loses the last batch and not the cycle.
 * A batch that cannot be stored stays with the rest, which the close of the cycle stores.
 */
export class ResultBatches {
  readonly #store: Store;
  readonly #cycleId: number;
  readonly #checks: ReadonlyMap<string, Check>;
  #pending: Result[] = [];
  #writing: Promise<void> | undefined;

  constructor(store: Store, cycleId: number, checks: readonly Check[]) {
    this.#store = store;
    this.#cycleId = cycleId;
    this.#checks = new Map(checks.map((check) => [check.id, check]));
  }

  add(result: Result): void {
    this.#pending.push(result);
    if (this.#pending.length >= batchSize) this.#writing ??= this.#write();
  }

  /** Ends writing; yields what is not stored yet. */
  async rest(): Promise<readonly Result[]> {
    await this.#writing;
    return this.#pending;
  }

  async #write(): Promise<void> {
    const batch = this.#pending;
    this.#pending = [];
    const checks = batch.flatMap((result) => this.#checks.get(result.checkId) ?? []);
    try {
      await this.#store.appendResults(this.#cycleId, batch, checks);
    } catch {
      // The close of the cycle tries again and reports it.
      this.#pending = [...batch, ...this.#pending];
    } finally {
      this.#writing = undefined;
    }
  }
}
