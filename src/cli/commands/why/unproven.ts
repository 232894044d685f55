import type { Result } from '../../../model/result.ts';

/**
 * Which sentence says of the newest result why nobody is alarmed; `undefined`: it is no such result.
 *
 * @param results Those that are shown, the newest one first.
 */
export function ofUnproven(
  results: readonly Pick<Result, 'verdict' | 'reason'>[],
): 'why.neverPassed' | 'why.passedOtherwise' | undefined {
  if (results[0]?.reason.code !== 'never-passed') return undefined;
  const hasPassed = results.some(({ verdict }) => verdict === 'pass' || verdict === 'degraded');
  return hasPassed ? 'why.passedOtherwise' : 'why.neverPassed';
}
