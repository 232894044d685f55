import { pointerPart } from '../../lib/json/json-path.ts';
import type { Check } from '../../model/check.ts';
import { isObject, type Json, type JsonObject } from '../../model/json.ts';
import { payloadIn } from '../envelope/detect.ts';

/** Which record an answer holds, and whether a list holds one of them twice: learnt from the answers before, as no schema says so. */

/** What is known of the ids in an operation's answers. */
export interface IdsKept {
  /** Where every answer so far has held the id that was asked for, and in how many; `null`: some did not. */
  readonly echo?: readonly [pointer: string, times: number] | null;
  /** In how many pages no id stood twice, and since when, epoch ms; `null`: some have had one twice. */
  readonly once?: readonly [times: number, since: number] | null;
}

/** Something about ids that has never been so. */
export type StrangeIds =
  | { readonly kind: 'other'; readonly pointer: string; readonly asked: string; readonly found: string }
  | { readonly kind: 'twice'; readonly pointer: string; readonly id: string };

/** So many answers of this operation, and for pages also so long. */
const echoFrom = 3;
const onceFrom = 20;
const onceForMs = 24 * 3_600_000;
const mostCounted = 50;
/** Records of a page that are compared. */
const mostRecords = 1000;

/** `/users/{id}`, `/issues/{id}.json`, OData's `/Products({ProductID})` and `/Customers('{CustomerID}')`. */
const askedLast = /\{([^{}]+)\}['"]?\)?(?:\.(?:json|xml))?\/?$/;

/** The id by which a record is asked for: it ends the path, or is the `id` of a query; one that was made up names none. */
function askedFor({ operation, values }: Check): { readonly name: string; readonly id: string } | undefined {
  const last = askedLast.exec(operation)?.[1];
  const asked = values.filter(({ name, in: place, origin }) => {
    const isKnown = origin === 'config' || origin === 'captured';
    return (
      isKnown && (place === 'path' ? name === last : place === 'query' && last === undefined && name === 'id')
    );
  });
  const [one] = asked;
  if (one === undefined || asked.length > 1) return undefined;
  const { name, value } = one;
  const id = idText(value);
  return id === undefined ? undefined : { name, id };
}

/** Numbers and their texts are the same id. */
function idText(value: Json | undefined): string | undefined {
  if (typeof value === 'number' && Number.isSafeInteger(value)) return String(value);
  return typeof value === 'string' && /^[\w.:-]{1,128}$/.test(value) ? value : undefined;
}

/** Capital letters and small ones are the same in an id. */
function isSameId(one: string, other: string): boolean {
  return one.toLowerCase() === other.toLowerCase();
}

const loose = (name: string): string => name.toLowerCase().replaceAll(/[_-]/g, '');

/** `id`, the name of the parameter, or of the collection: `orderNo` of `/orders/{orderNo}`, `userId` of `/users/{id}`. */
function mayEcho(field: string, param: string, operation: string): boolean {
  return ['id', loose(param), `${singular(operation)}id`].includes(loose(field));
}

/** `order` of `GET /orders/{orderNo}`. */
function singular(operation: string): string {
  const collection = /\/([^/{}]+)\/\{[^{}]+\}(?:\.\w+)?\/?$/.exec(operation)?.[1] ?? '';
  return loose(collection).replace(/ies$/, 'y').replace(/s$/, '');
}

/**
 * The record of an answer, itself or in its envelope, with where it stands: JSON:API has it in `data`, Rails in a member that is
 * called after it.
 */
function recordIn(body: Json, { operation }: Check): readonly [at: string, record: JsonObject] | undefined {
  const payload = payloadIn(body);
  if (payload !== undefined)
    return isObject(payload.value) ? [pointerPart(payload.field), payload.value] : undefined;
  if (!isObject(body)) return undefined;
  const inner = Object.entries(body).find(
    ([field, value]) => isObject(value) && ['data', singular(operation)].includes(loose(field)),
  );
  return inner === undefined ? ['', body] : [pointerPart(inner[0]), inner[1] as JsonObject];
}

/** Both are written alike, so that one may stand in place of the other. */
function isOfSameForm(asked: string, found: string): boolean {
  const form = (id: string): string =>
    /^\d+$/.test(id) ? 'number' : `${id.length} ${id.replaceAll(/[a-f\d]/gi, 'x').replaceAll(/[^x]/g, 'y')}`;
  return form(asked) === form(found) || (loose(asked).length === loose(found).length && !/^\d+$/.test(asked));
}

/**
 * What is strange about the ids of a good answer, and what is known after it: what is told of does not become a habit.
 *
 * @param body With all digits of its numbers.
 */
export function idsIn(
  body: Json,
  check: Check,
  kept: IdsKept,
  now: number,
): { readonly strange?: StrangeIds; readonly kept: IdsKept } {
  const echo = echoIn(body, check, kept);
  if (echo.strange !== undefined) return echo;
  return onceIn(body, echo.kept, now);
}

type Looked = ReturnType<typeof idsIn>;

function echoIn(body: Json, check: Check, kept: IdsKept): Looked {
  const asked = askedFor(check);
  const [at, record] = recordIn(body, check) ?? [];
  if (asked === undefined || record === undefined || kept.echo === null) return { kept };
  const ids = Object.entries(record).flatMap(([field, value]) => {
    const id = mayEcho(field, asked.name, check.operation) ? idText(value) : undefined;
    return id === undefined ? [] : [[`${at}${pointerPart(field)}`, id] as const];
  });
  const [pointer, times] = kept.echo ?? [ids.find(([, id]) => isSameId(id, asked.id))?.[0], 0];
  // An answer that has never named what it is about may begin with any.
  if (pointer === undefined) return { kept: ids.length === 0 ? kept : { ...kept, echo: null } };
  const found = ids.find(([own]) => own === pointer)?.[1];
  if (found === undefined) return { kept };
  if (isSameId(found, asked.id))
    return { kept: times >= mostCounted ? kept : { ...kept, echo: [pointer, times + 1] } };
  if (times < echoFrom || !isOfSameForm(asked.id, found)) return { kept: { ...kept, echo: null } };
  return { strange: { kind: 'other', pointer, asked: asked.id, found }, kept };
}

function onceIn(body: Json, kept: IdsKept, now: number): Looked {
  const page = kept.once === null ? undefined : pageIn(body);
  if (page === undefined) return { kept };
  const seen = new Set<string>();
  const twice = page.ids.find((id) => seen.size === seen.add(id.toLowerCase()).size);
  const [times, since] = kept.once ?? [0, now];
  if (twice === undefined)
    return { kept: times >= mostCounted ? kept : { ...kept, once: [times + 1, since] } };
  // By nature, as far as one can tell: rows that are joined to others.
  if (times < onceFrom || now - since < onceForMs) return { kept: { ...kept, once: null } };
  return { strange: { kind: 'twice', pointer: page.at, id: twice }, kept };
}

/** The first list of records that all have an `id`: the answer, what its envelope holds, or the rows in that. */
function pageIn(body: Json): { readonly at: string; readonly ids: readonly string[] } | undefined {
  const payload = payloadIn(body);
  const whole: readonly (readonly [string, Json])[] = [
    ['', body],
    ...(payload === undefined ? [] : [[pointerPart(payload.field), payload.value] as const]),
  ];
  const lists = whole.flatMap(([at, value]) =>
    isObject(value)
      ? Object.entries(value).map(([field, part]) => [`${at}${pointerPart(field)}`, part] as const)
      : [[at, value] as const],
  );
  for (const [at, list] of lists) {
    if (!Array.isArray(list) || list.length < 2) continue;
    const ids = list.slice(0, mostRecords).map((one) => (isObject(one) ? idText(one['id']) : undefined));
    const known = ids.filter((id) => id !== undefined);
    if (known.length === ids.length) return { at, ids: known };
  }
  return undefined;
}
