import type { Result } from '../model/result.ts';

const keptPerCheck = 24;

/** The durations (ms) of the latest answers of every check, oldest first: what latency windows look at. */
export class RecentLatencies {
  readonly #byCheck: Map<string, readonly number[]>;

  constructor(start: ReadonlyMap<string, readonly number[]> = new Map()) {
    this.#byCheck = new Map(start);
  }

  of(checkId: string): readonly number[] {
    return this.#byCheck.get(checkId) ?? [];
  }

  /** Takes in the results of a closed cycle; those without an answer say nothing about speed. */
  add(results: readonly Result[]): void {
    for (const { checkId, status, phases } of results) {
      if (status === undefined) continue;
      this.#byCheck.set(checkId, [...this.of(checkId), phases.totalMs].slice(-keptPerCheck));
    }
  }
}
