import type { Incident, Transition, TransitionKind } from '../model/incident.ts';
import type { Database } from './database.ts';
import type { TimeRange } from './store.ts';
import { nextTurn, rowsATurn } from './turns.ts';

const upsert = `insert into incident (fingerprint, opened_at, ended_at, data) values (?, ?, ?, ?)
  on conflict (fingerprint, opened_at) do update set ended_at = excluded.ended_at, data = excluded.data
  returning no`;
const record = `insert into transition (incident_no, version, kind, at, cycle_id, data) values (?, ?, ?, ?, ?, ?)
  on conflict do nothing`;

/** Brings the incidents to the state after a cycle and writes down what happened to them. Inside a transaction. */
export async function storeIncidents(
  database: Database,
  cycleId: number,
  open: readonly Incident[],
  transitions: readonly Transition[],
): Promise<void> {
  const numbers = new Map<Incident, number>();
  const put = async (incident: Incident, endedAt: number | null): Promise<void> => {
    const row = [incident.fingerprint, incident.openedAt, endedAt, JSON.stringify(incident)] as const;
    numbers.set(incident, Number(database.statement(upsert).all(...row)[0]?.no));
    if (numbers.size % rowsATurn === 0) await nextTurn();
  };
  // Those that ended first: their fingerprint may be another incident's by now.
  for (const { kind, incident, at } of transitions) if (ends(kind)) await put(incident, at);
  for (const incident of open) await put(incident, null);
  for (const { kind, incident, at } of transitions) {
    if (!numbers.has(incident)) await put(incident, null);
    const no = numbers.get(incident) ?? null;
    const data = JSON.stringify(incident);
    database.statement(record).run(no, incident.version, kind, at, cycleId, data);
  }
}

function ends(kind: TransitionKind): boolean {
  return kind === 'resolved' || kind === 'removed';
}

export async function readOpenIncidents(database: Database): Promise<readonly Incident[]> {
  const rows = await database.query
    .selectFrom('incident')
    .select('data')
    .where('ended_at', 'is', null)
    .orderBy('fingerprint')
    .execute();
  return rows.map(({ data }) => JSON.parse(data) as Incident);
}

export async function readIncidents(database: Database, range: TimeRange): Promise<readonly Incident[]> {
  let query = database.query
    .selectFrom('incident')
    .select('data')
    .where('opened_at', '<=', range.to)
    .where((where) => where.or([where('ended_at', 'is', null), where('ended_at', '>=', range.from)]))
    .orderBy('opened_at', 'desc')
    .orderBy('no', 'desc');
  if (range.limit !== undefined) query = query.limit(range.limit);
  return (await query.execute()).map(({ data }) => JSON.parse(data) as Incident);
}

export async function readTransitions(database: Database, range: TimeRange): Promise<readonly Transition[]> {
  let query = database.query
    .selectFrom('transition')
    .select(['kind', 'at', 'data'])
    .where('at', '>=', range.from)
    .where('at', '<=', range.to)
    .orderBy('at', 'desc')
    .orderBy('incident_no', 'desc')
    .orderBy('version', 'desc');
  if (range.limit !== undefined) query = query.limit(range.limit);
  return (await query.execute()).map(({ kind, at, data }) => ({
    kind: kind as TransitionKind,
    at,
    incident: JSON.parse(data) as Incident,
  }));
}
