import { ellipsize } from '../../kit/text.ts';
import type { MessageContent } from '../../model/message.ts';
import type { RenderContext } from '../channel.ts';
import { eventsOf } from '../render/events.ts';
import { isMobile, isUserId, type Markup, plainText, renderText, type TextLimits } from '../render/markup.ts';
import type { MessageView } from '../render/item.ts';
import { wecomMarkdown, wecomMarkdownV2 } from '../render/wecom-markdown.ts';

/** The message types of a group robot in which an incident can be told. */
export const formats = ['markdown', 'markdown_v2', 'text', 'template_card', 'news'] as const;
export type Format = (typeof formats)[number];

/** A message in one of the types, and what it could not do. */
export interface Formatted {
  readonly bodies: readonly object[];
  readonly view: MessageView;
  /** Whom the type cannot call; a small text message can. */
  readonly uncalled: readonly string[];
  /** All that was listed is shown. */
  readonly complete: boolean;
}

/** Limits of the reference, in bytes; those of cards in characters. */
const markdownBytes = 4096;
const textBytes = 2048;
const newsTitleBytes = 128;
const newsTextBytes = 512;
/** With the mention in a message of its own, a storm is told in three. */
const partsMax = 2;

export function formatMessage(
  format: Format,
  content: MessageContent,
  context: RenderContext,
  { link, maxParts = partsMax }: { readonly link?: string | undefined; readonly maxParts?: number },
): Formatted {
  switch (format) {
    case 'markdown':
      return asText('markdown', content, context, wecomMarkdown, { maxBytes: markdownBytes, maxParts });
    case 'markdown_v2':
      return asText('markdown_v2', content, context, wecomMarkdownV2, { maxBytes: markdownBytes, maxParts });
    case 'text':
      return asPlainText(content, context, maxParts);
    case 'template_card':
      return asCard(content, context, link ?? '');
    case 'news':
      return asNews(content, context, link ?? '');
  }
}

/** The fields of a text message that call people. */
export function callFields(uncalled: readonly string[], everybody: boolean): object {
  const users = [...uncalled.filter(isUserId), ...(everybody || uncalled.includes('@all') ? ['@all'] : [])];
  const mobiles = uncalled.filter(isMobile);
  return {
    ...(users.length === 0 ? {} : { mentioned_list: users }),
    ...(mobiles.length === 0 ? {} : { mentioned_mobile_list: mobiles }),
  };
}

function asText(
  msgtype: string,
  content: MessageContent,
  context: RenderContext,
  markup: Markup,
  limits: TextLimits,
): Formatted {
  const maxBytes = context.shrunk === true ? limits.maxBytes / 2 : limits.maxBytes;
  const { view, parts, unmentioned } = renderText(content, context, markup, { ...limits, maxBytes });
  const bodies = parts.map((part) => ({ msgtype, [msgtype]: { content: part } }));
  return { bodies, view, uncalled: unmentioned, complete: showsAll(parts, view) };
}

/** The only type that calls by itself everybody who can be called. */
function asPlainText(content: MessageContent, context: RenderContext, maxParts: number): Formatted {
  const { bodies, ...rest } = asText('text', content, context, plainText, { maxBytes: textBytes, maxParts });
  const [first, ...others] = bodies as readonly { readonly text: object }[];
  const called = { msgtype: 'text', text: { ...first?.text, ...callFields(content.mentions, false) } };
  return { ...rest, bodies: [called, ...others], uncalled: [] };
}

function showsAll(parts: readonly string[], view: MessageView): boolean {
  return view.beyond === 0 && view.items.every((item) => parts.some((part) => part.includes(item.id)));
}

/** How the client colours the small line above the title. */
const descColors = { critical: 2, major: 2, minor: 0, recovered: 3, removed: 0 } as const;

/** One glance: the headline, a number, the facts of the worst incident. */
function asCard(content: MessageContent, context: RenderContext, link: string): Formatted {
  const { view } = renderText(content, context, plainText, { maxBytes: textBytes, maxParts: 1 });
  const [worst] = view.items;
  const { failing, checks } = content.totals;
  const card = {
    card_type: 'text_notice',
    source: { desc: 'API Patrol', desc_color: descColors[view.mark] },
    main_title: {
      title: characters(worst?.status ?? view.counts, 26),
      desc: characters(worst?.title ?? '', 30),
    },
    ...(checks === 0
      ? {}
      : { emphasis_content: { title: `${failing}/${checks}`, desc: characters(worst?.id ?? '', 15) } }),
    sub_title_text: characters(view.headline, 112),
    horizontal_content_list: (worst?.details ?? [])
      .filter(({ links }) => links === undefined)
      .slice(0, 6)
      .map(({ label, value }) => ({
        keyname: characters(label, 5),
        value: characters(value, 26),
      })),
    card_action: { type: 1, url: link },
  };
  const body = { msgtype: 'template_card', template_card: card };
  return {
    bodies: [body],
    view,
    uncalled: content.mentions,
    complete: eventsOf(content).length <= 1 && view.beyond === 0,
  };
}

function asNews(content: MessageContent, context: RenderContext, link: string): Formatted {
  const { view } = renderText(content, context, plainText, { maxBytes: textBytes, maxParts: 1 });
  const lines = [view.counts, ...view.items.map((item) => `${item.title} ${item.brief} ${item.id}`)];
  const article = {
    title: ellipsize(view.headline, newsTitleBytes),
    description: ellipsize(lines.join('\n'), newsTextBytes),
    url: link,
  };
  const shown = article.description;
  const complete = view.beyond === 0 && view.items.every((item) => shown.includes(item.id));
  return {
    bodies: [{ msgtype: 'news', news: { articles: [article] } }],
    view,
    uncalled: content.mentions,
    complete,
  };
}

function characters(text: string, max: number): string {
  const all = Array.from(text);
  return all.length <= max ? text : `${all.slice(0, max - 1).join('')}…`;
}
