import { expect, it } from 'vitest';
import type { ReasonCode, Result, Verdict } from '../../model/result.ts';
import { combine, failsOnlyAt } from './combine.ts';

/**
 * `p20`: it has passed in 20 ms; of other verdicts the first letter. `o`: not called, because its host is down; `n`: nobody
 * is at work; `s`: the location's own network is at fault; `c`: another failure than `f`.
 */
function resultOf(text: string): Result {
  const verdicts: Readonly<Record<string, Verdict>> = {
    p: 'pass',
    d: 'degraded',
    f: 'fail',
    c: 'fail',
    b: 'blocked',
    u: 'unknown',
  };
  const codes: Readonly<Record<string, ReasonCode>> = {
    p: 'none',
    o: 'origin-down',
    n: 'location',
    s: 'self',
    c: 'connect-refused',
  };
  const verdict = verdicts[text.charAt(0)] ?? 'unknown';
  return {
    checkId: 'c',
    at: 1,
    verdict,
    reason: { code: codes[text.charAt(0)] ?? 'status', message: text },
    bytes: 0,
    phases: { totalMs: Number(text.slice(1)) },
    attempts: 1,
    findings: [],
  };
}

const names = ['shanghai', 'beijing', 'shenzhen', 'chengdu'];

function combined(found: string, quorum?: number): string {
  const votes = found.split(' ').map((text, no) => ({ location: names[no] ?? '', result: resultOf(text) }));
  const result = combine(votes, quorum);
  if (result === undefined) return 'nothing';
  const { verdict, phases, reason } = result;
  return [
    verdict,
    phases.totalMs,
    ...(reason.code === 'location' || reason.code === 'origin-down' ? [reason.code] : []),
    ...failsOnlyAt(result),
  ].join(' ');
}

it.each([
  // One location speaks for itself.
  ['p20', undefined, 'pass 20'],
  ['f20', undefined, 'fail 20'],
  ['u0', undefined, 'unknown 0'],
  // Most of those with a result.
  ['f10 p20 p30', undefined, 'pass 20 shanghai'],
  ['f10 f20 p30', undefined, 'fail 10'],
  ['f10 p20', undefined, 'pass 20 shanghai'],
  ['f10 f20', undefined, 'fail 10'],
  ['f10 u0 u0', undefined, 'fail 10'],
  ['f10 p20 u0', undefined, 'pass 20 shanghai'],
  ['f10 f20 b0', undefined, 'fail 10'],
  ['f10 f20 p30 p40', undefined, 'pass 30 shanghai beijing'],
  // As many as are asked for.
  ['f10 p20 p30', 1, 'fail 10'],
  ['f10 f20 p30', 3, 'pass 30 shanghai beijing'],
  ['f10 f20 f30', 3, 'fail 20'],
  ['f10 f20 u0', 3, 'unknown 10 location'],
  ['f10 u0 u0', 2, 'unknown 10 location'],
  // What was not called because its host is down from there, fails from there.
  ['p20 o0 o0', 2, 'unknown 0 origin-down'],
  ['p20 f10 o0', 2, 'fail 10'],
  ['p20 o0 o0', undefined, 'unknown 0 origin-down'],
  ['p20 o0 p30', 2, 'pass 20 beijing'],
  ['o0 o0', undefined, 'unknown 0 origin-down'],
  ['o0 u0 p20 p30', undefined, 'pass 20 shanghai'],
  // A quorum is of those that can look.
  ['f10 n0', 2, 'fail 10'],
  ['f10 s0', 2, 'fail 10'],
  ['f10 f20 n0', 3, 'fail 10'],
  ['f10 p20 n0', 3, 'pass 20 shanghai'],
  ['f10 n0 u0', 2, 'unknown 10 location'],
  ['n0 n0', 2, 'unknown 0 location'],
  // What is told is the same from one cycle to the next, whoever is faster.
  ['f20 c10', undefined, 'fail 20'],
  ['f10 c20', undefined, 'fail 10'],
  ['c5 f10 f20', undefined, 'fail 10'],
  ['d90 p10', undefined, 'degraded 90'],
  ['d10 p20 p30', undefined, 'pass 20'],
  ['d10 p20 d30', undefined, 'degraded 10'],
  // Neither the nearest nor the farthest speaks for all.
  ['p10 p20 p90', undefined, 'pass 20'],
  ['p90 d10', undefined, 'degraded 10'],
  // Nobody could call it.
  ['u0 b0 u0', undefined, 'blocked 0'],
  ['u0 u0', 2, 'unknown 0'],
] as const)('%s with a quorum of %s is %s', (found, quorum, expected) => {
  expect(combined(found, quorum)).toBe(expected);
});

it('keeps what each location has found, in their order', () => {
  const votes = ['p10', 'f20'].map((text, no) => ({ location: names[no] ?? '', result: resultOf(text) }));
  expect(combine(votes)?.locations).toEqual([
    { location: 'shanghai', verdict: 'pass', code: 'none', totalMs: 10 },
    { location: 'beijing', verdict: 'fail', code: 'status', totalMs: 20, message: 'f20' },
  ]);
});
