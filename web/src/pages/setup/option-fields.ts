/** One option of a way to sign in, as a field of a form. */
export interface OptionField {
  readonly name: string;
  readonly description?: string;
  readonly required: boolean;
  readonly secret: boolean;
  /** `json`: anything that is more than one word, written as JSON. */
  readonly kind: 'text' | 'json';
}

type Schema = Readonly<Record<string, unknown>>;
const isSchema = (value: unknown): value is Schema =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** The options that a JSON Schema asks for: those that must be given, the secret ones, and simple texts. */
export function optionFields(schema: unknown): readonly OptionField[] {
  if (!isSchema(schema) || !isSchema(schema['properties'])) return [];
  const must: readonly unknown[] = Array.isArray(schema['required']) ? schema['required'] : [];
  return Object.entries(schema['properties'])
    .filter(([name]) => name !== 'scheme')
    .map(([name, property]) => {
      const one = isSchema(property) ? property : {};
      const description = one['description'];
      return {
        name,
        ...(typeof description === 'string' ? { description } : {}),
        required: must.includes(name),
        secret: isSecret(one),
        kind: isComplex(one) ? ('json' as const) : ('text' as const),
      };
    })
    .sort((a, b) => Number(b.required) - Number(a.required));
}

/** As `secretText` in the configuration's schema. */
function isSecret(schema: Schema): boolean {
  return schema['format'] === 'secret';
}

function isComplex(schema: Schema): boolean {
  const either = [schema['anyOf'], schema['oneOf']].filter(Array.isArray).flat() as readonly unknown[];
  if (either.length > 0) return !either.some((one) => isSchema(one) && !isComplex(one));
  return schema['type'] === 'object' || schema['type'] === 'array';
}

/** Something is written there that is no JSON: sent as it is, it would be a text within quotes. */
export function isWrongJson({ name, kind }: OptionField, texts: Readonly<Record<string, string>>): boolean {
  const text = texts[name]?.trim() ?? '';
  return kind === 'json' && text !== '' && typeof parsed(text) === 'string';
}

/** Empty fields are left out. */
export function readOptions(
  fields: readonly OptionField[],
  texts: Readonly<Record<string, string>>,
): Readonly<Record<string, unknown>> {
  const options: Record<string, unknown> = {};
  for (const { name, kind } of fields) {
    const text = texts[name]?.trim() ?? '';
    if (text !== '') options[name] = kind === 'json' ? parsed(text) : text;
  }
  return options;
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}
