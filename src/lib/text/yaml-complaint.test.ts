import { expect, it } from 'vitest';
import { parseDocument } from 'yaml';
import { yamlComplaint } from './yaml-complaint.ts';

it.each([
  ['a: b: { password: c@nary }'],
  ['password: @c@nary'],
  ['password: !c@nary x'],
  ['password: "\\c@nary"'],
  ['password: |c@nary\n  x'],
  ['key: [a, c@nary: }'],
  ['{ a: b } c@nary'],
])('quotes nothing of %j', (text) => {
  const complaints = parseDocument(text, { prettyErrors: false }).errors.map(({ message }) =>
    yamlComplaint(message),
  );
  expect(complaints.join()).not.toContain('nary');
});

it('says what is wrong all the same', () => {
  const [error] = parseDocument('a: |x\n  b', { prettyErrors: false }).errors;
  expect(yamlComplaint(error?.message ?? '')).toBe('Block scalar header includes extra characters');
});
