import type { Sentence } from '../../model/sentence.ts';
import type { Check, Skipped } from '../../model/check.ts';
import { type Incident, isFailure } from '../../model/incident.ts';
import type { CauseLevel } from '../../model/cause.ts';
import type { Document, Operation } from '../../model/document.ts';
import type { Result } from '../../model/result.ts';
import { nextTurn } from '../../store/sql/turns.ts';
import type { LiveState } from './live-state.ts';
import type { OperationRow, RowText, ServerContext } from '../context.ts';
import { slotMs } from './last-day.ts';
import { slowFinder, stateNow } from '../../incidents/latency/slow-now.ts';
import type { CachedDocument } from '../../documents/ports.ts';
import type { Store } from '../../store/store.ts';

/** Which open incident explains a check, the most special one first; of two about the same the one that it fails by. */
export function incidentFinder(open: readonly Incident[]): (check: Check) => string | undefined {
  const worstLast = open.toSorted((a, b) => Number(isFailure(a)) - Number(isFailure(b)));
  const known = new Map(worstLast.map(({ cause, id }) => [`${cause.level}:${cause.subject}`, id]));
  return (check) => {
    const subjects: readonly (readonly [CauseLevel, string | undefined])[] = [
      ['operation', check.id],
      ['document', check.documentId],
      ['credential', check.credential],
      ['origin', check.origin],
      ['service', check.service],
    ];
    for (const [level, subject] of subjects) {
      const id = known.get(`${level}:${subject}`);
      if (id !== undefined) return id;
    }
    return undefined;
  };
}

/** What a row was made of: as long as that is the same, so is the row. */
interface Kept extends RowText {
  readonly planned: Check | Skipped;
  readonly operation: Operation | undefined;
  readonly last: Result | undefined;
  readonly revision: number;
  readonly halfHour: number;
  readonly incident: string | undefined;
  readonly slow: string | undefined;
}

/** Some twenty milliseconds: whoever waits for them waits for every turn that others get. */
const rowsATurn = 2000;

/** The rows of all operations; those of which something has changed are made anew. */
export class OperationRows {
  readonly #index = new DocumentsIndex();
  #made: { readonly key: string; readonly rows: Promise<readonly RowText[]> } | undefined;
  #kept: ReadonlyMap<string, Kept> = new Map();
  /** What a document says, as JSON, does not change with results. */
  readonly #heads = new WeakMap<
    object,
    { readonly operation: Operation | undefined; readonly text: string }
  >();

  /** The same array as long as nothing has changed. */
  all(context: ServerContext): Promise<readonly RowText[]> {
    const key = `${context.board.version} ${Math.floor(context.clock.now() / slotMs)}`;
    if (this.#made?.key !== key) this.#made = { key, rows: this.#make(context) };
    return this.#made.rows;
  }

  /** One of them, made for itself. */
  async one(context: ServerContext, planned: Check | Skipped): Promise<OperationRow> {
    const open = await context.patrol.store.openIncidents();
    const documents = await this.#index.list(context.patrol.store, planned.service);
    const document = documents.find(({ id }) => id === planned.documentId)?.document;
    const [operation] = (document && this.#index.operation(document, planned.operation)) ?? [];
    const about = aboutOf(context, planned, finders(open));
    return JSON.parse(this.#text(context, planned, operation, about)) as OperationRow;
  }

  async #make(context: ServerContext): Promise<readonly RowText[]> {
    const { board, patrol } = context;
    const find = finders(await patrol.store.openIncidents());
    const rows: Kept[] = [];
    const kept = new Map<string, Kept>();
    for (const { name } of patrol.config.settings.services) {
      const { checks = [], skipped = [] } = board.services.get(name) ?? {};
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
    find: Finders,
  ): Kept {
    const { board, clock } = context;
    const { id, service } = planned;
    const last = board.lastResult(id);
    const revision = board.day.revision(id);
    const halfHour = Math.floor(clock.now() / (2 * slotMs));
    const about = aboutOf(context, planned, find);
    const { incident } = about;
    const slow = about.slow === undefined ? undefined : JSON.stringify(about.slow.reason.message);
    const before = this.#kept.get(id);
    if (
      before?.planned === planned &&
      before.operation === operation &&
      before.last === last &&
      before.revision === revision &&
      before.halfHour === halfHour &&
      before.incident === incident &&
      before.slow === slow
    )
      return before;
    const text = this.#text(context, planned, operation, about);
    return { service, text, planned, operation, last, revision, halfHour, incident, slow };
  }

  /** An `OperationRow` as JSON. */
  #text(
    { board, clock }: ServerContext,
    planned: Check | Skipped,
    operation: Operation | undefined,
    about: About,
  ): string {
    const head = this.#head(planned, operation).slice(0, -1);
    const state = 'request' in planned ? stateOf(board, planned, about, clock.now()) : skippedState(planned);
    return `${head},${JSON.stringify(state).slice(1)}`;
  }

  #head(planned: Check | Skipped, operation: Operation | undefined): string {
    const known = this.#heads.get(planned);
    if (known !== undefined && known.operation === operation) return known.text;
    const { id, service, documentId: document, tags } = planned;
    const [method = '', ...path] = planned.operation.split(' ');
    const title = operation?.summary ?? operation?.operationId;
    const text = JSON.stringify({ id, service, document, method, path: path.join(' '), title, tags });
    this.#heads.set(planned, { operation, text });
    return text;
  }
}

interface Finders {
  readonly incident: ReturnType<typeof incidentFinder>;
  readonly slow: ReturnType<typeof slowFinder>;
}

function finders(open: readonly Incident[]): Finders {
  const known = told(open);
  return { incident: incidentFinder(known), slow: slowFinder(known) };
}

/** What open incidents say of an operation. */
interface About {
  /** The one that it belongs to, when it is not well. */
  readonly incident: string | undefined;
  /** The one by which it is no more than slow. */
  readonly slow?: Incident;
}

function aboutOf({ board }: ServerContext, planned: Check | Skipped, find: Finders): About {
  const last = 'request' in planned ? board.lastResult(planned.id) : undefined;
  if (!('request' in planned) || last === undefined) return { incident: undefined };
  if (last.verdict !== 'pass') return { incident: find.incident(planned) };
  const slow = find.slow(planned, last);
  return slow === undefined ? { incident: undefined } : { incident: slow.id, slow };
}

/** What the document does not say; keys that are `undefined` are left out. */
interface RowState {
  readonly state: OperationRow['state'];
  readonly strip: string;
  readonly reason: Sentence | undefined;
  readonly incident: string | undefined;
  readonly p95Ms: number | undefined;
  readonly p95s: readonly (number | null)[];
}

function stateOf(board: LiveState, { id }: Check, { incident, slow }: About, now: number): RowState {
  const last = board.lastResult(id);
  const { p95Ms, p95s } = board.day.latencies(id, now);
  const own = last === undefined || last.verdict === 'pass' ? undefined : last.reason.message;
  const strip = board.day.strip(id, now);
  const state = stateNow(last, slow);
  return { state, reason: own ?? slow?.reason.message, incident, strip, p95Ms, p95s };
}

function skippedState({ reason }: Skipped): RowState {
  return { state: 'skipped', reason, incident: undefined, strip: '', p95Ms: undefined, p95s: [] };
}

/** Suspicions are nobody's business yet. */
export function told(incidents: readonly Incident[]): readonly Incident[] {
  return incidents.filter(({ state }) => state !== 'pending');
}

/** Finds the operations of documents by what the plan calls them. */
export class DocumentsIndex {
  readonly #operations = new WeakMap<Document, ReadonlyMap<string, readonly [Operation, number]>>();

  list(
    store: { readonly documents: Pick<Store['documents'], 'list'> },
    service: string,
  ): Promise<readonly CachedDocument[]> {
    return store.documents.list(service);
  }

  /** The operation with that key, and its place among the operations of the document. */
  operation(document: Document, key: string): readonly [Operation, number] | undefined {
    let operations = this.#operations.get(document);
    if (operations === undefined) {
      operations = new Map(
        document.operations.map((operation, index) => [operation.key, [operation, index] as const]),
      );
      this.#operations.set(document, operations);
    }
    return operations.get(key);
  }
}
