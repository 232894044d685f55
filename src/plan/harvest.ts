import type { Check } from '../model/check.ts';
import { isObject, type Json, type JsonObject } from '../model/json.ts';
import type { HarvestRule } from './harvest-rules.ts';
import { stemOf } from './resource.ts';

/** Items of a list that are looked at, and levels of envelopes around it. */
const maxItems = 5;
const maxLevels = 4;
/** Fields of one level that are looked at. */
const maxEntries = 2000;
/** Longer texts are no ids. */
const maxText = 200;

/**
 * What the body (`look`) of a good answer to `check` holds for the check that `rule` leads to, by parameter; `undefined`
 * when it holds nothing.
 */
export function harvest(
  rule: HarvestRule,
  check: Check,
  look: Look,
): Readonly<Record<string, Json>> | undefined {
  const found = 'pointer' in rule.pick ? at(look.body, rule.pick.pointer) : inItems(look, rule.pick);
  if (!isScalar(found)) return undefined;
  const carried = check.values
    .filter(({ name }) => Object.hasOwn(rule.carry, name))
    .map(({ name, value }) => [rule.carry[name] ?? name, value] as const);
  return { ...Object.fromEntries(carried), ...rule.fixed, [rule.parameter]: found };
}

/** A body that many rules look into: what they have in common is found once. */
export class Look {
  readonly body: Json;
  readonly #entries = new Map<JsonObject, readonly (readonly [string, Json])[]>();
  #lists: readonly List[] | undefined;

  constructor(body: Json) {
    this.body = body;
  }

  /** The list in an answer, whatever it is wrapped in; one called after the resource before any other. */
  items(noun: string): readonly Json[] {
    this.#lists ??= this.#findLists();
    const lists = this.#lists;
    const named = lists.find(({ stem }) => stem === noun);
    return (named ?? lists.find(({ items }) => isObject(items[0])) ?? lists[0])?.items ?? [];
  }

  /** A field by its stem: the item's own, else one of an object in it (`metadata.name`). */
  field(item: JsonObject, field: string): Json | undefined {
    const own = this.#entriesOf(item);
    const found = own.find(([name, value]) => isScalar(value) && stemOf(name) === field);
    if (found !== undefined) return found[1];
    const inner = own.find(([name, value]) => isObject(value) && /^(?:metadata|attributes|meta)$/.test(name));
    return inner === undefined ? undefined : this.field(inner[1] as JsonObject, field);
  }

  #findLists(): readonly List[] {
    const lists: List[] = [];
    let level: readonly (readonly [string, Json])[] = [['', this.body]];
    for (let depth = 0; depth < maxLevels && level.length > 0; depth++) {
      for (const [name, value] of level) {
        if (Array.isArray(value) && value.length > 0)
          lists.push({ stem: stemOf(name), items: value as readonly Json[] });
      }
      level = level
        .flatMap(([, value]) => (isObject(value) ? this.#entriesOf(value).slice(0, 50) : []))
        .slice(0, maxEntries);
    }
    return lists;
  }

  #entriesOf(object: JsonObject): readonly (readonly [string, Json])[] {
    let entries = this.#entries.get(object);
    if (entries === undefined) {
      entries = Object.entries(object).slice(0, 100);
      this.#entries.set(object, entries);
    }
    return entries;
  }
}

interface List {
  readonly stem: string;
  readonly items: readonly Json[];
}

function inItems(
  look: Look,
  pick: { readonly fields: readonly string[]; readonly noun: string },
): Json | undefined {
  const items = look.items(pick.noun).slice(0, maxItems);
  for (const field of pick.fields) {
    for (const item of items) {
      const value = isObject(item) ? look.field(item, field) : item;
      if (isScalar(value)) return value;
    }
  }
  return undefined;
}

/** RFC 6901; the whole body for the empty pointer. */
function at(body: Json, pointer: string): Json | undefined {
  let value: Json | undefined = body;
  for (const step of pointer.split('/').slice(1)) {
    const key = step.replaceAll('~1', '/').replaceAll('~0', '~');
    if (Array.isArray(value)) value = (value as readonly Json[])[Number(key)];
    else value = isObject(value) && Object.hasOwn(value, key) ? value[key] : undefined;
  }
  return value;
}

function isScalar(value: Json | undefined): value is string | number {
  if (typeof value === 'string') return value !== '' && value.length <= maxText;
  return typeof value === 'number' && Number.isFinite(value);
}
