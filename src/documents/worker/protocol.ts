import type { Operation } from '../../model/document.ts';
import type { Json, JsonSchema } from '../../model/json.ts';
import type { Problem } from '../../model/problem.ts';
import { SharedParts } from '../../model/shared-parts.ts';
import type { RawBytes } from '../text/raw-document.ts';

/** What the main thread says to a reading thread, which reads one document at a time. */
export type ToWorker =
  | { readonly kind: 'read'; readonly raw: RawBytes }
  | { readonly kind: 'answer'; readonly call: number; readonly value: RawBytes | Problem | readonly string[] }
  /** The part has arrived and everything else had its turn. */
  | { readonly kind: 'more' };

export type FromWorker =
  | {
      readonly kind: 'call';
      readonly call: number;
      readonly method: 'load' | 'list';
      readonly reference: string;
      readonly from: string;
    }
  /** Pieces of the document as JSON: so few that parsing them holds up nobody. */
  | { readonly kind: 'pieces'; readonly json: string }
  /** The rest of the outcome as JSON, when all pieces have been sent. */
  | { readonly kind: 'outcome'; readonly json: string };

/** About 2 ms of `JSON.parse`. */
export const partChars = 200_000;

/**
 * What belongs at `key` of a container, however deep that stands in the document: those of `roots` come first, then each that was
 * sent `open`, which is empty and filled by later pieces.
 */
export type Piece = readonly [into: number, key: string, value: Json, open?: true];

/** Where the first pieces belong, in the order of the containers' numbers. */
export interface Roots {
  readonly operations: readonly Operation[];
  readonly schemas: Readonly<Record<string, JsonSchema>>;
}

/** A document in pieces that are each parsed at once, so that one schema may be as large as it likes. */

/** JSON arrays of pieces of at most `partChars`, single texts that are larger aside. */
export function* inParts({ operations, schemas }: Roots): Generator<string> {
  let part: string[] = [];
  let chars = 0;
  for (const piece of piecesOf([operations, schemas])) {
    if (chars + piece.length > partChars && part.length > 0) {
      yield `[${part.join(',')}]`;
      [part, chars] = [[], 0];
    }
    part.push(piece);
    chars += piece.length;
  }
  if (part.length > 0) yield `[${part.join(',')}]`;
}

function* piecesOf(roots: readonly object[]): Generator<string> {
  let containers = roots.length;
  function* of(into: number, key: string, value: unknown): Generator<string> {
    const json = JSON.stringify(value) as string | undefined;
    if (json === undefined) return;
    const place = `${into},${JSON.stringify(key)}`;
    if (json.length <= partChars || typeof value !== 'object' || value === null) {
      yield `[${place},${json}]`;
      return;
    }
    const own = containers++;
    yield `[${place},${Array.isArray(value) ? '[]' : '{}'},true]`;
    for (const [name, item] of Object.entries(value)) yield* of(own, name, item);
  }
  for (const [into, root] of roots.entries())
    for (const [key, item] of Object.entries(root)) yield* of(into, key, item);
}

/** Puts together again what `inParts` took apart. */
export class Assembly implements Roots {
  readonly operations: Operation[] = [];
  readonly schemas: Record<string, JsonSchema> = {};
  readonly #containers: object[] = [this.operations, this.schemas];
  readonly #shared = new SharedParts();

  take(json: string): void {
    for (const [into, key, value, open] of JSON.parse(json) as readonly Piece[]) {
      const container = this.#containers[into];
      if (container === undefined) throw new RangeError(`no container ${into}`);
      // One that is filled by later pieces is too large to be like others.
      if (into === 0 && open !== true) this.#shared.share(value);
      put(container, key, value);
      if (open === true) this.#containers.push(value as object);
    }
  }
}

/** As JSON does: `__proto__` is a name. */
function put(container: object, key: string, value: Json): void {
  Object.defineProperty(container, key, { value, configurable: true, enumerable: true, writable: true });
}
