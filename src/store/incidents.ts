import type { Incident, Suppression, Transition, TransitionKind } from '../model/incident.ts';
import type { Acknowledgement } from '../model/silence.ts';
import type { Row, Sql } from './sql/sql.ts';
import { type Collision, OpenRows, toData } from './open-rows.ts';
import type { TimeRange } from './store.ts';
import { nextTurn, rowsATurn } from './sql/turns.ts';

const record = `insert into transition (incident_no, version, kind, at, cycle_id, data, suppressed)
  values (?, ?, ?, ?, ?, ?, ?) on conflict do nothing`;
const withAcknowledgement = `select i.no, i.data, a.by, a.at, a.until, a.note
  from incident i left join acknowledgement a on a.incident_no = i.no and a.ended_at is null`;
const isIncident = `i.data ->> 'state' <> 'pending'`;
/** Of what is patrolled, and not of the patrol itself. */
const isOfPatrolled = 'i.own = 0';
const putOwn = `insert into incident (id, fingerprint, opened_at, ended_at, data, own) values (?, ?, ?, ?, ?, 1)
  on conflict (fingerprint, opened_at) do update set ended_at = excluded.ended_at, data = excluded.data
  returning no`;
const openOwn = 'select no, id, data from incident where fingerprint = ? and own = 1 and ended_at is null';
const endOwn = 'update incident set ended_at = ?, data = ? where no = ?';
const everything = Number.MAX_SAFE_INTEGER;

/** Id → number of its row, for everything that the change is about. */
export type IncidentNumbers = ReadonlyMap<string, number>;

/** What was stored, and what could not be stored as it was concluded. */
export interface StoredIncidents {
  readonly numbers: IncidentNumbers;
  readonly collisions: readonly Collision[];
}

/**
 * Brings the incidents to the present state and writes down what happened to them. What collides with another is no reason
 * to lose the rest. Inside a transaction.
 */
export async function storeIncidents(
  db: Sql,
  cycleId: number,
  open: readonly Incident[],
  transitions: readonly Transition[],
): Promise<StoredIncidents> {
  const rows = await OpenRows.read(db);
  const numbers = new Map<string, number>();
  const ended = new Map<string, number>();
  // Those that ended first: their fingerprint may be another incident's by now.
  for (const { kind, incident, at } of transitions) {
    if (!ends(kind)) continue;
    ended.set(incident.id, await rows.end(incident, at));
    if (ended.size % rowsATurn === 0) await nextTurn();
  }
  const { kept, gone, collisions } = await rows.makeRoomFor(open);
  for (const [id, no] of gone) numbers.set(id, no);
  for (const incident of kept) {
    numbers.set(incident.id, await rows.put(incident));
    if (numbers.size % rowsATurn === 0) await nextTurn();
  }
  for (const { kind, incident, at, suppressed } of transitions) {
    const no = (ends(kind) ? ended : numbers).get(incident.id) ?? (await rows.put(incident));
    numbers.set(incident.id, numbers.get(incident.id) ?? no);
    const why = suppressed === undefined ? null : JSON.stringify(suppressed);
    await db.run(record, no, incident.version, kind, at, cycleId, toData(incident), why);
  }
  return { numbers, collisions };
}

/**
 * Writes down what happened to something of the patrol itself. What was found out again after a crash under the same id
 * goes on; what is still open under another has ended unseen. Inside a transaction.
 */
export async function storeOwnIncidents(db: Sql, transitions: readonly Transition[]): Promise<void> {
  for (const { kind, incident, at } of transitions) {
    const { id, fingerprint, openedAt, version } = incident;
    const endedAt = ends(kind) ? at : null;
    await endOthers(db, fingerprint, at, endedAt === null ? id : undefined);
    const goesOn = 'select no from incident where fingerprint = ? and ended_at is null';
    if (endedAt === null && (await db.all(goesOn, fingerprint)).length > 0) continue;
    const data = toData(incident);
    const [row] = await db.all(putOwn, id, fingerprint, openedAt, endedAt, data);
    await db.run(record, row?.no ?? null, version, kind, at, 0, data, null);
  }
}

/** What is open of one thing ends, but for the one with this id. */
async function endOthers(db: Sql, fingerprint: string, at: number, but: string | undefined): Promise<void> {
  for (const { no, id, data } of await db.all(openOwn, fingerprint)) {
    if (id === but) continue;
    const incident = { ...(JSON.parse(String(data)) as Incident), state: 'resolved', resolvedAt: at };
    await db.run(endOwn, at, JSON.stringify(incident), Number(no));
  }
}

function ends(kind: TransitionKind): boolean {
  return kind === 'resolved' || kind === 'removed';
}

export async function readOpenIncidents(db: Sql): Promise<readonly Incident[]> {
  const sql = `${withAcknowledgement} where i.ended_at is null and ${isOfPatrolled} order by i.fingerprint`;
  return onceEach((await db.all(sql)).map(toIncident));
}

/** Of rows that are one incident the newest counts, until they are brought together. */
function onceEach(open: readonly Incident[]): readonly Incident[] {
  const newest = new Map<string, Incident>();
  for (const one of open) if (one.version >= (newest.get(one.id)?.version ?? 0)) newest.set(one.id, one);
  return newest.size === open.length ? open : open.filter((one) => newest.get(one.id) === one);
}

export async function readOwnIncidents(db: Sql): Promise<readonly Incident[]> {
  const sql = `${withAcknowledgement} where i.ended_at is null and i.own = 1 order by i.fingerprint`;
  return (await db.all(sql)).map(toIncident);
}

export async function readIncidents(db: Sql, { from, to, limit }: TimeRange): Promise<readonly Incident[]> {
  const sql = `${withAcknowledgement} where ${isIncident} and ${isOfPatrolled} and i.opened_at <= ?
    and (i.ended_at is null or i.ended_at >= ?) order by i.opened_at desc, i.no desc limit ?`;
  return (await db.all(sql, to, from, limit ?? everything)).map(toIncident);
}

export async function readTransitions(
  db: Sql,
  { from, to, limit }: TimeRange,
): Promise<readonly Transition[]> {
  const sql = `select t.kind, t.at, t.data, t.suppressed from transition t join incident i on i.no = t.incident_no
    where t.at between ? and ? and ${isOfPatrolled}
    order by t.at desc, t.incident_no desc, t.version desc limit ?`;
  return (await db.all(sql, from, to, limit ?? everything)).map(toTransition);
}

/** The open incident with this short id, else the last one that had it. */
export async function findIncident(
  db: Sql,
  id: string,
): Promise<{ readonly no: number; readonly incident: Incident; readonly open: boolean } | undefined> {
  const sql = `${withAcknowledgement} where i.id = ? and ${isIncident}
    order by i.ended_at is null desc, i.opened_at desc limit 1`;
  const [row] = await db.all(sql, id.toUpperCase());
  if (row === undefined) return undefined;
  const incident = toIncident(row);
  return { no: Number(row.no), incident, open: incident.state !== 'resolved' };
}

export async function transitionsOf(db: Sql, incidentNo: number): Promise<readonly Transition[]> {
  const sql = 'select kind, at, data, suppressed from transition where incident_no = ? order by version';
  return (await db.all(sql, incidentNo)).map(toTransition);
}

function toIncident(row: Row): Incident {
  const incident = JSON.parse(String(row.data)) as Incident;
  if (row.by === null) return incident;
  const acknowledged: Acknowledgement = {
    by: String(row.by),
    at: Number(row.at),
    until: Number(row.until),
    ...(row.note === null ? {} : { note: String(row.note) }),
  };
  return { ...incident, acknowledged };
}

function toTransition({ kind, at, data, suppressed }: Row): Transition {
  return {
    kind: String(kind) as TransitionKind,
    at: Number(at),
    incident: JSON.parse(String(data)) as Incident,
    ...(suppressed === null ? {} : { suppressed: JSON.parse(String(suppressed)) as Suppression }),
  };
}
