import { expect, test } from 'vitest';
import { parseDocument, Scalar } from 'yaml';
import { numberOrText } from './exact-json.ts';

test.each([
  ['1', 1],
  ['-7', -7],
  ['1.10', 1.1],
  ['1e3', 1000],
  ['0', 0],
  ['0.5', 0.5],
  ['01234', '01234'],
  ['+8613800000000', '+8613800000000'],
  ['0x1F', '0x1F'],
  ['0o17', '0o17'],
  ['1775389422113955841', '1775389422113955841'],
  ['5e12345', '5e12345'],
  ['.inf', null],
  ['.nan', null],
])('%s', (source, expected) => {
  const { contents } = parseDocument(source);
  if (!(contents instanceof Scalar) || typeof contents.value !== 'number') throw new Error('no number');
  expect(numberOrText(source, contents.value)).toBe(expected);
});
