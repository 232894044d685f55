import type { MessageContent } from '../../model/message.ts';
import { eventsOf } from '../render/events.ts';
import { narrowed } from './narrowed.ts';

type Carried = NonNullable<MessageContent['carried']>;

/** Incidents that a message tells because they were to be told on this channel. */
export function carriedFor(content: MessageContent, channel: string): readonly string[] {
  return carriedIn(content)
    .filter(({ from }) => from === channel)
    .flatMap(({ incidents }) => incidents);
}

/** The message without what came from other channels, which goes no further. */
export function ownOf(content: MessageContent): MessageContent {
  const carried = new Set(carriedIn(content).flatMap(({ incidents }) => incidents));
  return narrowed(content, ({ incident }) => !carried.has(incident.id));
}

/** Where the parts of several messages in one come from. */
export function mergedOrigin(
  contents: readonly MessageContent[],
): Pick<MessageContent, 'forwardedFrom' | 'refused' | 'carried'> {
  const [first] = contents;
  const isOne = contents.every(({ forwardedFrom: from }) => from === first?.forwardedFrom);
  if (isOne && first?.forwardedFrom !== undefined) {
    const isRefused = contents.every(({ refused }) => refused === true);
    return { forwardedFrom: first.forwardedFrom, ...(isRefused ? { refused: true } : {}) };
  }
  const carried = contents.flatMap(carriedIn);
  return carried.length === 0 ? {} : { carried };
}

function carriedIn(content: MessageContent): Carried {
  const { forwardedFrom: from, carried = [] } = content;
  return from === undefined
    ? carried
    : [{ from, incidents: eventsOf(content).map(({ incident }) => incident.id) }];
}
