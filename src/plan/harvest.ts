import type { Check } from '../model/check.ts';
import { isObject, type Json, type JsonObject } from '../model/json.ts';
import type { HarvestRule } from './harvest-rules.ts';
import { stemOf } from './resource.ts';

/** Items of a list that are looked at, and levels of envelopes around it. */
const maxItems = 5;
const maxLevels = 4;
/** Longer texts are no ids. */
const maxText = 200;

/**
 * What the body of a good answer to `check` holds for the check that `rule` leads to, by parameter; `undefined`
 * when it holds nothing.
 */
export function harvest(
  rule: HarvestRule,
  check: Check,
  body: Json,
): Readonly<Record<string, Json>> | undefined {
  const found = 'pointer' in rule.pick ? at(body, rule.pick.pointer) : inItems(body, rule.pick);
  if (!isScalar(found)) return undefined;
  const carried = check.values
    .filter(({ name }) => Object.hasOwn(rule.carry, name))
    .map(({ name, value }) => [rule.carry[name] ?? name, value] as const);
  return { ...Object.fromEntries(carried), ...rule.fixed, [rule.parameter]: found };
}

function inItems(
  body: Json,
  pick: { readonly fields: readonly string[]; readonly noun: string },
): Json | undefined {
  const items = itemsIn(body, pick.noun).slice(0, maxItems);
  for (const field of pick.fields) {
    for (const item of items) {
      const value = isObject(item) ? fieldOf(item, field) : item;
      if (isScalar(value)) return value;
    }
  }
  return undefined;
}

/** The list in an answer, whatever it is wrapped in; one called after the resource before any other. */
function itemsIn(body: Json, noun: string): readonly Json[] {
  const lists: { readonly name: string; readonly items: readonly Json[] }[] = [];
  let level: readonly (readonly [string, Json])[] = [['', body]];
  for (let depth = 0; depth < maxLevels && level.length > 0; depth++) {
    for (const [name, value] of level) {
      if (Array.isArray(value) && value.length > 0) lists.push({ name, items: value as readonly Json[] });
    }
    level = level.flatMap(([, value]) => (isObject(value) ? Object.entries(value).slice(0, 50) : []));
  }
  const named = lists.find(({ name }) => stemOf(name) === noun);
  return (named ?? lists.find(({ items }) => isObject(items[0])) ?? lists[0])?.items ?? [];
}

/** A field by its stem: the item's own, else one of an object in it (`metadata.name`). */
function fieldOf(item: JsonObject, field: string): Json | undefined {
  const own = Object.entries(item).slice(0, 100);
  const found = own.find(([name, value]) => isScalar(value) && stemOf(name) === field);
  if (found !== undefined) return found[1];
  const inner = own.find(([name, value]) => isObject(value) && /^(?:metadata|attributes|meta)$/.test(name));
  return inner === undefined ? undefined : fieldOf(inner[1] as JsonObject, field);
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
