import { saidBesideData, saidIn } from '../kit/said.ts';
import type { Result } from './result.ts';

/** What the server said where it failed, masked, on one line of at most 300 bytes. */
export function saidBy({ verdict, status = 0, evidence }: Result): string | undefined {
  if (evidence?.excerpt === undefined || verdict === 'pass' || verdict === 'degraded') return undefined;
  return status >= 400 ? saidIn(evidence.excerpt) : saidBesideData(evidence.excerpt);
}
