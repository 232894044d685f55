import type { Check, Skipped } from '../model/check.ts';
import type { CauseLevel } from '../model/cause.ts';
import type { Incident } from '../model/incident.ts';
import type { Operation } from '../model/document.ts';
import type { Result } from '../model/result.ts';
import { nextTurn } from '../store/turns.ts';
import type { OperationRow } from './api/operations.ts';
import type { ServerContext } from './context.ts';
import { DocumentsIndex } from './documents-index.ts';
import { slotMs } from './day-log.ts';

/** Which open incident explains a check, the most special one first. */
export function incidentFinder(open: readonly Incident[]): (check: Check) => string | undefined {
  const known = new Map(open.map(({ cause, id }) => [`${cause.level}:${cause.subject}`, id]));
  return (check) => {
    const subjects: readonly (readonly [CauseLevel, string | undefined])[] = [
      ['operation', check.id],
      ['document', check.documentId],
      ['credential', check.credential],
      ['origin', check.origin],
      ['service', check.source],
    ];
    for (const [level, subject] of subjects) {
      const id = known.get(`${level}:${subject}`);
      if (id !== undefined) return id;
    }
    return undefined;
  };
}

/** The row of one operation as it goes over the wire. */
export interface RowText {
  readonly source: string;
  readonly text: string;
}

/** What a row was made of: as long as that is the same, so is the row. */
interface Kept extends RowText {
  readonly planned: Check | Skipped;
  readonly operation: Operation | undefined;
  readonly last: Result | undefined;
  readonly revision: number;
  readonly halfHour: number;
  readonly incident: string | undefined;
}

const rowsATurn = 500;

/** The rows of all operations; those of which something has changed are made anew. */
export class OperationRows {
  readonly #index = new DocumentsIndex();
  #made: { readonly key: string; readonly rows: Promise<readonly RowText[]> } | undefined;
  #kept: ReadonlyMap<string, Kept> = new Map();

  /** The same array as long as nothing has changed. */
  all(context: ServerContext): Promise<readonly RowText[]> {
    const key = `${context.board.version} ${Math.floor(context.clock.now() / slotMs)}`;
    if (this.#made?.key !== key) this.#made = { key, rows: this.#make(context) };
    return this.#made.rows;
  }

  /** One of them, made for itself. */
  async one(context: ServerContext, planned: Check | Skipped): Promise<OperationRow> {
    const open = await context.patrol.store.openIncidents();
    const documents = await this.#index.list(context.patrol.store, planned.source);
    const document = documents.find(({ id }) => id === planned.documentId)?.document;
    const [operation] = (document && this.#index.operation(document, planned.operation)) ?? [];
    const incident = incidentOf(context, planned, incidentFinder(told(open)));
    return rowOf(context, planned, operation, incident);
  }

  async #make(context: ServerContext): Promise<readonly RowText[]> {
    const { board, patrol } = context;
    const find = incidentFinder(told(await patrol.store.openIncidents()));
    const rows: Kept[] = [];
    const kept = new Map<string, Kept>();
    for (const { name } of patrol.config.settings.sources) {
      const { checks = [], skipped = [] } = board.sources.get(name) ?? {};
      const entries = await this.#index.list(patrol.store, name);
      const places = new Map(entries.map(({ id, document }, index) => [id, { document, index }] as const));
      const placed: { readonly order: number; readonly row: Kept }[] = [];
      for (const planned of [...checks, ...skipped]) {
        if (kept.size % rowsATurn === 0) await nextTurn();
        const place = places.get(planned.documentId);
        const document = place?.document;
        const [operation, at = 0] = (document && this.#index.operation(document, planned.operation)) ?? [];
        const row = this.#row(context, planned, operation, find);
        kept.set(planned.id, row);
        placed.push({ order: (place?.index ?? places.size) * 1e6 + at, row });
      }
      for (const { row } of placed.toSorted((a, b) => a.order - b.order)) rows.push(row);
    }
    this.#kept = kept;
    return rows;
  }

  #row(
    context: ServerContext,
    planned: Check | Skipped,
    operation: Operation | undefined,
    find: (check: Check) => string | undefined,
  ): Kept {
    const { board, clock } = context;
    const { id, source } = planned;
    const last = board.lastResult(id);
    const revision = board.day.revision(id);
    const halfHour = Math.floor(clock.now() / (2 * slotMs));
    const incident = incidentOf(context, planned, find);
    const before = this.#kept.get(id);
    if (
      before?.planned === planned &&
      before.operation === operation &&
      before.last === last &&
      before.revision === revision &&
      before.halfHour === halfHour &&
      before.incident === incident
    )
      return before;
    const text = JSON.stringify(rowOf(context, planned, operation, incident));
    return { source, text, planned, operation, last, revision, halfHour, incident };
  }
}

/** The open incident that an operation which is not well belongs to. */
function incidentOf(
  { board }: ServerContext,
  planned: Check | Skipped,
  find: (check: Check) => string | undefined,
): string | undefined {
  if (!('request' in planned)) return undefined;
  const last = board.lastResult(planned.id);
  return last === undefined || last.verdict === 'pass' ? undefined : find(planned);
}

function rowOf(
  { board, clock }: ServerContext,
  planned: Check | Skipped,
  operation: Operation | undefined,
  incident: string | undefined,
): OperationRow {
  const { id, source, documentId, tags } = planned;
  const [method = '', ...path] = planned.operation.split(' ');
  const title = operation?.summary ?? operation?.operationId;
  const head = {
    id,
    source,
    document: documentId,
    method,
    path: path.join(' '),
    ...(title === undefined ? {} : { title }),
    tags: [...tags],
  };
  if (!('request' in planned))
    return { ...head, state: 'skipped', reason: planned.reason, strip: '', p95s: [] };
  const last = board.lastResult(id);
  const { p95Ms, p95s } = board.day.latencies(id, clock.now());
  return {
    ...head,
    state: last?.verdict ?? 'waiting',
    ...(last === undefined || last.verdict === 'pass' ? {} : { reason: last.reason.message }),
    ...(incident === undefined ? {} : { incident }),
    strip: board.day.strip(id, clock.now()),
    ...(p95Ms === undefined ? {} : { p95Ms }),
    p95s: [...p95s],
  };
}

/** Suspicions are nobody's business yet. */
export function told(incidents: readonly Incident[]): readonly Incident[] {
  return incidents.filter(({ state }) => state !== 'pending');
}
