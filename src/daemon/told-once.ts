/** Lets each text through once, until it has been gone in between. */
export class ToldOnce {
  #told: ReadonlySet<string> = new Set();

  /** Those of the present texts that were not there the last time. */
  news(texts: readonly string[]): readonly string[] {
    const before = this.#told;
    this.#told = new Set(texts);
    return texts.filter((text) => !before.has(text));
  }
}
