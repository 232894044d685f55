import type { Check } from '../../model/check.ts';
import type { Result } from '../../model/result.ts';

/**
 * What checks came to last, as it was judged, by check id. There may be a hundred thousand of them, next to all of which have
 * passed: whoever asks whether anything else is known does not go through these.
 */
export class Known {
  readonly #results = new Map<string, Result>();
  readonly #notPassed = new Set<string>();

  get results(): ReadonlyMap<string, Result> {
    return this.#results;
  }

  get(checkId: string): Result | undefined {
    return this.#results.get(checkId);
  }

  set(result: Result): void {
    const { checkId, verdict } = result;
    this.#results.set(checkId, result);
    if (verdict === 'pass') this.#notPassed.delete(checkId);
    else this.#notPassed.add(checkId);
  }

  delete(checkId: string): void {
    this.#results.delete(checkId);
    this.#notPassed.delete(checkId);
  }

  /** Whether nothing else is known of these checks than that they pass. */
  isWell(checks: readonly Check[]): boolean {
    return this.#notPassed.size === 0 || !checks.some(({ id }) => this.#notPassed.has(id));
  }

  /** Gives all of them other dates. */
  redate(redated: (result: Result) => Result): void {
    for (const [id, result] of this.#results) this.#results.set(id, redated(result));
  }
}
