import type { Stretch } from './disguise.ts';

/** What is shorter is a part of too many words. */
const runs = /[A-Za-z0-9_-]{6,}/g;
const words = /^(?:(?:[A-Z]?[a-z]{1,14}|[A-Z]{1,15}|\d{1,5})(?:[_-]+|$))+$/;
/** All of them are gone through for each that was cut off. */
const mostCut = 8;

/**
 * Finds values by their letters and digits as they are written, whatever is written for the signs in between. Of each only
 * its pieces are looked up: as many may be known as fit into an answer.
 */
export class KnownPieces {
  readonly #pieces = new Map<string, number>();

  add(value: string): void {
    for (const piece of piecesOf(value)) this.#pieces.set(piece, (this.#pieces.get(piece) ?? 0) + 1);
  }

  /** Takes back an `add`. */
  remove(value: string): void {
    for (const piece of piecesOf(value)) {
      const left = (this.#pieces.get(piece) ?? 0) - 1;
      if (left > 0) this.#pieces.set(piece, left);
      else this.#pieces.delete(piece);
    }
  }

  in(text: string): readonly Stretch[] {
    if (this.#pieces.size === 0) return [];
    const found: Stretch[] = [];
    let cut = 0;
    for (const { 0: run, index } of text.matchAll(runs)) {
      const end = index + run.length;
      const isCut = (end === text.length || text[end] === '…') && cut++ < mostCut;
      if (this.#pieces.has(run) || (isCut && this.#begins(run))) found.push([index, end]);
    }
    return found;
  }

  #begins(run: string): boolean {
    for (const piece of this.#pieces.keys()) if (piece.startsWith(run)) return true;
    return false;
  }
}

function piecesOf(value: string): ReadonlySet<string> {
  return new Set((value.match(runs) ?? []).filter((piece) => !words.test(piece)));
}
