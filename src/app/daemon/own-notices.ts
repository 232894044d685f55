import { messageOf } from '../../lib/errors.ts';
import type { Clock } from '../../lib/time/clock.ts';
import type { Logger } from '../../lib/logger.ts';
import type { Incident } from '../../model/incident.ts';
import type { Settings } from '../../model/settings.ts';
import type { Store } from '../../store/store.ts';
import { endOf, noticeTelling, ownIncident } from './notice.ts';

export interface OwnNoticesOptions {
  /** What their fingerprints begin with. */
  readonly prefix: string;
  readonly store: Pick<Store, 'ownIncidents' | 'outbox'>;
  readonly settings: () => Settings;
  readonly clock: Clock;
  readonly log: Logger;
  /** A message was put in. */
  readonly wake: () => void;
}

type Told = Pick<Parameters<typeof ownIncident>[0], 'severity' | 'verdict' | 'reason' | 'hint' | 'label'>;

/**
 * What lasts and is of the patrol's own: each is told when it begins and when it is over, once, whichever process saw it
 * begin. What could not be stored is told with the next look.
 */
export class OwnNotices {
  readonly #options: OwnNoticesOptions;
  #open: Map<string, Incident> | undefined;

  constructor(options: OwnNoticesOptions) {
    this.#options = options;
  }

  /** What follows the prefix, of those that go on. */
  async going(): Promise<readonly string[]> {
    const { prefix } = this.#options;
    return [...(await this.#known()).keys()].map((fingerprint) => fingerprint.slice(prefix.length));
  }

  async begin(name: string, told: Told, services: readonly string[] = []): Promise<void> {
    const { prefix, store, settings, clock, wake, log } = this.#options;
    const known = await this.#known();
    if (known.has(prefix + name)) return;
    const at = clock.now();
    const incident = { ...ownIncident({ ...told, about: prefix + name, at }), services };
    const opened = { kind: 'opened', at, incident } as const;
    const { messages, asHeard } = noticeTelling(opened, settings());
    await store.outbox.tell([{ ...opened, incident: asHeard(incident) }], messages);
    known.set(prefix + name, asHeard(incident));
    log.warn('people are told', { about: prefix + name });
    wake();
  }

  async end(name: string): Promise<void> {
    const { prefix, store, settings, clock, wake } = this.#options;
    const known = await this.#known();
    const incident = known.get(prefix + name);
    if (incident === undefined) return;
    const end = endOf(incident, clock.now());
    await store.outbox.tell([end], noticeTelling(end, settings()).messages);
    known.delete(prefix + name);
    wake();
  }

  /** What an earlier process has told goes on. */
  async #known(): Promise<Map<string, Incident>> {
    if (this.#open !== undefined) return this.#open;
    const { prefix, store, log } = this.#options;
    const own = await store.ownIncidents().catch((error: unknown) => {
      log.warn('what was told before is not known', { problem: messageOf(error) });
      throw error;
    });
    const mine = own.filter(({ fingerprint }) => fingerprint.startsWith(prefix));
    this.#open = new Map(mine.map((incident) => [incident.fingerprint, incident]));
    return this.#open;
  }
}
