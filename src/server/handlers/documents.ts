import { inEnglish } from '../../messages/in-language.ts';
import type { Problem } from '../../model/problem.ts';
import type { CachedDocument } from '../../documents/ports.ts';
import type { documentRow } from '../api/documents.ts';
import type { DataOf } from '../api/endpoint.ts';
import type { HandlerContext, Handlers } from '../context.ts';
import { pageByNumber } from '../http/paging.ts';

type DocumentRow = DataOf<typeof documentRow>;

export const documentHandlers: Handlers<'listDocuments' | 'listChanges'> = {
  async listDocuments({ context }) {
    const { patrol } = context;
    const items: DocumentRow[] = [];
    const problems: Problem[] = [];
    const names = patrol.config.settings.services.map(({ name }) => name);
    const changes = await patrol.store.gallery.changes({ limit: 500 });
    const changedAt = new Map(changes.toReversed().map(({ documentId, at }) => [documentId, at]));
    for (const name of names) {
      const entries = await patrol.store.documents.list(name);
      const found = await context.problems(name);
      const uris = new Set(entries.map(({ uri }) => uri));
      problems.push(...found.filter(({ file }) => file === undefined || !uris.has(file)));
      items.push(
        ...entries.map((entry) =>
          rowOf(
            context,
            entry,
            found.filter(({ file }) => file === entry.uri),
            changedAt.get(entry.id),
          ),
        ),
      );
    }
    return { items, problems };
  },

  async listChanges({ context, query }) {
    const { items, ...rest } = await pageByNumber(query, (page) =>
      context.patrol.store.gallery.changes(page, query.document),
    );
    return {
      items: items.map(({ at, documentId, service, uri, added, removed, changed, lastEdit }) => ({
        at,
        document: documentId,
        service,
        uri,
        added: [...added],
        removed: [...removed],
        changed: changed.map(({ details, ...one }) => ({ ...one, details: [...details] })),
        lastEdit,
      })),
      ...rest,
    };
  },
};

function rowOf(
  { board, patrol }: HandlerContext,
  { id, service, uri, readAt, document, problem }: CachedDocument,
  found: readonly Problem[],
  changedAt: number | undefined,
): DocumentRow {
  const own = [...(problem === undefined ? [] : [problem]), ...(document?.problems ?? [])];
  const known = new Set(own.map(({ code, message }) => `${code} ${inEnglish(message)}`));
  const { checks = [] } = board.services.get(service) ?? {};
  return {
    id,
    service,
    uri,
    ...(document === undefined ? {} : { title: document.title, format: document.format }),
    version: document?.version,
    readAt,
    askedAt: patrol.documentsReadAt?.(service),
    operations: document?.operations.length ?? 0,
    checked: checks.filter(({ documentId }) => documentId === id).length,
    problems: [...own, ...found.filter(({ code, message }) => !known.has(`${code} ${inEnglish(message)}`))],
    changedAt,
    lastEdit: document?.lastEdit,
  };
}
