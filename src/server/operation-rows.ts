import type { Check, Skipped } from '../model/check.ts';
import type { CauseLevel } from '../model/cause.ts';
import type { Incident } from '../model/incident.ts';
import type { Document } from '../model/document.ts';
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

/** The rows of all operations, made anew when something of them has changed. */
export class OperationRows {
  readonly #index = new DocumentsIndex();
  #made: { readonly key: string; readonly rows: Promise<readonly OperationRow[]> } | undefined;

  /** The same array as long as nothing has changed. */
  all(context: ServerContext): Promise<readonly OperationRow[]> {
    const key = `${context.board.version} ${Math.floor(context.clock.now() / slotMs)}`;
    if (this.#made?.key !== key) this.#made = { key, rows: this.#make(context) };
    return this.#made.rows;
  }

  /** One of them, made for itself. */
  async one(context: ServerContext, planned: Check | Skipped): Promise<OperationRow> {
    const open = await context.patrol.store.openIncidents();
    const documents = await this.#index.list(context.patrol.store, planned.source);
    const document = documents.find(({ id }) => id === planned.documentId)?.document;
    return this.#row(context, planned, document, incidentFinder(told(open)));
  }

  async #make(context: ServerContext): Promise<readonly OperationRow[]> {
    const { board, patrol } = context;
    const find = incidentFinder(told(await patrol.store.openIncidents()));
    const rows: OperationRow[] = [];
    for (const { name } of patrol.config.settings.sources) {
      const { checks = [], skipped = [] } = board.sources.get(name) ?? {};
      const entries = await this.#index.list(patrol.store, name);
      const places = new Map(entries.map(({ id, document }, index) => [id, { document, index }] as const));
      const placed = [...checks, ...skipped].map((planned) => {
        const place = places.get(planned.documentId);
        const document = place?.document;
        const found = document && this.#index.operation(document, planned.operation);
        const order = (place?.index ?? places.size) * 1e6 + (found?.[1] ?? 0);
        return { order, row: this.#row(context, planned, document, find) };
      });
      for (const { row } of placed.toSorted((a, b) => a.order - b.order)) rows.push(row);
    }
    return rows;
  }

  #row(
    { board, clock }: ServerContext,
    planned: Check | Skipped,
    document: Document | undefined,
    find: (check: Check) => string | undefined,
  ): OperationRow {
    const [operation] = (document && this.#index.operation(document, planned.operation)) ?? [];
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
    const isGood = last === undefined || last.verdict === 'pass';
    const incident = isGood ? undefined : find(planned);
    return {
      ...head,
      state: last?.verdict ?? 'waiting',
      ...(isGood ? {} : { reason: last.reason.message }),
      ...(incident === undefined ? {} : { incident }),
      strip: board.day.strip(id, clock.now()),
      ...(p95Ms === undefined ? {} : { p95Ms }),
      p95s: [...p95s],
    };
  }
}

/** Suspicions are nobody's business yet. */
export function told(incidents: readonly Incident[]): readonly Incident[] {
  return incidents.filter(({ state }) => state !== 'pending');
}
