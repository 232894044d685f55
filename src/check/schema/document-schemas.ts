import type * as ajv2020 from 'ajv/dist/2020.js';
import type { Ajv2020, ValidateFunction } from 'ajv/dist/2020.js';
import type { FormatsPlugin } from 'ajv-formats';
import type { Effort } from '../../lib/effort.ts';
import { lazy } from '../../lib/lazy.ts';
import { sha256 } from '../../lib/text/text.ts';
import type { SchemaDialect, SchemaPool } from '../../model/document.ts';
import type { JsonSchema } from '../../model/json.ts';
import { InPlaceLoops, loopingRefKeyword } from './in-place.ts';
import { kindsOf, knownKindKeyword } from './kinds.ts';
import { metered, meteredKeywords, meteredPattern } from './metering.ts';
import { mapValueKeyword, usualKeyword } from './usual.ts';
import { normalizeSchema, type PlainSchema } from './normalize.ts';

const ajvLibrary = lazy((require) => require('ajv/dist/2020.js') as typeof ajv2020);
const formatsLibrary = lazy((require) => require('ajv-formats') as { readonly default: FormatsPlugin });

/**
 * The compiled schemas of one document. A definition is compiled once however many operations use it, and only
 * when one does.
 */
export class DocumentSchemas {
  readonly #ajv: Ajv2020;
  readonly #dialect: SchemaDialect;
  #pool: SchemaPool;
  #loops: InPlaceLoops;
  /** By `$ref`: the address inside `#ajv` and the hash of the text it was made from. */
  readonly #targets = new Map<string, { readonly address: string; readonly hash: string }>();
  readonly #roots = new Map<string, ValidateFunction>();

  constructor(dialect: SchemaDialect, pool: SchemaPool, effort: Effort) {
    this.#ajv = createValidator(effort);
    this.#dialect = dialect;
    this.#pool = pool;
    this.#loops = new InPlaceLoops(dialect, pool);
  }

  /** Whether what has been compiled so far is the same in `pool`, which then takes the place of the old one. */
  adopt(pool: SchemaPool): boolean {
    if (pool === this.#pool) return true;
    for (const [ref, { hash }] of this.#targets) {
      if (hashOf(pool[ref]) !== hash) return false;
    }
    this.#pool = pool;
    this.#loops = new InPlaceLoops(this.#dialect, pool);
    return true;
  }

  /** Throws when the schema cannot be compiled. */
  validator(schema: JsonSchema): ValidateFunction {
    const key = hashOf(schema);
    const known = this.#roots.get(key);
    if (known !== undefined) return known;
    const found: string[] = [];
    const root = this.#normalize(schema, found);
    this.#register(found);
    const validate = this.#ajv.compile(root);
    this.#roots.set(key, validate);
    return validate;
  }

  /** Makes everything that `refs` lead to known to the validator. */
  #register(refs: string[]): void {
    for (let ref = refs.pop(); ref !== undefined; ref = refs.pop()) {
      const target = this.#targets.get(ref);
      if (target === undefined) continue;
      const plain = this.#normalize(this.#pool[ref] ?? true, refs);
      this.#ajv.addSchema(typeof plain === 'boolean' ? { allOf: [plain] } : plain, target.address);
    }
  }

  /** Adds to `found` the refs that are met for the first time. */
  #normalize(schema: JsonSchema, found: string[]): PlainSchema | boolean {
    const plain = normalizeSchema(schema, {
      dialect: this.#dialect,
      refer: (ref) => {
        const known = this.#targets.get(ref);
        if (known !== undefined) return known.address;
        const target = this.#pool[ref];
        if (target === undefined) return undefined;
        const address = `s${this.#targets.size}`;
        this.#targets.set(ref, { address, hash: hashOf(target) });
        found.push(ref);
        return address;
      },
      target: (ref) => this.#pool[ref],
      kinds: (service) => kindsOf(service, this.#pool),
      loops: this.#loops,
    });
    return metered(plain);
  }
}

function createValidator(effort: Effort): Ajv2020 {
  const ajv = new (ajvLibrary().Ajv2020)({
    strict: false,
    // The schemas are built by `normalize`: holding them against the meta-schema costs more than compiling them.
    meta: false,
    validateSchema: false,
    addUsedSchema: false,
    allErrors: true,
    // A field may be called `constructor` or `valueOf`, which every object seems to have.
    ownProperties: true,
    logger: false,
    // 19.99 is a multiple of 0.01, whatever binary fractions say.
    multipleOfPrecision: 6,
    code: { regExp: Object.assign(meteredPattern(effort), { code: 'safePattern' }), optimize: false },
  });
  formatsLibrary().default(ajv);
  for (const definition of meteredKeywords(effort)) {
    ajv.removeKeyword(String(definition.keyword));
    ajv.addKeyword(definition);
  }
  ajv.addKeyword(loopingRefKeyword((address) => ajv.getSchema(address)));
  ajv.addKeyword(usualKeyword());
  ajv.addKeyword(mapValueKeyword());
  ajv.addKeyword(knownKindKeyword());
  for (const [name, validate] of textFormats) ajv.addFormat(name, { type: 'string', validate });
  return ajv;
}

function hashOf(schema: JsonSchema | undefined): string {
  return schema === undefined ? '' : sha256(JSON.stringify(schema));
}

/** Whether a text is in a format. */
type Format = (text: string) => boolean;

/**
 * Formats of texts as services write them, where that is wider than the standards that the names come from: times
 * without a zone, as Java and Python write them, addresses inside a company, file names in Chinese. A text that no
 * reader could take for a value of the format is still found.
 */
const formats: Readonly<Record<string, Format>> = {
  date: isDate,
  'date-time': isDateTime,
  time: (text) => isTime(text),
  // ISO 8601 with fractions and signs (.NET, Java), which RFC 3339 leaves out.
  duration: (text) =>
    /^[+-]?P(?=[\dT+-])(?:[+-]?\d+(?:[.,]\d+)?[YMWD])*(?:T(?:[+-]?\d+(?:[.,]\d+)?[HMS])+)?$/i.test(text),
  uuid: (text) => /^(?:urn:uuid:)?\{?[0-9a-f]{8}(-?)(?:[0-9a-f]{4}\1){3}[0-9a-f]{12}\}?$/i.test(text),
  uri: isAddress,
  url: isAddress,
  'uri-reference': (text) => !/\s/.test(text),
  email: (text) => /^[^\s@]+@[^\s@]+$/.test(text),
  hostname: (text) => /^(?=.{1,254}$)[\p{L}\p{N}_](?:[\p{L}\p{N}_.-]*[\p{L}\p{N}_.])?$/u.test(text),
  // Standard or URL-safe alphabet, padded or not, in lines or in one.
  byte: (text) => /^[\w+/\s-]*={0,2}$/.test(text.trimEnd()),
};

/** By name. An empty text stands for "none" in many services, and `minLength` is there to forbid it. */
export const textFormats: readonly (readonly [name: string, format: Format])[] = Object.entries(formats).map(
  ([name, format]) => [name, (text: string) => text === '' || format(text)],
);

function isDate(text: string): boolean {
  const [, year, month, day] = /^(\d{4})-(\d\d)-(\d\d)$/.exec(text) ?? [];
  if (year === undefined) return false;
  const days = new Date(Date.UTC(Number(year), Number(month), 0)).getUTCDate();
  return Number(month) >= 1 && Number(month) <= 12 && Number(day) >= 1 && Number(day) <= days;
}

function isTime(text: string): boolean {
  return /^(?:[01]\d|2[0-4]):[0-5]\d(?::(?:[0-5]\d|60)(?:[.,]\d+)?)?(?:\s?(?:Z|UTC|GMT|[+-]\d\d(?::?\d\d)?))?$/i.test(
    text,
  );
}

function isDateTime(text: string): boolean {
  // Java's name of the zone (`[Europe/Paris]`) may follow its offset.
  return (
    /^.{10}[T ]/i.test(text) &&
    isDate(text.slice(0, 10)) &&
    isTime(text.slice(11).replace(/\[[^[\]]+\]$/, ''))
  );
}

/** With a scheme, or a reference that can be told from a word: it begins with a sign, or like a name of a host or file. */
function isAddress(text: string): boolean {
  if (/\s/.test(text)) return false;
  if (/^(?:[a-z][a-z0-9+.-]*:|[/.?#])/i.test(text)) return true;
  const [name = ''] = /^[^:/]+/.exec(text) ?? [];
  const dot = name.indexOf('.', 1);
  return dot !== -1 && dot < name.length - 1;
}
