import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { anOperation } from '../../test/support/plan-inputs.ts';
import { operationLines, yaml } from './hints.ts';

describe('config lines', () => {
  it('are written as people write them', () => {
    expect(
      operationLines('orders', anOperation('GET /orders/{id}'), {
        params: { id: '…' },
        owners: ['li', 'yes'],
        allow: true,
      }),
    ).toBe(
      [
        'sources:',
        '  - name: orders',
        '    operations:',
        '      - match: GET /orders/{id}',
        '        params:',
        '          id: …',
        '        owners:',
        '          - li',
        '          - yes',
        '        allow: true',
      ].join('\n'),
    );
  });

  it('mean what was put in, whatever that is', () => {
    const word = fc.oneof(
      fc.string({ unit: 'binary', minLength: 1 }),
      fc.constantFrom('true', 'No', 'a: b', 'GET /a #x', '- a', '{a}', '007', '1e3', '~'),
    );
    const lines = fc.dictionary(word, fc.oneof(word, fc.boolean(), fc.integer()), { minKeys: 1, maxKeys: 4 });
    fc.assert(
      fc.property(lines, word, (keys, name) => {
        const input = { sources: [{ name, params: keys }] };
        expect(parse(yaml(input))).toEqual(input);
      }),
    );
  });
});
