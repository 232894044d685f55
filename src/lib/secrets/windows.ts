/** Odd, so that no code unit of a window is lost in 32 bits. */
const base = 0x01000193;
const slots = 1 << 16;

interface Entry<T> {
  readonly window: string;
  readonly item: T;
}

/**
 * Finds in a text what begins like one of many: the windows of a fixed width are hashed as they go by (Rabin–Karp), so that
 * the effort grows with the text alone, however much is looked for.
 */
export class Windows<T> {
  readonly #width: number;
  readonly #leaving: number;
  readonly #entries = new Map<number, Entry<T>[]>();
  /** How many hashes fall into a slot: most windows of a text are none of ours, which has to be told quickly. */
  readonly #taken = new Uint32Array(slots);

  /** @param width In UTF-16 units. */
  constructor(width: number) {
    this.#width = width;
    let leaving = 1;
    for (let at = 1; at < width; at++) leaving = Math.imul(leaving, base);
    this.#leaving = leaving;
  }

  /** @param window As wide as all of them. */
  add(window: string, item: T): void {
    const hash = this.#hashOf(window, 0);
    const entries = this.#entries.get(hash);
    if (entries !== undefined) entries.push({ window, item });
    else {
      this.#entries.set(hash, [{ window, item }]);
      this.#count(hash, 1);
    }
  }

  /** Takes back what was added under that window and is wanted no more. */
  remove(window: string, isGone: (item: T) => boolean): void {
    const hash = this.#hashOf(window, 0);
    const left = this.#entries.get(hash)?.filter((entry) => entry.window !== window || !isGone(entry.item));
    if (left === undefined) return;
    if (left.length > 0) {
      this.#entries.set(hash, left);
      return;
    }
    this.#entries.delete(hash);
    this.#count(hash, -1);
  }

  /** @param meet Gets each item whose window stands in the text, and where that begins. */
  in(text: string, meet: (item: T, at: number) => void): void {
    if (this.#entries.size === 0 || text.length < this.#width) return;
    let hash = this.#hashOf(text, 0);
    for (let at = 0; ; at++) {
      if (this.#taken[hash >>> 16] !== 0)
        for (const { window, item } of this.#entries.get(hash) ?? [])
          if (text.startsWith(window, at)) meet(item, at);
      const next = at + this.#width;
      if (next >= text.length) return;
      const left = Math.imul(hash - Math.imul(text.charCodeAt(at), this.#leaving), base);
      hash = (left + text.charCodeAt(next)) >>> 0;
    }
  }

  #hashOf(text: string, from: number): number {
    let hash = 0;
    for (let at = from; at < from + this.#width; at++)
      hash = (Math.imul(hash, base) + text.charCodeAt(at)) >>> 0;
    return hash;
  }

  #count(hash: number, by: number): void {
    const slot = hash >>> 16;
    this.#taken[slot] = (this.#taken[slot] ?? 0) + by;
  }
}
