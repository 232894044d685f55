import type { Incident, Audience } from '../model/incident.ts';
import type { Calendar } from '../model/calendar.ts';
import { channelOf, quietQueue } from '../model/message.ts';
import type { RouteSettings, Severity } from '../model/settings.ts';
import { endOf, isWithin } from './calendar.ts';

/** What a route looks at in an incident, or in anything else that is told like one. */
export type Concern = Pick<
  Incident,
  'services' | 'tags' | 'owners' | 'cause' | 'severity' | 'told' | 'openedAt' | 'followUps'
>;

/** A queue of the outbox that a message goes to, and when it may be sent; absent: at once. */
export interface Destination {
  readonly queue: string;
  readonly notBefore?: number;
  /** Those who read it look after these services; absent: after all. */
  readonly services?: readonly string[];
  /** They are told by routes for the operations of these owners; absent: of all. */
  readonly owners?: readonly string[];
}

/** The routes that an incident takes, times aside. */
export function routesFor(incident: Concern, routes: readonly RouteSettings[]): readonly RouteSettings[] {
  return routes.filter((route) => matches(incident, route));
}

/** Where an incident that is told at `at` (epoch ms) goes by the routes, each queue once. */
export function destinationsFor(
  incident: Concern,
  routes: readonly RouteSettings[],
  at: number,
  calendar: Calendar,
): readonly Destination[] {
  const open = routesFor(incident, routes).filter(
    ({ when }) => when === undefined || isWithin(at, when, calendar),
  );
  return along(open, incident, at, calendar);
}

/** Where those who know of an incident hear how it goes on, whatever the time, and whether a route leads there or not. */
export function destinationOf(
  reader: Audience,
  incident: Concern,
  routes: readonly RouteSettings[],
  at: number,
  calendar: Calendar,
): Destination {
  const direct = { queue: reader.channel, ...servicesOf(reader.services), ...ownersOf(reader.owners) };
  if (incident.followUps?.escalatedTo.includes(reader.channel) === true) return direct;
  const routed = along(routesFor(incident, routes), incident, at, calendar).find(
    ({ queue }) => channelOf(queue) === reader.channel,
  );
  if (routed === undefined) return direct;
  const { services, owners, ...rest } = routed;
  return {
    ...rest,
    ...servicesOf(union(reader.services, services)),
    ...ownersOf(union(reader.owners, owners)),
  };
}

function along(
  routes: readonly RouteSettings[],
  incident: Concern,
  at: number,
  calendar: Calendar,
): readonly Destination[] {
  const direct = new Set<string>();
  const later = new Map<string, number>();
  const readers = new Map<string, Pick<Destination, 'services' | 'owners'>>();
  for (const { quiet, services, owners, to } of routes) {
    const waits = quiet !== undefined && worstTold(incident) !== 'critical' && isWithin(at, quiet, calendar);
    for (const channel of to) {
      const known = readers.get(channel) ?? { services: [], owners: [] };
      readers.set(channel, {
        ...servicesOf(union(known.services, services)),
        ...ownersOf(union(known.owners, owners)),
      });
      if (waits) later.set(channel, endOf(at, quiet, calendar));
      else direct.add(channel);
    }
  }
  const held = [...later].filter(([channel]) => !direct.has(channel));
  return [
    ...[...direct].map((queue) => ({ queue, ...readers.get(queue) })),
    ...held.map(([channel, notBefore]) => ({
      queue: quietQueue(channel),
      notBefore,
      ...readers.get(channel),
    })),
  ];
}

/** Absent: all. */
export function union(
  a: readonly string[] | undefined,
  b: readonly string[] | undefined,
): readonly string[] | undefined {
  return a === undefined || b === undefined ? undefined : [...new Set([...a, ...b])];
}

export function servicesOf(services: readonly string[] | undefined): Pick<Destination, 'services'> {
  return services === undefined ? {} : { services };
}

export function ownersOf(owners: readonly string[] | undefined): Pick<Destination, 'owners'> {
  return owners === undefined ? {} : { owners };
}

function matches(incident: Concern, route: RouteSettings): boolean {
  // An incident without a service (the patrol's own network, a shared credential) concerns all of them.
  const byService =
    incident.services.length === 0 ||
    route.services === undefined ||
    overlap(route.services, incident.services);
  return (
    byService &&
    (route.tags === undefined || overlap(route.tags, incident.tags)) &&
    (route.owners === undefined || overlap(route.owners, incident.owners)) &&
    (route.causes === undefined || route.causes.includes(incident.cause.level)) &&
    (route.severity === undefined || isAtLeast(worstTold(incident), route.severity))
  );
}

/** What has once been told as critical is followed to its end by those who were told. */
function worstTold({ severity, told }: Concern): Severity {
  return told !== undefined && compareSeverity(told.severity, severity) < 0 ? told.severity : severity;
}

function overlap(a: readonly string[], b: readonly string[]): boolean {
  return a.some((item) => b.includes(item));
}

const rank: Readonly<Record<Severity, number>> = { critical: 0, major: 1, minor: 2 };

/** For sorting: the worst first. */
export function compareSeverity(a: Severity, b: Severity): number {
  return rank[a] - rank[b];
}

/** Whether `severity` is `floor` or worse. */
export function isAtLeast(severity: Severity, floor: Severity): boolean {
  return rank[severity] <= rank[floor];
}
