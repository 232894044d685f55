import { describe, expect, it } from 'vitest';
import { isDeeper } from './answer.ts';

describe('how deep a text is nested', () => {
  it.each<[string, string, boolean]>([
    ['lists', '[[[[[]]]]]', true],
    ['as deep as allowed', `[[[ ${' '.repeat(9)} ]]]`, false],
    ['objects', '{"a":{"a":{"a":{"a":1}}}}', true],
    ['many side by side', '[[],[],[],[],[],[]]', false],
    ['brackets inside of a text', '["[[[[[[", "\\"[[[[[", "\\\\", []]', false],
    ['behind a text that ends in a backslash', '["\\\\",[[[[]]]]]', true],
    ['a text that never ends', '["[[[[[[[[', false],
  ])('%s', (_, text, deeper) => {
    expect(isDeeper(text, 3)).toBe(deeper);
  });
});
