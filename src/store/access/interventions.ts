import type { Acknowledgement, AuditEntry, IncidentMatcher, Silence } from '../../model/silence.ts';
import type { Database, Row } from '../sqlite/database.ts';
import { findIncident } from '../incidents.ts';
import type { Desk, TimeRange } from '../store.ts';

const everything = Number.MAX_SAFE_INTEGER;

/** Each call writes down who did it, in the same transaction. */
export class SqliteInterventions implements Desk {
  readonly #database: Database;

  constructor(database: Database) {
    this.#database = database;
  }

  silences(now: number): Promise<readonly Silence[]> {
    const sql = 'select * from silence where ends_at > ? order by ends_at, id';
    return this.#database.read(() => this.#database.statement(sql).all(now).map(toSilence));
  }

  silence(silence: Omit<Silence, 'id'>): Promise<Silence> {
    const { matcher, from, until, by, reason, createdAt } = silence;
    return this.#database.write(async () => {
      const [row] = this.#database
        .statement(
          `insert into silence (matcher, starts_at, ends_at, by, reason, created_at)
           values (?, ?, ?, ?, ?, ?) returning id`,
        )
        .all(JSON.stringify(matcher), from, until, by, reason, createdAt);
      const id = Number(row?.id);
      this.#note({ at: createdAt, by, action: 'silence', subject: `silence ${id}`, note: reason });
      return { id, ...silence };
    });
  }

  endSilence(id: number, by: string, at: number): Promise<boolean> {
    return this.#database.write(async () => {
      const sql = 'update silence set ends_at = ? where id = ? and ends_at > ? returning id';
      const ended = this.#database.statement(sql).all(at, id, at).length > 0;
      if (ended) this.#note({ at, by, action: 'end-silence', subject: `silence ${id}` });
      return ended;
    });
  }

  acknowledge(incidentId: string, { by, at, until, note }: Acknowledgement): Promise<boolean> {
    return this.#onOpen(incidentId, (no) => {
      this.#endAcknowledgement(no, at);
      const sql = `insert or replace into acknowledgement (incident_no, by, at, until, note) values (?, ?, ?, ?, ?)`;
      this.#database.statement(sql).run(no, by, at, until, note ?? null);
      return { at, by, action: 'acknowledge', note };
    });
  }

  unacknowledge(incidentId: string, by: string, at: number): Promise<boolean> {
    return this.#onOpen(incidentId, (no) => {
      this.#endAcknowledgement(no, at);
      return { at, by, action: 'unacknowledge' };
    });
  }

  comment(incidentId: string, by: string, at: number, text: string): Promise<boolean> {
    return this.#database.write(async () => {
      const found = findIncident(this.#database, incidentId);
      if (found === undefined) return false;
      const subject = subjectOf(found.incident.id);
      this.#note({ at, by, action: 'comment', subject, note: text }, found.no);
      return true;
    });
  }

  note(entry: AuditEntry): Promise<void> {
    return this.#database.write(async () => this.#note(entry));
  }

  audit({ from, to, limit }: TimeRange): Promise<readonly AuditEntry[]> {
    const sql = 'select * from audit where at between ? and ? order by at desc, id desc limit ?';
    return this.#database.read(() =>
      this.#database
        .statement(sql)
        .all(from, to, limit ?? everything)
        .map(toAuditEntry),
    );
  }

  #endAcknowledgement(incidentNo: number, at: number): void {
    this.#database
      .statement('update acknowledgement set ended_at = ? where incident_no = ? and ended_at is null')
      .run(at, incidentNo);
  }

  #onOpen(incidentId: string, act: (no: number) => Omit<AuditEntry, 'subject'>): Promise<boolean> {
    return this.#database.write(async () => {
      const found = findIncident(this.#database, incidentId);
      if (found === undefined || !found.open) return false;
      this.#note({ ...act(found.no), subject: subjectOf(found.incident.id) }, found.no);
      return true;
    });
  }

  #note({ at, by, action, subject, note }: AuditEntry, incidentNo: number | null = null): void {
    this.#database
      .statement('insert into audit (at, by, action, subject, note, incident_no) values (?, ?, ?, ?, ?, ?)')
      .run(at, by, action, subject, note ?? null, incidentNo);
  }
}

function subjectOf(incidentId: string): string {
  return `incident ${incidentId}`;
}

function toSilence(row: Row): Silence {
  return {
    id: Number(row.id),
    matcher: JSON.parse(String(row.matcher)) as IncidentMatcher,
    from: Number(row.starts_at),
    until: Number(row.ends_at),
    by: String(row.by),
    reason: String(row.reason),
    createdAt: Number(row.created_at),
  };
}

export function toAuditEntry(row: Row): AuditEntry {
  return {
    at: Number(row.at),
    by: String(row.by),
    action: String(row.action) as AuditEntry['action'],
    subject: String(row.subject),
    ...(row.note === null ? {} : { note: String(row.note) }),
  };
}
