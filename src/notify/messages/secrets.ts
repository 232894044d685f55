import { mapTexts } from '../../model/sentence.ts';
import { type Redactor, secretsIn } from '../../lib/secrets/secret.ts';
import { mapUnread } from '../../model/set-up.ts';
import type { Incident } from '../../model/incident.ts';
import type { MessageContent, Summary } from '../../model/message.ts';

/** Shorter ones are ordinary words of a path. */
const partMin = 8;

/**
 * Teaches the redactor every secret of a channel's options. Of a webhook URL also the parts that make it secret:
 * an error can quote the path or the query alone.
 */
export function registerSecrets(options: unknown, redactor: Redactor): void {
  for (const secret of secretsIn(options)) {
    redactor.add(secret);
    for (const part of urlParts(secret.reveal())) redactor.add(part);
  }
}

/** The content with every text that came from a monitored system scrubbed: the last door before it leaves. */
export function scrubContent(content: MessageContent, redactor: Redactor): MessageContent {
  const transitions = content.transitions.map((told) => ({
    ...told,
    incident: scrubIncident(told.incident, redactor),
  }));
  const followUps = content.followUps?.map((follow) => ({
    ...follow,
    incident: scrubIncident(follow.incident, redactor),
  }));
  const scrub = (text: string): string => redactor.scrub(text);
  const firstReports = content.firstReports?.map((report) => ({
    ...report,
    ...(report.unread === undefined
      ? {}
      : { unread: report.unread.map((document) => mapUnread(document, scrub)) }),
    groups: report.groups.map((group) => ({ ...group, why: mapTexts(group.why, scrub) })),
  }));
  const breakingChanges = content.breakingChanges?.map((document) => ({
    ...document,
    uri: scrub(document.uri),
    operations: document.operations.map(({ key, details }) => ({
      key,
      details: details.map((one) => mapTexts(one, scrub)),
    })),
  }));
  return {
    ...content,
    transitions,
    followUps,
    firstReports,
    breakingChanges,
    ...(content.summary === undefined ? {} : { summary: scrubSummary(content.summary, scrub) }),
  };
}

/** Labels of incidents may be addresses. */
function scrubSummary(summary: Summary, scrub: (text: string) => string): Summary {
  const labelled = <T extends { readonly label: string }>(some: readonly T[]): readonly T[] =>
    some.map((one) => ({ ...one, label: scrub(one.label) }));
  const { incidents, changes } = summary;
  return {
    ...summary,
    incidents: { ...incidents, longest: labelled(incidents.longest) },
    recurring: labelled(summary.recurring),
    failing: labelled(summary.failing),
    slow: labelled(summary.slow),
    changes: { ...changes, breaking: changes.breaking.map(scrub) },
  };
}

function scrubIncident(incident: Incident, redactor: Redactor): Incident {
  const scrub = (text: string) => redactor.scrub(text);
  const { reason, members, hint, expected, found, said, curl, history } = incident;
  const change = history?.change;
  const worst = members.worst.map((note) => ({
    ...note,
    label: scrub(note.label),
    message: mapTexts(note.message, scrub),
  }));
  return {
    ...incident,
    subjectLabel: scrub(incident.subjectLabel),
    reason: { ...reason, message: mapTexts(reason.message, scrub) },
    members: { ...members, worst },
    ...(hint === undefined ? {} : { hint: mapTexts(hint, scrub) }),
    ...(expected === undefined ? {} : { expected: mapTexts(expected, scrub) }),
    ...(found === undefined ? {} : { found: mapTexts(found, scrub) }),
    ...(said === undefined ? {} : { said: scrub(said) }),
    ...(curl === undefined ? {} : { curl: scrub(curl) }),
    ...(change === undefined
      ? {}
      : {
          history: {
            ...history,
            change: { ...change, details: change.details.map((one) => mapTexts(one, scrub)) },
          },
        }),
  };
}

function urlParts(text: string): readonly string[] {
  if (!URL.canParse(text)) return [];
  const url = new URL(text);
  return [...url.searchParams.values(), ...url.pathname.split('/'), url.password].filter(
    (part) => part.length >= partMin && !/^[a-z_-]+$/.test(part),
  );
}
