import { nextWindow, windowAt } from '../../../incidents/suppression/windows.ts';
import { plainCalendar } from '../../../model/calendar.ts';
import { failedUntil, type Incident, isFailure, isWarning, lastsSince } from '../../../model/incident.ts';
import type { IncidentMatcher } from '../../../model/silence.ts';
import type { StatusPost } from '../../../model/status-post.ts';
import type { ServerContext } from '../../context.ts';
import type { Day } from '../../live/days.ts';
import { rateOf } from '../../live/rate.ts';
import type { HalfHour } from '../../live/service-day.ts';
import { told } from '../../live/operation-rows.ts';
import { withoutAlike } from './alike.ts';
import type { PublicIncident, PublicPost } from './public-incident.ts';

export type PublicState = 'ok' | 'degraded' | 'failing' | 'maintenance' | 'unknown';

/** How one service is, and nothing of how it is made. Times are epoch ms. */
export interface ServiceStatus {
  /** As the configuration calls it: it is in the addresses of badges. */
  readonly key: string;
  /** As people are told. */
  readonly name: string;
  readonly state: PublicState;
  /** Not all of it is concerned. */
  readonly isPartial: boolean;
  /** What was wrong answers well again and has to stay so for a while. */
  readonly isRecovering: boolean;
  /** Share of the last 24 hours' calls that went well; absent: none counted. */
  readonly rate?: number;
  /** The same of the last 90 days. */
  readonly rate90?: number;
  readonly p95Ms?: number;
  /** Since when it is not well. */
  readonly since?: number;
  /** 48, oldest first. */
  readonly halves: readonly HalfHour[];
  /** 90, oldest first. */
  readonly days: readonly Day[];
}

export interface PublicMaintenance {
  readonly id: string;
  readonly title?: string;
  readonly text?: string;
  /** Names; empty: all that are shown. */
  readonly services: readonly string[];
  readonly from: number;
  readonly until: number;
}

export interface PublicNotice extends PublicPost {
  readonly id: string;
  readonly title?: string;
  readonly services: readonly string[];
}

export interface PublicStatus {
  readonly now: number;
  readonly title: string;
  readonly about?: string;
  readonly services: readonly ServiceStatus[];
  /** Open ones first, then the newest first. */
  readonly incidents: readonly PublicIncident[];
  /** What goes on or comes within a week, the earliest first. */
  readonly maintenance: readonly PublicMaintenance[];
  /** That have not ended, newest first. */
  readonly notices: readonly PublicNotice[];
}

export const daysShown = 90;
const dayMs = 86_400_000;
/** Maintenance is announced so long before. */
export const announcedMs = 7 * dayMs;
/** A notice without an end is shown for so long. */
const noticeMs = 14 * dayMs;

/** Everything that is public of the services that are shown; `undefined` when nothing is. */
export async function publicStatus(context: ServerContext): Promise<PublicStatus | undefined> {
  const { patrol, clock, days } = context;
  const { settings } = patrol.config;
  const { statusPage } = settings.server;
  if (statusPage === undefined) return undefined;
  const now = clock.now();
  const keys = statusPage.services ?? settings.services.map(({ name }) => name);
  const nameOf = namesOf(statusPage.names);
  const since = now - daysShown * dayMs;
  const [open, past, posts, byDay] = await Promise.all([
    patrol.store.openIncidents(),
    patrol.store.incidents({ from: since, to: now }),
    patrol.store.statusPosts.list(since),
    days.of(keys, settings.timeZone, daysShown),
  ]);
  const shown = { keys, nameOf, now };
  const maintenance = maintenanceOf(context, posts, shown);
  return {
    now,
    title: statusPage.title ?? 'API Patrol',
    about: statusPage.about,
    services: keys.map((key) =>
      statusOf(context, key, {
        name: nameOf(key),
        open: told(open),
        days: byDay.get(key) ?? [],
        maintenance,
      }),
    ),
    incidents: incidentsOf(past, posts, shown),
    maintenance,
    notices: noticesOf(posts, shown),
  };
}

interface Shown {
  readonly keys: readonly string[];
  readonly nameOf: (key: string) => string;
  readonly now: number;
}

function namesOf(names: Readonly<Record<string, string>> = {}): (key: string) => string {
  return (key) => (Object.hasOwn(names, key) ? (names[key] ?? key) : key);
}

/**
 * What an incident is to those who use a service. A document, a spent budget, an answer that differs from its document, and
 * what goes on inside of the patrol are no trouble of theirs; where nothing can be learnt, nothing is said.
 */
export function publicKind(incident: Incident): 'failing' | 'degraded' | 'unknown' | undefined {
  const { cause, reason, state } = incident;
  if (isWarning(reason) || cause.level === 'document' || inside.has(reason.code)) return undefined;
  if (cause.level === 'self' || cause.level === 'credential' || reason.code === 'no-data') return 'unknown';
  return isFailure(incident) && state !== 'recovering' ? 'failing' : 'degraded';
}

const inside: ReadonlySet<Incident['reason']['code']> = new Set([
  'budget',
  'drift',
  'channel',
  'store',
  'document',
]);

const isPartial = ({ members, cause }: Incident): boolean =>
  cause.level === 'operation' || (members.count > 0 && members.count < members.of);

const isRecovering = ({ state }: Incident): boolean => state === 'recovering';

/** When what is said of a service began: its maintenance, which says all of it while it lasts, or its first incident. */
export function sinceOf(
  maintained: readonly Pick<PublicMaintenance, 'from'>[],
  troubled: readonly Incident[],
): number | undefined {
  const begun = maintained.length > 0 ? maintained.map(({ from }) => from) : troubled.map(lastsSince);
  return begun.length === 0 ? undefined : Math.min(...begun);
}

function statusOf(
  { board, clock }: ServerContext,
  key: string,
  about: {
    readonly name: string;
    readonly open: readonly Incident[];
    readonly days: readonly Day[];
    readonly maintenance: readonly PublicMaintenance[];
  },
): ServiceStatus {
  const { name, days, maintenance } = about;
  const now = clock.now();
  const { halves, rate, p95Ms } = board.serviceDay.of(key, now);
  const own = about.open.filter(({ services }) => services.includes(key));
  const of = (kind: ReturnType<typeof publicKind>) => own.filter((one) => publicKind(one) === kind);
  const [failing, degraded, unknown] = [of('failing'), of('degraded'), of('unknown')];
  const maintained = maintenance.filter(
    ({ from, until, services }) =>
      from <= now && now < until && (services.length === 0 || services.includes(name)),
  );
  const troubled = failing.length > 0 ? failing : degraded;
  const state =
    maintained.length > 0
      ? 'maintenance'
      : failing.length > 0
        ? 'failing'
        : degraded.length > 0
          ? 'degraded'
          : unknown.length > 0 || rate === undefined
            ? 'unknown'
            : 'ok';
  return {
    key,
    name,
    state,
    isPartial: troubled.length > 0 && troubled.every(isPartial),
    isRecovering: state === 'degraded' && degraded.every(isRecovering),
    rate,
    rate90: rateOf(days),
    p95Ms,
    since: sinceOf(maintained, troubled),
    halves,
    days,
  };
}

function incidentsOf(
  incidents: readonly Incident[],
  posts: readonly StatusPost[],
  { keys, nameOf }: Shown,
): readonly PublicIncident[] {
  const views = told(incidents).flatMap((incident): readonly PublicIncident[] => {
    const kind = publicKind({ ...incident, state: 'firing' });
    const services = incident.services.filter((one) => keys.includes(one)).map(nameOf);
    if ((kind !== 'failing' && kind !== 'degraded') || services.length === 0) return [];
    if (incident.inhibitedBy !== undefined && incident.resolvedAt === undefined) return [];
    const own = posts.filter(
      (post) => post.incident?.id === incident.id && post.incident.openedAt === incident.openedAt,
    );
    const { resolvedAt, id, openedAt } = incident;
    return [
      {
        id: `${id}-${Math.round(openedAt / 1000).toString(36)}`,
        title: own.findLast(({ title }) => title !== undefined)?.title,
        services,
        state: kind,
        isPartial: isPartial(incident),
        isRecovering: isRecovering(incident),
        from: lastsSince(incident),
        ...(resolvedAt === undefined ? {} : { until: failedUntil(incident, resolvedAt) }),
        posts: own.map(({ kind: stage, text, at }) => ({ kind: stage, text, at })),
      },
    ];
  });
  return withoutAlike(views).toSorted(
    (a, b) => Number(a.until !== undefined) - Number(b.until !== undefined) || b.from - a.from,
  );
}

/** One that is about single operations or causes is no maintenance of the service. */
function isWhole({ incident, tags, levels, subject }: IncidentMatcher): boolean {
  return [incident, tags, levels, subject].every((part) => part === undefined);
}

function maintenanceOf(
  { patrol }: ServerContext,
  posts: readonly StatusPost[],
  { keys, nameOf, now }: Shown,
): readonly PublicMaintenance[] {
  const { maintenance = [], calendar = plainCalendar } = patrol.config.settings;
  const concerned = (services: readonly string[] | undefined): readonly string[] | undefined => {
    if (services === undefined) return [];
    const own = services.filter((one) => keys.includes(one)).map(nameOf);
    return own.length === 0 ? undefined : own;
  };
  const planned = maintenance
    .filter(({ matcher }) => isWhole(matcher))
    .flatMap((window) => {
      const services = concerned(window.matcher.services);
      if (services === undefined) return [];
      return [windowAt(window, now, calendar), nextWindow(window, now, calendar)].flatMap((occurrence) =>
        occurrence === undefined || occurrence.from > now + announcedMs
          ? []
          : [{ id: `w${occurrence.from}`, services, from: occurrence.from, until: occurrence.until }],
      );
    });
  const written = posts.flatMap(({ kind, id, title, text, services: named, from, until, at }) => {
    const services = concerned(named);
    if (kind !== 'maintenance' || services === undefined || until === undefined || until <= now) return [];
    return [{ id: `p${id}`, title, text, services, from: from ?? at, until }];
  });
  return [...planned, ...written].toSorted((a, b) => a.from - b.from);
}

function noticesOf(posts: readonly StatusPost[], { keys, nameOf, now }: Shown): readonly PublicNotice[] {
  return posts
    .filter(
      ({ kind, from = 0, until, at }) => kind === 'notice' && from <= now && now < (until ?? at + noticeMs),
    )
    .filter(({ services }) => services === undefined || services.some((one) => keys.includes(one)))
    .map(({ id, kind, title, text, services = [], at }) => ({
      id: `p${id}`,
      kind,
      title,
      text,
      services: services.filter((one) => keys.includes(one)).map(nameOf),
      at,
    }))
    .toReversed();
}
