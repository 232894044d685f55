import type { Redactor } from './secret.ts';

export interface Memory {
  /** So many of the newest are looked for in every disguise, those before them where they usually stand. */
  readonly fresh: number;
  readonly all: number;
}

/** Secrets that come and go: a server may still name one that was replaced long ago. */
export class RememberedSecrets {
  readonly #redactors: readonly Redactor[];
  readonly #memory: Memory;
  /** Newest first: what came together. */
  #generations: readonly (readonly string[])[] = [];

  /** @param redactors Told of all that is remembered, and no longer. */
  constructor(redactors: readonly Redactor[], memory: Memory) {
    this.#redactors = redactors;
    this.#memory = memory;
  }

  add(values: readonly string[]): void {
    const newest = [...new Set(values)];
    if (newest.length === 0) return;
    const older = this.#generations.map((one) => one.filter((value) => !newest.includes(value)));
    const before = this.#generations;
    this.#generations = [newest, ...older.filter((one) => one.length > 0)].slice(0, this.#memory.all);
    // What is still known must not be unknown in between.
    this.#tell(this.#generations, (redactor, value, reach) => redactor.add(value, reach));
    this.#tell(before, (redactor, value, reach) => redactor.remove(value, reach));
  }

  #tell(
    generations: readonly (readonly string[])[],
    tell: (redactor: Redactor, value: string, reach: 'everywhere' | 'usual') => void,
  ): void {
    for (const [age, values] of generations.entries())
      for (const value of values)
        for (const redactor of this.#redactors)
          tell(redactor, value, age < this.#memory.fresh ? 'everywhere' : 'usual');
  }
}
