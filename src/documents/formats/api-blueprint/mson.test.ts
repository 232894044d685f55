import { expect, test } from 'vitest';
import { readItems } from './items.ts';
import { readMember, schemaOf, typeSchema } from './mson.ts';

test.each([
  [
    'id: 250FF (string, required) - The id',
    { name: 'id', sample: '250FF', type: 'string', required: true, description: 'The id' },
  ],
  [
    'limit (optional, number, `20`) ... At most',
    { name: 'limit', sample: '20', type: 'number', required: false, description: 'At most' },
  ],
  ['`a`: `x` (fixed)', { name: 'a', sample: 'x', type: '', required: false, description: '' }],
  [
    'tags (array[string, number])',
    { name: 'tags', sample: '', type: 'array[string, number]', required: false, description: '' },
  ],
  ['plain', { name: 'plain', sample: '', type: '', required: false, description: '' }],
])('%s', (text, member) => {
  expect(readMember(text)).toEqual(member);
});

test.each([
  ['string', { type: 'string' }],
  ['array', { type: 'array' }],
  ['array[Known]', { type: 'array', items: { $ref: '#/mson/Known' } }],
  ['array[string, number]', { type: 'array' }],
  ['Known', { $ref: '#/mson/Known' }],
  ['Unknown', {}],
  ['enum[string]', {}],
])('the type %s', (type, schema) => {
  expect(typeSchema(type, new Set(['Known']))).toEqual(schema);
});

function schema(type: string, text: string): unknown {
  return schemaOf(type, readItems(text.split('\n'), 1), new Set(['Known', 'a/b']));
}

test('members inside of members, of lists, of types that are taken in', () => {
  expect(
    schema(
      'object',
      '+ a (object, required)\n    + b: 1 (number)\n+ Properties\n    + c (array)\n        + d (string)\n',
    ),
  ).toEqual({
    type: 'object',
    properties: {
      a: { type: 'object', properties: { b: { type: 'number' } } },
      c: { type: 'array', items: { type: 'string' } },
    },
    required: ['a'],
  });
  expect(schema('Known', '+ a (string)\n')).toEqual({
    allOf: [{ $ref: '#/mson/Known' }, { type: 'object', properties: { a: { type: 'string' } } }],
  });
  expect(schema('', '+ Include a/b\n+ a\n')).toEqual({
    allOf: [{ $ref: '#/mson/a~1b' }, { type: 'object', properties: { a: { type: 'string' } } }],
  });
  expect(schema('array', '+ (Known)\n')).toEqual({ type: 'array', items: { $ref: '#/mson/Known' } });
  expect(schema('array', '+ Known\n')).toEqual({ type: 'array', items: { $ref: '#/mson/Known' } });
  expect(schema('array', '+ a\n+ b\n')).toEqual({ type: 'array', items: {} });
});
