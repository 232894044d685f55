import { matches, over, page, unclean, unknown } from '../shared/faults.fixture.ts';
import {
  type Call,
  type Fault,
  parseJson,
  type Reply,
  type StandIn,
  startHook,
} from '../shared/stand-in.fixture.ts';
import { answering, type ChannelTrial } from '../shared/trial.fixture.ts';
import { shownHtml } from './telegram-bot.ts';

/** What Telegram finds by itself in a text and acts on: names, and commands to tap on. */
const acting = /(?<![\w/<>])(?:@\w|\/\w{1,64}(?![\w/<>]))/;

export const trial: ChannelTrial = {
  standIn: telegramStandIn,
  acts: acting,
  faults(part, told) {
    const { text } = JSON.parse(part) as { readonly text: string };
    const called = /^@\w+( @\w+)*$/;
    const links = [...text.matchAll(/<a href="([^"]*)">/g)].map(([, url = '']) => url);
    const users = links.flatMap((url) => /^tg:\/\/user\?id=(\d+)$/.exec(url)?.[1] ?? []);
    const lines = text.split('\n').map((line) => line.replaceAll(/<a .*?<\/a>|<code>.*?<\/code>/g, ''));
    return [
      ...over('the text', visible(text).length, 4096),
      ...(unparsable(text) ? [`is no HTML: ${text}`] : []),
      // The joiner is what takes names and commands apart.
      ...unclean(text.replaceAll('\u2060', '')),
      ...links
        .filter((url) => !url.startsWith(`${page}/`) && !url.startsWith('tg://user?id='))
        .map((url) => `leads to ${url}`),
      ...unknown(users, told.mentions),
      ...lines.flatMap((line) =>
        called.test(line.trim())
          ? unknown(line.trim().split(' '), told.mentions)
          : matches('acts', shownHtml(line), acting),
      ),
    ];
  },
  refusals: [
    [400, 'Bad Request: chat not found'],
    [400, 'Bad Request: message thread not found'],
    [400, 'Bad Request: not enough rights to send text messages to the chat'],
    [400, "Bad Request: can't parse entities: Unsupported start tag"],
    [401, 'Unauthorized'],
    [403, 'Forbidden: bot was kicked from the supergroup chat'],
    [404, 'Not Found'],
  ].map(([code, description]) => answering(Number(code), { ok: false, error_code: code, description })),
};

const token = '123456789:canary-4711-0123456789abcdefghijklm';
const chat = -1001234567890;

/** The Bot API with one bot, which is in one group. Errors as in telegram-bot-api 9: HTTP status and `error_code` are one. */
async function telegramStandIn(): Promise<StandIn> {
  const seen: string[] = [];
  const answer = ({ url, body }: Call): Reply => {
    const [, given = '', method = ''] = /^\/bot([^/]*)\/(\w+)$/.exec(url.pathname) ?? [];
    if (!/^[1-9]\d*:/.test(given)) return refused(401, 'Unauthorized: invalid token specified');
    if (given !== token) return refused(401, 'Unauthorized');
    if (method !== 'sendMessage') return refused(404, 'Not Found: method not found');
    const message = parseJson(body) ?? {};
    if (message['chat_id'] === undefined) return refused(400, 'Bad Request: chat_id is empty');
    if (Number(message['chat_id']) !== chat) return refused(400, 'Bad Request: chat not found');
    const { text = '' } = message as { readonly text?: string };
    if (message['parse_mode'] === 'HTML' && unparsable(text))
      return refused(400, "Bad Request: can't parse entities: Unsupported start tag at byte offset 0");
    const shown = message['parse_mode'] === 'HTML' ? visible(text) : text;
    if (shown.trim() === '') return refused(400, 'Bad Request: message text is empty');
    if (shown.length > 4096) return refused(400, 'Bad Request: message is too long');
    seen.push(shownHtml(text));
    const result = {
      message_id: seen.length,
      date: 1_773_000_000,
      chat: { id: chat, type: 'supergroup' },
      text: shown,
    };
    return { body: { ok: true, result } };
  };
  const faults: Partial<Record<Fault, Reply>> = {
    busy: refused(500, 'Internal Server Error: Request aborted'),
    limited: {
      ...refused(429, 'Too Many Requests: retry after 35', { retry_after: 35 }),
      headers: { 'retry-after': '35' },
    },
    gone: refused(403, 'Forbidden: bot was kicked from the supergroup chat'),
    'too-long': refused(400, 'Bad Request: message is too long'),
    bad: refused(400, "Bad Request: can't parse entities: Can't find end tag corresponding to start tag b"),
  };
  const hook = await startHook(answer, faults);
  return { ...hook, input: { token, chatId: chat, origin: hook.url }, secret: token, seen };
}

function refused(code: number, description: string, parameters?: object): Reply {
  const more = parameters === undefined ? {} : { parameters };
  return { status: code, body: { ok: false, error_code: code, description, ...more } };
}

/** The text without its markup, which is what is counted. */
function visible(text: string): string {
  return text.replaceAll(/<[^>]*>/g, '').replaceAll(/&\w+;/g, ' ');
}

/** Tags that it does not know, that overlap or stay open, and entities that are none. */
function unparsable(text: string): boolean {
  const open: string[] = [];
  for (const [tag, close, name = ''] of text.matchAll(/<(\/?)([^\s>]*)[^>]*>?/g)) {
    if (!/^<(?:\/?(?:b|i|code)|\/a|a href="[^"<>]*")>$/.test(tag)) return true;
    if (close === '') open.push(name);
    else if (open.pop() !== name) return true;
  }
  return open.length > 0 || /&(?!(?:lt|gt|amp|quot);)/.test(text);
}
