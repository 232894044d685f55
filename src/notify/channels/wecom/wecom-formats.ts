import { ellipsize } from '../../../lib/text/text.ts';
import type { JsonObject } from '../../../model/json.ts';
import type { MessageContent } from '../../../model/message.ts';
import type { RenderContext } from '../channel.ts';
import { eventsOf } from '../../render/events.ts';
import {
  isMobile,
  isUserId,
  type Markup,
  plainText,
  renderText,
  type TextLimits,
} from '../../render/markup.ts';
import type { Detail, ItemView, MessageView } from '../../render/item.ts';
import { words } from '../../render/languages.ts';
import { symbols } from '../../render/view.ts';
import { wecomMarkdown, wecomMarkdownV2 } from '../../render/wecom-markdown.ts';

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
export const textBytes = 2048;
const newsTitleBytes = 128;
const newsTextBytes = 512;
/** With the mention in a message of its own, a storm is told in three. */
const partsMax = 2;

export function formatMessage(
  format: Format,
  content: MessageContent,
  context: RenderContext,
  { link, maxParts = partsMax }: { readonly link?: string; readonly maxParts?: number },
): Formatted {
  const page = link ?? pageOf(content, context);
  switch (page === undefined ? withoutPage(format) : format) {
    case 'markdown':
      return asText('markdown', content, context, wecomMarkdown, { maxBytes: markdownBytes, maxParts });
    case 'markdown_v2':
      return asText('markdown_v2', content, context, wecomMarkdownV2, { maxBytes: markdownBytes, maxParts });
    case 'text':
      return asPlainText(content, context, maxParts);
    case 'template_card':
      return asCard(content, context, page ?? '');
    case 'news':
      return asNews(content, context, page ?? '');
  }
}

/** A card has to lead somewhere; what can be said without is said as usual. */
function withoutPage(format: Format): Format {
  return leadsToPage(format) ? 'markdown' : format;
}

export function leadsToPage(format: Format): boolean {
  return format === 'template_card' || format === 'news';
}

/** Where on the page the message is told at length. */
function pageOf(content: MessageContent, { links }: RenderContext): string | undefined {
  if (links === undefined) return undefined;
  if (content.summary !== undefined) return links.page('reports');
  const [first, second] = eventsOf(content);
  if (first === undefined) {
    if (content.firstReports !== undefined) return links.page('set-up');
    return links.page(content.breakingChanges === undefined ? 'incidents' : 'documents');
  }
  if (first.incident.reason.code === 'channel') return links.page('channels');
  return second === undefined ? links.incident(first.incident.id) : links.page('incidents');
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

/** Of several, each in a line of the card. */
function factOf({ id, status, title }: ItemView): Pick<Detail, 'label' | 'value'> {
  return { label: id === '' ? status : id, value: title };
}

/** How the client colours the small line above the title. */
const descColors = { critical: 2, major: 2, minor: 0, recovered: 3, removed: 0 } as const;

interface Card {
  readonly card_type: 'text_notice';
  readonly service: { readonly desc: string; readonly desc_color: number };
  readonly main_title: { readonly title: string; readonly desc: string };
  readonly emphasis_content?: { readonly title: string; readonly desc: string };
  readonly sub_title_text: string;
  readonly horizontal_content_list: readonly { readonly keyname: string; readonly value: string }[];
  readonly jump_list?: readonly { readonly type: 1; readonly title: string; readonly url: string }[];
  readonly card_action: { readonly type: 1; readonly url: string };
}

interface Article {
  readonly title: string;
  readonly description: string;
  readonly url: string;
}

/** One glance: the headline, a number, the facts of the worst incident, and what can be done about it. */
function asCard(content: MessageContent, context: RenderContext, page: string): Formatted {
  const { view } = renderText(content, context, plainText, { maxBytes: textBytes, maxParts: 1 });
  const [worst] = view.items;
  const { failing, checks } = content.totals;
  const title = fit(view.headline, 26);
  const details = worst?.details ?? [];
  const facts =
    view.items.length > 1 ? view.items.map(factOf) : details.filter(({ links }) => links === undefined);
  const links = details.flatMap((detail) => detail.links ?? []);
  const number = { title: `${failing}/${checks}`, desc: words[context.language].operationsFailing };
  const card: Card = {
    card_type: 'text_notice',
    service: { desc: 'API Patrol', desc_color: descColors[view.mark] },
    main_title: { title, desc: fit(view.counts, 30) },
    ...(checks === 0 ? {} : { emphasis_content: number }),
    // The whole headline stands somewhere.
    sub_title_text: fit(title === view.headline && worst !== undefined ? worst.brief : view.headline, 112),
    horizontal_content_list: facts
      .slice(0, 6)
      .map(({ label, value }) => ({ keyname: fit(label, 5), value: fit(value, 26) })),
    ...(links.length === 0
      ? {}
      : { jump_list: links.slice(0, 3).map(({ text, url }) => ({ type: 1, title: fit(text, 13), url })) }),
    card_action: { type: 1, url: page },
  };
  const body = { msgtype: 'template_card', template_card: card };
  return {
    bodies: [body],
    view,
    uncalled: content.mentions,
    complete: eventsOf(content).length <= 1 && view.beyond === 0,
  };
}

function asNews(content: MessageContent, context: RenderContext, page: string): Formatted {
  const { view } = renderText(content, context, plainText, { maxBytes: textBytes, maxParts: 1 });
  const lines = [
    view.counts,
    ...view.items.map((item) => `${symbols[item.mark]} ${item.title} ${item.brief} ${item.id}`.trim()),
  ];
  const article: Article = {
    title: ellipsize(view.headline, newsTitleBytes),
    description: ellipsize(lines.filter((line) => line !== '').join('\n'), newsTextBytes),
    url: page,
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

/** A card or news as it is read; `undefined` for other types. */
export function shownCard(body: JsonObject): string | undefined {
  const { template_card: card, news } = body as {
    template_card?: Card;
    news?: { articles: readonly Article[] };
  };
  if (card !== undefined) {
    const { main_title: main, emphasis_content: number, horizontal_content_list: facts } = card;
    const lines = [
      main.title,
      main.desc,
      ...(number === undefined ? [] : [`${number.title} ${number.desc}`]),
      card.sub_title_text,
      ...facts.map(({ keyname, value }) => `${keyname}  ${value}`),
      ...(card.jump_list ?? []).map(({ title, url }) => `${title} → ${url}`),
      `→ ${card.card_action.url}`,
    ];
    return lines.filter((line) => line !== '').join('\n');
  }
  return news?.articles.map(({ title, description, url }) => `${title}\n${description}\n→ ${url}`).join('\n');
}

/** In at most `max` Chinese characters, as which the reference counts; two letters are as wide as one of them. */
function fit(text: string, max: number): string {
  const all = Array.from(text);
  if (all.reduce((sum, character) => sum + widthOf(character), 0) <= 2 * max) return text;
  let room = 2 * max - widthOf('a');
  const end = all.findIndex((character) => (room -= widthOf(character)) < 0);
  return `${all.slice(0, end).join('').trimEnd()}…`;
}

function widthOf(character: string): number {
  return character < '\u2E80' ? 1 : 2;
}
