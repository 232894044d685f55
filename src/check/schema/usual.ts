import type { ErrorObject, FuncKeywordDefinition } from 'ajv';
import { isObject, usualFields } from '../../model/json.ts';

/** Says which of the usual fields are missing: worth a note, as nobody has promised them. */
export function usualKeyword(): FuncKeywordDefinition {
  const validate: FuncKeywordDefinition['validate'] & { errors?: Partial<ErrorObject>[] } = (
    names: readonly string[],
    data: unknown,
  ) => {
    const missing = isObject(data) ? names.filter((name) => !Object.hasOwn(data, name)) : [];
    validate.errors = missing.map((name) => ({ keyword: usualFields, params: { missingProperty: name } }));
    return missing.length === 0;
  };
  return { keyword: usualFields, schemaType: 'array', errors: true, validate };
}
