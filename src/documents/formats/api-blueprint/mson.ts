import type { JsonObject, JsonSchema } from '../../../model/json.ts';
import type { BlueprintItem } from './items.ts';

/** A line of MSON: `id: 250FF (string, required) - The id`. */
export interface Member {
  readonly name: string;
  readonly sample: string;
  readonly type: string;
  readonly required: boolean;
  readonly description: string;
}

export function readMember(text: string): Member {
  const dash = /\s[-–—]\s|\s\.\.\.\s/.exec(text);
  const head = dash === null ? text : text.slice(0, dash.index);
  const description = dash === null ? '' : text.slice(dash.index + dash[0].length).trim();
  const brackets = /\(([^()]*(?:\([^()]*\)[^()]*)*)\)\s*$/.exec(head);
  const attributes = (brackets?.[1] ?? '').split(/,(?![^[\]]*\])/).map((part) => part.trim());
  const named = (brackets === null ? head : head.slice(0, brackets.index)).trim();
  const colon = named.indexOf(':');
  const plain = (value: string): string => value.trim().replace(/^[`*_]+|[`*_]+$/g, '');
  const oldSample = attributes.find((part) => /^`.*`$/.test(part)) ?? '';
  const type = attributes.find(
    (part) =>
      part !== '' &&
      !/^(?:required|optional|fixed|fixed-type|nullable|sample|default|`.*`|sample=.*|default=.*)$/i.test(
        part,
      ),
  );
  return {
    name: plain(colon < 0 ? named : named.slice(0, colon)),
    sample: plain(colon < 0 ? oldSample : named.slice(colon + 1)),
    type: type ?? '',
    required: attributes.some((part) => part.toLowerCase() === 'required'),
    description,
  };
}

/** `#/mson/Coupon`: where a named type stands in the document's pool of schemas. */
export function referenceTo(name: string): string {
  return `#/mson/${name.replaceAll('~', '~0').replaceAll('/', '~1')}`;
}

/** The schema of `+ Attributes (Coupon)` or of a named type, with the members listed below it. */
export function schemaOf(
  type: string,
  items: readonly BlueprintItem[],
  known: ReadonlySet<string>,
  depth = 0,
): JsonSchema {
  const base = typeSchema(type, known);
  if (items.length === 0 || depth > 40) return base;
  if (isObjectType(base, 'array')) return { ...base, items: alternatives(items, known, depth) };
  const members = items.filter(
    (item) => !/^(?:Default|Sample|Members|Items|Include|One Of|Properties)\b/i.test(item.text),
  );
  const includes = items.flatMap((item) => /^Include\s+(.+)$/i.exec(item.text)?.[1]?.trim() ?? []);
  const nested = items.filter((item) => /^Properties\b/i.test(item.text)).flatMap((item) => item.children);
  const object = objectSchema([...members, ...nested], known, depth);
  const parents = [
    ...(isObjectType(base, 'object') || type === '' ? [] : [base]),
    ...includes.map((name) => typeSchema(name, known)),
  ];
  return parents.length === 0 ? object : { allOf: [...parents, object] };
}

function isObjectType(schema: JsonSchema, type: string): schema is JsonObject {
  return typeof schema === 'object' && schema['type'] === type;
}

function objectSchema(
  items: readonly BlueprintItem[],
  known: ReadonlySet<string>,
  depth: number,
): JsonObject {
  const members = items.map((item) => ({ member: readMember(item.text), item }));
  const properties = Object.fromEntries(
    members
      .filter(({ member }) => member.name !== '')
      .map(({ member, item }) => [
        member.name,
        schemaOf(
          member.type === '' && item.children.length > 0
            ? 'object'
            : member.type === ''
              ? 'string'
              : member.type,
          item.children,
          known,
          depth + 1,
        ),
      ]),
  );
  const required = members.filter(({ member }) => member.required).map(({ member }) => member.name);
  return { type: 'object', properties, ...(required.length === 0 ? {} : { required }) };
}

/** What a list holds: `+ (Coupon)`, `+ id (number)` below one object. */
function alternatives(
  items: readonly BlueprintItem[],
  known: ReadonlySet<string>,
  depth: number,
): JsonSchema {
  const [first] = items;
  if (first === undefined || items.length > 1) return {};
  const member = readMember(first.text);
  return schemaOf(member.type === '' ? member.name : member.type, first.children, known, depth + 1);
}

export function typeSchema(type: string, known: ReadonlySet<string>): JsonSchema {
  const word = type.trim();
  const list = /^array\s*(?:\[([^\]]*)\])?$/i.exec(word);
  if (list !== null) {
    const inner = (list[1] ?? '')
      .split(',')
      .map((part) => part.trim())
      .filter((part) => part !== '');
    return inner.length === 1
      ? { type: 'array', items: typeSchema(inner[0] ?? '', known) }
      : { type: 'array' };
  }
  if (known.has(word)) return { $ref: referenceTo(word) };
  if (/^enum\b/i.test(word)) return {};
  return /^(?:string|number|boolean|object)$/i.test(word) ? { type: word.toLowerCase() } : {};
}
