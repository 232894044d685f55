import { escapeMarkup } from '../../../lib/text/text.ts';
import { oneLine } from '../../../lib/text/clean.ts';
import { isMobile, type Markup } from '../../render/markup.ts';

/**
 * The HTML of the Bot API: a few tags, and `&lt; &gt; &amp; &quot;` alone. What it finds by itself in a text (a user's
 * name, a command to tap on) is taken apart with a joiner that nobody sees.
 */
export const html: Markup = {
  escape: (text) => escapeMarkup(inertLine(text)),
  code: (text) => `<code>${escapeMarkup(oneLine(text))}</code>`,
  bold: (text) => `<b>${text}</b>`,
  tone: (text) => `<i>${text}</i>`,
  muted: (text) => text,
  mention,
  link: (text, url) => `<a href="${escapeMarkup(url)}">${escapeMarkup(text)}</a>`,
  makesLinks: true,
  newline: '\n',
  indent: '▏ ',
};

/** Names and commands as Telegram finds them, which is behind whatever is no word; a path of several parts is none. */
export function inertLine(text: string): string {
  return oneLine(text).replaceAll(/(?<![\w/<>])(@(?=\w)|\/(?=\w{1,64}(?![\w/<>])))/g, '$1\u2060');
}

/** A user by the number of the account, or by a public name, which says so with its `@`. */
function mention(id: string): string | undefined {
  if (/^@[A-Za-z]\w{4,31}$/.test(id)) return id;
  return /^[1-9]\d{4,13}$/.test(id) && !isMobile(id) ? `<a href="tg://user?id=${id}">${id}</a>` : undefined;
}

/** As a person sees it, in the Markdown of previews. */
export function shownHtml(text: string): string {
  return text
    .replaceAll(/<a href="([^"]*)">(.*?)<\/a>/g, '[$2]($1)')
    .replaceAll(/<\/?b>/g, '**')
    .replaceAll(/<\/?code>/g, '`')
    .replaceAll(/<\/?\w+>/g, '')
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&quot;', '"')
    .replaceAll('&amp;', '&');
}
