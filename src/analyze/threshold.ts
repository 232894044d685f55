import type { Evidence, RootThreshold } from './analysis.ts';

export function isOver(count: number, of: number, { minChecks, share }: RootThreshold): boolean {
  return count >= Math.max(minChecks, of * share);
}

export function isStillOver(count: number, of: number, { share }: RootThreshold): boolean {
  return count > 0 && count >= (of * share) / 2;
}

export function isOpen({ open }: Evidence, fingerprint: string): boolean {
  return open.some((incident) => incident.fingerprint === fingerprint);
}
