import { mapTexts } from '../../model/sentence.ts';
import { type Redactor, secretsIn } from '../../lib/secrets/secret.ts';
import type { Incident } from '../../model/incident.ts';
import type { MessageContent } from '../../model/message.ts';

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
  return { ...content, transitions, ...(followUps === undefined ? {} : { followUps }) };
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
