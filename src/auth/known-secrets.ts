import { Redactor, secretsIn } from '../lib/secrets/secret.ts';
import { guardedIn } from './guarded.ts';
import type { Token } from './scheme.ts';

/** What one credential keeps secret: told to the program's redactor, and to one of its own for its messages. */
export class KnownSecrets {
  readonly #own = new Redactor();
  readonly #shared: Redactor | undefined;
  readonly #tokens: (readonly string[])[] = [];

  constructor(options: unknown, shared: Redactor | undefined) {
    this.#shared = shared;
    for (const secret of secretsIn(options)) this.add(secret.reveal());
    for (const guarded of guardedIn(options)) this.#own.add(guarded.reveal());
  }

  add(value: string): void {
    this.#own.add(value);
    this.#shared?.add(value);
  }

  /** Requests with the token before this one may still be under way; older ones are forgotten. */
  addToken(token: Token): void {
    const values = [...Object.values(token.value), token.refreshToken ?? ''];
    for (const value of values) this.add(value);
    this.#tokens.push(values);
    const oldest = this.#tokens.length > 2 ? this.#tokens.shift() : undefined;
    for (const value of oldest ?? []) {
      this.#own.remove(value);
      this.#shared?.remove(value);
    }
  }

  scrub(text: string): string {
    return this.#own.scrub(text);
  }
}
