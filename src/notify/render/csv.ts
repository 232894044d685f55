import { inEnglish } from '../../messages/in-language.ts';
import { csv } from '../../lib/text/text.ts';
import { endedAt, lastsSince } from '../../model/incident.ts';
import type { MessageContent } from '../../model/message.ts';
import { eventsOf } from './events.ts';

const columns = [
  'id',
  'event',
  'severity',
  'service',
  'subject',
  'since',
  'until',
  'cause',
  'reason',
] as const;

/** Every listed incident as a line of a table; times in UTC. Opens in Excel, Chinese included. */
export function incidentsCsv(content: MessageContent): string {
  const rows = eventsOf(content).map(({ kind, incident }) => {
    const until = endedAt(incident);
    return [
      incident.id,
      kind,
      incident.severity,
      incident.services.join(' '),
      incident.subjectLabel,
      iso(lastsSince(incident)),
      until === undefined ? '' : iso(until),
      incident.cause.level,
      inEnglish(incident.reason.message),
    ];
  });
  // Excel takes a file for UTF-8 when it begins with this mark.
  return `\uFEFF${csv([columns, ...rows])}`;
}

function iso(at: number): string {
  return new Date(at).toISOString();
}
