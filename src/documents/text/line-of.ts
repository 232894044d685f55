import { isMap, isScalar, isSeq, type Node } from 'yaml';
import { keysOf } from '../formats/reference/pointer.ts';
import { limits } from '../limits.ts';
import { compose, type Place, placeOf } from './yaml.ts';

/** Each pointer costs a walk over the text before it. */
const mostCharacters = 50_000_000;

/**
 * Where the values stand to which RFC 6901 pointers lead, or their `$ref` where they have one: of JSON and YAML that has been read
 * before. What is not found has no place.
 */
export function placesOf(text: string, pointers: Iterable<string>): ReadonlyMap<string, Place> {
  const find = /^\s*[[{]/.test(text) ? jsonFinder(text) : yamlFinder(text);
  const places = new Map<string, Place>();
  if (find === undefined) return places;
  const most = Math.floor(mostCharacters / Math.max(1, text.length));
  for (const pointer of [...new Set(pointers)].slice(0, most)) {
    const keys = keysOf(pointer);
    const place = find([...keys, '$ref']) ?? find(keys);
    if (place !== undefined) places.set(pointer, place);
  }
  return places;
}

type Finder = (keys: readonly string[]) => Place | undefined;

function yamlFinder(text: string): Finder | undefined {
  if (text.length > limits.yamlBytes) return undefined;
  const { contents } = compose(text).document;
  return (keys) => {
    let node: unknown = contents;
    let at = contents?.range[0];
    for (const key of keys) {
      const inner = memberOf(node, key);
      if (inner === undefined) return undefined;
      node = inner.value;
      at = inner.key?.range?.[0] ?? at;
    }
    return at === undefined ? undefined : placeOf(at, text);
  };
}

/** A member with what stands for it: its key, or the item itself. */
function memberOf(node: unknown, key: string): { readonly key?: Node; readonly value: unknown } | undefined {
  if (isSeq<Node>(node)) {
    const item = /^\d+$/.test(key) ? node.items[Number(key)] : undefined;
    return item === undefined ? undefined : { key: item, value: item };
  }
  if (!isMap(node)) return undefined;
  const pair = node.items.find(
    (one) => isScalar(one.key) && (one.key.source ?? String(one.key.value)) === key,
  );
  return isScalar(pair?.key) ? { key: pair.key, value: pair.value } : undefined;
}

/** JSON that a parser has taken: nothing is checked a second time. */
function jsonFinder(text: string): Finder {
  return (keys) => {
    const start = /\S/.exec(text)?.index ?? 0;
    let at = start;
    for (const key of keys) {
      const found = jsonMember(text, at, key);
      if (found === undefined) return undefined;
      at = found;
    }
    // Of a member, its name is what one looks for.
    return placeOf(keys.length === 0 ? start : nameBefore(text, at), text);
  };
}

/** Offset of the value of a member of the object or array that begins at `at`. */
function jsonMember(text: string, at: number, key: string): number | undefined {
  const isArray = text[at] === '[';
  if (!isArray && text[at] !== '{') return undefined;
  let index = 0;
  let here = skipSpace(text, at + 1);
  while (here < text.length && text[here] !== (isArray ? ']' : '}')) {
    let name = String(index++);
    if (!isArray) {
      const end = endOfText(text, here);
      name = nameOf(text.slice(here, end));
      here = skipSpace(text, skipSpace(text, end) + 1);
    }
    if (name === key) return here;
    here = skipSpace(text, endOfValue(text, here));
    if (text[here] === ',') here = skipSpace(text, here + 1);
  }
  return undefined;
}

function nameOf(quoted: string): string {
  return quoted.includes('\\') ? (JSON.parse(quoted) as string) : quoted.slice(1, -1);
}

/** The beginning of the name whose value begins at `at`; `at` itself in an array. */
function nameBefore(text: string, at: number): number {
  const found = /"(?:[^"\\]|\\.){0,500}"\s*:\s*$/.exec(text.slice(Math.max(0, at - 1000), at));
  return found === null ? at : at - found[0].length;
}

function skipSpace(text: string, from: number): number {
  let at = from;
  while (at < text.length && /\s/.test(text[at] ?? '')) at++;
  return at;
}

function endOfText(text: string, from: number): number {
  let at = from + 1;
  while (at < text.length && text[at] !== '"') at += text[at] === '\\' ? 2 : 1;
  return at + 1;
}

function endOfValue(text: string, from: number): number {
  let depth = 0;
  let at = from;
  while (at < text.length) {
    const char = text[at];
    if (char === '"') {
      at = endOfText(text, at);
      if (depth === 0) return at;
      continue;
    }
    if (char === '{' || char === '[') depth++;
    else if (char === '}' || char === ']') {
      if (depth === 0) return at;
      if (--depth === 0) return at + 1;
    } else if (char === ',' && depth === 0) return at;
    at++;
  }
  return at;
}
