import { expect, it } from 'vitest';
import { atOnce } from '../yielder.ts';
import { jsonText } from './json-text.ts';

it.each([
  [undefined],
  [null],
  ['a "quoted" …\n'],
  [[]],
  [{}],
  [[1, undefined, [true, null], 'x']],
  [{ a: undefined, 'b"': [{ c: 1.5 }], __proto__: 1, d: { e: {} } }],
])('%j is written as by JSON.stringify', (value) => {
  expect(atOnce(jsonText(value))).toBe(JSON.stringify(value) ?? '');
});

it('very many values are written in steps', () => {
  const value = { enum: Array.from({ length: 100_000 }, (_, n) => ({ [`p${n}`]: [n] })) };
  const steps = jsonText(value);
  let taken = 0;
  let step = steps.next();
  while (step.done !== true) {
    taken++;
    step = steps.next();
  }
  expect(step.value).toBe(JSON.stringify(value));
  expect(taken).toBeGreaterThan(100);
});
