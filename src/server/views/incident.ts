import { notedSentence } from '../../messages/audited.ts';
import { causeShown } from '../../messages/emptied.ts';
import { causeKindOf } from '../../model/cause-kind.ts';
import { failedUntil, type Incident, type IncidentHistory, lastsSince } from '../../model/incident.ts';
import { countsOf } from '../../model/members.ts';
import type { AuditEntry } from '../../model/silence.ts';
import type { Severity } from '../../model/settings.ts';
import type { Story } from '../../store/store.ts';
import type { incidentDetail as incidentDetailSchema, incident as incidentSchema } from '../api/incidents.ts';
import type { DataOf } from '../api/endpoint.ts';

export type IncidentView = DataOf<typeof incidentSchema>;
export type IncidentDetail = DataOf<typeof incidentDetailSchema>;

/** That somebody has silenced it, until then, or has ended that. */
export interface SilencedEntry extends AuditEntry {
  readonly until?: number;
}

/** What tells whether anybody hears of an incident now. */
export interface Surroundings {
  /** Whether a silence or a maintenance window keeps it quiet. */
  readonly hushed: (one: Incident) => boolean;
  readonly open: readonly Incident[];
}

/** Makes views of many incidents. `pending` ones must have been left out. */
export function incidentViews({ hushed, open }: Surroundings): (one: Incident) => IncidentView {
  const byFingerprint = new Map(open.map(({ fingerprint, id }) => [fingerprint, id]));
  return (one) => {
    const explainedBy = one.inhibitedBy === undefined ? undefined : byFingerprint.get(one.inhibitedBy);
    return {
      id: one.id,
      cause: { ...causeShown(one), kind: causeKindOf({ cause: causeShown(one), reason: one.reason }) },
      state: one.state === 'pending' ? 'firing' : one.state,
      severity: one.severity,
      verdict: one.verdict,
      label: one.subjectLabel,
      services: [...one.services],
      tags: [...one.tags],
      owners: [...one.owners],
      reason: one.reason,
      members: countsOf({ heard: one.members.of, ...one.members }),
      openedAt: one.openedAt,
      since: lastsSince(one),
      lastSeenAt: one.lastSeenAt,
      ...(one.resolvedAt === undefined
        ? {}
        : { resolvedAt: one.resolvedAt, failedUntil: failedUntil(one, one.resolvedAt) }),
      acknowledged: one.acknowledged,
      silenced: one.state !== 'resolved' && hushed(one),
      explainedBy,
      flapping: one.flapping !== undefined,
    };
  };
}

export function incidentDetail(
  story: Story,
  view: (one: Incident) => IncidentView,
  around: Pick<IncidentDetail, 'operations' | 'similar' | 'silences' | 'nextTryAt'>,
  silenced: readonly SilencedEntry[],
): IncidentDetail {
  const { incident, transitions, messages, audit } = story;
  const { hint, expected, found, said, curl, history, cause, failingCycles, members } = incident;
  return {
    ...view(incident),
    worst: members.worst.map(({ checkId, ...rest }) => ({ operation: checkId, ...rest })),
    hint,
    expected,
    found,
    said,
    curl,
    ...(history === undefined ? {} : { history: historyView(history) }),
    failingCycles,
    // What the patrol tells of itself has none.
    ...(cause.level === 'operation' && members.of > 0 ? { operation: cause.subject } : {}),
    ...around,
    transitions: transitions.map(({ kind, at, incident: then, suppressed }) => ({
      kind,
      at,
      message: then.reason.message,
      members: then.members.count,
      suppressed,
    })),
    messages: [...messages],
    audit: [
      ...audit.map((entry) => entryView(entry)),
      ...silenced.map((entry) => ({ ...entryView(entry), until: entry.until })),
    ],
  };
}

function entryView(entry: AuditEntry) {
  const { at, by, action } = entry;
  return { at, by, action, note: notedSentence(entry) };
}

function historyView({ lastPassAt, change, lastEdit }: IncidentHistory): IncidentDetail['history'] {
  return {
    lastPassAt,
    ...(change === undefined ? {} : { change: { at: change.at, details: [...change.details] } }),
    lastEdit,
  };
}

const severities: readonly Severity[] = ['critical', 'major', 'minor'];

/** What nothing else explains first, then by severity, then what fails before what is slow, then the newest. */
export function worstFirst(a: Incident, b: Incident): number {
  const rank = (one: Incident): readonly number[] => [
    one.inhibitedBy === undefined ? 0 : 1,
    severities.indexOf(one.severity),
    one.verdict === 'fail' ? 0 : 1,
    -one.openedAt,
  ];
  const [left, right] = [rank(a), rank(b)];
  const index = left.findIndex((value, at) => value !== right[at]);
  return index === -1 ? 0 : (left[index] ?? 0) - (right[index] ?? 0);
}
