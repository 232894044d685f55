import { inspect } from 'node:util';

/**
 * A text from the body of a login that may be secret although its name does not say so. It prints as `***`, and is
 * taken out of what its own credential says, but not out of everything: a user name is no secret elsewhere.
 */
export class Guarded {
  readonly #value: string;

  constructor(value: string) {
    this.#value = value;
  }

  reveal(): string {
    return this.#value;
  }

  toString(): string {
    return '***';
  }

  toJSON(): string {
    return '***';
  }

  [inspect.custom](): string {
    return '***';
  }
}

/** Every `Guarded` in a value, at any depth. */
export function guardedIn(value: unknown): readonly Guarded[] {
  if (value instanceof Guarded) return [value];
  if (typeof value !== 'object' || value === null) return [];
  return Object.values(value).flatMap(guardedIn);
}

/** Short words are keywords of a protocol (`password` as a grant, `web`, `admin`), which messages need. */
export function mayBeSecret(text: string): boolean {
  return !/^[a-z_]{1,8}$/.test(text);
}
