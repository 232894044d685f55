import { messageOf } from '../../lib/errors.ts';
import type { Clock } from '../../lib/time/clock.ts';
import type { Logger } from '../../lib/logger.ts';
import type { Incident, Transition } from '../../model/incident.ts';
import type { Sentence } from '../../model/sentence.ts';
import type { Language, Settings } from '../../model/settings.ts';
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
  /** Whether a silence or a maintenance window keeps something quiet now; absent: nothing does. */
  readonly hushed?: () => Promise<(incident: Incident) => boolean>;
}

export interface Notice {
  /** What follows the prefix in its fingerprint. */
  readonly name: string;
  readonly told: Pick<Parameters<typeof ownIncident>[0], 'severity' | 'verdict' | 'reason' | 'hint'> & {
    readonly label: Sentence;
  };
  readonly services?: readonly string[];
  /** When it began, epoch ms; absent: now. */
  readonly since?: number | undefined;
}

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

  begin(notice: Notice): Promise<void> {
    return this.beginAll([notice]);
  }

  /** What begins at one time is one message. What is kept quiet begins when that is over, if it goes on. */
  async beginAll(notices: readonly Notice[]): Promise<void> {
    const { prefix, clock, log, hushed = nothingHushed } = this.#options;
    const known = await this.#known();
    const at = clock.now();
    const opened = notices
      .filter(({ name }) => !known.has(prefix + name))
      .map(({ name, told, services = [], since = at }): Transition => {
        const own = ownIncident({ ...told, about: prefix + name, at: since }, this.#language);
        const incident = { ...own, services, lastSeenAt: at };
        return { kind: 'opened', at, incident };
      });
    if (opened.length === 0) return;
    const isHushed = await hushed();
    const told = opened.filter(({ incident }) => !isHushed(incident));
    await this.#tell(told, at);
    for (const { incident } of told) log.warn('people are told', { about: incident.fingerprint });
  }

  end(name: string): Promise<void> {
    return this.endAll([name]);
  }

  async endAll(names: readonly string[]): Promise<void> {
    const known = await this.#known();
    const at = this.#options.clock.now();
    const going = names.flatMap((name) => known.get(this.#options.prefix + name) ?? []);
    await this.#tell(
      going.map((incident) => endOf(incident, at)),
      at,
    );
  }

  get #language(): Language {
    return this.#options.settings().language;
  }

  async #tell(transitions: readonly Transition[], at: number): Promise<void> {
    if (transitions.length === 0) return;
    const { store, settings, wake } = this.#options;
    const known = await this.#known();
    const { messages, asHeard } = noticeTelling(transitions, at, settings());
    const heard = transitions.map((one) => ({ ...one, incident: asHeard(one.incident) }));
    await store.outbox.tell(heard, messages);
    for (const { kind, incident } of heard)
      if (kind === 'resolved') known.delete(incident.fingerprint);
      else known.set(incident.fingerprint, incident);
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

function nothingHushed(): Promise<() => boolean> {
  return Promise.resolve(() => false);
}
