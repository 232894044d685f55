import { z } from 'zod';
import { says, sentence } from '../../../messages/sentence.ts';
import { ellipsize, escapeMarkup, sha256 } from '../../../lib/text/text.ts';
import { httpUrl, secretText } from '../../../lib/zod.ts';
import { isObject, type JsonObject } from '../../../model/json.ts';
import type { MessageContent } from '../../../model/message.ts';
import {
  defineChannel,
  type Failure,
  type PostFailure,
  type PostResponse,
  type RenderContext,
  type SendContext,
  type SendOutcome,
} from '../channel.ts';
import { isMobile, type Markup, renderText } from '../../render/markup.ts';
import { jsonBody, judgeStatus, notTheVendor, textOf } from '../shared/http-answer.ts';
import type { OwnSentence } from '../../../model/sentence.ts';
import { oneLine } from '../../../lib/text/clean.ts';

const wholeNumber = z.union([z.int(), z.string().regex(/^-?\d+$/)]);
const options = z.strictObject({
  token: secretText
    .refine((token) => /^[1-9]\d*:[\w-]{20,70}$/.test(token.reveal()), {
      error: 'is not the token of a bot, as @BotFather gives it (123456789:AAE…)',
    })
    .meta({ description: 'The token of the bot, from @BotFather.' }),
  chatId: z
    .union([
      z.int(),
      z.string().regex(/^(?:-?\d+|@[A-Za-z]\w{4,31})$/, {
        error: 'is neither the number of a chat (-1001234567890) nor the name of a public one (@name)',
      }),
    ])
    .meta({
      description:
        'Number of the chat (of a group it begins with -), or the @name of a public one. The bot has to be in it.',
    }),
  threadId: wholeNumber.optional().meta({ description: 'Topic of a group with topics (message_thread_id).' }),
  origin: httpUrl
    .optional()
    .meta({ description: 'Of a Bot API server of your own. Default: https://api.telegram.org.' }),
});
type Options = z.infer<typeof options>;

/** A bot may send 20 a minute to a group; five are left to people's commands and other tools. */
const perMinute = 15;
/** Characters without the markup; none has fewer bytes with it. */
const textBytes = 4096;
const partsMax = 3;
const plainBytes = 2000;
const defaultOrigin = 'https://api.telegram.org';
const exampleToken = '123456789:AAE-0123456789abcdefghijklmnopqrstu';
const exampleChat = '-1001234567890';
/** `…/bot<token>/sendMessage?chat_id=…`, as guides have it called. */
const addressForm = /\/bot\d+:[\w-]+\/sendMessage\?(?:.*&)?chat_id=/;

export const telegramBot = defineChannel({
  kind: 'telegram-bot',
  title: { en: 'Telegram', zh: 'Telegram' },
  summary: 'A bot of Telegram, in a group, a channel or a private chat.',
  docs: 'https://core.telegram.org/bots/api#sendmessage',
  options,
  examples: [{ token: exampleToken, chatId: exampleChat }],
  address: {
    form: addressForm,
    example: `${defaultOrigin}/bot${exampleToken}/sendMessage?chat_id=${exampleChat}`,
    found: says(
      'In Telegram: ask @BotFather for a bot, add it to the group, and write https://api.telegram.org/bot<token>/sendMessage?chat_id=<chat>; getUpdates in place of sendMessage shows the number of the chat.',
      'Telegram：向 @BotFather 申请机器人并加入群组，然后填写 https://api.telegram.org/bot<token>/sendMessage?chat_id=<chat>；把 sendMessage 换成 getUpdates 可查到会话编号。',
    ),
    options: optionsOf,
  },
  limits: { perMinute },
  bucket: ({ token, chatId }) => `telegram-bot:${sha256(`${token.reveal()}\n${chatId}`).slice(0, 16)}`,
  render,
  plain: { maxBytes: plainBytes, part: (text) => ({ text: text.split('\n').map(inertLine).join('\n') }) },
  show,
  send,
});

function optionsOf(address: string): Readonly<Record<string, unknown>> {
  const { origin, pathname, searchParams } = new URL(address);
  const [, token = ''] = /\/bot(\d+:[\w-]+)\//.exec(pathname) ?? [];
  const threadId = searchParams.get('message_thread_id');
  return {
    token,
    chatId: searchParams.get('chat_id'),
    ...(threadId === null ? {} : { threadId }),
    ...(origin === defaultOrigin ? {} : { origin }),
  };
}

function render(content: MessageContent, _settings: Options, context: RenderContext) {
  const limits = context.shrunk === true ? { maxBytes: textBytes / 2 } : { maxBytes: textBytes };
  const { parts } = renderText(content, context, html, { ...limits, maxParts: partsMax });
  return { parts: parts.map((text) => JSON.stringify({ text, parse_mode: 'HTML' })) };
}

function show(part: string): string {
  const { text, parse_mode: mode } = JSON.parse(part) as { text: string; parse_mode?: string };
  return mode === undefined ? text : shownHtml(text);
}

async function send(part: string, settings: Options, context: SendContext): Promise<SendOutcome> {
  const answer = await call(part, settings.chatId, settings, context);
  const movedTo = parametersOf(answer)?.['migrate_to_chat_id'];
  if (typeof movedTo !== 'number') return judge(answer, context.now());
  // A group that becomes a supergroup has another number from then on, and it alone is told which.
  const outcome = judge(await call(part, movedTo, settings, context), context.now());
  const warning = `the group is a supergroup by now: write chatId: ${movedTo}`;
  return outcome.kind === 'sent' ? { ...outcome, warning } : outcome;
}

/** Chat and topic are put in when it is sent: what waits goes where the configuration says by then. */
function call(
  part: string,
  chatId: number | string,
  { token, threadId, origin }: Options,
  context: SendContext,
) {
  const base = (origin ?? defaultOrigin).replace(/\/+$/, '');
  const written: unknown = JSON.parse(part);
  const body = {
    chat_id: chatId,
    ...(threadId === undefined ? {} : { message_thread_id: Number(threadId) }),
    ...(isObject(written) ? written : {}),
    link_preview_options: { is_disabled: true },
  };
  return context.post(`${base}/bot${token.reveal()}/sendMessage`, JSON.stringify(body));
}

function judge(answer: PostResponse | PostFailure, now: number): SendOutcome {
  const body = jsonBody(answer);
  if (body?.['ok'] === true) {
    const { result } = body;
    const id = isObject(result) ? result['message_id'] : undefined;
    return typeof id === 'number' ? { kind: 'sent', receipt: String(id) } : { kind: 'sent' };
  }
  const code = body?.['error_code'];
  if (typeof code === 'number' && code >= 400 && code <= 404) {
    return judgeRefusal({ code, description: textOf(body?.['description']) });
  }
  return judgeStatus(withWait(answer, body), now) ?? notTheVendor(answer);
}

/** The body says how long to wait, also where something in between has dropped the header. */
function withWait(answer: PostResponse | PostFailure, body: JsonObject | undefined) {
  const seconds = parametersOf(answer)?.['retry_after'];
  if ('failure' in answer || body === undefined || typeof seconds !== 'number') return answer;
  return { ...answer, headers: { ...answer.headers, 'retry-after': String(seconds) } };
}

function parametersOf(answer: PostResponse | PostFailure): JsonObject | undefined {
  const parameters = jsonBody(answer)?.['parameters'];
  return isObject(parameters) ? parameters : undefined;
}

/** What the Bot API says of a failure: `{"ok":false,"error_code":400,"description":"Bad Request: chat not found"}`. */
interface Refusal {
  readonly code: number;
  readonly description: string;
}

const wrongToken = says(
  'the token is wrong or has been revoked: ask @BotFather for it and put it into token:',
  'token 有误或已被撤销：请向 @BotFather 获取，并写入 token:',
);
const removed = says(
  'the bot was removed from the chat or blocked: add it again, in a private chat send it /start',
  '机器人已被移出群聊或被屏蔽：请重新添加；如为私聊，请先向它发送 /start',
);
const noSuchChat = says(
  'there is no such chat for this bot: check chatId:, and add the bot to the chat',
  '该机器人找不到此会话：请检查 chatId:，并把机器人加入会话',
);
const noSuchTopic = says(
  'the topic is gone or closed: correct threadId: or leave it out',
  '话题已删除或已关闭：请更正 threadId:，或将其删去',
);
const mayNotWrite = says(
  'the bot may not write there: give it the right to send messages',
  '机器人无权在此发言：请授予其发送消息的权限',
);
const ourMistake = says(
  'the message is not as Telegram wants it: please report it with this text',
  '消息格式不符合 Telegram 的要求，请连同此文字一并反馈',
);

/** Of the words behind `Bad Request:`, which is all that tells these apart. The first that fits counts. */
const badRequests: readonly (readonly [said: RegExp, kind: 'broken' | 'shrink', hint: OwnSentence])[] = [
  [/(?:message|text) is too long/i, 'shrink', ourMistake],
  [/thread not found|TOPIC_(?:CLOSED|DELETED)/i, 'broken', noSuchTopic],
  [/chat not found|chat_id is empty|chat identifier|PEER_ID_INVALID|CHANNEL_PRIVATE/i, 'broken', noSuchChat],
  [/\brights\b|CHAT_(?:WRITE|SEND_\w+)_FORBIDDEN|CHAT_RESTRICTED/i, 'broken', mayNotWrite],
];

/** What to do after a refusal that is neither a limit nor trouble of the server (codes 400 to 404). */
function judgeRefusal({ code, description }: Refusal): Failure {
  const told = {
    code: String(code),
    message: sentence('coded', { code: String(code), said: ellipsize(description, 200) }),
  };
  if (code === 403) return { ...told, kind: 'broken', hint: removed };
  if (code !== 400) return { ...told, kind: 'broken', hint: wrongToken };
  const [, kind = 'rejected', hint = ourMistake] = badRequests.find(([said]) => said.test(description)) ?? [];
  return { ...told, kind, hint };
}

/**
 * The HTML of the Bot API: a few tags, and `&lt; &gt; &amp; &quot;` alone. What it finds by itself in a text (a user's
 * name, a command to tap on) is taken apart with a joiner that nobody sees.
 */
const html: Markup = {
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
function inertLine(text: string): string {
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
