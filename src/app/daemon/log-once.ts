/** Lets each text about something through once, until it has been gone in between. */
export class LogOnce {
  readonly #told = new Map<string, ReadonlySet<string>>();

  /** Those of the present texts that were not there the last time. */
  news(about: string, texts: readonly string[]): readonly string[] {
    const before = this.#told.get(about);
    this.#told.set(about, new Set(texts));
    return texts.filter((text) => before?.has(text) !== true);
  }
}
