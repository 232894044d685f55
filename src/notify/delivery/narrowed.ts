import { isDeepStrictEqual } from 'node:util';
import type { MessageContent } from '../../model/message.ts';
import { contentOf } from '../messages/compose.ts';
import { eventsOf, type MessageEvent } from '../render/events.ts';

/** There is nothing to say. */
export function isEmpty({ transitions, followUps = [], ...content }: MessageContent): boolean {
  const parts = [content.omitted, content.summary, content.breakingChanges, content.firstReports];
  return transitions.length === 0 && followUps.length === 0 && parts.every((part) => part === undefined);
}

/** The message without those events that are not wanted. */
export function narrowed(
  content: MessageContent,
  isWanted: (event: MessageEvent) => boolean,
): MessageContent {
  const transitions = content.transitions.filter(isWanted);
  const followUps = (content.followUps ?? []).filter(isWanted);
  if (transitions.length + followUps.length === eventsOf(content).length) return content;
  const { followUps: _, ...kept } = content;
  return { ...kept, ...contentOf(transitions, { ...content, followUps }) };
}

const parts = ['omitted', 'summary', 'breakingChanges', 'firstReports'] as const;

/** What somebody has not been told who has got these messages as well; `undefined`: nothing. */
export function untold(
  content: MessageContent,
  heard: readonly MessageContent[],
): MessageContent | undefined {
  const events = heard.flatMap(eventsOf);
  // Who has heard anything of it needs no beginning, whatever has become of it since that was written.
  const isNew = ({ kind, incident: { id, openedAt, version } }: MessageEvent): boolean =>
    !events.some(
      ({ incident }) =>
        incident.id === id &&
        incident.openedAt === openedAt &&
        (kind === 'opened' || incident.version >= version),
    );
  const known = parts.filter((part) => heard.some((other) => isDeepStrictEqual(other[part], content[part])));
  const rest: { -readonly [Part in keyof MessageContent]: MessageContent[Part] } = { ...content };
  for (const part of known) delete rest[part];
  const left = narrowed(rest, isNew);
  return isEmpty(left) ? undefined : left;
}
