import type { Incident, Reached, Told } from '../../model/incident.ts';
import { unnamedTo } from '../../model/readers.ts';
import { isUnconnected, type ReasonCode } from '../../model/result.ts';
import type { AnalysisSettings } from '../analysis.ts';
import { classesAmong, classOf, faultOf } from './fault.ts';
import { bySeverity, distinct } from '../observation.ts';

/** A root cause tells again when its members have at least doubled, and by no fewer than this unless it is all of them. */
const materialGrowth = 3;
/** Of one incident: more are not remembered. */
const faultsKept = 20;

export function toldAbout(incident: Incident): Told {
  const { reason, severity, members, services, cause } = incident;
  // A token that is refused and one that cannot be had ask for different things; what fails in a service does so for any reason.
  const besides = cause.level === 'service' ? members.codes : undefined;
  return {
    codes: [reason.code],
    besides,
    faults: [faultOf(incident)],
    severity,
    members: members.count,
    services,
  };
}

/** What has been told when both have been: what was known before is not news when it comes back. */
export function mergeTold(before: Told | undefined, now: Told): Told {
  if (before === undefined) return now;
  return {
    codes: [...new Set([...before.codes, ...now.codes])],
    ...(before.besides === undefined && now.besides === undefined
      ? {}
      : { besides: [...new Set([...(before.besides ?? []), ...(now.besides ?? [])])] }),
    ...(before.faults === undefined
      ? {}
      : { faults: [...new Set([...before.faults, ...(now.faults ?? [])])].slice(-faultsKept) }),
    severity: bySeverity(now.severity, before.severity) < 0 ? now.severity : before.severity,
    members: Math.max(now.members, before.members),
    ...(before.services === undefined
      ? {}
      : { services: distinct([...before.services, ...(now.services ?? [])]) }),
    left: before.left,
  };
}

/** It was about to be over when something failed that nobody has heard of: that is no return of what was. */
export function isAnotherFault(incident: Incident): boolean {
  return incident.state === 'recovering' && isUntoldFault(incident);
}

/** It fails in one way now, of which nobody has heard. */
export function isUntoldFault(incident: Incident): boolean {
  const { told, reason, status } = incident;
  if (told?.faults === undefined) return false;
  const isMixed = reason.code === 'status' && status === undefined;
  return !isMixed && reason.code !== 'origin-down' && !told.faults.includes(faultOf(incident));
}

/**
 * A reason that nobody has heard of (of statuses another class: 404 after 500), more urgency, the first members, or many more.
 *
 * @param isCounted How many they are is known; otherwise more of them are about to be found.
 */
export function worthTelling(incident: Incident, isCounted: boolean): boolean {
  const { told, reason, severity, members } = incident;
  if (told === undefined) return false;
  return (
    isAnotherReason(reason.code, told) ||
    isAnotherClass(incident, told) ||
    isAnotherRefusal(incident, told) ||
    bySeverity(severity, told.severity) < 0 ||
    (told.members === 0 && members.count > 0) ||
    (isCounted && members.count >= told.members * 2 && isMaterial(members, told))
  );
}

/** That the rest was not called is none, and who was told of that was told why. */
function isAnotherReason(code: ReasonCode, { codes, besides }: Told): boolean {
  // That more of its operations fail for the one reason now than for the other is none.
  if (codes.includes(code) || besides?.includes(code) === true || code === 'origin-down') return false;
  return !isUnconnected(code) || codes.some((one) => one !== 'origin-down');
}

/** Who looks after a server that fails has to do something else when it no longer knows what is asked for. */
function isAnotherClass({ reason, status, cause }: Incident, { faults = [] }: Told): boolean {
  const classes = classesAmong(faults);
  return (
    cause.level === 'operation' &&
    reason.code === 'status' &&
    status !== undefined &&
    classes.size > 0 &&
    !classes.has(classOf(status))
  );
}

/** Whoever renews a certificate that has ended looks elsewhere once it is that of another host. */
function isAnotherRefusal(incident: Incident, { faults = [] }: Told): boolean {
  return (
    incident.reason.code === 'tls' &&
    faults.some((fault) => fault.startsWith('tls ')) &&
    !faults.includes(faultOf(incident))
  );
}

/** Whoever was told of some of its operations looks elsewhere once it is all of them, however few these are. */
function isMaterial({ count, of }: Incident['members'], told: Told): boolean {
  return count >= told.members + materialGrowth || (count === of && count > told.members);
}

/** Services of which nobody has heard that they are affected, and those who know of it and have not heard of theirs. */
export function reachedNow(incident: Incident): Pick<Reached, 'services' | 'readers'> | undefined {
  const { told, services, heardBy = [] } = incident;
  const untold =
    told?.services === undefined
      ? []
      : services.filter((service) => told.services?.includes(service) !== true);
  const readers = heardBy.filter((reader) => unnamedTo(incident, reader).length > 0);
  if (untold.length + readers.length === 0) return undefined;
  return { services: untold, readers: readers.map(({ channel }) => channel) };
}

/** For long nobody has been able to look at it. While it fires this is told, once, to those who know of it. */
export function isStale(incident: Incident, now: number, { noDataMs }: AnalysisSettings): boolean {
  const { lastSeenAt, lastGoodAt = 0, told, inhibitedBy, state } = incident;
  if (inhibitedBy !== undefined || now - Math.max(lastSeenAt, lastGoodAt) < noDataMs) return false;
  return state !== 'firing' || (told !== undefined && !told.codes.includes('no-data'));
}
