import { Ajv, type ErrorObject, type ValidateFunction } from 'ajv';
import addFormats from 'ajv-formats';

type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json };
type Members = { readonly [key: string]: Json };

export interface DocumentedOperation {
  readonly method: string;
  /** As the document writes it: `/orders/{id}` */
  readonly path: string;
  /** A parameter of any kind, required or not. */
  readonly hasParameters: boolean;
}

export interface Answered {
  readonly status: number;
  readonly contentType: string | undefined;
  readonly body: string;
}

export interface Violation {
  readonly why: string;
  /**
   * People read the rule differently: whether `format` binds, whether `null` may stand beside an `enum`, whether a
   * `oneOf` of which several fit is met. Finding it and not finding it are both right.
   */
  readonly isDisputed: boolean;
}

/**
 * A second opinion on answers to an OpenAPI 2 or 3 document: Ajv over the document itself. It shares no code with what
 * it judges.
 */
export class Validator {
  readonly operations: readonly DocumentedOperation[];
  readonly #document: Members;
  readonly #ajv = new Ajv({ strict: false, validateSchema: false, logger: false, code: { regExp: pattern } });
  readonly #compiled = new Map<string, ValidateFunction | undefined>();

  constructor(document: unknown) {
    const { openapi } = members(document as Json);
    // Only 3.1 lets keywords beside a reference count.
    const besideReferences = typeof openapi === 'string' && !openapi.startsWith('3.0');
    this.#document = members(asJsonSchema(document as Json, besideReferences));
    addFormats.default(this.#ajv);
    this.#ajv.addSchema(this.#document, 'document');
    this.operations = Object.entries(members(this.#document['paths'])).flatMap(([path, item]) =>
      this.#operationsAt(path, members(item)),
    );
  }

  /** What about an answer is not as documented; undefined: nothing, as far as it can be told. */
  violation({ method, path }: DocumentedOperation, answer: Answered): Violation | undefined {
    const pointer = ['paths', path, method.toLowerCase()];
    const operation = members(this.#at(pointer));
    const key = keyOf(operation, answer.status);
    if (key === undefined) return certain(`status ${answer.status} is not documented`);
    const [response, at] = this.#follow([...pointer, 'responses', key]);
    const media = mediaOf(this.#document, operation, response);
    const type = answer.contentType?.split(';')[0]?.trim().toLowerCase() ?? '';
    const fitting = media.find(({ range }) => fits(range, type));
    if (media.length > 0 && fitting === undefined && answer.body !== '')
      return certain(`media type ${type || 'none'} is not documented`);
    const schemaAt = [...at, ...((fitting ?? media[0])?.schemaAt ?? [])];
    if (fitting === undefined && media[0] === undefined) return undefined;
    if (this.#at(schemaAt) === undefined) return undefined;
    if (answer.body === '' && answer.status !== 204 && method !== 'HEAD') return certain('the body is empty');
    return /json/.test(type) ? this.#schemaViolation(schemaAt, answer.body) : undefined;
  }

  /**
   * Somewhere in its answers a `discriminator` stands without alternatives beside it: the schemas that extend it are
   * meant, which the words of JSON Schema do not say.
   */
  inherits({ method, path }: DocumentedOperation): boolean {
    const seen = new Set<Json>();
    const isParent = (value: Json | undefined): boolean => {
      if (value === null || typeof value !== 'object' || seen.has(value)) return false;
      seen.add(value);
      if (Array.isArray(value)) return (value as readonly Json[]).some(isParent);
      const { $ref: ref, discriminator, oneOf, anyOf } = members(value);
      if (discriminator !== undefined && oneOf === undefined && anyOf === undefined) return true;
      const behind = typeof ref === 'string' ? this.#at(pathOf(ref)) : undefined;
      return isParent(behind) || Object.values(members(value)).some(isParent);
    };
    return isParent(this.#at(['paths', path, method.toLowerCase(), 'responses']));
  }

  #schemaViolation(pointer: readonly string[], body: string): Violation | undefined {
    let value: unknown;
    try {
      value = JSON.parse(body);
    } catch {
      return certain('the body is not JSON');
    }
    const validate = this.#validatorAt(pointer);
    if (validate === undefined || validate(value)) return undefined;
    const [error] = validate.errors ?? [];
    if (error === undefined) return undefined;
    const why = `${error.instancePath} ${error.message ?? 'is not valid'} (${error.schemaPath})`;
    return { why, isDisputed: isDisputed(error, value) };
  }

  /** Undefined when the document's own schema cannot be compiled: then nothing can be said. */
  #validatorAt(pointer: readonly string[]): ValidateFunction | undefined {
    const ref = `document#/${pointer.map(escape).join('/')}`;
    if (!this.#compiled.has(ref)) this.#compiled.set(ref, this.#compile(ref));
    return this.#compiled.get(ref);
  }

  #compile(ref: string): ValidateFunction | undefined {
    try {
      return this.#ajv.compile({ $ref: ref });
    } catch (error) {
      console.error(
        `  no second opinion on ${ref}: ${error instanceof Error ? error.message : String(error)}`,
      );
      return undefined;
    }
  }

  #operationsAt(path: string, item: Members): readonly DocumentedOperation[] {
    const methods = ['get', 'put', 'post', 'delete', 'options', 'head', 'patch', 'trace', 'query'];
    const hasOwn = (of: Json | undefined): boolean => list(members(of)['parameters']).length > 0;
    return methods
      .filter((method) => item[method] !== undefined)
      .map((method) => ({
        method: method.toUpperCase(),
        path,
        hasParameters: hasOwn(item) || hasOwn(item[method]),
      }));
  }

  /** What stands there and where, behind references. */
  #follow(pointer: readonly string[]): readonly [Members, readonly string[]] {
    const found = members(this.#at(pointer));
    const ref = found['$ref'];
    return typeof ref === 'string' ? this.#follow(pathOf(ref)) : [found, pointer];
  }

  #at(pointer: readonly string[]): Json | undefined {
    return valueAt(this.#document, pointer);
  }
}

/** Under which key of its responses the status is documented. */
function keyOf(operation: Members, status: number): string | undefined {
  const responses = members(operation['responses']);
  const keys = [`${status}`, `${Math.floor(status / 100)}XX`, 'default'];
  return keys.find((one) => responses[one] !== undefined);
}

function certain(why: string): Violation {
  return { why, isDisputed: false };
}

function isDisputed({ keyword, params, instancePath }: ErrorObject, value: unknown): boolean {
  if (keyword === 'format') return true;
  if (keyword === 'oneOf') return Array.isArray(params['passingSchemas']);
  return keyword === 'enum' && valueAt(value as Json, pathOf(instancePath)) === null;
}

function valueAt(value: Json | undefined, path: readonly string[]): Json | undefined {
  return path.reduce<Json | undefined>((found, key) => {
    if (Array.isArray(found)) return (found as readonly Json[])[Number(key)];
    return members(found)[key];
  }, value);
}

/** As the standard says, or as its author meant it. */
function pattern(service: string, flags: string): RegExp {
  try {
    return new RegExp(service, flags);
  } catch {
    return new RegExp(service);
  }
}
pattern.code = 'new RegExp';

interface DocumentedMedia {
  /** `application/json`, `text/*` */
  readonly range: string;
  /** Keys from the response to the schema. */
  readonly schemaAt: readonly string[];
}

/** Media types that are promised for it; of Swagger 2 without `produces` any. */
function mediaOf(document: Members, operation: Members, response: Members): readonly DocumentedMedia[] {
  if (document['swagger'] === undefined)
    return Object.keys(members(response['content'])).map((range) => ({
      range: range.split(';')[0]?.trim().toLowerCase() ?? '',
      schemaAt: ['content', range, 'schema'],
    }));
  const produces = list(operation['produces'] ?? document['produces']).map(String);
  const ranges = produces.length === 0 ? ['*/*'] : produces;
  return response['schema'] === undefined
    ? []
    : ranges.map((range) => ({ range: range.split(';')[0]?.toLowerCase() ?? '', schemaAt: ['schema'] }));
}

function fits(range: string, type: string): boolean {
  if (range === '*/*' || range === type) return true;
  return range.endsWith('/*') && type.startsWith(range.slice(0, -1));
}

/** The same document with what OpenAPI 2 and 3.0 say in words of their own said in those of JSON Schema. */
function asJsonSchema(value: Json, besideReferences: boolean): Json {
  const within = (one: Json): Json => asJsonSchema(one, besideReferences);
  if (Array.isArray(value)) return (value as readonly Json[]).map(within);
  if (value === null || typeof value !== 'object') return value;
  const found: Members = Object.fromEntries(
    Object.entries(value as Members).map(([key, member]) => [key, within(member)]),
  );
  const ref = found['$ref'];
  if (typeof ref === 'string') {
    const { $ref: _ref, ...beside } = found;
    // Whoever writes that beside a reference means it, whether it counts there or not.
    const isNullable = beside['nullable'] === true || beside['x-nullable'] === true;
    return nullable({
      ...(besideReferences ? beside : isNullable ? { nullable: true } : {}),
      ...(ref.startsWith('#') ? { $ref: `document${ref}` } : {}),
    });
  }
  return nullable(withoutWriteOnly(withoutStray(withBounds(found))));
}

/** Draft 4: `exclusiveMinimum: true` beside `minimum`. */
function withBounds(schema: Members): Members {
  const { exclusiveMinimum, exclusiveMaximum, ...rest } = schema;
  const lower: Members = exclusiveMinimum === true ? { exclusiveMinimum: rest['minimum'] ?? 0 } : {};
  const upper: Members = exclusiveMaximum === true ? { exclusiveMaximum: rest['maximum'] ?? 0 } : {};
  return {
    ...rest,
    ...(typeof exclusiveMinimum === 'boolean' || exclusiveMinimum === undefined
      ? lower
      : { exclusiveMinimum }),
    ...(typeof exclusiveMaximum === 'boolean' || exclusiveMaximum === undefined
      ? upper
      : { exclusiveMaximum }),
  };
}

/** `type: file` of OpenAPI 2, and a list as `items`, which no version knows, say nothing. */
function withoutStray(schema: Members): Members {
  const { type, items, ...rest } = schema;
  return {
    ...rest,
    ...(type === undefined || type === 'file' ? {} : { type }),
    ...(items === undefined || Array.isArray(items) ? {} : { items }),
  };
}

/** What may only be written need not be in an answer. */
function withoutWriteOnly(schema: Members): Members {
  const { required, properties } = schema;
  if (!Array.isArray(required) || properties === undefined) return schema;
  const kept = (required as readonly Json[]).filter(
    (name) => typeof name !== 'string' || members(members(properties)[name])['writeOnly'] !== true,
  );
  return { ...schema, required: kept };
}

function nullable(schema: Members): Json {
  const { nullable: isNullable, 'x-nullable': alsoNullable, ...rest } = schema;
  if (isNullable !== true && alsoNullable !== true) return typeof isNullable === 'boolean' ? rest : schema;
  return { anyOf: [rest, { type: 'null' }] };
}

/** Keys of `#/components/schemas/A`, also after `document`. */
function pathOf(ref: string): readonly string[] {
  return ref
    .replace(/^document/, '')
    .replace(/^#?\//, '')
    .split('/')
    .map((key) => decodeURIComponent(key).replaceAll('~1', '/').replaceAll('~0', '~'));
}

function escape(key: string): string {
  return encodeURIComponent(key.replaceAll('~', '~0').replaceAll('/', '~1'));
}

function members(value: Json | undefined): Members {
  return value !== null && typeof value === 'object' && !Array.isArray(value) ? (value as Members) : {};
}

function list(value: Json | undefined): readonly Json[] {
  return Array.isArray(value) ? (value as readonly Json[]) : [];
}
