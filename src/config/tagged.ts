import { type ZodType, z } from 'zod';
import { isObject } from '../model/json.ts';

/** One way to write a mapping, chosen by its tag. */
export interface Tagged {
  readonly kind: string;
  readonly summary: string;
  readonly options: ZodType;
}

/**
 * A mapping whose `tag` names an entry and whose other keys are that entry's own options, side by side:
 * `{ scheme: bearer, token: … }`. `shared` are keys that every entry has. Yields the tag, the shared keys and the
 * entry's checked options under `options`.
 */
export function tagged<Tag extends string, Shared extends z.core.$ZodShape>(
  tag: Tag,
  entries: readonly Tagged[],
  shared: Shared,
) {
  const kinds = z.enum(entries.map((entry) => entry.kind)).describe(`Chooses what the other keys mean.`);
  const base = z.looseObject({ [tag]: kinds, ...shared });
  return base
    .transform((written, context): TaggedOutput<Tag, Shared> => {
      const values = written as Record<string, unknown>;
      const options = Object.fromEntries(
        Object.entries(values).filter(([key]) => key !== tag && !(key in shared)),
      );
      const parsed = entries.find((entry) => entry.kind === values[tag])?.options.safeParse(options);
      if (parsed?.success !== true) {
        for (const issue of parsed?.error.issues ?? []) context.issues.push(issue as z.core.$ZodRawIssue);
        return z.NEVER;
      }
      const own = Object.entries(values).filter(([key]) => key === tag || key in shared);
      return { ...Object.fromEntries(own), options: parsed.data } as TaggedOutput<Tag, Shared>;
    })
    .meta({ oneOf: entries.map((entry) => alternative(tag, entry, shared)) });
}

type TaggedOutput<Tag extends string, Shared extends z.core.$ZodShape> = Record<Tag, string> &
  z.output<z.ZodObject<Shared>> & { readonly options: unknown };

/** The JSON Schema of one entry with its tag written out; options that are a union carry it in each branch. */
function alternative(tag: string, entry: Tagged, shared: z.core.$ZodShape): z.core.JSONSchema.BaseSchema {
  const common = writtenShape(z.object(shared)).properties ?? {};
  const constant = { [tag]: { const: entry.kind, description: entry.summary } };
  const withTag = (shape: z.core.JSONSchema.BaseSchema): z.core.JSONSchema.BaseSchema => {
    const { anyOf, oneOf } = shape;
    if (anyOf !== undefined) return { ...shape, anyOf: anyOf.map(withTag) };
    if (oneOf !== undefined) return { ...shape, oneOf: oneOf.map(withTag) };
    return {
      ...shape,
      properties: { ...constant, ...shape.properties, ...common },
      required: [tag, ...(shape.required ?? [])],
    };
  };
  return { ...withTag(writtenShape(entry.options)), title: entry.kind, description: entry.summary };
}

/**
 * JSON Schema (draft 7, which editors know best) of what a user writes. Objects are closed, also where the zod
 * schema would silently drop unknown keys. A shape that contains itself is any JSON: it is given as anything.
 */
export function writtenShape(schema: ZodType): z.core.JSONSchema.BaseSchema {
  const { $schema: _, ...shape } = z.toJSONSchema(schema, {
    target: 'draft-7',
    io: 'input',
    unrepresentable: 'any',
    override: ({ zodSchema, jsonSchema }) => {
      if (zodSchema._zod.def.type !== 'object') return;
      const { catchall } = zodSchema._zod.def as z.core.$ZodObjectDef;
      if (catchall === undefined) jsonSchema.additionalProperties = false;
    },
  });
  return withoutRefs(shape) as z.core.JSONSchema.BaseSchema;
}

function withoutRefs(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutRefs);
  if (!isObject(value)) return value;
  const entries = Object.entries(value).filter(([key]) => key !== '$ref' && key !== 'definitions');
  const isWrapper = ([key, child]: [string, unknown]) => key === 'allOf' && JSON.stringify(child) === '[{}]';
  return Object.fromEntries(
    entries
      .map(([key, child]): [string, unknown] => [key, withoutRefs(child)])
      .filter((one) => !isWrapper(one)),
  );
}

/** The whole file's shape: keys that start with `x-` are the user's own, a place for YAML anchors. */
export function rootShape(schema: ZodType): z.core.JSONSchema.BaseSchema {
  return { ...writtenShape(schema), patternProperties: { '^x-': {} } };
}
