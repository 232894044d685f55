import { inEnglish, inLanguage } from '../../messages/in-language.ts';
import { describe, expect, it } from 'vitest';
import { makeCheck } from '../../../test/support/check-harness.ts';
import type { Check } from '../../model/check.ts';
import type { SchemaDialect, SchemaPool } from '../../model/document.ts';
import type { Json, JsonSchema } from '../../model/json.ts';
import { SchemaJudge } from './judge.ts';

function check(more: Partial<Check> = {}): Check {
  return makeCheck('http://a.example', '/', more);
}

/** `level message` of each finding. */
function violations(
  body: Json,
  schema: JsonSchema,
  dialect: SchemaDialect = '2020-12',
  schemas: SchemaPool = {},
): readonly string[] {
  return new SchemaJudge()
    .judge(body, schema, check({ dialect, schemas }))
    .map(({ level, message }) => `${level} ${inEnglish(message)}`);
}

describe('a violation', () => {
  it.each<[string, Json, JsonSchema, readonly string[]]>([
    [
      'type',
      { a: '1' },
      { properties: { a: { type: ['integer', 'null'] } } },
      ['error /a: expected integer or null, found "1" (string)'],
    ],
    ['required', { b: 1 }, { required: ['a'] }, ['error the body: expected property "a", found none']],
    ['enum', ['x'], { items: { enum: ['a', 'b'] } }, ['warning /0: expected one of ["a","b"], found "x"']],
    ['absent, whatever its name', {}, { properties: { constructor: { type: 'string' } } }, []],
    [
      'required, whatever its name',
      {},
      { required: ['toString'] },
      ['error the body: expected property "toString", found none'],
    ],
    ['const', 1, { const: 2 }, ['error the body: expected 2, found 1']],
    ['format', 'x', { format: 'date-time' }, ['warning the body: expected format date-time, found "x"']],
    ['pattern', 'x', { pattern: '^y' }, ['warning the body: expected pattern ^y, found "x"']],
    [
      'one of several patterns that need the linear engine',
      { currency: 'EUR', region: 'eu-west-1', code: 'A-b' },
      {
        properties: {
          code: { pattern: '^(A-[a-z]|B)$' },
          currency: { pattern: '[A-Z]{3}' },
          region: { pattern: '^([a-z]+-){2}x$' },
        },
      },
      ['warning /region: expected pattern ^([a-z]+-){2}x$, found "eu-west-1"'],
    ],
    ['bounds', { n: 5 }, { properties: { n: { minimum: 6 } } }, ['warning /n: expected >= 6, found 5']],
    [
      'closed',
      { a: 1 },
      { additionalProperties: false },
      ['warning the body: expected no other properties, found "a"'],
    ],
    [
      'closed over all',
      { a: 1 },
      { unevaluatedProperties: false },
      ['warning the body: expected no other properties, found "a"'],
    ],
    [
      'choice',
      { a: 1 },
      { oneOf: [{ required: ['b'] }, { type: 'string' }] },
      [
        'error the body: expected one of the documented alternatives, found {"a":1}; alternative 1 comes nearest: the body: expected property "b", found none',
      ],
    ],
    [
      'pointer',
      { 'a/b': { '~': [1] } },
      { properties: { 'a/b': { properties: { '~': { items: { type: 'string' } } } } } },
      ['error /a~1b/~0/0: expected string, found 1 (number)'],
    ],
    [
      'tuple',
      [1, 2],
      { prefixItems: [{ type: 'integer' }], items: false },
      ['warning the body: expected no more than 1 item, found [1,2]'],
    ],
  ])('of %s is said as a person would', (_, body, schema, expected) => {
    expect(violations(body, schema)).toEqual(expected);
  });

  it.each<[JsonSchema, Json, string, string]>([
    [
      { type: ['integer', 'null'] },
      'x',
      'expected integer or null, found "x" (string)',
      '期望 integer 或 null，实际 "x" (string)',
    ],
    [{ required: ['a'] }, {}, 'expected property "a", found none', '缺少字段“a”'],
    [
      { additionalProperties: false },
      { a: 1 },
      'expected no other properties, found "a"',
      '文档中没有字段“a”，且不允许其他字段',
    ],
    [{ enum: ['a'] }, 'b', 'expected one of ["a"], found "b"', '期望 ["a"] 之一，实际 "b"'],
    [{ format: 'date' }, 'b', 'expected format date, found "b"', '期望 date 格式，实际 "b"'],
    [{ multipleOf: 5 }, 7, 'expected multiple of 5, found 7', '期望 5 的倍数，实际 7'],
    [{ exclusiveMinimum: 7 }, 7, 'expected > 7, found 7', '期望 > 7，实际 7'],
    [{ minItems: 2 }, [1], 'expected no fewer than 2 items, found [1]', '期望不少于 2 项，实际 [1]'],
    [{ maxItems: 1 }, [1, 2], 'expected no more than 1 item, found [1,2]', '期望不多于 1 项，实际 [1,2]'],
    [
      { minLength: 2 },
      'a',
      'expected no fewer than 2 characters, found "a"',
      '期望不少于 2 个字符，实际 "a"',
    ],
    [
      { maxLength: 1 },
      'ab',
      'expected no more than 1 character, found "ab"',
      '期望不多于 1 个字符，实际 "ab"',
    ],
    [{ minProperties: 1 }, {}, 'expected no fewer than 1 property, found {}', '期望不少于 1 个字段，实际 {}'],
    [
      { maxProperties: 0 },
      { a: 1 },
      'expected no more than 0 properties, found {"a":1}',
      '期望不多于 0 个字段，实际 {"a":1}',
    ],
    [
      { uniqueItems: true },
      [1, 1],
      'expected no duplicate items (items 0 and 1 are identical), found [1,1]',
      '期望没有重复项（下标 0 和 1 的两项相同），实际 [1,1]',
    ],
    [
      { contains: { const: 1 } },
      [2],
      'expected at least 1 item that is as documented, found [2]',
      '期望至少 1 项符合文档的约定，实际 [2]',
    ],
    [
      { contains: { const: 1 }, maxContains: 1 },
      [1, 1],
      'expected 1 to 1 items that are as documented, found [1,1]',
      '期望有 1 至 1 项符合文档的约定，实际 [1,1]',
    ],
    [
      { not: { const: 1 } },
      1,
      'expected not what the document rules out, found 1',
      '期望不属于文档排除的情形，实际 1',
    ],
    [
      { propertyNames: false },
      { a: 1 },
      'expected no property of the name "a", found {"a":1}',
      '期望没有名为“a”的字段，实际 {"a":1}',
    ],
    [
      { unevaluatedItems: false },
      [1],
      'expected no more than 0 items, found [1]',
      '期望不多于 0 项，实际 [1]',
    ],
    [{ properties: { a: false } }, { a: 1 }, 'expected nothing here, found 1', '期望此处没有内容，实际 1'],
  ])('of %j is said in both languages', (schema, body, english, chinese) => {
    const found = new SchemaJudge().judge(body, schema, check());
    const last = found.at(-1)?.message ?? '';
    const said = [inEnglish(last), inLanguage(last, 'zh')].map((text) =>
      text.replace(/^[^:：]*(?:: |：)/, ''),
    );
    expect(said).toEqual([english, chinese]);
  });

  it('that is the same in many places is one', () => {
    const body = { items: Array.from({ length: 37 }, (_, i) => ({ id: i % 2 === 0 ? 'x' : i })) };
    const schema = { properties: { items: { items: { properties: { id: { type: 'integer' } } } } } };
    expect(violations(body, schema)).toEqual([
      'error /items/0/id: expected integer, found "x" (string) (in 19 places)',
    ]);
  });

  it('is one of at most twenty', () => {
    const required = Array.from({ length: 50 }, (_, i) => `p${i}`);
    expect(violations({}, { required })).toHaveLength(20);
  });

  it('behind a reference of an alternative does not drown the fact that none fits', () => {
    const schemas = {
      '#/A': { type: 'object', required: ['a'] },
      '#/B': { type: 'object', required: ['b'] },
    };
    const schema = {
      properties: { x: { anyOf: [{ $ref: '#/A' }, { $ref: '#/B' }] }, y: { type: 'string' } },
    };
    expect(violations({ x: {}, y: 1 }, schema, '2020-12', schemas)).toEqual([
      'error /x: expected one of the documented alternatives, found {}',
      'error /y: expected string, found 1 (number)',
    ]);
  });
});

describe('a dialect', () => {
  it.each<[string, SchemaDialect, Json, JsonSchema, readonly string[]]>([
    ['nullable takes null', 'openapi-3.0', null, { type: 'string', nullable: true }, []],
    [
      'nullable shows what else is wrong',
      'openapi-3.0',
      1,
      { type: 'string', nullable: true },
      ['error the body: expected string, found 1 (number)'],
    ],
    ['x-nullable takes null', 'swagger-2.0', null, { enum: ['a'], 'x-nullable': true }, []],
    [
      'a flag makes a bound exclusive',
      'openapi-3.0',
      0,
      { minimum: 0, exclusiveMinimum: true },
      ['warning the body: expected > 0, found 0'],
    ],
    [
      'a flag makes the upper bound exclusive',
      'draft-04',
      9,
      { maximum: 9, exclusiveMaximum: true },
      ['warning the body: expected < 9, found 9'],
    ],
    ['a flag without a bound is nothing', 'draft-04', 9, { exclusiveMaximum: true }, []],
    [
      'a number is the bound itself',
      '2020-12',
      0,
      { exclusiveMinimum: 0 },
      ['warning the body: expected > 0, found 0'],
    ],
    [
      'a list of items is a tuple',
      'draft-07',
      [1, 'x'],
      { items: [{ type: 'integer' }], additionalItems: { type: 'integer' } },
      ['error /1: expected integer, found "x" (string)'],
    ],
    [
      'what is write-only is not in answers',
      'openapi-3.0',
      {},
      { required: ['password'], properties: { password: { type: 'string', writeOnly: true } } },
      [],
    ],
    [
      'a list of values with the type null takes null',
      '2020-12',
      [null, 'c'],
      { items: { type: ['string', 'null'], enum: ['a', 'b'] } },
      ['warning /1: expected one of ["a","b",null], found "c"'],
    ],
    ['a file is anything', 'swagger-2.0', 'x', { type: 'file' }, []],
    ['an address is one', '2020-12', '10.0.0.8', { type: 'string', format: 'ipv4' }, []],
    [
      'an address is no name',
      '2020-12',
      '10.0.0.256',
      { type: 'string', format: 'ipv4' },
      ['warning the body: expected format ipv4, found "10.0.0.256"'],
    ],
    [
      'a reference may be in Chinese',
      '2020-12',
      '文件/报告.pdf#页',
      { type: 'string', format: 'uri-reference' },
      [],
    ],
    ['a password is any text', '2020-12', '***', { type: 'string', format: 'password' }, []],
    ['a file in a text is any text', '2020-12', '\u0000é', { type: 'string', format: 'binary' }, []],
    ['one unknown type spoils the list', '2020-12', 1, { type: ['string', 'money'] }, []],
    [
      'a choice that is ambiguous is met',
      'openapi-3.0',
      1,
      { oneOf: [{ type: 'integer' }, { type: 'number' }] },
      [],
    ],
    [
      'both kinds of choice are to be met',
      '2020-12',
      1,
      { oneOf: [{ type: 'integer' }], anyOf: [{ type: 'string' }] },
      ['error the body: expected one of the documented alternatives, found 1'],
    ],
    [
      'a format does not decide a choice',
      '2020-12',
      'x',
      { anyOf: [{ type: 'string', format: 'date' }, { type: 'null' }] },
      [],
    ],
    ['an unknown format is nothing', '2020-12', 'x', { format: 'phone-cn' }, []],
    [
      'if and else hold',
      '2020-12',
      { c: 1 },
      { if: { required: ['a'] }, else: { required: ['b'] } },
      ['error the body: expected property "b", found none'],
    ],
  ])('%s (%s)', (_, dialect, body, schema, expected) => {
    expect(violations(body, schema, dialect)).toEqual(expected);
  });

  it('finds a write-only property wherever it is described', () => {
    const schemas = {
      '#/Secret': { type: 'string', writeOnly: true },
      '#/Login': { properties: { password: { $ref: '#/Secret' }, token: { writeOnly: true }, name: {} } },
    };
    const schema = { allOf: [{ $ref: '#/Login' }], required: ['password', 'token', 'name'] };
    expect(violations({}, schema, 'openapi-3.0', schemas)).toEqual([
      'error the body: expected property "name", found none',
    ]);
  });

  const secret = { properties: { password: { type: 'string', writeOnly: true } } } as const;
  const demanding = {
    '#/Demanding': { required: ['id', 'password'], properties: { id: {}, password: {} } },
    '#/Secret': secret,
  };

  it.each<[string, JsonSchema]>([
    ['beside the part that requires it', { allOf: [{ $ref: '#/Demanding' }, secret] }],
    ['beside a part that is written there', { allOf: [{ required: ['id', 'password'] }, secret] }],
    ['beside a reference', { $ref: '#/Demanding', ...secret }],
    ['above', { ...secret, allOf: [{ allOf: [{ $ref: '#/Demanding' }] }] }],
    [
      'behind a choice of references',
      { allOf: [{ $ref: '#/Demanding' }, { anyOf: [{ $ref: '#/Secret' }, { $ref: '#/Secret' }] }] },
    ],
  ])('misses no property that is write-only %s', (_, schema) => {
    const missing = ['error the body: expected property "id", found none'];
    expect(violations({}, schema, '2020-12', demanding)).toEqual(missing);
    expect(violations({ id: 1 }, schema, '2020-12', demanding)).toEqual([]);
    const wrapped = { properties: { data: { type: 'array', items: schema } } } as const;
    expect(violations({ data: [{ id: 1 }] }, wrapped, '2020-12', demanding)).toEqual([]);
  });

  it.each<[string, JsonSchema]>([
    ['above alternatives that require it', { ...secret, anyOf: [{ required: ['password'] }] }],
    ['beside them', { allOf: [secret], oneOf: [{ required: ['password'] }, { required: ['code'] }] }],
    ['beside references to them', { allOf: [secret], oneOf: [{ $ref: '#/Demanding' }] }],
  ])('takes no alternative for missing that wants what is write-only %s', (_, schema) => {
    expect(violations({ id: 1 }, schema, '2020-12', demanding)).toEqual([]);
    expect(violations({ data: { id: 1 } }, { properties: { data: schema } }, '2020-12', demanding)).toEqual(
      [],
    );
  });

  it.each<[Json, JsonSchema, string | undefined]>([
    [
      { bark: 'loud', id: 1 },
      { oneOf: [{ $ref: '#/Cat' }, { $ref: '#/Dog' }] },
      'Dog comes nearest: /bark: expected boolean, found "loud" (string)',
    ],
    [
      { meow: 'x' },
      { anyOf: [{ $ref: '#/Dog' }, { $ref: '#/Cat' }] },
      'Cat comes nearest: /meow: expected boolean, found "x" (string)',
    ],
    [
      { id: 1 },
      { oneOf: [{ type: 'string' }, { required: ['a', 'b', 'c'] }] },
      'alternative 2 comes nearest: the body: expected property "a", found none, the body: expected property "b", found none (+1 more)',
    ],
    [7, { oneOf: [{ type: 'string' }, { $ref: '#/Dog' }] }, undefined],
  ])('says of %j which alternative comes nearest', (body, schema, nearest) => {
    const schemas: SchemaPool = {
      '#/Cat': { type: 'object', required: ['meow'], properties: { meow: { type: 'boolean' } } },
      '#/Dog': {
        type: 'object',
        required: ['bark', 'id'],
        properties: { bark: { type: 'boolean' }, id: { type: 'integer' } },
      },
    };
    const fact = `error the body: expected one of the documented alternatives, found ${JSON.stringify(body)}`;
    const said = nearest === undefined ? fact : `${fact}; ${nearest}`;
    expect(violations(body, schema, 'openapi-3.0', schemas)).toEqual([said]);
    const inside = violations(
      { rows: [body] },
      { properties: { rows: { items: schema } } },
      'openapi-3.0',
      schemas,
    );
    const placed = said.replaceAll('the body', '/rows/0').replace(/ \/(?=bark|meow)/, ' /rows/0/');
    expect(inside).toEqual([placed]);
  });

  it.each<[JsonSchema, readonly string[]]>([
    [{ type: 'integer', format: 'date-time' }, []],
    [
      { type: 'string', format: 'date-time' },
      ['error /at: expected string, found 1700000000000 (number), a time in epoch numbers'],
    ],
    [{ type: 'string' }, ['error /at: expected string, found 1700000000000 (number)']],
  ])('says of a time that is a number what it is where %j is documented', (at, expected) => {
    expect(violations({ at: 1_700_000_000_000 }, { properties: { at } })).toEqual(expected);
  });

  it('up to OpenAPI 3.0 lets a reference stand alone, later not', () => {
    const schemas = { '#/A': { type: 'object' } };
    const schema = { $ref: '#/A', required: ['a'] };
    expect(violations({}, schema, 'openapi-3.0', schemas)).toEqual([]);
    expect(violations({}, schema, '2020-12', schemas)).toEqual([
      'error the body: expected property "a", found none',
    ]);
    expect(violations(null, { $ref: '#/A', nullable: true }, 'openapi-3.0', schemas)).toEqual([]);
  });
});

describe('a schema that is not as it should be', () => {
  it.each<[string, JsonSchema]>([
    ['required as a flag', { required: true }],
    ['an enum that is a text', { enum: 'a,b' }],
    ['bounds as texts', { minimum: '7', maxLength: -1, multipleOf: 0 }],
    ['subschemas that are none', { properties: { a: 'string' }, allOf: 'x', items: 7, anyOf: [] }],
    ['names that are numbers', { required: [1] }],
    [
      'a property called __proto__',
      JSON.parse('{"properties":{"__proto__":{"type":"string"}}}') as JsonSchema,
    ],
    ['a reference to nowhere', { $ref: '#/nowhere' }],
    ['a pattern that cannot be read', { type: 'string', pattern: '(?<!x' }],
    ['a pattern that would take for ever', { pattern: '^(a+)+$' }],
  ])('accepts what it may: %s', (_, schema) => {
    const text = 'a'.repeat(40);
    expect(violations(text, schema)).toEqual([]);
  });

  it.each<[JsonSchema, Json, readonly string[]]>([
    [true, 1, []],
    [false, 1, ['info the schema was not checked: the document allows no body at all']],
    [{ properties: { a: false } }, { a: 1 }, ['error /a: expected nothing here, found 1']],
  ])('%j', (schema, body, expected) => {
    expect(violations(body, schema)).toEqual(expected);
  });

  it('bounds what a hostile pattern may cost', () => {
    expect(violations(`${'a'.repeat(5000)}!`, { pattern: '^(a|a)*$' })).toHaveLength(1);
  });

  it('may refer to itself and be as deep as it likes', () => {
    const schemas: SchemaPool = {
      '#/Node': { type: 'object', properties: { next: { $ref: '#/Node' }, value: { type: 'integer' } } },
    };
    expect(violations({ next: { next: { value: 'x' } } }, { $ref: '#/Node' }, '2020-12', schemas)).toEqual([
      'error /next/next/value: expected integer, found "x" (string)',
    ]);
    let deep: JsonSchema = { type: 'string' };
    for (let level = 0; level < 3000; level++) deep = { items: deep };
    expect(violations([[['x']]], deep)).toEqual([]);
  });
});

describe('a judge', () => {
  const order = { type: 'object', properties: { id: { type: 'integer' } } };

  it('compiles a definition once, for all operations and for a document that was read again unchanged', () => {
    let reads = 0;
    const pool = (): SchemaPool => ({
      get '#/Order'() {
        reads++;
        return order;
      },
    });
    const judge = new SchemaJudge();
    const schemas = pool();
    for (const name of ['a', 'b', 'a']) {
      const schema = { properties: { [name]: { $ref: '#/Order' } } };
      expect(judge.judge({ [name]: { id: 'x' } }, schema, check({ schemas }))).toHaveLength(1);
    }
    const afterFirst = reads;
    judge.judge({}, { properties: { a: { $ref: '#/Order' } } }, check({ schemas: pool() }));
    expect(reads - afterFirst).toBe(1);
  });

  it('compiles anew when the document has changed', () => {
    const judge = new SchemaJudge();
    const before = check({ schemas: { '#/Order': order } });
    const after = check({
      schemas: { '#/Order': { type: 'object', properties: { id: { type: 'string' } } } },
    });
    expect(judge.judge({ id: 'x' }, { $ref: '#/Order' }, before)).toHaveLength(1);
    expect(judge.judge({ id: 'x' }, { $ref: '#/Order' }, after)).toHaveLength(0);
  });
});

describe('a definition that leads back to itself in place', () => {
  const ref = (name: string): JsonSchema => ({ $ref: `#/${name}` });
  const body = { id: 1, t: 'B', b: 2 };
  const thenItself = JSON.parse('{"if":{"type":"object"},"then":{"$ref":"#/A"},"else":false}') as JsonSchema;
  const b: JsonSchema = { type: 'object', properties: { b: { type: 'integer' } } };

  it.each<[string, SchemaPool]>([
    ['is itself', { '#/A': ref('A') }],
    ['is another one that is it', { '#/A': ref('B'), '#/B': ref('A') }],
    ['all of itself', { '#/A': { properties: { id: { type: 'integer' } }, allOf: [ref('A')] } }],
    ['all of each other', { '#/A': { allOf: [ref('B')] }, '#/B': { allOf: [ref('A')] } }],
    ['one of its children', { '#/A': { oneOf: [ref('B')] }, '#/B': { allOf: [ref('A'), b] } }],
    ['any of several', { '#/A': { anyOf: [ref('A'), { type: 'null' }] } }],
    ['not itself', { '#/A': { not: ref('A') } }],
    ['not what is not it', { '#/A': { not: ref('B') }, '#/B': { not: ref('A') } }],
    ['if it is, something else', { '#/A': { if: ref('A'), else: false } }],
    ['then itself', { '#/A': thenItself }],
    ['dependent on a property', { '#/A': { dependentSchemas: { id: ref('A') } } }],
    ['nullable', { '#/A': { nullable: true, allOf: [ref('A')] } }],
  ])('%s: is cut and finds nothing', (_, pool) => {
    expect(violations(body, ref('A'), '2020-12', pool)).toEqual([]);
    expect(violations(body, { allOf: [ref('A')] }, '2020-12', pool)).toEqual([]);
    expect(violations([body], { items: ref('A') }, '2020-12', pool)).toEqual([]);
  });

  it('still finds what is wrong besides', () => {
    const pool: SchemaPool = {
      '#/Parent': {
        required: ['t'],
        properties: { t: { type: 'string' }, child: ref('Parent') },
        anyOf: [ref('Child'), ref('Other')],
      },
      '#/Child': { allOf: [ref('Parent'), b] },
      '#/Other': { allOf: [ref('Parent'), { required: ['other'] }] },
    };
    expect(violations({ t: 1, b: 2 }, ref('Child'), '2020-12', pool)).toEqual([
      'error /t: expected string, found 1 (number)',
    ]);
    expect(violations({ t: 'B', b: 2, child: { b: 1 } }, ref('Parent'), '2020-12', pool)).toContain(
      'error /child: expected property "t", found none',
    );
  });

  it('of many children is judged without going through all their combinations', () => {
    const names = Array.from({ length: 20 }, (__, index) => `C${index}`);
    const pool: SchemaPool = Object.fromEntries([
      ['#/P', { anyOf: names.map(ref) }],
      ...names.map((name) => [
        `#/${name}`,
        { allOf: names.map(ref), properties: { id: { type: 'string' } } },
      ]),
    ]);
    expect(violations(body, ref('P'), '2020-12', pool)).not.toEqual([]);
  });

  it('and chains of definitions that no stack can hold are left out', () => {
    const links = Array.from({ length: 15_000 }, (__, index) => [
      `#/L${index}`,
      { allOf: [ref(`L${index + 1}`)], minimum: 1 },
    ]);
    expect(violations(body, ref('L0'), '2020-12', Object.fromEntries(links))).toEqual([
      'info the schema was not checked: it is nested too deep to be judged',
    ]);
  });
});
