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

const secretName = /secret|password|token$|^value$|key$/i;

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
        secret: secretName.test(name),
        kind: isComplex(one) ? ('json' as const) : ('text' as const),
      };
    })
    .sort((a, b) => Number(b.required) - Number(a.required));
}

function isComplex(schema: Schema): boolean {
  const either = [schema['anyOf'], schema['oneOf']].filter(Array.isArray).flat() as readonly unknown[];
  if (either.length > 0) return !either.some((one) => isSchema(one) && !isComplex(one));
  return schema['type'] === 'object' || schema['type'] === 'array';
}

/** Empty fields are left out; JSON is read where it can be and left to the server to complain about where not. */
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
