import { byteLength, cutBytes, ellipsize } from '../../lib/text/text.ts';
import type { TextTemplate } from '../../lib/text/template.ts';
import type { MessageContent } from '../../model/message.ts';
import type { RenderContext } from '../channels/channel.ts';
import { oneLine } from '../../lib/text/clean.ts';
import type { Detail, ItemView, Mark, MessageView } from './item.ts';
import { unlinkedView } from './inert.ts';
import { words } from './languages.ts';
import { symbols, viewOf } from './view.ts';
import type { Words } from './words.ts';

/** How a channel's text looks. Everything that is not escaped or made by a member has no meaning of its own. */
export interface Markup {
  /** Text on one line, made harmless: it can neither mention nor colour nor link nor break out. */
  readonly escape: (text: string) => string;
  /** Raw text as inline code, harmless. */
  readonly code: (text: string) => string;
  /** Escaped text. */
  readonly bold: (escaped: string) => string;
  readonly tone: (escaped: string, mark: Mark) => string;
  readonly muted: (escaped: string) => string;
  /** Calls somebody; `undefined` when the markup cannot, or when it is no id. */
  readonly mention: (id: string) => string | undefined;
  /** Leads to an address of ours; the text is ours, too. */
  readonly link: (text: string, url: string) => string;
  /** The reader's program makes links of bare addresses by itself. */
  readonly makesLinks?: true;
  readonly newline: string;
  /** Begins a line of details. */
  readonly indent: string;
}

export interface TextLimits {
  readonly maxBytes: number;
  readonly maxParts: number;
  /** The headline has a place of its own (a title, a subject) and is left out of the text. */
  readonly headlineApart?: boolean;
}

export interface RenderedText {
  readonly view: MessageView;
  readonly parts: readonly string[];
  /** Whom the markup could not call. */
  readonly unmentioned: readonly string[];
}

const mentionsMax = 20;

/** A message as text in a channel's markup: headline, counts, incidents, mentions, in parts within the limits. */
export function renderText(
  content: MessageContent,
  context: RenderContext,
  markup: Markup,
  limits: TextLimits,
): RenderedText {
  const found = viewOf(content, context);
  const view = markup.makesLinks === true ? unlinkedView(found, context.ownAddresses) : found;
  const mentions = content.mentions.slice(0, mentionsMax).map((id) => ({ id, tag: markup.mention(id) }));
  // What they say is more than whom they call: the others are called as those are whom the markup cannot call.
  let room = limits.maxBytes / 4;
  const called = mentions.filter(({ tag }) => tag !== undefined && (room -= byteLength(tag) + 1) >= 0);
  const tail = called.map(({ tag }) => tag).join(' ');
  const parts =
    context.template === undefined
      ? ownText(view, words[context.language], markup, limits, tail)
      : packLines(filled(context.template, view, content, markup, tail), {
          ...limits,
          newline: markup.newline,
        });
  return { view, parts, unmentioned: mentions.filter((one) => !called.includes(one)).map(({ id }) => id) };
}

function ownText(
  view: MessageView,
  said: Words,
  markup: Markup,
  limits: TextLimits,
  tail: string,
): readonly string[] {
  const headline = markup.escape(view.headline);
  const link = view.link === undefined ? '' : markup.link(view.link.text, view.link.url);
  const told = view.counts === '' ? '' : markup.muted(markup.escape(view.counts));
  const counts = [told, link].filter((part) => part !== '').join(' · ');
  // A text that says nothing is refused.
  const isApart = limits.headlineApart === true && (counts !== '' || view.items.length > 0);
  const head = [isApart ? '' : headline, counts].filter((line) => line !== '').join(markup.newline);
  const more = (count: number): string => markup.muted(said.more(count));
  const others = [head, tail, more(view.items.length + view.beyond)];
  const taken = others.reduce((sum, one) => sum + byteLength(one) + byteLength(markup.newline), 0);
  return pack({
    head,
    nextHead: (page) => `${isApart ? counts : headline} (${page})`,
    blocks: view.items.map((item) => blockOf(item, said, markup, limits.maxBytes - taken)),
    more,
    beyond: view.beyond,
    tail,
    newline: markup.newline,
    maxBytes: limits.maxBytes,
    maxParts: limits.maxParts,
  });
}

/** The user's text in lines. Every value is escaped for the channel before the template gets it. */
function filled(
  template: TextTemplate,
  view: MessageView,
  { totals }: MessageContent,
  markup: Markup,
  mentions: string,
): readonly string[] {
  const items = view.items.map((item) => ({
    mark: item.mark,
    symbol: symbols[item.mark],
    id: item.id,
    title: markup.escape(item.title),
    status: markup.escape(item.status),
    brief: markup.escape(item.brief),
    details: item.details.map((detail) => ({ label: detail.label, value: valueOf(detail, markup) })),
  }));
  const { headline, counts, mark, beyond } = view;
  return template
    .render({
      headline: markup.escape(headline),
      counts: markup.escape(counts),
      mark,
      symbol: symbols[mark],
      items,
      more: beyond,
      mentions,
      totals,
    })
    .trim()
    .split('\n');
}

/** Bytes of one value, when all of them in full would be too much for a message of one incident. */
const tighterBytes = [Number.POSITIVE_INFINITY, 160, 80, 40];

function blockOf(item: ItemView, said: Words, markup: Markup, maxBytes: number): Block {
  const title = markup.escape(item.title);
  const status = item.status === '' ? '' : ` ${markup.tone(markup.escape(item.status), item.mark)}`;
  const id = item.id === '' ? '' : ` ${item.id}`;
  const top = `${markup.newline}${markup.bold(title)}${status}${id}`;
  let full = top;
  for (const valueBytes of tighterBytes) {
    const details = item.details.flatMap((detail) => tighter(detail, valueBytes));
    const lines = details.map((detail) => `${markup.indent}${detailLine(detail, said, markup)}`);
    full = [top, ...lines].join(markup.newline);
    if (byteLength(full) <= maxBytes) break;
  }
  return { full, short: `${symbols[item.mark]} ${title} ${markup.escape(item.brief)}${id}` };
}

/** Half a command is of no use. */
function tighter(detail: Detail, maxBytes: number): readonly Detail[] {
  if (detail.code === true && byteLength(detail.value) > maxBytes) return [];
  return [{ ...detail, value: ellipsize(detail.value, maxBytes) }];
}

function detailLine(detail: Detail, said: Words, markup: Markup): string {
  return `${detail.label}${said.colon}${valueOf(detail, markup)}`;
}

function valueOf({ value, code, links }: Detail, markup: Markup): string {
  if (links !== undefined) return links.map(({ text, url }) => markup.link(text, url)).join(' · ');
  return code === true ? markup.code(value) : markup.escape(value);
}

/** A mobile number as owners are sometimes given: mainland, or international with `+`. */
export function isMobile(mention: string): boolean {
  return /^(?:1[3-9]\d{9}|\+\d{6,15})$/.test(mention);
}

/** A user id without a character that could break out of a tag; ids come from documents, too. */
export function isUserId(mention: string): boolean {
  return /^[A-Za-z0-9][\w.@-]{0,63}$/.test(mention) && !isMobile(mention);
}

/** Clean text for channels without any markup, and for titles. */
export const plainText: Markup = {
  escape: oneLine,
  code: oneLine,
  bold: (text) => text,
  tone: (text) => text,
  muted: (text) => text,
  mention: () => undefined,
  link: (text, url) => `${text} ${url}`,
  makesLinks: true,
  newline: '\n',
  indent: '  ',
};

/** One incident in a message: with everything, and in one line. */
interface Block {
  readonly full: string;
  readonly short: string;
}

export interface Packing {
  /** Stands on top of the first part. */
  readonly head: string;
  /** Stands on top of the later parts; `page` counts from 2. */
  readonly nextHead: (page: number) => string;
  readonly blocks: readonly Block[];
  /** Says that `count` incidents are not shown; stands at the end of the last part. */
  readonly more: (count: number) => string;
  /** Incidents that are not even in `blocks`. */
  readonly beyond: number;
  /** Stands at the end of the first part: mentions. */
  readonly tail: string;
  readonly newline: string;
  readonly maxBytes: number;
  readonly maxParts: number;
}

/** Above this many incidents the message is a summary: details of the worst, one line for the others. */
const detailedMax = 10;
const summaryDetailed = 3;

/**
 * Lays blocks out in parts of at most `maxBytes`, cut only between blocks. Rather one message with fewer details
 * than several; rather all incidents in a line than some in full; and what does not fit is counted.
 */
export function pack(packing: Packing): readonly string[] {
  const count = packing.blocks.length;
  const most = count <= detailedMax ? count : summaryDetailed;
  for (let detailed = most; detailed >= Math.min(summaryDetailed, most); detailed--) {
    const layout = lay(packing, detailed, 1);
    if (layout.shown === count) return layout.parts;
  }
  for (let detailed = Math.min(summaryDetailed, most); detailed > 0; detailed--) {
    const layout = lay(packing, detailed, packing.maxParts);
    if (layout.shown >= Math.min(count, summaryDetailed)) return layout.parts;
  }
  return lay(packing, 0, packing.maxParts).parts;
}

/** Lines in parts of at most `maxBytes`; what does not fit is cut off, and `…` says so. */
export function packLines(
  lines: readonly string[],
  { newline, maxBytes, maxParts }: Pick<Packing, 'newline' | 'maxBytes' | 'maxParts'>,
): readonly string[] {
  const parts: string[] = [];
  for (const line of lines) {
    const whole = ellipsize(line, maxBytes);
    const last = parts.at(-1);
    const longer = last === undefined ? whole : `${last}${newline}${whole}`;
    if (last !== undefined && byteLength(longer) <= maxBytes) parts[parts.length - 1] = longer;
    else if (parts.length < maxParts) parts.push(whole);
    else return [...parts.slice(0, -1), `${cutBytes(last ?? '', maxBytes - 4)}\n…`];
  }
  return parts;
}

interface Layout {
  readonly parts: readonly string[];
  readonly shown: number;
}

function lay(packing: Packing, detailed: number, maxParts: number): Layout {
  const { head, nextHead, more, tail, beyond, newline, maxBytes } = packing;
  const all = packing.blocks.map((block, index) => (index < detailed ? block.full : block.short));
  const between = byteLength(newline);
  const reserved = byteLength(more(all.length + beyond)) + between;
  const parts: string[][] = [];
  let shown = 0;
  while (parts.length < maxParts && (parts.length === 0 || shown < all.length)) {
    const page = parts.length + 1;
    const lines = [page === 1 ? head : nextHead(page)];
    let room = maxBytes - reserved - byteLength(lines.join(''));
    if (page === 1) room -= byteLength(tail) + between;
    for (const block of all.slice(shown)) {
      room -= byteLength(block) + between;
      if (room < 0) break;
      lines.push(block);
      shown++;
    }
    parts.push(lines);
    if (lines.length === 1) break;
  }
  const hidden = all.length - shown + beyond;
  if (hidden > 0) parts.at(-1)?.push(more(hidden));
  if (tail !== '') parts[0]?.push(tail);
  return { parts: parts.map((lines) => cutBytes(lines.join(newline), maxBytes)), shown };
}
