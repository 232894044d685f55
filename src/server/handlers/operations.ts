import { sentence } from '../../messages/sentence.ts';
import { successSentence } from '../../check/envelope/sentence.ts';
import { maskedCheck, maskedJson, maskHeaders, plannedCurl } from '../../check/answer/evidence.ts';
import { mapTexts } from '../../model/sentence.ts';
import type { Check, Skipped } from '../../model/check.ts';
import type { Document } from '../../model/document.ts';
import type { Json } from '../../model/json.ts';
import type { operationDetail } from '../api/operations.ts';
import type { DataOf } from '../api/endpoint.ts';
import { type HandlerContext, type Handlers, notFound, type RowText } from '../context.ts';
import { HttpProblem } from '../http/http-problem.ts';
import { DocumentsIndex, incidentFinder, told } from '../live/operation-rows.ts';
import { pageOf, periodOf } from '../http/paging.ts';
import { Prepared } from '../http/prepared.ts';
import { documentedView, resultView } from '../views/documented.ts';
import { viewer } from './incidents.ts';
import { setUpOf } from './set-up.ts';

type OperationDetail = DataOf<typeof operationDetail>;

const dayMs = 86_400_000;
const recentResults = 50;
/** Change sets that are looked through for the operation. */
const recentChanges = 100;

type Keys = 'listOperations' | 'getOperation' | 'listResults' | 'checkOperation';

export function operationHandlers(): Handlers<Keys> {
  const index = new DocumentsIndex();
  let prepared: { readonly of: object; readonly answer: Prepared } | undefined;

  return {
    async listOperations({ context, caller }) {
      const items = await context.rows.all();
      const now = context.clock.now();
      if (caller.services !== undefined) return listOf(now, items);
      if (prepared?.of !== items) prepared = { of: items, answer: listOf(now, items) };
      return prepared.answer;
    },

    async getOperation({ context, params }) {
      const planned = find(context, params['id']);
      const row = await context.rows.one(planned);
      const detail = { ...row, ...(await documentPart(context, index, planned)) };
      const setUp = 'request' in planned ? setUpOf(context, planned) : undefined;
      return 'request' in planned
        ? {
            ...detail,
            setUp,
            ...(await checkPart(context, planned)),
          }
        : { ...detail, owners: [], skip: skipPart(planned), results: [], incidents: [] };
    },

    async listResults({ context, params, query }) {
      const { id } = find(context, params['id']);
      const period = periodOf(query, context.clock.now());
      const read = (limit: number) => context.patrol.store.history(id, { ...period, limit });
      const { items, ...rest } = await pageOf(query, read);
      return { items: items.map(resultView), ...rest };
    },

    async checkOperation({ context, caller, params }) {
      const planned = find(context, params['id']);
      if (!('request' in planned))
        throw new HttpProblem(
          409,
          sentence('operationNotCalled', { operation: planned.operation, why: planned.reason }),
          { hint: planned.hint },
        );
      const { patrol, clock } = context;
      const subject = `${planned.service} ${planned.operation}`;
      await patrol.store.desk.note({ at: clock.now(), by: caller.name, action: 'check', subject });
      return resultView(await context.calls.call(planned.id));
    },
  };
}

function listOf(now: number, rows: readonly RowText[]): Prepared {
  return new Prepared({ head: `{"now":${now},"items":[`, items: rows.map(({ text }) => text), tail: ']}' });
}

function find({ board }: HandlerContext, id = ''): Check | Skipped {
  const planned = board.check(id) ?? board.skipped(id);
  if (planned === undefined) throw notFound(sentence('noOperation', { id }));
  return planned;
}

async function documentPart(
  { patrol }: HandlerContext,
  index: DocumentsIndex,
  planned: Check | Skipped,
): Promise<Pick<OperationDetail, 'file' | 'operationId' | 'documented' | 'change'>> {
  const { store } = patrol;
  const entries = await index.list(store, planned.service);
  const document: Document | undefined = entries.find(({ id }) => id === planned.documentId)?.document;
  const [operation] = (document && index.operation(document, planned.operation)) ?? [];
  const change = await latestChange({ patrol }, planned);
  const { service, documentId } = planned;
  return {
    file: {
      id: documentId,
      title: document?.title ?? '',
      uri: document?.uri ?? documentId.slice(service.length + 1),
      format: document?.format ?? '',
      version: document?.version,
    },
    operationId: operation?.operationId,
    ...(document === undefined || operation === undefined
      ? {}
      : { documented: documentedView(document, operation) }),
    change,
  };
}

async function latestChange(
  { patrol }: Pick<HandlerContext, 'patrol'>,
  { documentId, operation }: Check | Skipped,
): Promise<OperationDetail['change']> {
  const changes = await patrol.store.gallery.changes({ limit: recentChanges }, documentId);
  for (const { at, kind, added, changed } of changes) {
    const found = changed.find(({ key }) => key === operation);
    if (found !== undefined) return { at, breaking: found.breaking, details: [...found.details] };
    // That a document was read for the first time changes nothing in it.
    if (kind === 'changed' && added.includes(operation))
      return { at, breaking: false, details: [sentence('operationAdded')] };
  }
  return undefined;
}

function skipPart({ code, reason, hint }: Skipped): OperationDetail['skip'] {
  return { code, reason, hint };
}

async function checkPart(
  context: HandlerContext,
  check: Check,
): Promise<Omit<OperationDetail, keyof OperationHead>> {
  const { store } = context.patrol;
  const { redactor } = context;
  const now = context.clock.now();
  const [history, open, lately, view] = await Promise.all([
    store.history(check.id, { from: now - 7 * dayMs, to: now, limit: recentResults }),
    store.openIncidents(),
    store.incidents({ from: now - 7 * dayMs, to: now }),
    viewer(context),
  ]);
  const current = incidentFinder(told(open))(check);
  const about = lately.filter(({ id, cause, state }) =>
    state === 'resolved' ? cause.level === 'operation' && cause.subject === check.id : id === current,
  );
  const last = context.board.lastResult(check.id);
  const results =
    last === undefined || history.some(({ at }) => at >= last.at - 100) ? history : [last, ...history];
  const success = successSentence(check);
  const masked = maskedCheck(check, redactor);
  return {
    owners: [...check.owners],
    origin: check.origin,
    credential: check.credential,
    severity: check.severity,
    intervalMs: check.intervalMs,
    request: {
      method: check.method,
      url: masked.request.url,
      headers: maskHeaders(check.request.headers, redactor),
      values: masked.values.map(({ name, in: place, value, origin, from }) => ({
        name,
        in: place,
        value,
        origin,
        ...(from === undefined ? {} : { from: redactor.scrub(from) }),
      })),
    },
    promise: {
      statuses: check.promises.map(({ status }) => status),
      p95Ms: check.latency.p95Ms,
      ...(success === undefined ? {} : { success: mapTexts(success, (text) => redactor.scrub(text)) }),
      expectations: check.expectations.map(({ kind, settings }) => ({
        kind,
        settings: maskedJson(plainJson(settings), redactor),
      })),
    },
    results: results.slice(0, recentResults).map(resultView),
    curl:
      results.find(({ evidence }) => evidence !== undefined)?.evidence?.curl ??
      plannedCurl(check.request, check.operation, redactor),
    incidents: about.slice(0, 20).map(view),
  };
}

/** What the row and the document say; the rest of the detail is the check's. */
type OperationHead = Pick<
  OperationDetail,
  | 'id'
  | 'service'
  | 'document'
  | 'method'
  | 'path'
  | 'title'
  | 'tags'
  | 'state'
  | 'reason'
  | 'incident'
  | 'strip'
  | 'p95Ms'
  | 'p95s'
  | 'file'
  | 'operationId'
  | 'documented'
  | 'change'
  | 'skip'
  | 'setUp'
>;

/** Settings hold compiled functions and the like beside what was written. */
function plainJson(value: unknown): Json {
  return JSON.parse(JSON.stringify(value ?? null)) as Json;
}
