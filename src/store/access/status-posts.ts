import type { AuditEntry } from '../../model/silence.ts';
import type { NewStatusPost, PostKind, StatusPost } from '../../model/status-post.ts';
import { findIncident } from '../incidents.ts';
import type { Row, Sql, SqlDatabase } from '../sql/sql.ts';
import type { StatusPosts } from '../store.ts';

const selected = `select p.*, i.id as incident_id, i.opened_at as incident_opened_at
  from status_post p left join incident i on i.no = p.incident_no`;

/** Each call that changes something writes down who did it, in the same transaction. */
export class SqlStatusPosts implements StatusPosts {
  readonly #db: SqlDatabase;

  constructor(db: SqlDatabase) {
    this.#db = db;
  }

  list(since: number): Promise<readonly StatusPost[]> {
    const sql = `${selected} where p.at >= ?1 or (p.incident_no is null and p.ends_at > ?1) order by p.id`;
    return this.#db.read(async (db) => (await db.all(sql, since)).map(toPost));
  }

  find(id: number): Promise<StatusPost | undefined> {
    return this.#db.read(async (db) => this.#find(db, id));
  }

  add({ incident, ...post }: NewStatusPost): Promise<StatusPost | undefined> {
    const { kind, title, services, text, from, until, by, at } = post;
    return this.#db.write(async (db) => {
      const about = incident === undefined ? undefined : await findIncident(db, incident);
      if (incident !== undefined && about === undefined) return undefined;
      const [row] = await db.all(
        `insert into status_post (incident_no, kind, title, services, text, starts_at, ends_at, by, at)
           values (?, ?, ?, ?, ?, ?, ?, ?, ?) returning id`,
        about?.no ?? null,
        kind,
        title ?? null,
        services === undefined ? null : JSON.stringify(services),
        text,
        from ?? null,
        until ?? null,
        by,
        at,
      );
      const id = Number(row?.id);
      await this.#note(db, { at, by, action: 'post-status', subject: subjectOf(id), note: text });
      return this.#find(db, id);
    });
  }

  change(id: number, text: string, by: string, at: number): Promise<boolean> {
    return this.#db.write(async (db) => {
      const sql = 'update status_post set text = ?, changed_at = ? where id = ? returning id';
      const found = (await db.all(sql, text, at, id)).length > 0;
      if (found)
        await this.#note(db, { at, by, action: 'change-status', subject: subjectOf(id), note: text });
      return found;
    });
  }

  remove(id: number, by: string, at: number): Promise<boolean> {
    return this.#db.write(async (db) => {
      const [row] = await db.all('delete from status_post where id = ? returning text', id);
      if (row === undefined) return false;
      await this.#note(db, {
        at,
        by,
        action: 'remove-status',
        subject: subjectOf(id),
        note: String(row.text),
      });
      return true;
    });
  }

  async #find(db: Sql, id: number): Promise<StatusPost | undefined> {
    const [row] = await db.all(`${selected} where p.id = ?`, id);
    return row === undefined ? undefined : toPost(row);
  }

  async #note(db: Sql, { at, by, action, subject, note }: AuditEntry): Promise<void> {
    await db.run(
      'insert into audit (at, by, action, subject, note, incident_no) values (?, ?, ?, ?, ?, null)',
      at,
      by,
      action,
      subject,
      note ?? null,
    );
  }
}

function subjectOf(id: number): string {
  return `status post ${id}`;
}

function toPost(row: Row): StatusPost {
  const incident =
    row.incident_id === null
      ? undefined
      : { id: String(row.incident_id), openedAt: Number(row.incident_opened_at) };
  return {
    id: Number(row.id),
    ...(incident === undefined ? {} : { incident }),
    kind: String(row.kind) as PostKind,
    ...(row.title === null ? {} : { title: String(row.title) }),
    ...(row.services === null ? {} : { services: JSON.parse(String(row.services)) as readonly string[] }),
    text: String(row.text),
    ...(row.starts_at === null ? {} : { from: Number(row.starts_at) }),
    ...(row.ends_at === null ? {} : { until: Number(row.ends_at) }),
    by: String(row.by),
    at: Number(row.at),
    ...(row.changed_at === null ? {} : { changedAt: Number(row.changed_at) }),
  };
}
