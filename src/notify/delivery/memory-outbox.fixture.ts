import type { Incident, Transition } from '../../model/incident.ts';
import { isDue, isFoldable, type OutboxEntry } from '../../model/message.ts';
import type { ChannelRecord, LeasedMessage, Outbox, Settlement, Standing } from '../ports.ts';

interface Row {
  readonly id: number;
  entry: OutboxEntry;
  state: 'pending' | 'sent' | 'undelivered' | 'superseded';
  attempt: number;
  notBefore: number;
  leaseUntil: number;
  partsSent: number;
  rendered?: readonly string[];
  code?: string;
  aside: boolean;
  unclear: number;
}

const minuteMs = 60_000;

/** An outbox that forgets everything with the process; for tests. */
export class MemoryOutbox implements Outbox {
  readonly rows: Row[] = [];
  /** Incident id → whether it goes on; nothing is known of others. */
  readonly incidents = new Map<string, boolean>();
  readonly #channels = new Map<string, ChannelRecord>();
  readonly #takenAt = new Map<string, number[]>();

  insert(entries: readonly OutboxEntry[]): Promise<void> {
    for (const entry of entries) {
      if (this.rows.some((row) => row.entry.dedupKey === entry.dedupKey)) continue;
      const id = this.rows.length + 1;
      const notBefore = entry.notBefore ?? 0;
      const fresh = { attempt: 0, leaseUntil: 0, partsSent: 0, aside: false, unclear: 0 };
      this.rows.push({ id, entry, state: 'pending', notBefore, ...fresh });
    }
    return Promise.resolve();
  }

  tell(happened: readonly Transition[], entries: readonly OutboxEntry[]): Promise<void> {
    for (const { kind, incident } of happened) this.incidents.set(incident.id, kind !== 'resolved');
    return this.insert(entries);
  }

  lease(channel: string, now: number, leaseMs: number): Promise<LeasedMessage | undefined> {
    const row = this.#candidates(channel).find((one) => isDue(one, now, leaseMs));
    if (row === undefined) return Promise.resolve(undefined);
    row.leaseUntil = now + leaseMs;
    row.attempt++;
    const { id, entry, attempt, rendered, partsSent, unclear } = row;
    const frozen = rendered === undefined ? {} : { rendered };
    return Promise.resolve({ id, entry, attempt, partsSent, unclear, ...frozen });
  }

  waiting(channel: string): Promise<readonly OutboxEntry[]> {
    return Promise.resolve(this.#of(channel, ['pending']).map((row) => row.entry));
  }

  entriesSince(channel: string, since: number): Promise<readonly OutboxEntry[]> {
    const entries = this.#of(channel, ['pending', 'sent']).map((row) => row.entry);
    return Promise.resolve(entries.filter((entry) => entry.createdAt >= since));
  }

  refused(channel: string): Promise<readonly OutboxEntry[]> {
    const rows = this.#of(channel, ['pending', 'undelivered']);
    const tried = rows.filter((row) => row.attempt > 0 && row.unclear === 0 && row.partsSent === 0);
    return Promise.resolve(tried.map((row) => row.entry));
  }

  async fold(
    channel: string,
    now: number,
    merge: (waiting: readonly OutboxEntry[]) => OutboxEntry | undefined,
  ): Promise<number> {
    const waiting = this.#of(channel, ['pending']).filter((row) => row.partsSent === 0);
    const rows = waiting.filter((row) => isFoldable(row, now));
    const summary = rows.length === 0 ? undefined : merge(rows.map((row) => row.entry));
    if (summary === undefined) return 0;
    for (const row of rows) row.state = 'superseded';
    await this.insert([summary]);
    return rows.length;
  }

  freeze(id: number, rendered: readonly string[]): Promise<void> {
    Object.assign(this.#row(id), { rendered, partsSent: 0 });
    return Promise.resolve();
  }

  partSent(id: number, partsSent: number): Promise<void> {
    this.#row(id).partsSent = partsSent;
    return Promise.resolve();
  }

  hasten(channel: string, now: number): Promise<void> {
    for (const row of this.#of(channel, ['pending']))
      if (row.aside && (row.unclear === 2 || row.unclear === 3)) row.notBefore = Math.min(row.notBefore, now);
    return Promise.resolve();
  }

  settle(id: number, settlement: Settlement): Promise<void> {
    const row = this.#row(id);
    row.state = settlement.state;
    row.leaseUntil = 0;
    if (settlement.state === 'pending') {
      row.notBefore = settlement.notBefore;
      row.aside ||= settlement.aside !== undefined;
      if (settlement.aside === 'unclear') row.unclear++;
      if (settlement.aside === 'refused') Object.assign(row, { rendered: undefined, partsSent: 0 });
    }
    if (settlement.state !== 'sent') row.code = settlement.code;
    return Promise.resolve();
  }

  nextDueAt(channels?: readonly string[]): Promise<number | undefined> {
    const names = channels ?? [...new Set(this.rows.map((row) => row.entry.channel))];
    const times = names
      .flatMap((name) => this.#candidates(name))
      .map((row) => Math.max(row.notBefore, row.leaseUntil, row.entry.createdAt));
    return Promise.resolve(times.length === 0 ? undefined : Math.min(...times));
  }

  shift(ms: number): Promise<void> {
    for (const row of this.rows.filter(({ state }) => state === 'pending')) {
      row.entry = { ...row.entry, createdAt: row.entry.createdAt + ms };
      if (row.attempt > 0 && row.notBefore > 0) row.notBefore += ms;
      if (row.leaseUntil > 0) row.leaseUntil += ms;
    }
    for (const [bucket, times] of this.#takenAt)
      this.#takenAt.set(
        bucket,
        times.map((at) => at + ms),
      );
    return Promise.resolve();
  }

  standing(incidents: readonly Incident[]): Promise<Standing> {
    const those = (goesOn: boolean) =>
      new Set(incidents.map(({ id }) => id).filter((id) => this.incidents.get(id) === goesOn));
    return Promise.resolve({ open: those(true), ended: those(false) });
  }

  open(): Promise<readonly Incident[]> {
    const told = this.rows.flatMap((row) => row.entry.content.transitions.map(({ incident }) => incident));
    const latest = new Map(told.map((incident) => [incident.id, incident]));
    return Promise.resolve([...latest.values()].filter(({ id }) => this.incidents.get(id) === true));
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
    const dead = this.rows.filter((row) => row.state === 'undelivered' && ids.includes(row.id));
    for (const row of dead) {
      Object.assign(row, { state: 'pending', attempt: 0, notBefore: 0, partsSent: 0, rendered: undefined });
      Object.assign(row, { aside: false, unclear: 0 });
    }
    return Promise.resolve(dead.length);
  }

  #of(channel: string, states: readonly Row['state'][]): readonly Row[] {
    return this.rows.filter((row) => row.entry.channel === channel && states.includes(row.state));
  }

  /** The oldest, and behind it those that were set aside. */
  #candidates(channel: string): readonly Row[] {
    const pending = this.#of(channel, ['pending']);
    return [
      ...pending.filter((row) => !row.aside).slice(0, 1),
      ...pending.filter((row) => row.aside).toSorted((a, b) => a.notBefore - b.notBefore),
    ];
  }

  #row(id: number): Row {
    const row = this.rows[id - 1];
    if (row === undefined) throw new Error(`no message ${id}`);
    return row;
  }
}
