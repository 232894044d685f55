import type { MessageContent } from '../../model/message.ts';
import type { RenderContext } from '../channel.ts';
import { oneLine } from './clean.ts';
import type { Detail, ItemView, Mark } from './item.ts';
import { words } from './languages.ts';
import { type Block, pack } from './pack.ts';
import { symbols, viewOf } from './view.ts';
import type { Words } from './words.ts';

/** The three colours that the client knows. */
const colors: Readonly<Record<Mark, 'info' | 'comment' | 'warning'>> = {
  critical: 'warning',
  major: 'warning',
  minor: 'comment',
  recovered: 'info',
  removed: 'comment',
};

const mentionsMax = 20;

export interface MarkdownLimits {
  readonly maxBytes: number;
  readonly maxParts: number;
}

export interface RenderedMarkdown {
  readonly parts: readonly string[];
  /** Mentions that markdown cannot make: mobile numbers and `@all`. */
  readonly unmentioned: readonly string[];
}

/**
 * A message in WeCom's `markdown`. The headline has no markup: a lock screen shows it as it is. Text from
 * monitored systems can neither mention nor colour nor link.
 */
export function renderMarkdown(
  content: MessageContent,
  context: RenderContext,
  limits: MarkdownLimits,
): RenderedMarkdown {
  const view = viewOf(content, context);
  const said = words[context.language];
  const headline = neutralize(view.headline);
  const [userIds, unmentioned] = splitMentions(content.mentions);
  const parts = pack({
    head: `${headline}\n<font color="comment">${neutralize(view.counts)}</font>`,
    nextHead: (page) => `${headline} (${page})`,
    blocks: view.items.map((item) => blockOf(item, said)),
    more: (count) => `<font color="comment">${said.more(count)}</font>`,
    beyond: view.beyond,
    tail: userIds.map((id) => `<@${id}>`).join(' '),
    ...limits,
  });
  return { parts, unmentioned };
}

function blockOf(item: ItemView, said: Words): Block {
  const status = `<font color="${colors[item.mark]}">${item.status}</font>`;
  const title = neutralize(item.title);
  const details = item.details.map((detail) => `\n> ${detailLine(detail, said)}`).join('');
  return {
    full: `\n**${title}** ${status} ${item.id}${details}`,
    short: `${symbols[item.mark]} ${title} ${neutralize(item.brief)} ${item.id}`,
  };
}

function detailLine({ label, value, code }: Detail, said: Words): string {
  return `${label}${said.colon}${code === true ? `\`${defuse(value)}\`` : neutralize(value)}`;
}

/** Takes the meaning out of everything that the client would act on. */
export function neutralize(text: string): string {
  return defuse(text).replaceAll(/\*{2,}/g, (stars) => '＊'.repeat(stars.length));
}

/** What would end inline code, mention somebody, colour something or lead somewhere else. */
function defuse(text: string): string {
  return oneLine(text)
    .replaceAll(/<(?=[@/!?a-z])/gi, '＜')
    .replaceAll('`', "'")
    .replaceAll('](', '] (');
}

/** User ids come from documents, too: what is none could break out of the tag, so it is not mentioned. */
function splitMentions(mentions: readonly string[]): [readonly string[], readonly string[]] {
  const isUserId = (mention: string) => /^[A-Za-z0-9][\w.@-]{0,63}$/.test(mention) && !isMobile(mention);
  const userIds = mentions.filter(isUserId).slice(0, mentionsMax);
  return [userIds, mentions.filter((mention) => isMobile(mention) || mention === '@all')];
}

function isMobile(mention: string): boolean {
  return /^(?:1[3-9]\d{9}|\+\d{6,15})$/.test(mention);
}
