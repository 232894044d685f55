import { expect, it } from 'vitest';
import type { Result } from '../../../model/result.ts';
import { ofUnproven } from './unproven.ts';

type Shown = Pick<Result, 'verdict' | 'reason'>;

const pass: Shown = { verdict: 'pass', reason: { code: 'none', message: '' } };
const fail: Shown = { verdict: 'fail', reason: { code: 'status', message: 'HTTP 500' } };
const unproven: Shown = { verdict: 'unknown', reason: { code: 'never-passed', message: 'HTTP 404' } };

it.each<[string, readonly Shown[], string | undefined]>([
  ['it is none', [fail, unproven], undefined],
  ['nothing is known', [], undefined],
  ['it has never passed', [unproven, unproven, fail], 'why.neverPassed'],
  ['passes are shown above', [unproven, pass, pass], 'why.passedOtherwise'],
])('of an unproven result is told what its history bears out: %s', (_, results, expected) => {
  expect(ofUnproven(results)).toBe(expected);
});
