import { describe, expect, test } from 'vitest';
import { limits } from '../limits.ts';
import { parseData } from './parse.ts';

describe('text as data', () => {
  test.each([
    ['JSON', '{"a": [1, true, null]}', { a: [1, true, null] }],
    ['an array', ' [1, 2]', [1, 2]],
    ['JSON with trailing commas and unquoted keys', '{a: 1, "b": [1, 2,],}', { a: 1, b: [1, 2] }],
    ['JSON with # comments', '{\n  # the version\n  "a": 1\n}', { a: 1 }],
    ['YAML', 'a:\n  - 1\n  - two', { a: [1, 'two'] }],
    ['YAML after comments and directives', '%YAML 1.2\n---\n# hello\na: 1', { a: 1 }],
    ['a YAML list', '- a: 1', [{ a: 1 }]],
    [
      'keys as they are written',
      '200: a\n1.0: b\non: c\n? null\n: d',
      { 200: 'a', '1.0': 'b', on: 'c', null: 'd' },
    ],
    ['dates as texts', 'a: 2024-01-01', { a: '2024-01-01' }],
    ['numbers that JSON lacks as null', 'a: .nan\nb: .inf', { a: null, b: null }],
    ['aliases', 'a: &x\n  b: 1\nc: *x', { a: { b: 1 }, c: { b: 1 } }],
    ['a later anchor of the same name', 'a: &x 1\nb: &x 2\nc: *x', { a: 1, b: 2, c: 2 }],
    [
      'merge keys, own members first',
      'a: &x {p: 1, q: 2}\nb:\n  <<: *x\n  q: 3',
      { a: { p: 1, q: 2 }, b: { p: 1, q: 3 } },
    ],
    [
      'merge keys after own members',
      'a: &x {p: 1}\nb:\n  p: 3\n  <<: [*x, {z: 4}, 5]',
      { a: { p: 1 }, b: { p: 3, z: 4 } },
    ],
    ['empty values', 'a:\nb: ~', { a: null, b: null }],
    [
      'a flow mapping closed at the indentation of its parent',
      'a:\n  b: {\n    "c": 1\n  }\n  d: [\n    1\n  ]',
      { a: { b: { c: 1 }, d: [1] } },
    ],
  ])('reads %s', (_, text, value) => {
    expect(parseData(text)).toEqual({ kind: 'data', value, flaws: [] });
  });

  test('keeps a member called __proto__ an ordinary member', () => {
    for (const text of ['{"__proto__": {"polluted": 1}}', '__proto__:\n  polluted: 1']) {
      const parsed = parseData(text);
      expect(JSON.stringify(parsed)).toContain('"__proto__":{"polluted":1}');
      expect(parsed.kind === 'data' && Object.getPrototypeOf(parsed.value)).toBe(Object.prototype);
    }
  });

  test.each([
    ['nothing', ''],
    ['prose', 'Hello world'],
    ['Markdown', '# Orders\n\nGET /orders returns all orders.'],
    ['Markdown with front matter', '---\ntitle: Orders\n---\n\n# Orders\n\nAll of them.'],
    ['a page', '<!doctype html><html></html>'],
    ['comments alone', '# one\n# two'],
    ['a request file', '### list\nGET https://example.com/a'],
  ])('leaves %s alone', (_, text) => {
    expect(parseData(text)).toEqual({ kind: 'text' });
  });

  test('overlooks what does not change the meaning, and says so', () => {
    expect(parseData('a: 1\nb:\n  c: 1\n  c: 2')).toEqual({
      kind: 'data',
      value: { a: 1, b: { c: 2 } },
      flaws: [
        {
          code: 'duplicate-key',
          message: 'the key "c" stands here a second time; the last one counts',
          pointer: '/b',
          line: 4,
          column: 3,
        },
      ],
    });
    expect(parseData('a:\n\tb: 1')).toMatchObject({
      kind: 'data',
      value: { a: { b: 1 } },
      flaws: [{ code: 'yaml-tabs', line: 2 }],
    });
    expect(parseData('a: 1\n---\nb: 1')).toMatchObject({
      kind: 'data',
      value: { a: 1 },
      flaws: [{ code: 'several-documents', line: 2 }],
    });
    expect(parseData('a: *x\nb: 1')).toMatchObject({
      kind: 'data',
      value: { a: null, b: 1 },
      flaws: [{ code: 'unknown-alias', pointer: '/a', line: 1, column: 4 }],
    });
  });

  test.each([
    ['a JSON file that was cut off', '{\n  "a": 1,\n  "b": [1', { code: 'json-syntax', line: 3, column: 10 }],
    [
      'a JSON file with a slip',
      '{\n  "a" 1\n}',
      {
        code: 'json-syntax',
        message: "is not valid JSON: Expected ':' after property name",
        line: 2,
        column: 7,
      },
    ],
    ['an open quote', 'a: "x\nb: 1', { code: 'yaml-syntax', line: 1 }],
    ['a merge conflict', 'a: 1\n<<<<<<< HEAD\nb: 1\n=======\nb: 2\n>>>>>>> x', { code: 'yaml-syntax' }],
    ['an alias inside its own anchor', 'a: &x\n  b: *x', { code: 'cyclic-alias', pointer: '/a/b' }],
  ])('refuses %s with its place', (_, text, flaw) => {
    expect(parseData(text)).toMatchObject({ kind: 'broken', flaw });
  });

  test('refuses a bomb of aliases without building it', () => {
    const levels = Array.from({ length: 9 }, (_, n) =>
      n === 0
        ? 'l0: &l0 [x,x,x,x,x,x,x,x,x]'
        : `l${n}: &l${n} [${Array(9)
            .fill(`*l${n - 1}`)
            .join(',')}]`,
    );
    expect(parseData(levels.join('\n'))).toMatchObject({
      kind: 'broken',
      flaw: {
        code: 'too-many-aliases',
        message: 'its YAML aliases stand for more than the limit of 200000 nodes',
      },
    });
  });

  test.each([
    ['JSON', `${'{"a":'.repeat(1000)}1${'}'.repeat(1000)}`],
    ['JSON arrays', `${'['.repeat(100_000)}${']'.repeat(100_000)}`],
    ['YAML', Array.from({ length: 1000 }, (_, n) => `${' '.repeat(n)}a:`).join('\n')],
    ['YAML flow', `a: ${'['.repeat(20_000)}`],
  ])('refuses %s that is nested too deep', (_, text) => {
    expect(parseData(text)).toMatchObject({
      kind: 'broken',
      flaw: { code: 'nested-too-deep', message: `is nested deeper than the limit of ${limits.depth} levels` },
    });
  });

  test('refuses YAML that is too large for its parser', () => {
    expect(parseData(`a: ${'x'.repeat(limits.yamlBytes)}`)).toMatchObject({
      kind: 'broken',
      flaw: { code: 'yaml-too-large' },
    });
  });
});

test.each([
  ['a badge', '[![Build](https://ci.test/x.svg)](https://ci.test)\n\n# Orders API\n'],
  ['a link', '[Deutsch](README.de.md)\n\n# Orders API\n'],
  ['metadata, a heading and a list', '---\norder: 12\n---\n\n# Orders\n\n- by number\n'],
  ['headings and items', '#### 工具 (`tool`)\n- **Test** - [x\n\n### 规范\n- **路径：** `/a/*`\n'],
  ['a heading and a list', '# Orders\n\n## Calls\n- Add:\n  - Method: POST /orders\n'],
  ['words with a colon', 'Known collections:\n  they are [as follows\nand so on\nfor a while\n'],
])('a text that begins with %s is no broken data', (_, text) => {
  expect(parseData(text)).toEqual({ kind: 'text' });
});

test.each([
  [
    'the document',
    'window.onload = function() {\n var options = {\n "swaggerDoc": {"a": "}\\"{"},\n "x": 1 };\n}',
    { kind: 'data', value: { a: '}"{' }, flaws: [] },
  ],
  [
    'one without an end',
    'window.onload = function() {\n var options = {\n "swaggerDoc": {"a": ',
    { kind: 'text' },
  ],
  ['none', 'window.onload = function() { start(); }', { kind: 'text' }],
])('a settings script of Swagger UI with %s', (_, text, parsed) => {
  expect(parseData(text)).toEqual(parsed);
});
