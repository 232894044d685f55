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

const wholes = ['omitted', 'summary'] as const;
const lists = ['breakingChanges', 'firstReports'] as const;

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
  const rest: { -readonly [Part in keyof MessageContent]: MessageContent[Part] } = { ...content };
  for (const part of wholes)
    if (heard.some((other) => isDeepStrictEqual(other[part], content[part]))) delete rest[part];
  for (const part of lists) Object.assign(rest, { [part]: untoldOf(content[part], heard, part) });
  const left = narrowed(rest, isNew);
  return isEmpty(left) ? undefined : left;
}

/** One by one: several messages in one have the lists of all of them. */
function untoldOf(
  all: readonly unknown[] | undefined,
  heard: readonly MessageContent[],
  part: (typeof lists)[number],
): readonly unknown[] | undefined {
  const known: readonly unknown[] = heard.flatMap((other): readonly unknown[] => other[part] ?? []);
  const left = all?.filter((one) => !known.some((other) => isDeepStrictEqual(one, other))) ?? [];
  return left.length === 0 ? undefined : left;
}
