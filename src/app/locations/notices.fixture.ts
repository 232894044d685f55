import { silentLogger } from '../../lib/logger.ts';
import type { Clock } from '../../lib/time/clock.ts';
import { inLanguage } from '../../messages/in-language.ts';
import type { Incident, Transition } from '../../model/incident.ts';
import type { OutboxEntry } from '../../model/message.ts';
import type { Settings } from '../../model/settings.ts';
import type { Store } from '../../store/store.ts';
import { OwnNotices } from '../daemon/own-notices.ts';

export const usualSettings = {
  services: [{ name: 'orders', locations: ['shanghai', 'beijing'] }],
  locations: { shanghai: { credentials: [] }, beijing: { credentials: [] } },
  channels: { robot: { type: 'webhook' } },
  routes: [{ match: {}, to: ['robot'] }],
  language: 'zh',
} as unknown as Settings;

/** What people are told of locations, by a store in memory; `own` are incidents that an earlier process has told. */
export function noticesInMemory(clock: Clock, settings: () => Settings, own: readonly Incident[] = []) {
  const told: string[] = [];
  const incidents: Incident[] = [];
  let messages = 0;
  const silenced = new Set<string>();
  const hushed = (): Promise<(incident: Incident) => boolean> =>
    Promise.resolve(({ services }) => services.some((service) => silenced.has(service)));
  const store = {
    ownIncidents: () => Promise.resolve(own),
    outbox: {
      tell(happened: readonly Transition[], entries: readonly OutboxEntry[]) {
        incidents.push(...happened.map(({ incident }) => incident));
        for (const { kind, incident } of happened)
          told.push(`${kind} ${incident.subjectLabel}: ${inLanguage(incident.reason.message, 'zh')}`);
        messages += entries.length;
        return Promise.resolve();
      },
    },
  } as unknown as Store;
  return {
    notices: (prefix: string): OwnNotices =>
      new OwnNotices({ prefix, store, settings, clock, log: silentLogger, hushed, wake: () => undefined }),
    /** Services of which nothing is to be told. */
    silenced,
    /** All that was told. */
    incidents: incidents as readonly Incident[],
    /** What has been told since it was last asked. */
    news: (): readonly string[] => told.splice(0),
    /** How many messages that were since. */
    messages: (): number => {
      const count = messages;
      messages = 0;
      return count;
    },
  };
}
