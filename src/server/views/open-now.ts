import { type Incident, isOfLocation } from '../../model/incident.ts';
import type { Store } from '../../store/store.ts';

/**
 * What is open for whoever asks whether all is well: of what is patrolled, and of the locations from which it is. What is analysed next is the
 * former alone.
 */
export async function openNow(
  store: Pick<Store, 'openIncidents' | 'ownIncidents'>,
): Promise<readonly Incident[]> {
  const open = await store.openIncidents();
  // While the database is away what is patrolled is still known.
  const own = await store.ownIncidents().catch(() => []);
  return [...open, ...own.filter(isOfLocation)];
}
