import { oneLine } from '../../lib/text/clean.ts';
import type { Mark } from './item.ts';
import { isUserId, type Markup } from './markup.ts';

/** The three colours that the client knows. */
const colors: Readonly<Record<Mark, 'info' | 'comment' | 'warning'>> = {
  critical: 'warning',
  major: 'warning',
  minor: 'comment',
  recovered: 'info',
  removed: 'comment',
};

/** WeCom's `markdown`, of robots and of apps. It can call user ids, but neither mobile numbers nor everybody. */
export const wecomMarkdown: Markup = {
  escape: neutralize,
  code: (text) => `\`${defuse(text)}\``,
  bold: (text) => `**${text}**`,
  tone: (text, mark) => `<font color="${colors[mark]}">${text}</font>`,
  muted: (text) => `<font color="comment">${text}</font>`,
  mention: (id) => (isUserId(id) ? `<@${id}>` : undefined),
  link: (text, url) => `[${text}](${url})`,
  makesLinks: true,
  newline: '\n',
  indent: '> ',
};

/** WeCom's `markdown_v2`: has neither colours nor mentions. */
export const wecomMarkdownV2: Markup = {
  ...wecomMarkdown,
  tone: (text) => text,
  muted: (text) => text,
  mention: () => undefined,
};

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
