import type { RootThreshold } from './analysis.ts';

export function isOver(count: number, of: number, { minChecks, share }: RootThreshold): boolean {
  return count >= Math.max(minChecks, of * share);
}

export function isStillOver(count: number, of: number, { share }: RootThreshold): boolean {
  return count > 0 && count >= (of * share) / 2;
}
