import { withoutUser } from './shown-url.ts';

/** Names of the documents of one service: their addresses without secrets. What differs in a secret alone is numbered. */
export class Names {
  readonly #shown: (url: string) => string;
  readonly #taken = new Map<string, string>();

  constructor(shown: (url: string) => string) {
    this.#shown = shown;
  }

  of(url: string): string {
    const plain = withoutUser(url);
    const shown = this.#shown(url);
    let name = shown;
    for (let no = 2; (this.#taken.get(name) ?? plain) !== plain; no++) name = `${shown}#${no}`;
    this.#taken.set(name, plain);
    return name;
  }
}
