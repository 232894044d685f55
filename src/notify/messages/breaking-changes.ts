import { sha256 } from '../../lib/text/text.ts';
import type { ChangeSet } from '../../model/document.ts';
import type { BreakingChanges, OutboxEntry } from '../../model/message.ts';
import type { RouteSettings, Settings } from '../../model/settings.ts';
import { plainCalendar } from '../../model/calendar.ts';
import { type Destination, destinationsFor } from '../routing.ts';

/** Of one document; more would not be read, only stored. */
const listedMax = 50;

/** Whom to tell of documents that break their callers: at most one message a queue, where a route asks for it. */
export function breakingChangeMessages(
  changes: readonly ChangeSet[],
  { routes, services, calendar = plainCalendar }: Pick<Settings, 'routes' | 'services' | 'calendar'>,
  at: number,
): readonly OutboxEntry[] {
  const asking = routes.filter(({ documentChanges }) => documentChanges !== undefined).map(forDocuments);
  const drafts = new Map<string, { readonly to: Destination; readonly breaking: BreakingChanges[] }>();
  for (const change of changes) {
    const breaking = breakingOf(change, at);
    if (breaking === undefined) continue;
    const concern = {
      services: [change.service],
      owners: services.find(({ name }) => name === change.service)?.owners ?? [],
      tags: [],
      cause: { level: 'document', subject: change.documentId },
      severity: 'minor',
      openedAt: at,
    } as const;
    for (const to of destinationsFor(concern, asking, at, calendar)) {
      const draft = drafts.get(to.queue) ?? { to, breaking: [] };
      drafts.set(to.queue, draft);
      draft.breaking.push(breaking);
    }
  }
  return [...drafts.values()].map(({ to, breaking }) => entryFor(to, breaking, at));
}

/** Which incidents a route is for says nothing of documents, which are no incidents. */
function forDocuments(route: RouteSettings): RouteSettings {
  const { severity: _severity, causes: _causes, tags: _tags, ...rest } = route;
  return rest;
}

function breakingOf(
  { service, uri, removed, changed, lastEdit }: ChangeSet,
  at: number,
): BreakingChanges | undefined {
  const breaking = changed.filter((one) => one.breaking);
  const operations = [
    ...removed.map((key) => ({ key, details: [] })),
    ...breaking.map(({ key, details }) => ({ key, details })),
  ];
  if (operations.length === 0) return undefined;
  return {
    at,
    service,
    uri,
    removed: removed.length,
    changed: breaking.length,
    lastEdit,
    operations: operations.slice(0, listedMax),
  };
}

function entryFor(
  { queue, notBefore }: Destination,
  breaking: readonly BreakingChanges[],
  at: number,
): OutboxEntry {
  return {
    // The same change can be made twice, but not at one moment.
    dedupKey: sha256(JSON.stringify([queue, at, breaking])),
    channel: queue,
    createdAt: at,
    notBefore,
    content: {
      cycleId: 0,
      transitions: [],
      totals: { failing: 0, checks: 0 },
      mentions: [],
      breakingChanges: breaking,
    },
  };
}
