import type { Sentence } from '../../model/sentence.ts';
import type { Incident } from '../../model/incident.ts';
import type { ChannelHealth, ChannelRecord, Outbox } from '../ports.ts';

export interface Trouble {
  readonly code: string;
  readonly message: Sentence;
  readonly hint?: Sentence;
}

/** What channels have been through; kept in the store, so that a restart does not tell of a broken one again. */
export class HealthBook {
  readonly #outbox: Outbox;
  readonly #channels = new Map<string, ChannelRecord>();
  #loaded: Promise<void> | undefined;

  constructor(outbox: Outbox) {
    this.#outbox = outbox;
  }

  /** To be awaited before anything else is asked; a failure is tried again. */
  load(): Promise<void> {
    this.#loaded ??= this.#read().catch((error: unknown) => {
      this.#loaded = undefined;
      throw error;
    });
    return this.#loaded;
  }

  async sent(channel: string, now: number): Promise<void> {
    const before = this.#channels.get(channel);
    const since = before?.state === 'ok' ? before.since : now;
    await this.#keep(channel, { state: 'ok', since, lastSentAt: now });
  }

  /** @param incident What others have been told of it. */
  async failed(channel: string, trouble: Trouble, now: number, incident?: Incident): Promise<void> {
    const before = this.#channels.get(channel);
    const state = incident === undefined ? 'retrying' : 'broken';
    const since = before?.state === state ? before.since : now;
    await this.#keep(channel, {
      state,
      since,
      lastSentAt: before?.lastSentAt,
      ...trouble,
      incident,
    });
  }

  /** The last message did not get through, or it is not known whether it did. */
  isInTrouble(channel: string): boolean {
    return (this.#channels.get(channel)?.state ?? 'ok') !== 'ok';
  }

  isBroken(channel: string): boolean {
    return this.#channels.get(channel)?.state === 'broken';
  }

  /** What others have been told of it while it is broken. */
  incidentOf(channel: string): Incident | undefined {
    return this.#channels.get(channel)?.incident;
  }

  of(channels: Iterable<string>, startedAt: number): Readonly<Record<string, ChannelHealth>> {
    const known = [...channels].map((name) => {
      const { incident: _, ...health } = this.#channels.get(name) ?? {
        state: 'ok' as const,
        since: startedAt,
      };
      return [name, health] as const;
    });
    return Object.fromEntries(known);
  }

  async #read(): Promise<void> {
    for (const [name, record] of await this.#outbox.channels()) this.#channels.set(name, record);
  }

  #keep(channel: string, record: ChannelRecord): Promise<void> {
    this.#channels.set(channel, record);
    return this.#outbox.keepChannel(channel, record);
  }
}
