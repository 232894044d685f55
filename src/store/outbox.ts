import type { Updateable } from 'kysely';
import type { ChannelRecord, LeasedMessage, Outbox, Settlement } from '../notify/ports.ts';
import { SqliteBacklog } from './backlog.ts';
import type { Database } from './database.ts';
import { toEntry } from './outbox-rows.ts';
import type { Tables } from './tables.ts';

const windowMs = 60_000;

export class SqliteOutbox extends SqliteBacklog implements Outbox {
  readonly #database: Database;

  constructor(database: Database) {
    super(database);
    this.#database = database;
  }

  lease(channel: string, now: number, leaseMs: number): Promise<LeasedMessage | undefined> {
    return this.#database.write(async (tx) => {
      // Only the head: when it has to wait, all behind it wait too, or a recovery would overtake its alert.
      const head = await tx
        .selectFrom('outbox')
        .selectAll()
        .where('state', '=', 'pending')
        .where('channel', '=', channel)
        .orderBy('id')
        .limit(1)
        .executeTakeFirst();
      if (head === undefined || head.not_before > now || head.lease_until > now) return undefined;
      const attempt = head.attempt + 1;
      await tx
        .updateTable('outbox')
        .set({ attempt, lease_until: now + leaseMs })
        .where('id', '=', head.id)
        .execute();
      return {
        id: head.id,
        attempt,
        entry: toEntry({ ...head }),
        ...(head.rendered === null ? {} : { rendered: JSON.parse(head.rendered) as readonly string[] }),
        partsSent: head.parts_sent,
      };
    });
  }

  async freeze(id: number, rendered: readonly string[]): Promise<void> {
    await this.#update(id, { rendered: JSON.stringify(rendered) });
  }

  async partSent(id: number, partsSent: number): Promise<void> {
    await this.#update(id, { parts_sent: partsSent });
  }

  async settle(id: number, settlement: Settlement): Promise<void> {
    switch (settlement.state) {
      case 'sent':
        await this.#update(id, {
          state: 'sent',
          lease_until: 0,
          settled_at: settlement.at,
          receipt: settlement.receipt ?? null,
        });
        return;
      case 'pending':
        await this.#update(id, {
          lease_until: 0,
          not_before: settlement.notBefore,
          code: settlement.code,
          message: settlement.message,
        });
        return;
      case 'dead':
        await this.#update(id, {
          state: 'dead',
          lease_until: 0,
          code: settlement.code,
          message: settlement.message,
        });
    }
  }

  async nextDueAt(channels?: readonly string[]): Promise<number | undefined> {
    const heads = this.#database
      .statement(
        `select o.channel, max(o.not_before, o.lease_until) as due from outbox o
         where o.state = 'pending' and o.id =
           (select min(i.id) from outbox i where i.state = 'pending' and i.channel = o.channel)`,
      )
      .all();
    const due = heads
      .filter(({ channel }) => channels === undefined || channels.includes(String(channel)))
      .map((head) => Number(head.due));
    return due.length === 0 ? undefined : Math.min(...due);
  }

  takeToken(
    bucket: string,
    perMinute: number,
    now: number,
  ): Promise<{ readonly ok: true } | { readonly ok: false; readonly freeAt: number }> {
    return this.#database.write(async () => {
      const db = this.#database;
      db.statement('delete from send_slot where bucket = ? and at <= ?').run(bucket, now - windowMs);
      // After the wall clock was set back: they were sent a moment ago at the most.
      db.statement('update send_slot set at = ? where bucket = ? and at > ?').run(now, bucket, now);
      const [oldest] = db
        .statement('select at from send_slot where bucket = ? order by at desc limit 1 offset ?')
        .all(bucket, perMinute - 1);
      if (oldest !== undefined) return { ok: false as const, freeAt: Number(oldest.at) + windowMs };
      db.statement('insert into send_slot (bucket, at) values (?, ?)').run(bucket, now);
      return { ok: true as const };
    });
  }

  channels(): Promise<ReadonlyMap<string, ChannelRecord>> {
    const sql = 'select name, data from channel order by name';
    return this.#database.read(() => {
      const rows = this.#database.statement(sql).all();
      return new Map(rows.map(({ name, data }) => [String(name), JSON.parse(String(data)) as ChannelRecord]));
    });
  }

  async keepChannel(channel: string, record: ChannelRecord): Promise<void> {
    const sql = 'insert or replace into channel (name, data) values (?, ?)';
    await this.#database.write(async () =>
      this.#database.statement(sql).run(channel, JSON.stringify(record)),
    );
  }

  async #update(id: number, change: Updateable<Tables['outbox']>): Promise<void> {
    await this.#database.query.updateTable('outbox').set(change).where('id', '=', id).execute();
  }
}
