import { expect, test } from 'vitest';
import { makeCheck } from '../../../test/support/check-harness.ts';
import { inLanguage } from '../../messages/in-language.ts';
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
  Van: { allOf: [of('Vehicle')] },
  Fleet: { properties: { lead: of('Vehicle'), all: { type: 'array', items: of('Vehicle') } } },
  Pet: { type: 'object', properties: { kind: text }, ...kind('kind') },
  Parrot: { allOf: [of('Pet'), { properties: { words: { type: 'integer' } } }] },
  Macaw: { allOf: [of('Parrot')] },
  'My.Pets.Ara': { allOf: [of('Pet'), { properties: { ara: { type: 'boolean' } } }] },
  Netted: { oneOf: [of('My.Pets.Ara')], ...kind('kind', { ara: 'My.Pets.Ara' }) },
  Parent: { type: 'object', oneOf: [of('Child')], properties: { t: text }, ...kind('t') },
  Child: { allOf: [of('Parent'), { properties: { b: { type: 'integer' } } }] },
};
const schemas = Object.fromEntries(
  Object.entries(pool).map(([name, schema]) => [`#/components/schemas/${name}`, schema]),
);

test.each<[string, Json, readonly string[]]>([
  ['Animal', { type: 'dog', bark: true }, []],
  [
    'Animal',
    { type: 'cat', bark: true },
    ['the body: expected property "meow", found none (type "cat": Cat)'],
  ],
  [
    'Animal',
    { type: 'dog', bark: 'loud' },
    ['/bark: expected boolean, found "loud" (string) (type "dog": Dog)'],
  ],
  [
    'Animal',
    { type: 'fox', bark: true },
    ['/type: expected one of the known kinds ["cat","dog"], found "fox"'],
  ],
  ['Animal', { bark: true }, ['the body: expected property "type", found none']],
  ['Named', { type: 'Dog', bark: 1 }, ['/bark: expected boolean, found 1 (number) (type "Dog": Dog)']],
  ['Named', { type: 'dog', bark: true }, []],
  [
    'Named',
    { type: 'dog', bark: 1 },
    ['the body: expected one of the documented alternatives, found {"type":"dog","bark":1}'],
  ],
  ['Vehicle', { vt: 'car', doors: 4 }, []],
  [
    'Vehicle',
    { vt: 'car', doors: 'four' },
    ['/doors: expected integer, found "four" (string) (vt "car": Car)'],
  ],
  ['Vehicle', { vt: 'bike' }, ['/vt: expected one of ["car","Van","Vehicle","Car"], found "bike"']],
  ['Vehicle', { vt: 'Van' }, []],
  ['Vehicle', {}, ['the body: expected property "vt", found none']],
  [
    'Fleet',
    { lead: { vt: 'car', doors: 'x' } },
    ['/lead/doors: expected integer, found "x" (string) (vt "car": Car)'],
  ],
  [
    'Fleet',
    { all: [{ vt: 'car', doors: 2 }, { vt: 'car' }] },
    ['/all/1: expected property "doors", found none (vt "car": Car)'],
  ],
  [
    'Pet',
    { kind: 'Parrot', words: 'x' },
    ['/words: expected integer, found "x" (string) (kind "Parrot": Parrot)'],
  ],
  [
    'Pet',
    { kind: 'Macaw', words: 'x' },
    ['/words: expected integer, found "x" (string) (kind "Macaw": Macaw)'],
  ],
  ['Pet', { kind: 'parrot', words: 'x' }, []],
  [
    'Pet',
    { kind: 'My.Pets.Ara', ara: 1 },
    ['/ara: expected boolean, found 1 (number) (kind "My.Pets.Ara": My.Pets.Ara)'],
  ],
  ['Netted', { kind: 'ara', ara: 1 }, ['/ara: expected boolean, found 1 (number) (kind "ara": My.Pets.Ara)']],
  ['Car', { vt: 'car', doors: 4 }, []],
  ['Parent', { t: 'Child', b: 2 }, []],
  ['Parent', { t: 'Child', b: 'x' }, ['/b: expected integer, found "x" (string) (t "Child": Child)']],
])('%s: %j', (name, body, expected) => {
  const check = makeCheck('http://a.example', '/', { schemas, dialect: 'openapi-3.0' });
  expect(new SchemaJudge().judge(body, of(name), check).map(({ message }) => message)).toEqual(expected);
});

test('a list of items means nothing in OpenAPI 3.0', () => {
  const check = makeCheck('http://a.example', '/', { dialect: 'openapi-3.0' });
  const listed: JsonSchema = { type: 'array', items: [{ type: 'string' }, { type: 'integer' }] };
  expect(new SchemaJudge().judge([1, 'x'], listed, check)).toEqual([]);
});

test('an unknown kind is an error: who reads the answer cannot tell what it is', () => {
  const check = makeCheck('http://a.example', '/', { schemas, dialect: 'openapi-3.0' });
  const levels = (name: string, body: Json) =>
    new SchemaJudge().judge(body, of(name), check).map(({ level }) => level);
  expect(levels('Animal', { type: 'fox', bark: true })).toEqual(['error']);
  expect(levels('Vehicle', { vt: 'bike' })).toEqual(['warning']);
});

test.each<[JsonSchema, Json, string]>([
  [
    of('Animal'),
    { type: 'dog', bark: 'loud' },
    '/bark：期望 boolean，实际 "loud" (string)（type 为 "dog"，即 Dog）',
  ],
  [
    { anyOf: [of('Dog'), text] },
    { type: 'x', bark: 1 },
    '响应体：期望文档列出的几种结构之一，实际 {"type":"x","bark":1}；最接近的是 Dog：/bark：期望 boolean，实际 1 (number)',
  ],
  [
    { properties: { a: { anyOf: [{ required: ['b', 'c', 'd'], properties: { e: text } }, text] } } },
    { a: { e: 'x' } },
    '/a：期望文档列出的几种结构之一，实际 {"e":"x"}；最接近的是第 1 种结构：/a：缺少字段“b”；/a：缺少字段“c”（另有 1 处）',
  ],
  [
    { properties: { at: { type: 'string', format: 'date-time' } } },
    { at: 1_700_000_000 },
    '/at：期望 string，实际 1700000000 (number)，是数字形式的时间戳',
  ],
  [of('Animal'), { type: 'fox', bark: true }, '/type：期望已知类型 ["cat","dog"] 之一，实际 "fox"'],
])('in Chinese: %j, %j', (schema, body, chinese) => {
  const found = new SchemaJudge().judge(body, schema, makeCheck('http://a.example', '/', { schemas }));
  expect(found.map(({ message }) => inLanguage(message, 'zh'))).toEqual([chinese]);
});
