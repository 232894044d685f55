import type { MessageContent } from '../../model/message.ts';
import type { ChannelKind, Failure, RenderContext, Rendered } from '../channels/channel.ts';
import { eventsOf } from '../render/events.ts';
import { words } from '../render/languages.ts';
import { plainText, renderText } from '../render/markup.ts';
import { newsOf } from '../render/view.ts';

/**
 * How a message is put, from how it should be to what any server takes: in full, in half the room, as plain text,
 * as one line that says no more than that there is news.
 */
export type Form = 'whole' | 'short' | 'plain' | 'least';

/** The next form to try for a server that does not take this one; `undefined` when there is none. */
export function plainerForm(form: Form, refused: Failure['kind'], kind: ChannelKind): Form | undefined {
  if (form === 'whole' && refused === 'shrink') return 'short';
  if (kind.plain === undefined || form === 'least') return undefined;
  return form === 'plain' ? 'least' : 'plain';
}

/** The message in one of the forms for servers that have refused richer ones. */
export function renderPlain(
  form: 'plain' | 'least',
  content: MessageContent,
  kind: ChannelKind,
  options: unknown,
  context: RenderContext,
): Rendered {
  const { plain } = kind;
  if (plain === undefined) throw new Error(`${kind.kind} has no plain form`);
  const { template: _, ...rest } = context;
  const [text = ''] =
    form === 'least'
      ? [leastText(content, context)]
      : renderText(content, rest, plainText, { maxBytes: plain.maxBytes, maxParts: 1 }).parts;
  const mentions = form === 'least' ? [] : content.mentions;
  return { parts: [JSON.stringify(plain.part(text, options, mentions))] };
}

const idsMax = 10;
const servicesMax = 5;

/** Nothing in it comes from a monitored system but names of services, and of these only letters and digits. */
function leastText(content: MessageContent, { language }: RenderContext): string {
  const events = eventsOf(content);
  const ids = [...new Set(events.map(({ incident }) => `#${incident.id}`))].slice(0, idsMax);
  const services = [...new Set(events.flatMap(({ incident }) => incident.services))]
    .slice(0, servicesMax)
    .map((name) =>
      name
        .replaceAll(/[^\p{L}\p{N}._-]/gu, ' ')
        .trim()
        .slice(0, 40),
    );
  const testMessage = content.isTest === true ? words[language].testMessage : '';
  const parts = [
    'API Patrol',
    testMessage,
    newsOf(content, words[language]),
    ids.join(' '),
    services.join(' '),
  ];
  return parts.filter((part) => part !== '').join(' · ');
}
