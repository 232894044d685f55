/** Work that text from outside has asked for has become more than it may be. */
export class TooMuchWork extends Error {
  override readonly name = 'TooMuchWork';

  constructor() {
    super('it takes more work than the patrol allows for one answer');
  }
}

/**
 * What is left of the work that may be done for one purpose, in steps of some hundred nanoseconds. Counted and not
 * timed, so that the same input comes to the same end on any machine.
 */
export class Effort {
  #left: number;

  constructor(steps: number) {
    this.#left = steps;
  }

  /** Throws `TooMuchWork` when nothing is left. */
  spend(steps: number): void {
    this.#left -= steps;
    if (this.#left < 0) throw new TooMuchWork();
  }

  /** Begins anew. */
  refill(steps: number): void {
    this.#left = steps;
  }
}
