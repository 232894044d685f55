import { expect, it } from 'vitest';
import { isCutOff } from './cut-off.ts';

it.each([
  ['{"success":true,"result":[', true],
  ['[{"a":1},', true],
  ['{"a":"b', true],
  ['{"a":"\\\\"', true],
  ['{"a":"}"', true],
  ['{"a":"\\""}', false],
  ['{"a":"["}', false],
  ['{"a":1,}', false],
  ['{a:1}\n{b:2}', false],
  ['[]', false],
  ['busy [', false],
  ['', false],
])('%s breaks off: %s', (text, expected) => {
  expect(isCutOff(text)).toBe(expected);
});
