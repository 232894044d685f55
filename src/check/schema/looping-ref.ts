import type { AnySchemaObject, ErrorObject, FuncKeywordDefinition, ValidateFunction } from 'ajv';

/** Stands in place of `$ref` where the target leads back to itself without a step into the value. */
export const loopingRef = 'loopingRef';

type DataContext = Parameters<ValidateFunction>[1];

interface Verdict {
  readonly isValid: boolean;
  readonly errors: readonly ErrorObject[];
}

/**
 * Judges each place of a value once by each such definition: whoever comes back to it there learns what came of it, or,
 * while that is still being found out, that nothing speaks against the value.
 */
export function loopingRefKeyword(
  validatorAt: (address: string) => ValidateFunction | undefined,
): FuncKeywordDefinition {
  const verdicts = new Map<string, Verdict>();
  let depth = 0;
  const judge = (address: string, data: unknown, context: DataContext): Verdict => {
    const key = `${address} ${context?.instancePath ?? ''}`;
    const known = verdicts.get(key);
    if (known !== undefined) return known;
    verdicts.set(key, { isValid: true, errors: [] });
    depth++;
    try {
      const validate = validatorAt(address);
      const isValid = validate === undefined || validate(data, context);
      const errors = isValid ? [] : (validate?.errors ?? []);
      // Whoever comes back gets one of them: all of them at every turn would double with each definition of the loop.
      verdicts.set(key, { isValid, errors: errors.slice(0, 1) });
      return { isValid, errors };
    } finally {
      if (--depth === 0) verdicts.clear();
    }
  };
  const validate: FuncKeywordDefinition['validate'] & { errors?: ErrorObject[] } = (
    address: string,
    data: unknown,
    _parent?: AnySchemaObject,
    context?: DataContext,
  ) => {
    const { isValid, errors } = judge(address, data, context);
    validate.errors = [...errors];
    return isValid;
  };
  return { keyword: loopingRef, schemaType: 'string', errors: 'full', validate };
}
