import { expect, it } from 'vitest';
import { messageOf } from './errors.ts';

it.each([
  [new Error('outer', { cause: new Error('inner') }), 'outer: inner'],
  [new Error('failed: inner', { cause: new Error('inner') }), 'failed: inner'],
  [new TypeError(''), 'TypeError'],
  ['text', 'text'],
])('%o', (error, expected) => {
  expect(messageOf(error)).toBe(expected);
});
