import type { Incident } from '../../../src/server/api/incidents.ts';
import type { Translate } from '../i18n/translate.ts';

/** `12 of 30 operations`: the least that it may be where not all have been heard of. */
export function membersText({ count, of, heard = of }: Incident['members'], t: Translate): string {
  return t(heard < of ? 'incident.members.least' : 'incident.members', { count, of });
}
