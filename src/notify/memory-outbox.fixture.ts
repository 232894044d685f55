import type { OutboxEntry } from '../model/message.ts';
import type { LeasedMessage, Outbox, Settlement } from './ports.ts';

interface Row {
  readonly id: number;
  readonly entry: OutboxEntry;
  state: 'pending' | 'sent' | 'dead';
  attempt: number;
  notBefore: number;
  leaseUntil: number;
  partsSent: number;
  rendered?: readonly string[];
  code?: string;
}

const minuteMs = 60_000;

/** An outbox that forgets everything with the process; for tests. */
export class MemoryOutbox implements Outbox {
  readonly rows: Row[] = [];
  readonly #takenAt = new Map<string, number[]>();

  insert(entries: readonly OutboxEntry[]): Promise<void> {
    for (const entry of entries) {
      if (this.rows.some((row) => row.entry.dedupKey === entry.dedupKey)) continue;
      const id = this.rows.length + 1;
      this.rows.push({ id, entry, state: 'pending', attempt: 0, notBefore: 0, leaseUntil: 0, partsSent: 0 });
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

  #oldest(channel: string): Row | undefined {
    return this.rows.find((row) => row.entry.channel === channel && row.state === 'pending');
  }

  #row(id: number): Row {
    const row = this.rows[id - 1];
    if (row === undefined) throw new Error(`no message ${id}`);
    return row;
  }
}
