import { inEnglish } from '../../messages/in-language.ts';
import { describe, expect, test } from 'vitest';
import { readText } from '../../../test/support/scan.ts';
import type { ChangeSet, Document } from '../../model/document.ts';
import type { Yielder } from '../../lib/yielder.ts';
import { compareDocuments } from './change-set.ts';

const breathe: Yielder = () => Promise.resolve();

async function documentOf(text: string): Promise<Document> {
  return {
    ...(await readText(text)),
    id: 'orders:api.yaml',
    service: 'orders',
    uri: 'api.yaml',
    contentHash: '',
  };
}

async function compare(before: string, after: string): Promise<ChangeSet | undefined> {
  return compareDocuments(await documentOf(before), await documentOf(after), breathe);
}

/** A document with one operation, from the YAML flow of its members. */
function withOperation(operation: string, components = '{}'): string {
  return `openapi: 3.1.0\npaths: { /a: { post: { ${operation} } } }\ncomponents: ${components}`;
}

/** What is said about a change of that operation; `!` in front of what breaks. */
async function changeOf(before: string, after: string): Promise<readonly string[]> {
  const change = await compare(before, after);
  const [operation, ...more] = change?.changed ?? [];
  expect(more).toEqual([]);
  return operation === undefined
    ? []
    : operation.details.map((text) => (operation.breaking ? `! ${inEnglish(text)}` : inEnglish(text)));
}

const response = (schema: string) =>
  withOperation(`responses: { 200: { content: { application/json: { schema: ${schema} } } } }`);
const body = (schema: string) =>
  withOperation(`requestBody: { content: { application/json: { schema: ${schema} } } }`);
const parameter = (rest: string) => withOperation(`parameters: [{ name: q, in: query, ${rest} }]`);

describe('the operations of a document', () => {
  test('come and go', async () => {
    const change = await compare(
      'openapi: 3.1.0\npaths: { /a: { get: {} }, /b: { get: {} } }',
      'openapi: 3.1.0\npaths: { /b: { get: {} }, /c: { get: {} } }',
    );
    expect(change).toEqual({
      documentId: 'orders:api.yaml',
      kind: 'changed',
      service: 'orders',
      uri: 'api.yaml',
      added: ['GET /c'],
      removed: ['GET /a'],
      changed: [],
    });
  });

  test('are the same whatever is written around them', async () => {
    const before = await documentOf(withOperation('summary: one, responses: { 200: { description: x } }'));
    const after = await documentOf(
      `# moved\n${withOperation('summary: two, responses: { 200: { description: y } }')}`,
    );
    expect(await compareDocuments(before, after, breathe)).toBeUndefined();
    expect(await compareDocuments(before, before, breathe)).toBeUndefined();
    expect(await compareDocuments(undefined, undefined, breathe)).toBeUndefined();
  });
});

test.each(['inline', 'shared'])(
  'one %s schema of very many properties is compared with pauses',
  async (where) => {
    const documentWith = async (type: string): Promise<Document> => {
      const schema = {
        type: 'object',
        properties: Object.fromEntries(Array.from({ length: 20_000 }, (_, at) => [`p${at}`, { type }])),
      };
      const used = where === 'inline' ? schema : { $ref: '#/components/schemas/Big' };
      const responses = { 200: { content: { 'application/json': { schema: used } } } };
      const components = where === 'inline' ? {} : { schemas: { Big: schema } };
      return documentOf(
        JSON.stringify({ openapi: '3.1.0', paths: { '/a': { get: { responses } } }, components }),
      );
    };
    let pauses = 0;
    const change = await compareDocuments(await documentWith('string'), await documentWith('integer'), () => {
      pauses++;
      return Promise.resolve();
    });
    expect(change?.changed[0]?.details).toHaveLength(50);
    const beforeSame = pauses;
    expect(beforeSame).toBeGreaterThan(50);
    await compareDocuments(await documentWith('string'), await documentWith('string'), () => {
      pauses++;
      return Promise.resolve();
    });
    expect(pauses - beforeSame).toBeGreaterThan(50);
  },
);

describe('a changed operation says what changed and whether that breaks callers:', () => {
  test.each<[string, string, string, readonly string[]]>([
    ['deprecation', '', 'deprecated: true', ['deprecated now']],
    ['the end of it', 'deprecated: true', '', ['no longer deprecated']],
    [
      'servers and extensions',
      'x-a: 1',
      'servers: [{ url: /v2 }], x-b: 1',
      ['servers changed', 'x-a changed', 'x-b changed'],
    ],
    ['a sign-in', 'security: []', 'security: [{ key: [] }]', ['! needs a sign-in now']],
    ['no sign-in', 'security: [{ key: [] }]', 'security: [{ key: [] }, {}]', ['needs no sign-in any more']],
    ['another sign-in', 'security: [{ key: [] }]', 'security: [{ basic: [] }]', ['sign-in changed']],
    [
      'a required parameter',
      '',
      'parameters: [{ name: q, in: query, required: true }]',
      ['! required query parameter "q" added'],
    ],
    ['an optional parameter', '', 'parameters: [{ name: q, in: query }]', ['query parameter "q" added']],
    ['a parameter less', 'parameters: [{ name: q, in: query }]', '', ['query parameter "q" removed']],
    [
      'a required body',
      '',
      'requestBody: { required: true, content: {} }',
      ['! required request body added'],
    ],
    ['an optional body', '', 'requestBody: { content: {} }', ['request body added']],
    ['no body', 'requestBody: { content: {} }', '', ['request body removed']],
    [
      'a body that is required',
      'requestBody: { content: {} }',
      'requestBody: { required: true, content: {} }',
      ['! request body: required now'],
    ],
    ['an answer less', 'responses: { 200: {}, 404: {} }', 'responses: { 200: {} }', ['response 404 removed']],
    [
      'another good answer',
      'responses: { 200: {} }',
      'responses: { 201: {} }',
      ['! response 200 removed', '! response 201 added'],
    ],
    [
      'another media type',
      'responses: { 200: { content: { a/b: {} } } }',
      'responses: { 200: { content: { c/d: {} } } }',
      ['! response 200: a/b removed', '! response 200: c/d added'],
    ],
  ])('%s', async (_, before, after, details) => {
    expect(await changeOf(withOperation(before), withOperation(after))).toEqual(details);
  });

  test.each<[string, string, string, readonly string[]]>([
    ['a parameter that is required', 'schema: {}', 'required: true', ['! query parameter "q": required now']],
    ['a parameter that is not', 'required: true', 'schema: {}', ['query parameter "q": no longer required']],
    [
      'another serialization',
      'explode: true',
      'explode: false',
      ['! query parameter "q": written in another way'],
    ],
    [
      'another type',
      'schema: { type: integer }',
      'schema: { type: string }',
      ['! query parameter "q": type changed from integer to string'],
    ],
    [
      'a wider type',
      'schema: { type: integer }',
      'schema: { type: number }',
      ['query parameter "q": type changed from integer to number'],
    ],
    [
      'a type where there was none',
      'schema: {}',
      'schema: { type: string }',
      ['! query parameter "q": type changed from anything to string'],
    ],
    [
      'a narrower enum',
      'schema: { enum: [a, b] }',
      'schema: { enum: [b, c] }',
      [
        '! query parameter "q": value is no longer any of "a"',
        '! query parameter "q": value may also be "c"',
      ],
    ],
    [
      'a new enum',
      'schema: {}',
      'schema: { enum: [a] }',
      ['! query parameter "q": value must be one of ["a"] now'],
    ],
    [
      'a constant',
      'schema: { const: a }',
      'schema: {}',
      ['query parameter "q": value may be any, no longer one of ["a"]'],
    ],
    [
      'tighter bounds',
      'schema: { minimum: 1, maxLength: 9 }',
      'schema: { minimum: 2, maxLength: 8 }',
      [
        '! query parameter "q": minimum changed from 1 to 2',
        '! query parameter "q": maxLength changed from 9 to 8',
      ],
    ],
    [
      'looser bounds',
      'schema: { minimum: 1, maxLength: 9 }',
      'schema: { minimum: 0 }',
      [
        'query parameter "q": minimum changed from 1 to 0',
        'query parameter "q": maxLength changed from 9 to nothing',
      ],
    ],
    [
      'a pattern',
      'schema: {}',
      'schema: { pattern: "^a" }',
      ['! query parameter "q": pattern changed from nothing to "^a"'],
    ],
    [
      'no pattern',
      'schema: { pattern: "^a" }',
      'schema: {}',
      ['query parameter "q": pattern changed from "^a" to nothing'],
    ],
    ['examples alone', 'example: 1', 'example: 2', []],
  ])('%s of a parameter', async (_, before, after, details) => {
    expect(await changeOf(parameter(before), parameter(after))).toEqual(details);
  });

  test.each<[string, string, string, readonly string[], readonly string[]]>([
    [
      'a property less',
      '{ properties: { total: { type: integer } }, required: [total] }',
      '{ type: object, properties: {} }',
      ['! required property "total" removed'],
      ['required property "total" removed'],
    ],
    [
      'a property more',
      '{ properties: { a: {} } }',
      '{ properties: { a: {}, b: {} } }',
      ['property "b" added'],
      ['property "b" added'],
    ],
    [
      'a required property more',
      '{ properties: { a: {} } }',
      '{ properties: { a: {}, b: {} }, required: [b] }',
      ['required property "b" added'],
      ['! required property "b" added'],
    ],
    [
      'a property that is required',
      '{ properties: { a: {} } }',
      '{ properties: { a: {} }, required: [a] }',
      ['property "a" is required now'],
      ['! property "a" is required now'],
    ],
    [
      'a property that is not',
      '{ properties: { a: {} }, required: [a] }',
      '{ properties: { a: {} } }',
      ['! property "a" is no longer required'],
      ['property "a" is no longer required'],
    ],
    [
      'a type that allows null',
      '{ properties: { a: { type: string } } }',
      '{ properties: { a: { type: [string, "null"] } } }',
      ['! type of "a" changed from string to null or string'],
      ['type of "a" changed from string to null or string'],
    ],
    [
      'what is deep inside',
      '{ type: array, items: { properties: { a: { additionalProperties: { properties: { b: { type: string } } } } } } }',
      '{ type: array, items: { properties: { a: { additionalProperties: { properties: { b: { type: integer } } } } } } }',
      ['! type of "[].a.*.b" changed from string to integer'],
      ['! type of "[].a.*.b" changed from string to integer'],
    ],
    [
      'a part of allOf',
      '{ allOf: [{ properties: { a: {} } }, { allOf: [{ properties: { b: {} } }] }] }',
      '{ allOf: [{ properties: { a: {} } }] }',
      ['! property "b" removed'],
      ['property "b" removed'],
    ],
    [
      'a format',
      '{ properties: { a: { format: date }, b: {} } }',
      '{ properties: { a: { format: date-time }, b: { format: uuid } } }',
      [
        '! format of "a" changed from "date" to "date-time"',
        '! format of "b" changed from nothing to "uuid"',
      ],
      [
        '! format of "a" changed from "date" to "date-time"',
        '! format of "b" changed from nothing to "uuid"',
      ],
    ],
    [
      'an alternative',
      '{ oneOf: [{ type: string }, { type: integer }, { properties: { a: {} } }] }',
      '{ oneOf: [{ type: string }, { type: boolean }] }',
      ['! type changed from integer to boolean', '! value is no longer any of #3'],
      ['! value is no longer any of #3', '! type changed from integer to boolean'],
    ],
    [
      'one alternative more',
      '{ anyOf: [{ type: string }] }',
      '{ anyOf: [{ type: string }, {}] }',
      ['value may also be #2'],
      ['value may also be #2'],
    ],
    [
      'everything',
      'true',
      '{ properties: { a: {} } }',
      ['type changed from anything to object'],
      ['! type changed from anything to object'],
    ],
  ])('%s of an answer or a body', async (_, before, after, ofResponse, ofBody) => {
    const at = (place: string, details: readonly string[]) =>
      details.map((text) => (text.startsWith('! ') ? `! ${place}: ${text.slice(2)}` : `${place}: ${text}`));
    expect(await changeOf(response(before), response(after))).toEqual(at('response 200', ofResponse));
    expect(await changeOf(body(before), body(after))).toEqual(at('request body', ofBody));
  });

  test('what a schema says that it refers to', async () => {
    const components = (type: string) =>
      `{ schemas: { Order: { properties: { line: { $ref: '#/components/schemas/Line' } } }, Line: { properties: { order: { $ref: '#/components/schemas/Order' }, count: { type: ${type} } } }, Other: {} } }`;
    const operation = `responses: { 200: { content: { application/json: { schema: { $ref: '#/components/schemas/Order' } }, text/csv: { schema: { $ref: '#/components/schemas/Other' } } } } }`;
    expect(
      await changeOf(
        withOperation(operation, components('integer')),
        withOperation(operation, components('string')),
      ),
    ).toEqual(['! response 200: application/json: type of "line.count" changed from integer to string']);
  });

  test('and ends where schemas go in circles', async () => {
    const circle = (extra: string) =>
      `{ schemas: { A: { allOf: [{ $ref: '#/components/schemas/B' }] }, B: { allOf: [{ $ref: '#/components/schemas/A' }], properties: { a: { $ref: '#/components/schemas/A' }${extra} } } } }`;
    const operation = `responses: { 200: { content: { application/json: { schema: { $ref: '#/components/schemas/A' } } } } }`;
    expect(
      await changeOf(withOperation(operation, circle('')), withOperation(operation, circle(', b: {}'))),
    ).toEqual(['response 200: property "b" added']);
  });
});

test('of very many values it is told that they changed, and not which', async () => {
  const of = (prefix: string) =>
    response(JSON.stringify({ enum: Array.from({ length: 2000 }, (_, n) => `${prefix}${n}`) }));
  expect(await changeOf(of('a'), of('b'))).toEqual([
    'response 200: value is one of 2000 others now, it was one of 2000',
  ]);
  expect(await changeOf(of('a'), of('a'))).toEqual([]);
});
