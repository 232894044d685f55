import { sha256 } from '../../lib/text/text.ts';
import { plainCalendar } from '../../model/calendar.ts';
import { firstQueue, type FirstReport, isQuietQueue, type OutboxEntry } from '../../model/message.ts';
import {
  isWanting,
  isWithoutOperations,
  type ServiceSetUp,
  type SetUpKind,
  waitingIn,
} from '../../model/set-up.ts';
import type { RouteSettings, Settings } from '../../model/settings.ts';
import { type Destination, destinationsFor } from '../routing.ts';

/** More would not be read; the list has them all. */
const listedMax = 3;

/**
 * Whom to tell that services are patrolled from now on, and what has been found: at most one message a queue, wherever
 * incidents of these services may go, and none where nothing is wanted of any of them. Nobody is mentioned.
 *
 * @param well Services of a moment before of which nothing is wanted: a message counts them, and they cause none.
 * @param at When they are to be sent at the earliest, epoch ms.
 */
export function firstReportMessages(
  introduced: readonly ServiceSetUp[],
  well: readonly ServiceSetUp[],
  { routes, services, calendar = plainCalendar }: Pick<Settings, 'routes' | 'services' | 'calendar'>,
  at: number,
): readonly OutboxEntry[] {
  const open = routes.map(whateverHappens);
  const drafts = new Map<string, { readonly to: Destination; readonly reports: FirstReport[] }>();
  for (const setUp of [...well, ...introduced]) {
    const concern = {
      services: [setUp.service],
      owners: services.find(({ name }) => name === setUp.service)?.owners ?? [],
      tags: [],
      cause: { level: 'service', subject: setUp.service },
      severity: 'minor',
      openedAt: setUp.since,
    } as const;
    for (const to of destinationsFor(concern, open, setUp.since, calendar)) {
      const draft = drafts.get(to.queue) ?? { to, reports: [] };
      drafts.set(to.queue, draft);
      draft.reports.push(reportOf(setUp));
    }
  }
  const fresh = new Set(introduced.map(({ service }) => service));
  return [...drafts.values()]
    .filter(({ reports }) => reports.some(isWanting) && reports.some(({ service }) => fresh.has(service)))
    .map(({ to, reports }) => entryFor(to, reports, at));
}

/** Which incidents a route is for says nothing of a service that is new. */
function whateverHappens(route: RouteSettings): RouteSettings {
  const { severity: _severity, causes: _causes, tags: _tags, ...rest } = route;
  return rest;
}

/** How much of it may be for want of something of ours: what nothing excuses is told before what is to be filled in. */
function excuse(kind: SetUpKind): number {
  if (kind === 'broken' || kind === 'unreachable') return 0;
  return kind === 'refused' ? 1 : 2;
}

function reportOf({ service, since, counts, groups, unread }: ServiceSetUp): FirstReport {
  return {
    service,
    at: since,
    counts,
    waiting: waitingIn(groups),
    ...(unread === undefined ? {} : { unread }),
    groups: groups
      .filter(({ kind }) => kind !== 'left-out')
      .toSorted((a, b) => excuse(a.kind) - excuse(b.kind))
      .slice(0, listedMax)
      .map(({ why, count, items: [first] }) =>
        count === 1 && first !== undefined ? { operation: first.operation, why } : { why },
      ),
  };
}

function entryFor(
  { queue, notBefore }: Destination,
  reports: readonly FirstReport[],
  at: number,
): OutboxEntry {
  const isHeld = isQuietQueue(queue) && notBefore !== undefined;
  const names = reports.map(({ service, counts, unread = [] }) =>
    [service, ...(isWithoutOperations(counts) ? ['empty'] : []), ...unread.map(({ uri }) => uri)].join('\n'),
  );
  return {
    // A service has one first report, and one before it when there was nothing to report on; a document that cannot be read is news.
    dedupKey: sha256(['first report', queue, ...names].join('\n')),
    channel: isHeld ? queue : firstQueue(queue),
    createdAt: Math.max(...reports.map((report) => report.at)),
    notBefore: isHeld ? notBefore : at,
    content: {
      cycleId: 0,
      transitions: [],
      totals: { failing: 0, checks: 0 },
      mentions: [],
      firstReports: reports,
    },
  };
}
