import { isObject } from '../../model/json.ts';
import type { Path } from '../yaml-file.ts';

/** The part of JSON Schema that this program's own schemas use. */
export interface Shape {
  readonly $ref?: string;
  readonly type?: string | readonly string[];
  readonly const?: unknown;
  readonly enum?: readonly unknown[];
  readonly properties?: Readonly<Record<string, Shape>>;
  readonly patternProperties?: Readonly<Record<string, Shape>>;
  readonly additionalProperties?: boolean | Shape;
  readonly items?: Shape | readonly Shape[];
  readonly anyOf?: readonly Shape[];
  readonly oneOf?: readonly Shape[];
  readonly allOf?: readonly Shape[];
  readonly required?: readonly string[];
  readonly description?: string;
  readonly default?: unknown;
  readonly examples?: readonly unknown[];
  readonly pattern?: string;
  readonly format?: string;
  readonly title?: string;
  readonly minimum?: number;
  readonly maximum?: number;
}

export interface UnknownKey {
  /** Ends with the key itself. */
  readonly path: Path;
  readonly allowed: readonly string[];
}

/**
 * Walks written data along its shape: finds keys that no shape knows, and turns texts that came from the
 * environment into the numbers and booleans that are wanted where they stand. Empty sections are left out.
 */
export function conform(
  data: unknown,
  shape: Shape,
  isFilledIn: (path: Path) => boolean,
): { readonly data: unknown; readonly unknownKeys: readonly UnknownKey[] } {
  const unknownKeys: UnknownKey[] = [];
  const walk = (value: unknown, at: Shape | boolean | undefined, path: Path): unknown => {
    if (typeof at !== 'object') return value;
    if (Array.isArray(value)) {
      const items = alternatives(at, value).find((one) => one.items !== undefined)?.items;
      return value.map((item, index) =>
        walk(item, Array.isArray(items) ? items[index] : items, [...path, index]),
      );
    }
    if (!isObject(value)) return typeof value === 'string' && isFilledIn(path) ? typed(value, at) : value;
    const known = keysOf(at, value);
    if (known === undefined) return value;
    const entries = Object.entries(value).flatMap(([key, child]): [string, unknown][] => {
      // What reads it further on would take it for something else than a key.
      const next = key === '__proto__' ? undefined : known(key);
      if (next === undefined) unknownKeys.push({ path: [...path, key], allowed: known.names });
      return child === null && isContainer(next) ? [] : [[key, walk(child, next, [...path, key])]];
    });
    return Object.fromEntries(entries);
  };
  return { data: walk(data, shape, []), unknownKeys };
}

interface Keys {
  /** The shape of a key's value, `true` for anything, `undefined` when the key is not allowed. */
  (key: string): Shape | boolean | undefined;
  readonly names: readonly string[];
}

/** `undefined` when nothing is known about the keys, so that all are allowed. */
function keysOf(shape: Shape, value: Readonly<Record<string, unknown>>): Keys | undefined {
  const parts = alternatives(shape, value).filter(
    (one) => one.type === 'object' || one.properties !== undefined,
  );
  if (parts.length === 0) return undefined;
  const names = [...new Set(parts.flatMap((one) => Object.keys(one.properties ?? {})))];
  const find = (key: string): Shape | boolean | undefined => {
    for (const one of parts) {
      const own = Object.hasOwn(one.properties ?? {}, key) ? one.properties?.[key] : undefined;
      const byPattern = Object.entries(one.patternProperties ?? {}).find(([form]) =>
        new RegExp(form).test(key),
      );
      const found = own ?? byPattern?.[1];
      if (found !== undefined) return found;
    }
    const open = parts.find((one) => one.additionalProperties !== false)?.additionalProperties;
    return parts.every((one) => one.additionalProperties === false) ? undefined : (open ?? true);
  };
  return Object.assign(find, { names });
}

/** The plain shapes that a value may follow, tagged ones chosen by their tag. */
function alternatives(shape: Shape, value: unknown): readonly Shape[] {
  if (shape.allOf !== undefined) return shape.allOf.flatMap((part) => alternatives(part, value));
  const choices = shape.oneOf ?? shape.anyOf;
  if (choices === undefined) return [shape];
  return choices.flatMap((choice) => alternatives(choice, value)).filter((choice) => admits(choice, value));
}

function admits(shape: Shape, value: unknown): boolean {
  if (Array.isArray(value)) return shape.items !== undefined;
  if (!isObject(value)) return typeof shape.const !== 'string' || shape.const === value;
  return Object.entries(shape.properties ?? {}).every(
    ([key, part]) => part.const === undefined || value[key] === part.const,
  );
}

/** A section may stand empty, all of its lines commented out. */
function isContainer(shape: Shape | boolean | undefined): boolean {
  return typeof shape === 'object' && (shape.type === 'object' || shape.type === 'array');
}

function typed(text: string, shape: Shape): unknown {
  const types = new Set(alternatives(shape, text).flatMap((one) => one.type ?? ['string']));
  if (types.has('string')) return text;
  if ((types.has('number') || types.has('integer')) && /^\s*-?\d+(?:\.\d+)?\s*$/.test(text))
    return Number(text);
  if (types.has('boolean') && (text === 'true' || text === 'false')) return text === 'true';
  return text;
}
