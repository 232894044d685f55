import type { Operation } from '../model/document.ts';

/** What is longer is hardly ever there twice. */
const mostChars = 1000;

/**
 * Of what many operations of a document have alike (the same answers by reference, the same tags, nothing at all) one
 * object is kept for all of them: there may be a hundred thousand, and what is learnt of an answer is learnt once.
 */
export class SharedParts {
  readonly #known = new Map<string, unknown>();

  /** @param operation Just made, so that nobody has it yet. */
  share(operation: { -readonly [Key in keyof Operation]: Operation[Key] }): void {
    operation.tags = this.#one(operation.tags);
    operation.servers = this.#one(operation.servers);
    operation.parameters = this.#one(operation.parameters);
    operation.responses = this.#one(operation.responses);
    operation.extensions = this.#one(operation.extensions);
  }

  #one<T>(part: T): T {
    const json = JSON.stringify(part) as string | undefined;
    if (json === undefined || json.length > mostChars) return part;
    const known = this.#known.get(json);
    if (known !== undefined) return known as T;
    this.#known.set(json, part);
    return part;
  }
}
