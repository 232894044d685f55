import type { LiveEvent } from '../api/overview.ts';
import type { Patrol } from '../port.ts';
import type { Concerns, LiveState } from './live-state.ts';

/** What somebody does on the page of one node changes what those of the others show. */
const shared: ReadonlySet<LiveEvent['kind']> = new Set([
  'incidents',
  'silences',
  'operations',
  'channels',
  'status-page',
]);

/** Tells the other nodes what is done here, and those who look on here what is done there. Of what is patrolled they hear otherwise. */
export function relayEvents(board: LiveState, relay: NonNullable<Patrol['relay']>): void {
  let isRelayed = false;
  board.listen((event, concerns) => {
    if (!isRelayed && !board.isObserving && shared.has(event.kind)) relay.tell(event, concerns);
  });
  relay.listen((event, concerns) => {
    isRelayed = true;
    // A node of the same version has made them of these.
    board.tell(event as LiveEvent, concerns as Concerns);
    isRelayed = false;
  });
}
