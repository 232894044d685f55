import { expect, it } from 'vitest';
import { formatProblem } from './in-language.ts';

it.each([
  [
    {
      level: 'error',
      code: 'unknown-key',
      message: 'unknown key "intervall"',
      file: 'apipatrol.yaml',
      line: 3,
      column: 1,
      pointer: 'intervall',
      hint: 'did you mean "interval"?',
    } as const,
    'apipatrol.yaml:3:1 intervall: unknown key "intervall"\n  → did you mean "interval"?',
  ],
  [{ level: 'error', code: 'x', message: 'cannot be read' } as const, 'cannot be read'],
])('a problem says where, what and what to do', (problem, text) => {
  expect(formatProblem(problem)).toBe(text);
});
