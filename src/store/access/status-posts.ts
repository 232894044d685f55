import type { AuditEntry } from '../../model/silence.ts';
import type { NewStatusPost, PostKind, StatusPost } from '../../model/status-post.ts';
import { findIncident } from '../incidents.ts';
import type { Database, Row } from '../sqlite/database.ts';
import type { StatusPosts } from '../store.ts';

const selected = `select p.*, i.id as incident_id, i.opened_at as incident_opened_at
  from status_post p left join incident i on i.no = p.incident_no`;

/** Each call that changes something writes down who did it, in the same transaction. */
export class SqliteStatusPosts implements StatusPosts {
  readonly #database: Database;

  constructor(database: Database) {
    this.#database = database;
  }

  list(since: number): Promise<readonly StatusPost[]> {
    const sql = `${selected} where p.at >= ?1 or (p.incident_no is null and p.ends_at > ?1) order by p.id`;
    return this.#database.read(() => this.#database.statement(sql).all(since).map(toPost));
  }

  find(id: number): Promise<StatusPost | undefined> {
    return this.#database.read(() => this.#find(id));
  }

  add({ incident, ...post }: NewStatusPost): Promise<StatusPost | undefined> {
    const { kind, title, services, text, from, until, by, at } = post;
    return this.#database.write(async () => {
      const about = incident === undefined ? undefined : findIncident(this.#database, incident);
      if (incident !== undefined && about === undefined) return undefined;
      const [row] = this.#database
        .statement(
          `insert into status_post (incident_no, kind, title, services, text, starts_at, ends_at, by, at)
           values (?, ?, ?, ?, ?, ?, ?, ?, ?) returning id`,
        )
        .all(
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
      this.#note({ at, by, action: 'post-status', subject: subjectOf(id), note: text });
      return this.#find(id);
    });
  }

  change(id: number, text: string, by: string, at: number): Promise<boolean> {
    return this.#database.write(async () => {
      const sql = 'update status_post set text = ?, changed_at = ? where id = ? returning id';
      const found = this.#database.statement(sql).all(text, at, id).length > 0;
      if (found) this.#note({ at, by, action: 'change-status', subject: subjectOf(id), note: text });
      return found;
    });
  }

  remove(id: number, by: string, at: number): Promise<boolean> {
    return this.#database.write(async () => {
      const [row] = this.#database.statement('delete from status_post where id = ? returning text').all(id);
      if (row === undefined) return false;
      this.#note({ at, by, action: 'remove-status', subject: subjectOf(id), note: String(row.text) });
      return true;
    });
  }

  #find(id: number): StatusPost | undefined {
    const [row] = this.#database.statement(`${selected} where p.id = ?`).all(id);
    return row === undefined ? undefined : toPost(row);
  }

  #note({ at, by, action, subject, note }: AuditEntry): void {
    this.#database
      .statement(
        'insert into audit (at, by, action, subject, note, incident_no) values (?, ?, ?, ?, ?, null)',
      )
      .run(at, by, action, subject, note ?? null);
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
