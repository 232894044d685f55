type Schema = Readonly<Record<string, unknown>>;

const deepest = 6;
const isSchema = (value: unknown): value is Schema =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/**
 * A value that fits a schema of the patrol's own document, with what must be there; of an object in which nothing must be, the
 * first member. `$ref`s are followed in `pool`.
 */
export function exampleOf(given: unknown, pool: Readonly<Record<string, unknown>>, depth = 0): unknown {
  const schema = resolved(given, pool);
  if ('const' in schema) return schema['const'];
  if ('default' in schema) return schema['default'];
  if (Array.isArray(schema['enum'])) return schema['enum'][0];
  const choices = schema['anyOf'] ?? schema['oneOf'];
  if (Array.isArray(choices)) return exampleOf(choices[0], pool, depth);
  switch (schema['type']) {
    case 'object':
      return depth < deepest ? objectOf(schema, pool, depth) : {};
    case 'array':
      return depth < deepest ? [exampleOf(schema['items'], pool, depth + 1)] : [];
    case 'integer':
    case 'number':
      return numberOf(schema);
    case 'boolean':
      return true;
    default:
      return '…';
  }
}

function resolved(given: unknown, pool: Readonly<Record<string, unknown>>): Schema {
  let schema = isSchema(given) ? given : {};
  for (let steps = 0; steps < deepest && typeof schema['$ref'] === 'string'; steps++) {
    const target = pool[schema['$ref']];
    schema = isSchema(target) ? target : {};
  }
  return schema;
}

function objectOf(schema: Schema, pool: Readonly<Record<string, unknown>>, depth: number): unknown {
  const properties = isSchema(schema['properties']) ? schema['properties'] : {};
  const names = Object.keys(properties);
  const required = Array.isArray(schema['required']) ? schema['required'] : [];
  // What has a default need not be given.
  const needed = names.filter(
    (name) => required.includes(name) && !('default' in resolved(properties[name], pool)),
  );
  const shown = needed.length > 0 ? needed : names.slice(0, 1);
  return Object.fromEntries(shown.map((name) => [name, exampleOf(properties[name], pool, depth + 1)]));
}

function numberOf({ minimum, exclusiveMinimum }: Schema): number {
  if (typeof minimum === 'number') return minimum;
  return typeof exclusiveMinimum === 'number' ? exclusiveMinimum + 1 : 0;
}
