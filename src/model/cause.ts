/** What an incident is pinned to, most general first. */
export type CauseLevel = 'self' | 'origin' | 'gateway' | 'credential' | 'document' | 'service' | 'operation';

export interface Cause {
  readonly level: CauseLevel;
  /** The origin, the credential's name, the document's id, the check's id … */
  readonly subject: string;
}
