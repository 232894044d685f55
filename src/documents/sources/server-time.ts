/**
 * How long a server may take for all that one reading asks of it, in ms: counted while something is asked for, however many
 * requests that are.
 */
export class ServerTime {
  readonly limitMs: number;
  #restMs: number;
  #running = 0;
  #since = 0;

  constructor(limitMs: number) {
    this.limitMs = limitMs;
    this.#restMs = limitMs;
  }

  /** What is left, ms; not above zero: nothing more is asked for. */
  get restMs(): number {
    return this.#restMs - (this.#running === 0 ? 0 : performance.now() - this.#since);
  }

  get isSpent(): boolean {
    return this.restMs <= 0;
  }

  /** A timer has found that nothing is left. */
  spend(): void {
    this.#restMs = 0;
    this.#since = performance.now();
  }

  /** Something is asked for from now on; what is returned has to be called when that has ended. */
  begin(): () => void {
    if (this.#running++ === 0) this.#since = performance.now();
    return () => {
      if (--this.#running === 0) this.#restMs -= performance.now() - this.#since;
    };
  }
}
