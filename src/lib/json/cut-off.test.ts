import { expect, it } from 'vitest';
import { isCutOff } from './cut-off.ts';

it.each([
  ['{"success":true,"result":[', true],
  ['[{"a":1},', true],
  ['{"a":"b', true],
  ['{"a":"\\\\"', true],
  ['{"a":1,"', true],
  ['{"a":1,', true],
  ['{"a', true],
  ['{"a"', true],
  ['{"a" :', true],
  ['{', true],
  ['[', true],
  ['{"a":tru', true],
  ['{"a":n', true],
  ['{"a":true', true],
  ['[1.', true],
  ['[-', true],
  ['[12', true],
  ['[1e', true],
  ['[1e+', true],
  ['{"a":"\\', true],
  ['{"a":"\\u12', true],
  ['{"a":"中\ufffd', true],
  ['{"a":{"b":[1,2]', true],
  ['{"a":1}{"b":', false],
  ['[busy', false],
  ['{"a":1]', false],
  ['{"a":trx', false],
  ['{"a" 1', false],
  ['[1,]', false],
  ['[{"a":1}]', false],
  ['[1.5e', true],
  ['[1.e', false],
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

it('knows every beginning of what servers answer', () => {
  const whole = JSON.stringify({
    code: 0,
    data: { list: [{ id: -1.5e-7, name: 'a"\\\n中', ok: true, no: false, none: null, empty: [], also: {} }] },
  });
  for (let length = 1; length < whole.length; length += 1)
    expect.soft(isCutOff(whole.slice(0, length)), whole.slice(0, length)).toBe(true);
  expect(isCutOff(whole)).toBe(false);
});

it('takes a moment for what is long', () => {
  expect(isCutOff(`["${'\\"a'.repeat(500_000)}`)).toBe(true);
  expect(isCutOff(`[${'[1],'.repeat(250_000)}`)).toBe(true);
});
