import { expect, test } from 'vitest';
import { atOnce } from '../../lib/yielder.ts';
import { same } from './finding.ts';

const parameter = { name: 'q', description: undefined, schema: { type: 'string', default: undefined } };
const stored: unknown = JSON.parse(JSON.stringify(parameter));

test.each<[string, unknown, unknown, boolean]>([
  ['as it was stored', stored, parameter, true],
  ['the other way round', parameter, stored, true],
  ['with a member more', stored, { ...parameter, description: 'what for' }, false],
  ['with another member instead', { a: 1, b: undefined }, { a: undefined, b: 1 }, false],
  ['in a list', [stored, 1], [parameter, 1], true],
  ['a list that is shorter', [1, null], [1], false],
  ['no list', [], {}, false],
  ['nothing', undefined, stored, false],
])('what is read anew is the same or not: %s', (_, before, after, expected) => {
  expect(atOnce(same(before, after))).toBe(expected);
});
