import type { Incident } from '../model/incident.ts';
import type { Row, Sql } from './sql/sql.ts';

const openOnes = `select no, id, fingerprint, opened_at, data ->> 'version' as version, data ->> 'state' as state
  from incident where ended_at is null and own = 0 order by no`;
const holder = 'select no, id, ended_at from incident where fingerprint = ? and opened_at = ?';
const insert =
  'insert into incident (id, fingerprint, opened_at, ended_at, data) values (?, ?, ?, ?, ?) returning no';
const update = 'update incident set fingerprint = ?, opened_at = ?, ended_at = ?, data = ? where no = ?';
const vacate = 'update incident set fingerprint = ? where no = ?';
const endRow = 'update incident set ended_at = ?, data = ? where no = ?';
const one = 'select opened_at, data from incident where no = ?';
const forget = 'delete from incident where no = ?';
/** What has been written down about one row is about another. */
const bringOver = [
  ...[
    { table: 'transition', key: 'version' },
    { table: 'outbox_incident', key: 'outbox_id' },
    { table: 'acknowledgement', key: 'at' },
  ].map(
    ({ table, key }) => `update ${table} set incident_no = ?1 where incident_no = ?2
       and not exists (select 1 from ${table} o where o.incident_no = ?1 and o.${key} = ${table}.${key})`,
  ),
  'update audit set incident_no = ?1 where incident_no = ?2',
];

/** Two that are said to be open as one, which cannot be. */
export interface Collision {
  /** Fingerprint and id of the one that ends with it. */
  readonly ended: string;
  /** The same of the one that goes on. */
  readonly by: string;
}

/** Those for which there is room now. */
interface Room {
  readonly kept: readonly Incident[];
  /** By id, the rows of those that had to go. */
  readonly gone: ReadonlyMap<string, number>;
  readonly collisions: readonly Collision[];
}

interface OpenRow {
  readonly no: number;
  readonly fingerprint: string;
  readonly openedAt: number;
  readonly version: number;
  readonly isSuspicion: boolean;
}

/**
 * The rows of what is open, by id: an incident keeps its row whatever it goes on as. Of rows with one id, which are one
 * incident, one is left. Inside a transaction.
 */
export class OpenRows {
  readonly #db: Sql;
  readonly #rows = new Map<string, OpenRow>();

  private constructor(db: Sql) {
    this.#db = db;
  }

  static async read(db: Sql): Promise<OpenRows> {
    const rows = new OpenRows(db);
    for (const row of await db.all(openOnes)) await rows.#add(row);
    return rows;
  }

  async #add(row: Row): Promise<void> {
    const one: OpenRow = {
      no: Number(row.no),
      fingerprint: String(row.fingerprint),
      openedAt: Number(row.opened_at),
      version: Number(row.version),
      isSuspicion: row.state === 'pending',
    };
    const id = String(row.id);
    const other = this.#rows.get(id);
    this.#rows.set(id, other === undefined ? one : await this.#asOne(other, one));
  }

  /** Writes down an incident as it is when it ends; returns the number of its row. */
  async end(incident: Incident, at: number): Promise<number> {
    const no = await this.#put(incident, Math.max(at, incident.openedAt));
    this.#rows.delete(incident.id);
    return no;
  }

  /** Writes down an incident as it goes on; returns the number of its row. */
  async put(incident: Incident): Promise<number> {
    const no = await this.#put(incident, null);
    const { fingerprint, openedAt, version, state } = incident;
    this.#rows.set(incident.id, { no, fingerprint, openedAt, version, isSuspicion: state === 'pending' });
    return no;
  }

  /**
   * Frees the fingerprints of those that go on. Suspicions that came to nothing leave nothing: nobody was told. Of two that
   * claim one fingerprint, or one id, the later one goes on.
   */
  async makeRoomFor(open: readonly Incident[]): Promise<Room> {
    const collisions: Collision[] = [];
    const gone = new Map<string, number>();
    const [byFingerprint, byId] = [new Map<string, Incident>(), new Map<string, Incident>()];
    const losers: Incident[] = [];
    for (const one of open.toSorted((a, b) => a.openedAt - b.openedAt || a.version - b.version)) {
      for (const other of new Set([byFingerprint.get(one.fingerprint), byId.get(one.id)])) {
        if (other === undefined) continue;
        losers.push(other);
        collisions.push({ ended: nameOf(other), by: nameOf(one) });
        byFingerprint.delete(other.fingerprint);
        byId.delete(other.id);
      }
      byFingerprint.set(one.fingerprint, one);
      byId.set(one.id, one);
    }
    for (const one of losers)
      if (!byId.has(one.id) && !gone.has(one.id)) gone.set(one.id, await this.end(one, one.lastSeenAt));
    for (const [id, { no, fingerprint, isSuspicion }] of this.#rows) {
      const own = byId.get(id);
      const next = byFingerprint.get(fingerprint);
      if (own !== undefined) {
        if (own.fingerprint !== fingerprint) await this.#db.run(vacate, `leaving:${no}`, no);
        continue;
      }
      if (isSuspicion) await this.#db.run(forget, no);
      else if (next === undefined) continue;
      else {
        // Nobody has said what has become of it, and another has its place.
        await this.#endRow(no, next.lastSeenAt);
        collisions.push({ ended: `${fingerprint} #${id}`, by: nameOf(next) });
      }
      this.#rows.delete(id);
    }
    return { kept: open.filter((one) => byId.get(one.id) === one), gone, collisions };
  }

  /** Of one of which nothing is known but its row. */
  async #endRow(no: number, at: number): Promise<void> {
    const [row] = await this.#db.all(one, no);
    if (row === undefined) return;
    const resolvedAt = Math.max(at, Number(row.opened_at));
    const incident = { ...(JSON.parse(String(row.data)) as Incident), state: 'resolved', resolvedAt };
    await this.#db.run(endRow, resolvedAt, JSON.stringify(incident), no);
  }

  async #asOne(a: OpenRow, b: OpenRow): Promise<OpenRow> {
    const [kept, other] = b.version >= a.version ? [b, a] : [a, b];
    for (const sql of bringOver) await this.#db.run(sql, kept.no, other.no);
    await this.#db.run(forget, other.no);
    return kept;
  }

  async #put(incident: Incident, endedAt: number | null): Promise<number> {
    const { id, fingerprint, openedAt } = incident;
    const row = this.#rows.get(id);
    if (row === undefined) return this.#putNew(incident, endedAt);
    const at =
      row.fingerprint === fingerprint ? row.openedAt : await this.#freeFrom(fingerprint, openedAt, row.no);
    await this.#db.run(update, fingerprint, at, endedAt, toData(incident), row.no);
    return row.no;
  }

  async #putNew(incident: Incident, endedAt: number | null): Promise<number> {
    const { id, fingerprint, openedAt } = incident;
    const [same] = await this.#db.all(holder, fingerprint, openedAt);
    const data = toData(incident);
    if (same?.id === id) {
      await this.#db.run(update, fingerprint, openedAt, endedAt, data, Number(same.no));
      return Number(same.no);
    }
    const at = await this.#freeFrom(fingerprint, openedAt);
    const [row] = await this.#db.all(insert, id, fingerprint, at, endedAt, data);
    return Number(row?.no);
  }

  /** When a row is said to have begun: two of one time and name, of which one went on as that, are two. */
  async #freeFrom(fingerprint: string, openedAt: number, own?: number): Promise<number> {
    for (let at = openedAt; ; at++) {
      const [row] = await this.#db.all(holder, fingerprint, at);
      if (row === undefined || Number(row.no) === own) return at;
    }
  }
}

/** Acknowledgements come from other processes at any time: they live in a table of their own. */
export function toData(incident: Incident): string {
  return JSON.stringify({ ...incident, acknowledged: undefined });
}

function nameOf({ id, fingerprint }: Incident): string {
  return `${fingerprint} #${id}`;
}
