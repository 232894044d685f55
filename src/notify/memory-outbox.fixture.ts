import type { OutboxEntry } from '../model/message.ts';
import type { ChannelRecord, LeasedMessage, Outbox, Settlement } from './ports.ts';

interface Row {
  readonly id: number;
  readonly entry: OutboxEntry;
  state: 'pending' | 'sent' | 'dead' | 'superseded';
  attempt: number;
  notBefore: number;
  leaseUntil: number;
  partsSent: number;
  rendered?: readonly string[] | undefined;
  code?: string;
}

const minuteMs = 60_000;

/** An outbox that forgets everything with the process; for tests. */
export class MemoryOutbox implements Outbox {
  readonly rows: Row[] = [];
  readonly #channels = new Map<string, ChannelRecord>();
  readonly #takenAt = new Map<string, number[]>();

  insert(entries: readonly OutboxEntry[]): Promise<void> {
    for (const entry of entries) {
      if (this.rows.some((row) => row.entry.dedupKey === entry.dedupKey)) continue;
      const id = this.rows.length + 1;
      const notBefore = entry.notBefore ?? 0;
      this.rows.push({ id, entry, state: 'pending', attempt: 0, notBefore, leaseUntil: 0, partsSent: 0 });
    }
    return Promise.resolve();
  }

  lease(channel: string, now: number, leaseMs: number): Promise<LeasedMessage | undefined> {
    const row = this.#oldest(channel);
    if (row === undefined || row.notBefore > now || row.leaseUntil > now) return Promise.resolve(undefined);
    row.leaseUntil = now + leaseMs;
    row.attempt++;
    const { id, entry, attempt, rendered, partsSent } = row;
    const frozen = rendered === undefined ? {} : { rendered };
    return Promise.resolve({ id, entry, attempt, partsSent, ...frozen });
  }

  waiting(channel: string): Promise<readonly OutboxEntry[]> {
    return Promise.resolve(this.#of(channel, ['pending']).map((row) => row.entry));
  }

  entriesSince(channel: string, since: number): Promise<readonly OutboxEntry[]> {
    const entries = this.#of(channel, ['pending', 'sent']).map((row) => row.entry);
    return Promise.resolve(entries.filter((entry) => entry.createdAt >= since));
  }

  async fold(
    channel: string,
    now: number,
    merge: (waiting: readonly OutboxEntry[]) => OutboxEntry | undefined,
  ): Promise<number> {
    const rows = this.#of(channel, ['pending']).filter(
      (row) => row.partsSent === 0 && row.leaseUntil <= now && row.notBefore <= now,
    );
    const digest = rows.length === 0 ? undefined : merge(rows.map((row) => row.entry));
    if (digest === undefined) return 0;
    for (const row of rows) row.state = 'superseded';
    await this.insert([digest]);
    return rows.length;
  }

  freeze(id: number, rendered: readonly string[]): Promise<void> {
    this.#row(id).rendered = rendered;
    return Promise.resolve();
  }

  partSent(id: number, partsSent: number): Promise<void> {
    this.#row(id).partsSent = partsSent;
    return Promise.resolve();
  }

  settle(id: number, settlement: Settlement): Promise<void> {
    const row = this.#row(id);
    row.state = settlement.state;
    row.leaseUntil = 0;
    if (settlement.state === 'pending') row.notBefore = settlement.notBefore;
    if (settlement.state !== 'sent') row.code = settlement.code;
    return Promise.resolve();
  }

  nextDueAt(channels?: readonly string[]): Promise<number | undefined> {
    const names = channels ?? [...new Set(this.rows.map((row) => row.entry.channel))];
    const times = names
      .map((name) => this.#oldest(name))
      .filter((row) => row !== undefined)
      .map((row) => Math.max(row.notBefore, row.leaseUntil, row.entry.createdAt));
    return Promise.resolve(times.length === 0 ? undefined : Math.min(...times));
  }

  takeToken(bucket: string, perMinute: number, now: number) {
    const recent = (this.#takenAt.get(bucket) ?? []).filter((at) => at > now - minuteMs);
    const oldest = recent[recent.length - perMinute];
    if (oldest !== undefined) return Promise.resolve({ ok: false as const, freeAt: oldest + minuteMs });
    this.#takenAt.set(bucket, [...recent, now]);
    return Promise.resolve({ ok: true as const });
  }

  channels(): Promise<ReadonlyMap<string, ChannelRecord>> {
    return Promise.resolve(this.#channels);
  }

  keepChannel(channel: string, record: ChannelRecord): Promise<void> {
    this.#channels.set(channel, record);
    return Promise.resolve();
  }

  revive(ids: readonly number[]): Promise<number> {
    const dead = this.rows.filter((row) => row.state === 'dead' && ids.includes(row.id));
    for (const row of dead) {
      Object.assign(row, { state: 'pending', attempt: 0, notBefore: 0, partsSent: 0, rendered: undefined });
    }
    return Promise.resolve(dead.length);
  }

  #of(channel: string, states: readonly Row['state'][]): readonly Row[] {
    return this.rows.filter((row) => row.entry.channel === channel && states.includes(row.state));
  }

  #oldest(channel: string): Row | undefined {
    return this.rows.find((row) => row.entry.channel === channel && row.state === 'pending');
  }

  #row(id: number): Row {
    const row = this.rows[id - 1];
    if (row === undefined) throw new Error(`no message ${id}`);
    return row;
  }
}
