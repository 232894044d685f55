import { expect, test } from 'vitest';
import { makeCheck } from '../../../test/support/check-harness.ts';
import type { Json, JsonSchema } from '../../model/json.ts';
import { SchemaJudge } from './judge.ts';

const text = { type: 'string' };
const of = (name: string): JsonSchema => ({ $ref: `#/components/schemas/${name}` });
const kind = (property: string, mapping?: Readonly<Record<string, string>>) => ({
  discriminator: { propertyName: property, ...(mapping === undefined ? {} : { mapping }) },
});
const pool: Readonly<Record<string, JsonSchema>> = {
  Cat: { type: 'object', required: ['type', 'meow'], properties: { type: text, meow: { type: 'boolean' } } },
  Dog: { type: 'object', required: ['type', 'bark'], properties: { type: text, bark: { type: 'boolean' } } },
  Animal: {
    oneOf: [of('Cat'), of('Dog')],
    ...kind('type', { cat: '#/components/schemas/Cat', dog: 'Dog' }),
  },
  Named: { anyOf: [of('Cat'), of('Dog')], ...kind('type') },
  Vehicle: { type: 'object', required: ['vt'], properties: { vt: text }, ...kind('vt', { car: 'Car' }) },
  Car: { allOf: [of('Vehicle'), { required: ['doors'], properties: { doors: { type: 'integer' } } }] },
  Parent: { type: 'object', oneOf: [of('Child')], properties: { t: text }, ...kind('t') },
  Child: { allOf: [of('Parent'), { properties: { b: { type: 'integer' } } }] },
};
const schemas = Object.fromEntries(
  Object.entries(pool).map(([name, schema]) => [`#/components/schemas/${name}`, schema]),
);

test.each<[string, Json, readonly string[]]>([
  ['Animal', { type: 'dog', bark: true }, []],
  ['Animal', { type: 'cat', bark: true }, ['the body: expected property "meow", found none']],
  ['Animal', { type: 'dog', bark: 'loud' }, ['/bark: expected boolean, found "loud" (string)']],
  ['Animal', { type: 'fox', bark: true }, ['/type: expected one of ["cat","dog"], found "fox"']],
  ['Animal', { bark: true }, ['the body: expected property "type", found none']],
  ['Named', { type: 'Dog', bark: 1 }, ['/bark: expected boolean, found 1 (number)']],
  ['Named', { type: 'dog', bark: true }, []],
  [
    'Named',
    { type: 'dog', bark: 1 },
    ['the body: expected one of the documented alternatives, found {"type":"dog","bark":1}'],
  ],
  ['Vehicle', { vt: 'car', doors: 4 }, []],
  ['Vehicle', { vt: 'car', doors: 'four' }, ['/doors: expected integer, found "four" (string)']],
  ['Vehicle', { vt: 'bike' }, []],
  ['Car', { vt: 'car', doors: 4 }, []],
  ['Parent', { t: 'Child', b: 2 }, []],
  ['Parent', { t: 'Child', b: 'x' }, ['/b: expected integer, found "x" (string)']],
])('%s: %j', (name, body, expected) => {
  const check = makeCheck('http://a.example', '/', { schemas, dialect: 'openapi-3.0' });
  expect(new SchemaJudge().judge(body, of(name), check).map(({ message }) => message)).toEqual(expected);
});

test('a list of items means nothing in OpenAPI 3.0', () => {
  const check = makeCheck('http://a.example', '/', { dialect: 'openapi-3.0' });
  const listed: JsonSchema = { type: 'array', items: [{ type: 'string' }, { type: 'integer' }] };
  expect(new SchemaJudge().judge([1, 'x'], listed, check)).toEqual([]);
});
