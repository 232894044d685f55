import { isExact } from '../../../../lib/json/exact-json.ts';
import type { Json, JsonObject, JsonSchema } from '../../../../model/json.ts';
import { parseLenient } from '../../shared/lenient-json.ts';
import type { FieldRow } from './tables.ts';

/** A described field with its place in the body's tree: `data.items[].id` → `['data', 'items', 'id']`. */
export interface Field {
  /** Where it goes, in the table's words; empty when the table does not say. */
  readonly place: string;
  readonly path: readonly string[];
  readonly schema: JsonObject;
  readonly required?: boolean;
  readonly example?: Json;
  readonly description: string;
}

const types: readonly (readonly [string, RegExp])[] = [
  ['array', /array|list|\[\]|数组|列表|set<|集合|collection|tuple/],
  ['boolean', /^bool|布尔|^bit$/],
  [
    'integer',
    /^(?:u?int(?:eger|\d+|_t)?|long|short|bigint|byte|tinyint|timestamp|整型|整形|整数|长整型|时间戳)(?:$|[^a-z])/,
  ],
  ['number', /^(?:number|num|float\d*|double|decimal|bigdecimal|numeric|real|数字|数值|浮点|小数|金额)/],
  ['object', /^(?:object|map|json|dict|struct|hash|对象|字典|jsonobject|record)(?:$|[^a-z]|string|object)/],
  [
    'string',
    /^(?:string|str|varchar|char|text|date|time|datetime|uuid|url|uri|email|enum|字符|文本|日期|时间|枚举|localdate|jsonstring|base64)/,
  ],
  ['file', /^(?:file|binary|multipart|blob|stream|bytes|文件|二进制)/],
];

/** The JSON type that a word of a document stands for; `undefined` for class names and words unknown. */
export function typeWord(text: string): string | undefined {
  const word = text
    .toLowerCase()
    .replace(/[`*\s]/g, '')
    .replace(/^\[(.+)\]$/, '$1')
    // Class names tell nothing, but the last part may: `java.lang.String`, `json.JsonInt64`.
    .replace(/^(?:[a-z]\w*\.)+(?=\w)/, '');
  return word === '' ? undefined : types.find(([, pattern]) => pattern.test(word))?.[0];
}

export function schemaOfType(text: string): JsonObject {
  const type = typeWord(text);
  if (type === undefined) return {};
  if (type === 'file') return { type: 'string', format: 'binary' };
  if (type !== 'array') return { type };
  const inner =
    /(?:array|list|set|collection|数组|列表)[<[(（]\s*([^<>[\]()（）]+)|^([a-z\d_]+)\s*\[\]/i.exec(text);
  const items = typeWord(inner?.[1] ?? inner?.[2] ?? '');
  return items === undefined || items === 'array' ? { type } : { type, items: { type: items } };
}

interface Parent {
  readonly depth: number;
  readonly path: readonly string[];
  readonly place: string;
}

/** The fields of a table, with the notations that people use for "inside of": dots, brackets, arrows, indents. */
export function fieldsOf(rows: readonly FieldRow[]): Field[] {
  const parents: Parent[] = [];
  const fields: Field[] = [];
  for (const [index, row] of rows.entries()) {
    const { depth, names, array } = placeOf(row.name);
    if (names.length === 0) continue;
    while (parents.length > 0 && (parents.at(-1)?.depth ?? 0) >= depth) parents.pop();
    const above = depth === 0 ? undefined : parents.at(-1);
    const place = above?.place ?? row.place;
    // A row for the body as a whole, its members indented below it, is no member itself.
    const nested = placeOf(rows[index + 1]?.name ?? '').depth > 0;
    const whole = depth === 0 && nested && (/body/i.test(place) || names[0] === 'anonymous');
    const path = whole ? [] : [...(above?.path ?? parentNamed(row.parent, fields)), ...names];
    parents.push({ depth, path, place });
    if (whole) continue;
    const schema = array && row.type === '' ? { type: 'array' } : schemaOfType(row.type);
    const example = valueOf(row.example, schema);
    const fallback = valueOf(row.default, schema);
    fields.push({
      path,
      place,
      schema: fallback === undefined ? schema : { ...schema, default: fallback },
      required: row.required,
      example,
      description: row.description,
    });
  }
  return fields;
}

function parentNamed(name: string, fields: readonly Field[]): readonly string[] {
  return name === '' ? [] : (fields.findLast((field) => field.path.at(-1) === name)?.path ?? []);
}

function placeOf(name: string): { depth: number; names: string[]; array: boolean } {
  const lead =
    /^(?:[\s\u00a0\u2002\u2003\u3000]|[-–—_+»>→─━└╰├│∟┗┣|~]|&emsp;|&nbsp;|\.(?=\.))*/.exec(name)?.[0] ?? '';
  const marks = lead.replace(/[\s\u00a0]/g, '');
  const wide = lead.replace(/[^\u2002\u2003\u3000]/g, '').length;
  const depth =
    marks === ''
      ? Math.ceil(lead.length / 2)
      : marks.length === wide
        ? wide
        : marks.length - wide + (wide > 0 ? 1 : 0);
  const bare = name
    .slice(lead.length)
    .replace(/\s*\*+\s*$/, '')
    .trim();
  const word = /^[^\s(（,，:：]+/.exec(bare)?.[0] ?? '';
  const names = word
    .split(/\.|>>|->|=>|>|\//)
    .map((part) => part.replace(/\[[^\]]*\]/g, '').replace(/^[$\s]+|\s+$/g, ''))
    .filter((part) => part !== '' && part.length <= 80);
  return { depth, names: names.slice(0, 20), array: /\[\d*\]$/.test(word) };
}

const emptyValue = /^(?:-+|—+|\/|无|空|null|none|n\/a|未设置|""|''|<empty>|\s)*$/i;

/** A value from a cell, in the type that the field has; `undefined` when there is none or it does not fit. */
export function valueOf(text: string, schema: JsonSchema): Json | undefined {
  const bare = text.replace(/^`+|`+$/g, '').trim();
  if (emptyValue.test(bare)) return undefined;
  const type = typeof schema === 'boolean' ? undefined : schema['type'];
  const unquoted = bare.replace(/^(["'“])([^]*)["'”]$/, '$2');
  switch (type) {
    case 'integer':
      return /^-?\d{1,30}$/.test(unquoted) ? exactNumber(unquoted) : undefined;
    case 'number':
      return /^-?\d{1,30}(?:\.\d+)?$/.test(unquoted) ? exactNumber(unquoted) : undefined;
    case 'boolean':
      return /^(?:true|false)$/i.test(unquoted) ? unquoted.toLowerCase() === 'true' : undefined;
    case 'array':
    case 'object': {
      const parsed = parseLenient(bare);
      const fits =
        parsed?.exact === true &&
        typeof parsed.value === 'object' &&
        Array.isArray(parsed.value) === (type === 'array');
      return fits ? parsed.value : undefined;
    }
    default:
      return /[\u4e00-\u9fff]{8,}/.test(unquoted) || unquoted.length > 500 ? undefined : unquoted;
  }
}

interface Node {
  schema: JsonObject;
  required?: boolean;
  readonly children: Map<string, Node>;
}

/**
 * A schema of an object from its fields. `strict` keeps what is required (for requests); for answers nothing is
 * required and everything may be null, because tables leave both unsaid.
 */
export function schemaOfFields(fields: readonly Field[], strict: boolean): JsonObject {
  const root: Node = { schema: { type: 'object' }, children: new Map() };
  for (const field of fields.slice(0, 2000)) {
    let node = root;
    for (const name of field.path) {
      const child: Node = node.children.get(name) ?? { schema: {}, children: new Map() };
      node.children.set(name, child);
      node = child;
    }
    node.schema = field.schema;
    if (field.required !== undefined) node.required = field.required;
  }
  return schemaOfNode(root, strict, true);
}

function schemaOfNode(node: Node, strict: boolean, root: boolean): JsonObject {
  if (node.children.size === 0) return strict || root ? node.schema : nullable(node.schema);
  const properties = Object.fromEntries(
    [...node.children].map(([name, child]) => [name, schemaOfNode(child, strict, false)]),
  );
  const required = [...node.children].filter(([, child]) => child.required === true).map(([name]) => name);
  const object: JsonObject = {
    type: 'object',
    properties,
    ...(strict && required.length > 0 ? { required } : {}),
  };
  // A class name says nothing about whether there is one of it or a list.
  const type = node.schema['type'];
  if (type === 'array')
    return nullableUnless(strict, { type: 'array', items: strict ? object : nullable(object) });
  if (type === 'object' || root) return nullableUnless(strict || root, object);
  return strict ? object : { properties };
}

function nullableUnless(exact: boolean, schema: JsonObject): JsonObject {
  return exact ? schema : nullable(schema);
}

function nullable(schema: JsonObject): JsonObject {
  const { type } = schema;
  return typeof type === 'string' ? { ...schema, type: [type, 'null'] } : schema;
}

/** An id that a number cannot hold stays text. */
function exactNumber(text: string): Json {
  return isExact(text) ? Number(text) : text;
}
