import type { Incident, Told } from '../model/incident.ts';
import type { AnalysisSettings } from './analysis.ts';
import { bySeverity, distinct } from './observation.ts';

/** A root cause tells again when its members have at least doubled, and by no fewer than this. */
const materialGrowth = 3;

export function toldAbout({ reason, severity, members, sources }: Incident): Told {
  return { codes: [reason.code], severity, members: members.count, sources };
}

/** What has been told when both have been: what was known before is not news when it comes back. */
export function mergeTold(before: Told | undefined, now: Told): Told {
  if (before === undefined) return now;
  return {
    codes: [...new Set([...before.codes, ...now.codes])],
    severity: bySeverity(now.severity, before.severity) < 0 ? now.severity : before.severity,
    members: Math.max(now.members, before.members),
    ...(before.sources === undefined
      ? {}
      : { sources: distinct([...before.sources, ...(now.sources ?? [])]) }),
  };
}

/** A reason that nobody has heard of, more urgency, the first members, or many more. That the rest was not called is no reason. */
export function worthTelling({ told, reason, severity, members }: Incident): boolean {
  if (told === undefined) return false;
  return (
    (!told.codes.includes(reason.code) && reason.code !== 'origin-down') ||
    bySeverity(severity, told.severity) < 0 ||
    (told.members === 0 && members.count > 0) ||
    members.count >= Math.max(told.members * 2, told.members + materialGrowth)
  );
}

/** Sources whose people have not heard of it. */
export function reachedNow({ told, sources }: Incident): readonly string[] {
  return told?.sources === undefined
    ? []
    : sources.filter((source) => told.sources?.includes(source) !== true);
}

/** For long nobody has been able to look at it. While it fires this is told, once, to those who know of it. */
export function isStale(incident: Incident, now: number, { noDataMs }: AnalysisSettings): boolean {
  const { lastSeenAt, lastGoodAt = 0, told, inhibitedBy, state } = incident;
  if (inhibitedBy !== undefined || now - Math.max(lastSeenAt, lastGoodAt) < noDataMs) return false;
  return state !== 'firing' || (told !== undefined && !told.codes.includes('no-data'));
}
