import type { Incident } from '../../model/incident.ts';
import { compose } from '../../notify/messages/compose.ts';
import type { ServerContext } from '../context.ts';

/** Tells those who have heard of an incident, once, that somebody looks after it: nobody else need get up. */
export async function tellTaken(
  { patrol, clock }: Pick<ServerContext, 'patrol' | 'clock'>,
  incident: Incident,
  { by, note }: { readonly by: string; readonly note?: string | undefined },
): Promise<void> {
  const { routes, channels, calendar } = patrol.config.settings;
  const to = (incident.heardBy ?? []).map(({ channel }) => channel);
  if (to.length === 0) return;
  const at = clock.now();
  const messages = compose({
    transitions: [],
    followUps: [{ kind: 'acknowledged', at, incident, to, by, ...(note === undefined ? {} : { note }) }],
    routes,
    channels: Object.keys(channels),
    calendar,
    cycleId: 0,
    at,
    totals: () => ({ failing: 0, checks: 0 }),
  });
  await patrol.store.outbox.tell([], messages);
  patrol.sender.wake();
}
