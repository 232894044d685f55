import { expect, it } from 'vitest';
import { beginningOf } from './text.ts';

it('the beginning of a description keeps what a heading is about apart from it', () => {
  expect(beginningOf('Returns stuff.\n\n# Effects\nDeletes the user.\n#1 of many')).toBe(
    'Returns stuff.; Effects; Deletes the user.; 1 of many',
  );
});
