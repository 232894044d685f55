/** What an incident is pinned to, most general first. */
export const causeLevels = [
  'self',
  'origin',
  'gateway',
  'credential',
  'document',
  'service',
  'operation',
] as const;
export type CauseLevel = (typeof causeLevels)[number];

export interface Cause {
  readonly level: CauseLevel;
  /** The origin, the credential's name, the document's id, the check's id … */
  readonly subject: string;
}
