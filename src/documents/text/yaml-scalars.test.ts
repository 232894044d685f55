import { expect, test } from 'vitest';
import { inEnglish } from '../../messages/in-language.ts';
import { parseYaml } from './yaml.ts';

function read(text: string): unknown {
  const result = parseYaml(text);
  if (!result.ok) throw new Error(inEnglish(result.flaw.message));
  return result.value;
}

test.each([
  ['zip', '01234', '01234'],
  ['version', '1.10', '1.10'],
  ['hash', '5e12345', '5e12345'],
  ['exponent', '1e3', '1e3'],
  ['hex', '0x1F', '0x1F'],
  ['phone', '+8613800000000', '+8613800000000'],
  ['id', '1775389422113955841', '1775389422113955841'],
  ['count', '7', '7'],
  ['date', '1999-12-31', '1999-12-31'],
  ['no', 'no', 'no'],
])('where a text is meant, a %s stays what it is', (_, written, expected) => {
  const schema = `{ type: string, default: ${written}, enum: [${written}, x], example: ${written} }`;
  expect(
    read(
      `{ name: a, schema: { type: string }, example: ${written}, examples: { one: { value: ${written} } } }`,
    ),
  ).toEqual({
    name: 'a',
    schema: { type: 'string' },
    example: expected,
    examples: { one: { value: expected } },
  });
  expect(read(schema)).toEqual({
    type: 'string',
    default: expected,
    enum: [expected, 'x'],
    example: expected,
  });
  const items = `{ type: array, items: { type: string }, example: [${written}] }`;
  expect(read(items)).toMatchObject({ example: [expected] });
  const object = `{ schema: { type: object, properties: { a: { type: string } } }, example: { a: ${written}, b: 1.50 } }`;
  expect(read(object)).toMatchObject({ example: { a: expected, b: 1.5 } });
});

test.each([
  ['type: integer, example: 0x1F', { example: 31 }],
  ['type: number, default: 1.50', { default: 1.5 }],
  ['type: integer, example: 1775389422113955841', { example: '1775389422113955841' }],
  ['type: integer, minimum: 0x10, maximum: 9223372036854775807', { minimum: 16, maximum: 2 ** 63 }],
  ['type: [integer, string], example: 1.0', { example: 1 }],
  ["$ref: '#/x', example: 01234", { example: '01234' }],
])('a number where one is meant: %s', (written, expected) => {
  expect(read(`{ ${written} }`)).toMatchObject(expected);
});

test('versions are texts', () => {
  expect(read('swagger: 2.0\ninfo: { title: t, version: 1.10 }\n')).toEqual({
    swagger: '2.0',
    info: { title: 't', version: '1.10' },
  });
});
