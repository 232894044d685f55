import { expect, it } from 'vitest';
import { makeCheck } from '../../test/support/check-harness.ts';
import { promisedFor } from './expectation.ts';

it.each<[documented: readonly string[], status: number, expected: string | undefined]>([
  [['200', '2XX', 'default'], 200, '200'],
  [['200', '2xx', 'default'], 206, '2xx'],
  [['default'], 200, 'default'],
  [['default', '404'], 200, 'default'],
  [['default', '201'], 200, undefined],
  [['201', 'default'], 304, undefined],
  [['200', 'default'], 500, 'default'],
  [['200'], 404, undefined],
])('of %j, %i is promised by %s', (documented, status, expected) => {
  const promises = documented.map((one) => ({ status: one, contentTypes: [] }));
  const check = makeCheck('http://a.example', '/', { promises });
  expect(promisedFor(check, status)?.status).toBe(expected);
});
