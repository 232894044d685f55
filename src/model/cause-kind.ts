import { causeLevels } from './cause.ts';
import type { Incident } from './incident.ts';
import type { ReasonCode } from './result.ts';

/** What is the matter with what is at fault: a level alone would call a host that answers slowly one that cannot be reached. */
export const causeKinds = [
  ...causeLevels,
  'certificate',
  'tls',
  'slow',
  'unsteady',
  'refused',
  'mismatch',
  'no-data',
  'budget',
] as const;
export type CauseKind = (typeof causeKinds)[number];

const ofReason: Partial<Record<ReasonCode, CauseKind>> = {
  certificate: 'certificate',
  latency: 'slow',
  slower: 'slow',
  flaky: 'unsteady',
  'no-data': 'no-data',
  budget: 'budget',
};

export function causeKindOf({
  cause: { level },
  reason: { code },
}: Pick<Incident, 'cause' | 'reason'>): CauseKind {
  if (level === 'operation' || level === 'self') return level;
  if (level === 'origin' && code === 'tls') return 'tls';
  if (level === 'credential' && (code === 'auth-rejected' || code === 'no-permission')) return 'refused';
  if (level === 'document' && code !== 'document') return 'mismatch';
  return ofReason[code] ?? level;
}
