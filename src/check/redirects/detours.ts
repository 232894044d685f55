import type { LazyAnswer } from '../answer/answer.ts';
import { endsBadly } from '../redirected.ts';
import type { Walk } from './follow.ts';
import { pageOf } from './target.ts';

/** A new token that is asked for to see whether it helps. */
export interface Trial {
  /** @param walk The way since then, if there was any; not called when no token was to be had. */
  learn(walk: Walk | undefined): void;
  end(): void;
}

/**
 * Places to which calls of a credential are sent without their names saying that one signs in there. Whether it was that shows a new
 * token: asked for when this is seen for the first time, the second, the fourth and so on, until one has helped.
 */
export class Detours {
  readonly #helped = new Set<string>();
  readonly #seen = new Map<string, number>();
  readonly #trials = new Map<string, number>();

  /** Whether a new token has once helped those who were sent there. */
  isSignIn(credential: string, walk: Walk | undefined, answer: LazyAnswer | undefined): boolean {
    return walk !== undefined && endsBadly(walk.stopped, answer) && this.#helped.has(keyOf(credential, walk));
  }

  /** To be ended; absent where none is to be made. */
  trial(credential: string, walk: Walk | undefined, answer: LazyAnswer | undefined): Trial | undefined {
    if (walk === undefined || answer === undefined || !endsBadly(walk.stopped, answer)) return undefined;
    const going = this.#trials.get(credential) ?? 0;
    const seen = (this.#seen.get(credential) ?? 0) + 1;
    this.#seen.set(credential, seen);
    // Whoever is sent there meanwhile shares the token.
    if (going === 0 && !isPowerOfTwo(seen)) return undefined;
    this.#trials.set(credential, going + 1);
    const key = keyOf(credential, walk);
    return {
      learn: (now) => {
        if (now !== undefined && keyOf(credential, now) === key) return;
        this.#helped.add(key);
        this.#seen.delete(credential);
      },
      end: () => this.#trials.set(credential, (this.#trials.get(credential) ?? 1) - 1),
    };
  }
}

function isPowerOfTwo(count: number): boolean {
  return (count & (count - 1)) === 0;
}

/** What it asks back for stands in its query. */
function keyOf(credential: string, { through }: Walk): string {
  const last = through.at(-1);
  return last === undefined ? credential : `${credential} ${last.origin}${last.pathname}${pageOf(last)}`;
}
