import type { Operation } from './document.ts';

/** What is longer is hardly ever there twice. */
const mostChars = 1000;

const alike = [
  'tags',
  'servers',
  'parameters',
  'responses',
  'extensions',
] satisfies readonly (keyof Operation)[];

/**
 * Of what many operations of a document have alike (the same answers by reference, the same tags, nothing at all) one
 * object is kept for all of them: there may be a hundred thousand, and what is learnt of an answer is learnt once.
 */
export class SharedParts {
  readonly #known = new Map<string, unknown>();

  /** @param operation Just made, so that nobody has it yet; what is no operation is left as it is. */
  share(operation: unknown): void {
    if (typeof operation !== 'object' || operation === null) return;
    const parts = operation as Record<string, unknown>;
    for (const name of alike) if (Object.hasOwn(parts, name)) parts[name] = this.#one(parts[name]);
  }

  #one(part: unknown): unknown {
    const json = JSON.stringify(part);
    if (json.length > mostChars) return part;
    const known = this.#known.get(json);
    if (known !== undefined) return known;
    this.#known.set(json, part);
    return part;
  }
}
