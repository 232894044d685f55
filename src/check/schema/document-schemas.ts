import type * as ajv2020 from 'ajv/dist/2020.js';
import type { Ajv2020, ValidateFunction } from 'ajv/dist/2020.js';
import type { FormatsPlugin } from 'ajv-formats';
import type { Effort } from '../../lib/effort.ts';
import { lazy } from '../../lib/lazy.ts';
import { sha256 } from '../../lib/text/text.ts';
import type { SchemaDialect, SchemaPool } from '../../model/document.ts';
import type { JsonSchema } from '../../model/json.ts';
import { textFormats } from './formats.ts';
import { InPlaceLoops } from './in-place.ts';
import { kindsOf, knownKindKeyword } from './kinds.ts';
import { loopingRefKeyword } from './looping-ref.ts';
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
