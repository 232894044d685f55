import { isSensitiveName } from '../../../lib/secrets/secret.ts';
import { isObject, type Json } from '../../../model/json.ts';
import type { RawDocument, ReadContext } from '../format.ts';
import { listOf, textOf } from '../shared/text.ts';
import type { Environment } from '../shared/variables.ts';

type Values = Readonly<Record<string, string>>;

/** Variables of a collection, folder or environment file by name; secret ones are left out. */
export function valuesOf(variables: Json | undefined): Values {
  return Object.fromEntries(
    listOf(variables)
      .filter(isObject)
      .flatMap((variable): [string, string][] => {
        const name = textOf(variable['key']) ?? textOf(variable['id']);
        const value = textOf(variable['value']);
        const off = variable['disabled'] === true || variable['enabled'] === false;
        if (name === undefined || value === undefined || off) return [];
        return variable['type'] === 'secret' || isSensitiveName(name) ? [] : [[name, value]];
      }),
  );
}

export interface EnvironmentFiles {
  readonly globals: Values;
  readonly environments: readonly Environment[];
}

/** The environments and globals that were exported into the collection's folder. */
export async function environmentsBeside(raw: RawDocument, context: ReadContext): Promise<EnvironmentFiles> {
  const names = await context.list('*{environment,globals}*.json', raw.uri);
  const files = await Promise.all(names.slice(0, 50).map((name) => context.load(name, raw.uri)));
  let globals: Values = {};
  const environments: Environment[] = [];
  for (const file of files) {
    const data = 'level' in file ? undefined : file.data;
    if (data === undefined || !Array.isArray(data['values'])) continue;
    const values = valuesOf(data['values']);
    if (data['_postman_variable_scope'] === 'globals') globals = { ...globals, ...values };
    else environments.push({ name: textOf(data['name']) ?? 'environment', values });
  }
  return { globals, environments };
}
