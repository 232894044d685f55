import fc from 'fast-check';
import { expect, test } from 'vitest';
import { parseLenient } from './lenient-json.ts';

test.each([
  ['{"a": 1}', { a: 1 }, true],
  ['{"a": 1, // one\n "b": 2, /* two */ "c": 3 # three\n}', { a: 1, b: 2, c: 3 }, true],
  ['{a: \'x\', b: "y",}', { a: 'x', b: 'y' }, true],
  ['｛“a”：“中文”，“b”：［］｝'.replace('［］', '【】'), { a: '中文', b: [] }, true],
  ['{"a": 1\n "b": 2\n}', { a: 1, b: 2 }, true],
  ['{"a": "x\\n\\u4e2d\\"", "b": True, "c": None}', { a: 'x\n中"', b: true, c: null }, true],
  ['{"list": [{"id": 1}, ...], ... }', { list: [{ id: 1 }] }, false],
  ['{"id": {{id}}, "n": <number>, "s": string}', { id: null, n: null, s: null }, false],
  ['{"a": }', { a: null }, false],
  ['[1, 2.5, -3e2,, "x"]', [1, 2.5, -300, 'x'], true],
  ['{"a": 007}', { a: null }, false],
  ['{"__proto__": {"a": 1}}', JSON.parse('{"__proto__": {"a": 1}}'), true],
])('%s', (text, value, exact) => {
  expect(parseLenient(text)).toEqual({ value, exact });
});

test.each([
  '',
  'hello',
  '{"a": 1',
  '{"a" 1}',
  '[1',
  '{"a": "x}',
  '{,}x',
  '{"a": 1} and more',
  '[}',
  '{1: 2}',
])('%j is not JSON', (text) => {
  expect(parseLenient(text)).toBeUndefined();
});

test('nesting without end is refused, not followed', () => {
  expect(parseLenient(`[${'['.repeat(100_000)}`)).toBeUndefined();
  expect(parseLenient(`// x\n${'{"a":'.repeat(10_000)}`)).toBeUndefined();
});

test('whatever it is given, it answers', () => {
  const piece = fc.constantFrom(
    '{',
    '}',
    '[',
    ']',
    '"',
    "'",
    ',',
    ':',
    '//',
    '/*',
    '...',
    '{{',
    '}}',
    '<',
    '>',
    'a',
    '1',
    '\n',
    '\\',
    '，',
    '“',
  );
  fc.assert(
    fc.property(fc.array(piece, { maxLength: 60 }), (pieces) => {
      parseLenient(pieces.join(''));
    }),
    { numRuns: 3000 },
  );
});
