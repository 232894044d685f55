import { isObject, type JsonObject } from '../model/json.ts';
import { builtIn, type Registries } from './registries.ts';
import { configSchema } from './schema/schema.ts';
import { rootShape } from './tagged.ts';

/** JSON Schema (draft 7) of `apipatrol.yaml` for editors. Accepts `${env:…}` and `${file:…}` wherever loading does. */
export function jsonSchema(registries: Registries = builtIn): JsonObject {
  const shape = widened(rootShape(configSchema(registries))) as JsonObject;
  return { $schema: 'http://json-schema.org/draft-07/schema#', title: 'API Patrol configuration', ...shape };
}

const expression = '\\$\\{(env|file):';

/** Lets an expression stand for every value whose form is checked: it is filled in before the check. */
function widened(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(widened);
  if (!isObject(value)) return value;
  const { format, ...rest } = Object.fromEntries(
    Object.entries(value).map(([key, child]): [string, unknown] => [key, widened(child)]),
  );
  if (rest['type'] === 'number' || rest['type'] === 'integer' || rest['type'] === 'boolean') {
    return { ...rest, type: [rest['type'], 'string'], pattern: expression };
  }
  if (rest['type'] !== 'string') return format === undefined ? rest : { ...rest, format };
  if (format === 'uri') return { ...rest, pattern: `^https?://|${expression}` };
  return typeof rest['pattern'] === 'string'
    ? { ...rest, pattern: `(${rest['pattern']})|${expression}` }
    : rest;
}
