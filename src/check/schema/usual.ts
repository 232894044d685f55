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

/** Stands for the values of a map that a generator calls objects, as it does with whatever may be anything. */
export const mapValue = 'mapValue';

/** Says that a value is no object, where one is documented and nobody has meant it. */
export function mapValueKeyword(): FuncKeywordDefinition {
  const validate: FuncKeywordDefinition['validate'] & { errors?: Partial<ErrorObject>[] } = (
    _schema: unknown,
    data: unknown,
  ) => {
    validate.errors = [{ keyword: mapValue, params: { type: 'object' } }];
    return isObject(data) || data === null;
  };
  return { keyword: mapValue, schemaType: 'boolean', errors: true, validate };
}
