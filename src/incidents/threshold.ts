import type { RootThreshold } from './analysis.ts';

export function isOver(count: number, of: number, { minChecks, share }: RootThreshold): boolean {
  return count >= Math.max(minChecks, of * share);
}

export function isStillOver(count: number, of: number, { share, keeps = 1 }: RootThreshold): boolean {
  return count >= Math.max(keeps, (of * share) / 2);
}
