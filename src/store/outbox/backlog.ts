import type { Transition } from '../../model/incident.ts';
import type { OutboxEntry } from '../../model/message.ts';
import { isFoldable } from '../../model/wait.ts';
import type { Backlog } from '../../notify/ports.ts';
import type { Database, Row } from '../sqlite/database.ts';
import { storeOwnIncidents } from '../incidents.ts';
import { enqueue, toEntry, toWait } from './outbox-rows.ts';

/** Messages as a heap and not as a queue: what waits, what is old, what is dead. */
export class SqliteBacklog implements Backlog {
  readonly #database: Database;

  constructor(database: Database) {
    this.#database = database;
  }

  insert(entries: readonly OutboxEntry[]): Promise<void> {
    return this.#database.write(async () => this.#enqueue(entries));
  }

  tell(happened: readonly Transition[], entries: readonly OutboxEntry[]): Promise<void> {
    return this.#database.write(async () => {
      storeOwnIncidents(this.#database, happened);
      this.#enqueue(entries);
    });
  }

  waiting(channel: string): Promise<readonly OutboxEntry[]> {
    return this.#rows("channel = ? and state = 'pending' order by id", channel);
  }

  entriesSince(channel: string, since: number): Promise<readonly OutboxEntry[]> {
    const where = "channel = ? and created_at >= ? and state in ('pending', 'sent') order by id";
    return this.#rows(where, channel, since);
  }

  fold(
    channel: string,
    now: number,
    merge: (waiting: readonly OutboxEntry[]) => OutboxEntry | undefined,
  ): Promise<number> {
    const sql = `select * from outbox where channel = ? and state = 'pending' and parts_sent = 0 order by id`;
    return this.#database.write(async () => {
      const rows = this.#database
        .statement(sql)
        .all(channel)
        .filter((row) => isFoldable({ ...toWait(row), unclear: Number(row.unclear) }, now));
      const summary = rows.length === 0 ? undefined : merge(rows.map(toEntry));
      if (summary === undefined) return 0;
      this.#enqueue([summary]);
      for (const row of rows) this.#supersede(row, now);
      return rows.length;
    });
  }

  revive(ids: readonly number[]): Promise<number> {
    const sql = `update outbox set state = 'pending', attempt = 0, not_before = 0, parts_sent = 0, rendered = null,
        aside = 0, unclear = 0
      where id = ? and state = 'undelivered' returning id`;
    return this.#database.write(async () =>
      ids.reduce((count, id) => count + this.#database.statement(sql).all(id).length, 0),
    );
  }

  #rows(where: string, ...values: readonly (string | number)[]): Promise<readonly OutboxEntry[]> {
    const sql = `select * from outbox where ${where}`;
    return this.#database.read(() =>
      this.#database
        .statement(sql)
        .all(...values)
        .map(toEntry),
    );
  }

  #enqueue(entries: readonly OutboxEntry[]): void {
    const sql = 'select no from incident where id = ? order by no desc limit 1';
    const about = entries.flatMap((entry) => entry.content.transitions.map((told) => told.incident.id));
    const numbers = new Map<string, number>();
    for (const id of new Set(about)) {
      const [row] = this.#database.statement(sql).all(id);
      if (row !== undefined) numbers.set(id, Number(row.no));
    }
    enqueue(this.#database, entries, numbers);
  }

  /** The summary is in its place now, also in the story of its incidents. */
  #supersede(row: Row, now: number): void {
    const id = Number(row.id);
    this.#database.statement('delete from outbox_incident where outbox_id = ?').run(id);
    this.#database
      .statement("update outbox set state = 'superseded', settled_at = ? where id = ?")
      .run(now, id);
  }
}
