import type { Attempt } from '../attempt.ts';

/** So many operations that are told the same in a row speak for their service. */
const enough = 3;

/** "I am not there now, come back later" (RFC 9110, 10.2.3 and 15.6.4): an answer that fails, and a wish. */
export function asksToWait({ verdict, status, retryAfterMs }: Attempt): boolean {
  return verdict === 'fail' && status === 503 && retryAfterMs !== undefined;
}

/**
 * A service that is down and asks to be left alone is believed after it has said so to several operations, and to one of them
 * as often as it takes to confirm a failure: from then on each of its operations is called once a cycle and no more, until one
 * is answered otherwise.
 */
export class AskedToWait {
  readonly #told = new Set<string>();
  #isConfirmed = false;

  note(checkId: string, attempt: Attempt): void {
    if (asksToWait(attempt)) this.#told.add(checkId);
    else {
      this.#told.clear();
      this.#isConfirmed = false;
    }
  }

  /** It was said to one check each time that it was called again at intervals. */
  confirmed(): void {
    this.#isConfirmed = true;
  }

  get isBelieved(): boolean {
    return this.#isConfirmed && this.#told.size >= enough;
  }
}
