import type { Operation } from '../../model/document.ts';
import type { Json, JsonSchema } from '../../model/json.ts';
import { partChars, type Piece, type Roots } from './protocol.ts';

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

  take(json: string): void {
    for (const [into, key, value, open] of JSON.parse(json) as readonly Piece[]) {
      const container = this.#containers[into];
      if (container === undefined) throw new RangeError(`no container ${into}`);
      put(container, key, value);
      if (open === true) this.#containers.push(value as object);
    }
  }
}

/** As JSON does: `__proto__` is a name. */
function put(container: object, key: string, value: Json): void {
  Object.defineProperty(container, key, { value, configurable: true, enumerable: true, writable: true });
}
