import { describe, expect, it } from 'vitest';
import { anOperation, aDocument, aService, planFor } from '../../test/support/plan-inputs.ts';
import type { SchemaPool } from '../model/document.ts';
import type { JsonSchema } from '../model/json.ts';

const depth = 40;

/** Each definition leads to the next one many times over. */
function links(schemaOf: (next: JsonSchema) => JsonSchema, last: JsonSchema): SchemaPool {
  const all = Array.from({ length: depth }, (_, n) => [`#/S${n}`, schemaOf({ $ref: `#/S${n + 1}` })]);
  return Object.fromEntries([...all, [`#/S${depth}`, last]]) as SchemaPool;
}

const tenTimes = (next: JsonSchema): readonly JsonSchema[] => Array.from({ length: 10 }, () => next);

describe('a value for a schema that has no end', () => {
  it.each<[string, SchemaPool]>([
    [
      'of parts that are made of one another',
      links((next) => ({ allOf: tenTimes(next) }), { type: 'string', enum: ['x'] }),
    ],
    [
      'of alternatives that do not fit',
      links((next) => ({ oneOf: tenTimes(next) }), { type: 'string', pattern: '(?=a)b' }),
    ],
    [
      'of required properties',
      links(
        (next) => {
          const properties = Object.fromEntries(tenTimes(next).map((one, n) => [`p${n}`, one]));
          return { type: 'object', properties, required: Object.keys(properties) };
        },
        { type: 'string' },
      ),
    ],
    ['of lists', links((next) => ({ type: 'array', minItems: 60, items: next }), { type: 'string' })],
  ])('%s is made within a moment, or not at all', (_, schemas) => {
    const operation = anOperation('GET /orders/{id}');
    const parameters = operation.parameters.map((one) => ({ ...one, schema: { $ref: '#/S0' } }));
    const startedAt = performance.now();
    const plan = planFor({
      documents: [{ ...aDocument([{ ...operation, parameters }]), schemas }],
      services: [aService({})],
    });
    expect(plan.checks.length + plan.skipped.length).toBe(1);
    expect(performance.now() - startedAt).toBeLessThan(2000);
  });
});
