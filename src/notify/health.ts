/** How a channel is doing, for the page and the log; free of secrets. Times in epoch ms. */
export interface ChannelHealth {
  /** `retrying`: the last send failed and is repeated; `broken`: a person has to act. */
  readonly state: 'ok' | 'retrying' | 'broken';
  /** Since when it has been in this state. */
  readonly since: number;
  readonly lastSentAt?: number;
  readonly code?: string;
  readonly message?: string;
  readonly hint?: string;
}

export interface Trouble {
  readonly code: string;
  readonly message: string;
  readonly hint?: string;
}

/** What channels have been through since the start. */
export class HealthBook {
  readonly #channels = new Map<string, ChannelHealth>();

  sent(channel: string, now: number): void {
    const before = this.#channels.get(channel);
    const since = before?.state === 'ok' ? before.since : now;
    this.#channels.set(channel, { state: 'ok', since, lastSentAt: now });
  }

  /** True when the channel was not in this state before. */
  failed(channel: string, state: 'retrying' | 'broken', trouble: Trouble, now: number): boolean {
    const before = this.#channels.get(channel);
    const isNew = before?.state !== state;
    const lastSentAt = before?.lastSentAt === undefined ? {} : { lastSentAt: before.lastSentAt };
    this.#channels.set(channel, { state, since: isNew ? now : before.since, ...lastSentAt, ...trouble });
    return isNew;
  }

  isBroken(channel: string): boolean {
    return this.#channels.get(channel)?.state === 'broken';
  }

  of(channels: Iterable<string>, startedAt: number): Readonly<Record<string, ChannelHealth>> {
    const known = [...channels].map((name) => {
      const untried: ChannelHealth = { state: 'ok', since: startedAt };
      return [name, this.#channels.get(name) ?? untried] as const;
    });
    return Object.fromEntries(known);
  }
}
