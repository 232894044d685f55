import type { Check } from '../../model/check.ts';
import { senseOfValue } from '../../lib/wording/value.ts';
import { isHarm } from '../../lib/wording/sense.ts';
import { isObject, type Json, type JsonObject } from '../../model/json.ts';
import type { FieldPick, CaptureRule } from './capture-rule.ts';
import { stemOf } from './resource.ts';

/** Items of a list that are looked at, what is kept of them, and levels of envelopes around it. */
const maxItems = 20;
const maxFound = 5;
const maxLevels = 6;
/** Fields of one level that are looked at. */
const maxEntries = 2000;
/** Longer texts are no ids. */
const maxText = 200;

/** Values that go together, by parameter. */
export type Found = Readonly<Record<string, Json>>;

/** What one answer holds. */
export interface Caught {
  readonly found: readonly Found[];
  /** How far down the names of fields the one stands that it was taken from: 0 is the best. */
  readonly field: number;
}

/** What the body (`look`) of a good answer to `check` holds for the check that `rule` leads to: up to five, in its order. */
export function capture(rule: CaptureRule, check: Check, look: Look): Caught {
  const { pick } = rule;
  if ('within' in pick && pick.within !== undefined)
    return { found: inItemsWithin(look, rule.parameter, pick, pick.within), field: 0 };
  const { picked, field } = pickedBy(pick, look);
  const carried = check.values
    .filter(({ name }) => Object.hasOwn(rule.carry, name))
    .map(({ name, value }) => [rule.carry[name] ?? name, value] as const);
  const found = picked.flatMap(({ value, item }): readonly Found[] => {
    if (!isScalar(value)) return [];
    const beside = item === undefined ? {} : besideIn(item, rule.beside, look);
    return [{ ...beside, ...Object.fromEntries(carried), ...rule.fixed, [rule.parameter]: value }];
  });
  return { found, field };
}

/** What was picked, all of it from one field. */
interface Picking {
  readonly picked: readonly Picked[];
  readonly field: number;
}

function pickedBy(pick: CaptureRule['pick'], look: Look): Picking {
  if ('pointer' in pick) return { picked: [{ value: at(look.body, pick.pointer) }], field: 0 };
  if (!('keysOf' in pick)) return inItems(look, pick);
  const records = at(look.body, pick.keysOf);
  const names = isObject(records) ? Object.keys(records).slice(0, maxItems).filter(isScalar) : [];
  const picked = withoutOrders(names).slice(0, maxFound);
  return { picked: picked.map((value) => ({ value })), field: 0 };
}

/** A value, and the record that it stands in. */
interface Picked {
  readonly value: Json | undefined;
  readonly item?: JsonObject;
}

function besideIn(item: JsonObject, names: readonly string[], look: Look): Found {
  const known = names.map((name) => [name, look.field(item, stemOf(name))] as const);
  return Object.fromEntries(known.filter((one): one is readonly [string, Json] => isScalar(one[1])));
}

/** A body that many rules look into: what they have in common is found once. */
export class Look {
  readonly body: Json;
  readonly #entries = new Map<JsonObject, readonly (readonly [string, Json])[]>();
  #lists: readonly List[] | undefined;

  constructor(body: Json) {
    this.body = body;
  }

  /**
   * The list in an answer, whatever it is wrapped in: the one that is called after the resource, also when it is empty, else one of a
   * name that says nothing (`data.list`), else the only one. Beside the `records` of a page its sort orders are called `orders`.
   */
  items(noun: string): readonly Json[] {
    this.#lists ??= this.#findLists();
    const lists = this.#lists;
    const plain = lists.filter(({ stem }) => plainNames.has(stem));
    const records = plain.find(({ stem, items }) => stem === recordsStem && items.length > 0);
    const named =
      lists.find(({ stem, items }) => stem === noun && (items.length > 0 || records === undefined)) ??
      records ??
      plain.find(({ items }) => isObject(items[0])) ??
      plain.find(({ items }) => items.length > 0) ??
      plain[0];
    if (named !== undefined) return named.items;
    // Texts under any other name are tags or states of something.
    const others = lists.filter(({ stem, items }) => items.length > 0 && !besideNames.has(stem));
    return others.length === 1 ? (others[0]?.items ?? []).filter(isObject) : [];
  }

  /** Whether there is a list in it. */
  get hasLists(): boolean {
    this.#lists ??= this.#findLists();
    return this.#lists.length > 0;
  }

  /** The record that an answer shows, whatever it is wrapped in; `undefined`: it shows none, or lists them. */
  record(noun: string): JsonObject | undefined {
    let record: Json = this.body;
    for (let level = 0; level < maxLevels && isObject(record); level++) {
      const inner = this.#entriesOf(record).find(([name, value]) => {
        const stem = stemOf(name);
        return (recordNames.has(stem) || stem === noun) && (value === null || typeof value === 'object');
      });
      if (inner === undefined) return record;
      record = inner[1];
    }
    return undefined;
  }

  /** As `items`, when it is called after the resource: a record holds lists of all kinds. */
  itemsNamed(noun: string): readonly Json[] {
    this.#lists ??= this.#findLists();
    return this.#lists.find(({ stem }) => stem === noun)?.items ?? [];
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
        if (Array.isArray(value)) lists.push({ stem: stemOf(name), items: value as readonly Json[] });
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

/** Names of lists that say nothing of what is in them; the empty one is the body itself. */
const plainNames: ReadonlySet<string> = new Set(
  [
    '',
    ...'data list lists rows records items content result results page pages values value entries elements nodes edges hits collection objects docs documents payload body array all members datas resultlist datalist'.split(
      ' ',
    ),
  ].map(stemOf),
);

/** Names of what carries one. */
const recordNames: ReadonlySet<string> = new Set(
  ['data', 'result', 'payload', 'body', 'content', 'info', 'detail'].map(stemOf),
);

const recordsStem = stemOf('records');

/** Lists beside the one that was asked for. */
const besideNames: ReadonlySet<string> = new Set(
  'errors error warnings messages links notices fields columns headers facets filters sorts orders breadcrumbs permissions'
    .split(' ')
    .map(stemOf),
);

/** Pairs of a record's own id and that of an entry of its list: `rows[].id` with `rows[].members[].id`. */
function inItemsWithin(
  look: Look,
  parameter: string,
  { fields, noun }: FieldPick,
  within: NonNullable<FieldPick['within']>,
): readonly Found[] {
  const records = look.items(within.noun).slice(0, maxItems).filter(isObject);
  return records
    .flatMap((record): Found[] => {
      const own = within.fields.map((field) => look.field(record, field)).find(isScalar);
      const value = inItems(new Look(record), { fields, noun, isInside: true }).picked[0]?.value;
      return own === undefined || value === undefined
        ? []
        : [{ [within.parameter]: own, [parameter]: value }];
    })
    .slice(0, maxFound);
}

/** Names of fields that say what a list is of, and in a record may be anything. */
const ofLists: ReadonlySet<string> = new Set(['key', 'code', 'valu', 'nam']);

/** The id of the one record that is shown, by a name that is one of its id: what else it holds is something else. */
function inRecord(look: Look, { fields, noun, own = [], isOne = false }: FieldPick): Picking | undefined {
  const item = look.record(noun);
  if (item === undefined) return undefined;
  // What a service says at its root is of itself.
  const mayBeBare = noun !== '' && (isOne || !look.hasLists);
  const names = mayBeBare ? [...own, ...fields.filter((field) => !ofLists.has(field))] : own;
  const field = names.findIndex((name) => isScalar(look.field(item, name)));
  const name = names[field];
  return name === undefined ? undefined : { picked: [{ value: look.field(item, name), item }], field };
}

/** What answers with one record shows lists of other things, unless they are called after it or are all that it shows. */
function itemsIn(look: Look, { noun, isInside, isOne = false }: FieldPick): readonly Json[] {
  if (isInside) return look.itemsNamed(noun);
  if (!isOne) return look.items(noun);
  const items = look.record(noun) === undefined ? look.items(noun) : look.itemsNamed(noun);
  return items.filter(isObject);
}

function inItems(look: Look, pick: FieldPick): Picking {
  const { fields, isInside } = pick;
  const record = isInside ? undefined : inRecord(look, pick);
  if (record !== undefined) return record;
  const items = withChildren(itemsIn(look, pick));
  for (const [field, name] of fields.entries()) {
    const picked = new Map<string | number, Picked>();
    for (const item of items) {
      const value = isObject(item) ? look.field(item, name) : item;
      if (isScalar(value) && !picked.has(value))
        picked.set(value, isObject(item) ? { value, item } : { value });
    }
    if (picked.size === 0) continue;
    const kept = withoutOrders(withoutRoots([...picked.keys()]));
    return { picked: kept.flatMap((value) => picked.get(value) ?? []).slice(0, maxFound), field };
  }
  return { picked: [], field: 0 };
}

const childrenName = /^(?:children|childs?|child(?:ren)?_?list|sub(?:s|_?list)?|nodes|options)$/i;

/** The first items of a list, and of those below them in a tree. */
function withChildren(items: readonly Json[]): readonly Json[] {
  const all = items.slice(0, maxItems);
  for (let index = 0; index < all.length && all.length < maxItems; index++) {
    const item = all[index];
    if (!isObject(item)) continue;
    const below = Object.entries(item).find(
      ([name, value]) => childrenName.test(name) && Array.isArray(value),
    );
    if (below !== undefined) all.push(...(below[1] as readonly Json[]).slice(0, maxItems - all.length));
  }
  return all;
}

/** The root of a tree is no record; it is when nothing else is there. */
function withoutRoots(values: readonly (string | number)[]): readonly (string | number)[] {
  const real = values.filter((value) => !['0', '-1'].includes(String(value)));
  return real.length > 0 ? real : values;
}

/** A record that is called like something that is done (`delete-all`) would call that; the others are records as well. */
function withoutOrders(values: readonly (string | number)[]): readonly (string | number)[] {
  const harmless = values.filter((value) => typeof value === 'number' || !isHarm(senseOfValue(value)));
  return harmless.length > 0 ? harmless : values;
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
  // One that is not safe has lost digits: it is the id of something else.
  return typeof value === 'number' && (Number.isSafeInteger(value) || !Number.isInteger(value));
}
