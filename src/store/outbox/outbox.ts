import type { Sentence } from '../../model/sentence.ts';
import type { Incident, Transition } from '../../model/incident.ts';
import type {
  Backlog,
  ChannelRecord,
  LeasedMessage,
  Outbox,
  Settlement,
  Standing,
} from '../../notify/ports.ts';
import { shiftTimes } from '../sql/clock-shift.ts';
import { type Row, type Sql, type SqlDatabase, upsert } from '../sql/sql.ts';
import { readOpenIncidents, storeOwnIncidents } from '../incidents.ts';
import { enqueue, toColumn, toEntry, toWait } from './outbox-rows.ts';
import { isDue, isFoldable, type OutboxEntry } from '../../model/message.ts';

const windowMs = 60_000;
const oldestWaiting = `select * from outbox where state = 'pending' and channel = ? and aside = 0
  order by id limit 1`;
const setAside = `select * from outbox where state = 'pending' and channel = ? and aside = 1
  order by not_before, id`;

const asides = {
  refused: 'aside = 1, rendered = null, parts_sent = 0',
  unclear: 'aside = 1, unclear = unclear + 1',
} as const;

function partsOf({ rendered }: Row): readonly string[] {
  return JSON.parse(String(rendered)) as readonly string[];
}

function columnOf(hint: Sentence | undefined): string | null {
  return hint === undefined ? null : toColumn(hint);
}

/** Messages as a heap and not as a queue: what waits, what is old, what is dead. */
class SqlBacklog implements Backlog {
  readonly #db: SqlDatabase;

  constructor(db: SqlDatabase) {
    this.#db = db;
  }

  insert(entries: readonly OutboxEntry[]): Promise<void> {
    return this.#db.write((db) => this.#enqueue(db, entries));
  }

  tell(happened: readonly Transition[], entries: readonly OutboxEntry[]): Promise<void> {
    return this.#db.write(async (db) => {
      await storeOwnIncidents(db, happened);
      await this.#enqueue(db, entries);
    });
  }

  waiting(channel: string): Promise<readonly OutboxEntry[]> {
    return this.#rows("channel = ? and state = 'pending' order by id", channel);
  }

  entriesSince(channel: string, since: number): Promise<readonly OutboxEntry[]> {
    const where = "channel = ? and created_at >= ? and state in ('pending', 'sent') order by id";
    return this.#rows(where, channel, since);
  }

  refused(channel: string): Promise<readonly OutboxEntry[]> {
    const where = `channel = ? and state in ('pending', 'undelivered') and attempt > 0 and unclear = 0
      and parts_sent = 0 order by id`;
    return this.#rows(where, channel);
  }

  fold(
    channel: string,
    now: number,
    merge: (waiting: readonly OutboxEntry[]) => OutboxEntry | undefined,
  ): Promise<number> {
    const sql = `select * from outbox where channel = ? and state = 'pending' and parts_sent = 0 order by id`;
    return this.#db.write(async (db) => {
      const rows = (await db.all(sql, channel)).filter((row) =>
        isFoldable({ ...toWait(row), unclear: Number(row.unclear) }, now),
      );
      const summary = rows.length === 0 ? undefined : merge(rows.map(toEntry));
      if (summary === undefined) return 0;
      await this.#enqueue(db, [summary]);
      for (const row of rows) await this.#supersede(db, row, now);
      return rows.length;
    });
  }

  revive(ids: readonly number[]): Promise<number> {
    const sql = `update outbox set state = 'pending', attempt = 0, not_before = 0, parts_sent = 0, rendered = null,
        aside = 0, unclear = 0
      where id = ? and state = 'undelivered'`;
    return this.#db.write(async (db) => {
      let count = 0;
      for (const id of ids) count += await db.run(sql, id);
      return count;
    });
  }

  #rows(where: string, ...values: readonly (string | number)[]): Promise<readonly OutboxEntry[]> {
    const sql = `select * from outbox where ${where}`;
    return this.#db.read(async (db) => (await db.all(sql, ...values)).map(toEntry));
  }

  async #enqueue(db: Sql, entries: readonly OutboxEntry[]): Promise<void> {
    const sql = 'select no from incident where id = ? order by no desc limit 1';
    const about = entries.flatMap((entry) => entry.content.transitions.map((told) => told.incident.id));
    const numbers = new Map<string, number>();
    for (const id of new Set(about)) {
      const [row] = await db.all(sql, id);
      if (row !== undefined) numbers.set(id, Number(row.no));
    }
    await enqueue(db, entries, numbers);
  }

  /** The summary is in its place now, also in the story of its incidents. */
  async #supersede(db: Sql, row: Row, now: number): Promise<void> {
    const id = Number(row.id);
    await db.run('delete from outbox_incident where outbox_id = ?', id);
    await db.run("update outbox set state = 'superseded', settled_at = ? where id = ?", now, id);
  }
}

/** For a patrol that has the database alone: what a process had in hand that was killed waits for it no longer. */
export async function takeOver(database: SqlDatabase): Promise<void> {
  const inHand = "state = 'pending' and lease_until > 0";
  if ((await database.all(`select 1 from outbox where ${inHand} limit 1`)).length === 0) return;
  await database.write((db) => db.run(`update outbox set lease_until = 0 where ${inHand}`));
}

export class SqlOutbox extends SqlBacklog implements Outbox {
  readonly #db: SqlDatabase;

  constructor(db: SqlDatabase) {
    super(db);
    this.#db = db;
  }

  lease(channel: string, now: number, leaseMs: number): Promise<LeasedMessage | undefined> {
    return this.#db.write(async (db) => {
      // Only the head: when it has to wait, all behind it wait too, or a recovery would overtake its alert.
      const heads = await db.all(oldestWaiting, channel);
      const others = await db.all(setAside, channel);
      const head = [...heads, ...others].find((row) => isDue(toWait(row), now, leaseMs));
      if (head === undefined) return undefined;
      const id = Number(head.id);
      const attempt = Number(head.attempt) + 1;
      await db.run('update outbox set attempt = ?, lease_until = ? where id = ?', attempt, now + leaseMs, id);
      const rendered = head.rendered === null ? {} : { rendered: partsOf(head) };
      const { parts_sent: partsSent, unclear } = head;
      return {
        id,
        attempt,
        entry: toEntry(head),
        ...rendered,
        partsSent: Number(partsSent),
        unclear: Number(unclear),
      };
    });
  }

  freeze(id: number, rendered: readonly string[]): Promise<void> {
    return this.#run(
      'update outbox set rendered = ?, parts_sent = 0 where id = ?',
      JSON.stringify(rendered),
      id,
    );
  }

  partSent(id: number, partsSent: number): Promise<void> {
    return this.#run('update outbox set parts_sent = ? where id = ?', partsSent, id);
  }

  hasten(channel: string, now: number): Promise<void> {
    const sql = `update outbox set not_before = ?
      where state = 'pending' and channel = ? and aside = 1 and unclear between 2 and 3 and not_before > ?`;
    return this.#run(sql, now, channel, now);
  }

  settle(id: number, settlement: Settlement): Promise<void> {
    switch (settlement.state) {
      case 'sent': {
        const { at, receipt = null } = settlement;
        const sql = `update outbox set state = 'sent', lease_until = 0, settled_at = ?, receipt = ? where id = ?`;
        return this.#run(sql, at, receipt, id);
      }
      case 'pending': {
        const { notBefore, code, message, hint, aside } = settlement;
        const sql = `update outbox set lease_until = 0, not_before = ?, code = ?, message = ?, hint = ?
          ${aside === undefined ? '' : `, ${asides[aside]}`} where id = ?`;
        return this.#run(sql, notBefore, code, toColumn(message), columnOf(hint), id);
      }
      case 'undelivered': {
        const { code, message, hint } = settlement;
        const sql = `update outbox set state = 'undelivered', lease_until = 0, code = ?, message = ?, hint = ?
          where id = ?`;
        return this.#run(sql, code, toColumn(message), columnOf(hint), id);
      }
    }
  }

  shift(ms: number, now: number): Promise<void> {
    return this.#db.write(async (db) => await shiftTimes(db, ms, now));
  }

  standing(incidents: readonly Incident[]): Promise<Standing> {
    const sql = 'select id, ended_at from incident where id = ? and opened_at = ?';
    return this.#db.read(async (db) => {
      const rows: Row[] = [];
      for (const { id, openedAt } of incidents) rows.push(...(await db.all(sql, id, openedAt)));
      const idsOf = (some: readonly Row[]) => new Set(some.map(({ id }) => String(id)));
      return {
        open: idsOf(rows.filter((row) => row.ended_at === null)),
        ended: idsOf(rows.filter((row) => row.ended_at !== null)),
      };
    });
  }

  open(): Promise<readonly Incident[]> {
    return this.#db.read(async (db) => await readOpenIncidents(db));
  }

  async nextDueAt(channels?: readonly string[]): Promise<number | undefined> {
    const heads = await this.#db.all(`select o.channel,
           case when o.not_before > o.lease_until then o.not_before else o.lease_until end as due from outbox o
         where o.state = 'pending' and (o.aside = 1 or o.id =
           (select min(i.id) from outbox i where i.state = 'pending' and i.channel = o.channel and i.aside = 0))`);
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
    return this.#db.write(async (db) => {
      await db.run('delete from send_slot where bucket = ? and at <= ?', bucket, now - windowMs);
      // After the wall clock was set back: they were sent a moment ago at the most.
      await db.run('update send_slot set at = ? where bucket = ? and at > ?', now, bucket, now);
      const [oldest] = await db.all(
        'select at from send_slot where bucket = ? order by at desc limit 1 offset ?',
        bucket,
        perMinute - 1,
      );
      if (oldest !== undefined) return { ok: false as const, freeAt: Number(oldest.at) + windowMs };
      await db.run('insert into send_slot (bucket, at) values (?, ?)', bucket, now);
      return { ok: true as const };
    });
  }

  channels(): Promise<ReadonlyMap<string, ChannelRecord>> {
    const sql = 'select name, data from channel order by name';
    return this.#db.read(async (db) => {
      const rows = await db.all(sql);
      return new Map(rows.map(({ name, data }) => [String(name), JSON.parse(String(data)) as ChannelRecord]));
    });
  }

  async keepChannel(channel: string, record: ChannelRecord): Promise<void> {
    const sql = upsert('channel', ['name'], ['data']);
    await this.#db.write(async (db) => await db.run(sql, channel, JSON.stringify(record)));
  }

  async #run(sql: string, ...values: readonly (string | number | null)[]): Promise<void> {
    await this.#db.write((db) => db.run(sql, ...values));
  }
}
