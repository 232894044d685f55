import { RememberedSecrets } from '../lib/secrets/given-secrets.ts';
import { Redactor, secretsIn } from '../lib/secrets/secret.ts';
import { guardedIn } from './guarded.ts';

/** Requests with the token before this one may still be under way; a server may name one of any age. */
const memory = { fresh: 2, all: 64, together: 64, disguised: 32, values: 256, units: 1 << 18 };

/** What one credential keeps secret: told to the program's redactor, and to one of its own for its messages. */
export class KnownSecrets {
  readonly #own = new Redactor();
  readonly #tokens: RememberedSecrets;
  readonly #given: RememberedSecrets;

  constructor(options: unknown, shared: Redactor | undefined) {
    const redactors = shared === undefined ? [this.#own] : [this.#own, shared];
    this.#tokens = new RememberedSecrets(redactors, memory);
    this.#given = new RememberedSecrets(redactors, memory);
    for (const secret of secretsIn(options)) for (const one of redactors) one.add(secret);
    for (const guarded of guardedIn(options)) this.#own.add(guarded.reveal());
  }

  addToken(values: readonly string[]): void {
    this.#tokens.add(values);
  }

  /** What signing in was given on the way, also where it came to nothing. */
  addGiven(values: readonly string[]): void {
    this.#given.add(values);
  }

  scrub(text: string): string {
    return this.#own.scrub(text);
  }
}
