import type { Acknowledgement, AuditEntry, IncidentMatcher, Silence } from '../../model/silence.ts';
import { type Row, type Sql, type SqlDatabase, upsert } from '../sql/sql.ts';
import { findIncident } from '../incidents.ts';
import type { Desk, TimeRange } from '../store.ts';

const everything = Number.MAX_SAFE_INTEGER;

/** Each call writes down who did it, in the same transaction. */
export class SqlInterventions implements Desk {
  readonly #db: SqlDatabase;

  constructor(db: SqlDatabase) {
    this.#db = db;
  }

  silences(now: number): Promise<readonly Silence[]> {
    const sql = 'select * from silence where ends_at > ? order by ends_at, id';
    return this.#db.read(async (db) => (await db.all(sql, now)).map(toSilence));
  }

  silence(silence: Omit<Silence, 'id'>): Promise<Silence> {
    const { matcher, from, until, by, reason, createdAt } = silence;
    return this.#db.write(async (db) => {
      const [row] = await db.all(
        `insert into silence (matcher, starts_at, ends_at, by, reason, created_at)
           values (?, ?, ?, ?, ?, ?) returning id`,
        JSON.stringify(matcher),
        from,
        until,
        by,
        reason,
        createdAt,
      );
      const id = Number(row?.id);
      await this.#note(db, { at: createdAt, by, action: 'silence', subject: `silence ${id}`, note: reason });
      return { id, ...silence };
    });
  }

  endSilence(id: number, by: string, at: number): Promise<boolean> {
    return this.#db.write(async (db) => {
      const sql = 'update silence set ends_at = ? where id = ? and ends_at > ? returning id';
      const ended = (await db.all(sql, at, id, at)).length > 0;
      if (ended) await this.#note(db, { at, by, action: 'end-silence', subject: `silence ${id}` });
      return ended;
    });
  }

  acknowledge(incidentId: string, { by, at, until, note }: Acknowledgement): Promise<boolean> {
    return this.#onOpen(incidentId, async (db, no) => {
      await this.#endAcknowledgement(db, no, at);
      const sql = upsert('acknowledgement', ['incident_no', 'at'], ['by', 'until', 'note', 'ended_at']);
      await db.run(sql, no, at, by, until, note ?? null, null);
      return { at, by, action: 'acknowledge', note };
    });
  }

  unacknowledge(incidentId: string, by: string, at: number): Promise<boolean> {
    return this.#onOpen(incidentId, async (db, no) => {
      await this.#endAcknowledgement(db, no, at);
      return { at, by, action: 'unacknowledge' };
    });
  }

  comment(incidentId: string, by: string, at: number, text: string): Promise<boolean> {
    return this.#db.write(async (db) => {
      const found = await findIncident(db, incidentId);
      if (found === undefined) return false;
      const subject = subjectOf(found.incident.id);
      await this.#note(db, { at, by, action: 'comment', subject, note: text }, found.no);
      return true;
    });
  }

  note(entry: AuditEntry): Promise<void> {
    return this.#db.write(async (db) => this.#note(db, entry));
  }

  audit({ from, to, limit }: TimeRange): Promise<readonly AuditEntry[]> {
    const sql = 'select * from audit where at between ? and ? order by at desc, id desc limit ?';
    return this.#db.read(async (db) => (await db.all(sql, from, to, limit ?? everything)).map(toAuditEntry));
  }

  async #endAcknowledgement(db: Sql, incidentNo: number, at: number): Promise<void> {
    await db.run(
      'update acknowledgement set ended_at = ? where incident_no = ? and ended_at is null',
      at,
      incidentNo,
    );
  }

  #onOpen(
    incidentId: string,
    act: (db: Sql, no: number) => Promise<Omit<AuditEntry, 'subject'>>,
  ): Promise<boolean> {
    return this.#db.write(async (db) => {
      const found = await findIncident(db, incidentId);
      if (found === undefined || !found.open) return false;
      await this.#note(db, { ...(await act(db, found.no)), subject: subjectOf(found.incident.id) }, found.no);
      return true;
    });
  }

  async #note(
    db: Sql,
    { at, by, action, subject, note }: AuditEntry,
    incidentNo: number | null = null,
  ): Promise<void> {
    await db.run(
      'insert into audit (at, by, action, subject, note, incident_no) values (?, ?, ?, ?, ?, ?)',
      at,
      by,
      action,
      subject,
      note ?? null,
      incidentNo,
    );
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
