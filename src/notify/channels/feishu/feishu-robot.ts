import { says } from '../../../messages/sentence.ts';
import { createHmac } from 'node:crypto';
import { z } from 'zod';
import { sha256 } from '../../../lib/text/text.ts';
import { httpUrl, secretText } from '../../../lib/zod.ts';
import { isObject } from '../../../model/json.ts';
import type { MessageContent } from '../../../model/message.ts';
import { defineChannel, type RenderContext, type SendContext, type SendOutcome } from '../channel.ts';
import { oneLine } from '../../../lib/text/clean.ts';
import type { Mark } from '../../render/item.ts';
import { isUserId, type Markup, renderText } from '../../render/markup.ts';
import type { MessageView } from '../../render/item.ts';
import { callsEverybody, mentionAll } from '../shared/everybody.ts';
import { addressByPath, baseOf } from '../shared/address.ts';
import { classify, type ErrorRules } from '../shared/error-rules.ts';
import { numberOf, jsonBody, judgeStatus, notTheVendor, textOf } from '../shared/http-answer.ts';

const hookPath = '/open-apis/bot/v2/hook';

const options = z.strictObject({
  webhook: secretText
    .refine((webhook) => addressByPath(webhook.reveal(), hookPath) !== undefined, {
      error: 'is neither the webhook URL of a robot (…/open-apis/bot/v2/hook/…) nor its id',
    })
    .meta({ description: 'The whole webhook URL of the custom robot, or only its id.' }),
  secret: secretText
    .optional()
    .meta({ description: 'When the robot is secured by signature verification (签名校验).' }),
  origin: httpUrl
    .optional()
    .meta({ description: 'Default: https://open.feishu.cn; for Lark https://open.larksuite.com.' }),
  mentionAll,
});
type Options = z.infer<typeof options>;

/** The vendor allows 100 a minute and 5 a second. */
const perMinute = 60;
const blockedMs = 60_000;
/** The whole body may have 20 KB. What JSON would double is written as an entity (see `escape`). */
const textBytes = 15_000;
const plainBytes = 2000;
const defaultOrigin = 'https://open.feishu.cn';
const exampleAddress = `${defaultOrigin}/open-apis/bot/v2/hook/01234567-89ab-cdef-0123-456789abcdef`;

export const feishuRobot = defineChannel({
  kind: 'feishu-robot',
  title: { en: 'Feishu robot', zh: '飞书机器人' },
  summary: 'A custom robot of Feishu (飞书) or Lark.',
  docs: 'https://open.feishu.cn/document/client-docs/bot-v3/add-custom-bot',
  options,
  examples: [{ webhook: exampleAddress, secret: '0123456789abcdefABCDEF' }],
  address: {
    form: /\/open-apis\/bot\/v2\/hook\//,
    example: exampleAddress,
    found: says(
      'In Feishu or Lark: group settings, bots, add, custom bot, copy the webhook address.',
      '飞书：群设置 → 群机器人 → 添加机器人 → 自定义机器人 → 复制 Webhook 地址。',
    ),
    options: (webhook) => ({ webhook }),
  },
  limits: { perMinute },
  bucket: (settings) => `feishu-robot:${sha256(addressOf(settings).secret).slice(0, 16)}`,
  render,
  plain: { maxBytes: plainBytes, part: (text) => ({ msg_type: 'text', content: { text } }) },
  show,
  send,
});

const fontColors: Readonly<Record<Mark, string>> = {
  critical: 'red',
  major: 'orange',
  minor: 'yellow',
  recovered: 'green',
  removed: 'grey',
};

/** The markdown of cards: characters with a meaning are written as HTML entities. */
const markup: Markup = {
  escape: (text) => entities(oneLine(text), /[&<>*~_`[\]()#"\\|!]/g),
  // In code entities stay as they are: only what ends it is replaced, and what JSON would double.
  code: (text) =>
    `\`${oneLine(text).replaceAll('`', "'").replaceAll('<at', '＜at').replaceAll('](', '] (')}\``,
  bold: (text) => `**${text}**`,
  tone: (text, mark) => `<font color='${fontColors[mark]}'>${text}</font>`,
  muted: (text) => `<font color='grey'>${text}</font>`,
  mention: (id) => (isUserId(id) ? `<at id=${id}></at>` : undefined),
  link: (text, url) => `[${text}](${url})`,
  makesLinks: true,
  newline: '\n',
  indent: '- ',
};

function entities(text: string, special: RegExp): string {
  return text.replaceAll(special, (character) => `&#${character.codePointAt(0)};`);
}

function render(content: MessageContent, settings: Options, context: RenderContext) {
  const maxBytes = context.shrunk === true ? textBytes / 2 : textBytes;
  const limits = { maxBytes, maxParts: 1, headlineApart: true };
  const { view, parts, unmentioned } = renderText(content, context, markup, limits);
  const everybody = callsEverybody(content, settings.mentionAll) || unmentioned.includes('@all');
  const text = `${parts[0] ?? ''}${everybody ? '\n<at id=all></at>' : ''}`;
  return { parts: [JSON.stringify({ msg_type: 'interactive', card: cardOf(view, text) })] };
}

function cardOf({ headline, mark }: MessageView, text: string) {
  return {
    schema: '2.0',
    config: { update_multi: true },
    header: { title: { tag: 'plain_text', content: headline }, template: fontColors[mark] },
    body: { elements: [{ tag: 'markdown', content: text }] },
  };
}

function show(part: string): string {
  const { card, content } = JSON.parse(part) as {
    card?: ReturnType<typeof cardOf>;
    content?: { readonly text: string };
  };
  if (card === undefined) return content?.text ?? part;
  return [card.header.title.content, ...card.body.elements.map((element) => element.content)].join('\n');
}

const ourMistake = says(
  'the card is not as Feishu wants it: please report it with this code',
  '卡片格式不符合飞书的要求，请连同此错误码一并反馈',
);

const errors: ErrorRules = {
  9499: { action: 'reject', hint: ourMistake },
  11232: {
    action: 'retry',
    afterMs: blockedMs,
    hint: says('more than 100 messages a minute or 5 a second', '每分钟超过 100 条或每秒超过 5 条消息'),
  },
  19001: {
    action: 'break',
    hint: says(
      'the robot is gone or its id is wrong: put its new webhook into the config',
      '机器人已被移除，或地址有误：请把新的 Webhook 写入配置',
    ),
  },
  19002: { action: 'reject', hint: ourMistake },
  19021: {
    action: 'break',
    hint: says(
      'the signature is refused: check secret:, and the clock of this machine',
      '签名校验未通过：请检查 secret: 和本机时钟',
    ),
  },
  19022: {
    action: 'break',
    hint: says(
      'add the address of this machine to the IP list of the robot',
      '请把本机地址加入机器人的 IP 白名单',
    ),
  },
  19024: {
    action: 'break',
    hint: says(
      'the robot wants a keyword that our messages do not have: use a signature',
      '机器人要求消息含有自定义关键词，而我们的消息没有：请改用签名校验',
    ),
  },
  230025: { action: 'shrink', hint: ourMistake },
};

async function send(part: string, settings: Options, context: SendContext): Promise<SendOutcome> {
  const address = addressOf(settings);
  const url = `${baseOf(settings.origin, address, defaultOrigin)}${hookPath}/${address.secret}`;
  const response = await context.post(url, signed(part, settings, context.now()));
  const answer = jsonBody(response);
  const code = numberOf(answer?.['code'] ?? answer?.['StatusCode']);
  // Errors come with HTTP 400, too, and the body knows more than the status.
  if (code !== undefined && code !== 0) {
    const text = textOf(answer?.['msg']);
    // 9499 is also what a robot over its limit is told, and then the words are all there is.
    const rate = code === 9499 && /too many/i.test(text);
    return classify(errors, rate ? 11232 : code, text);
  }
  return judgeStatus(response, context.now()) ?? (code === 0 ? { kind: 'sent' } : notTheVendor(response));
}

/** Timestamp (s) and signature go into the body, so they are added when it is sent and not when it is frozen. */
function signed(part: string, { secret }: Options, now: number): string {
  const body: unknown = JSON.parse(part);
  if (secret === undefined || !isObject(body)) return part;
  const timestamp = String(Math.floor(now / 1000));
  const sign = createHmac('sha256', `${timestamp}\n${secret.reveal()}`).update('').digest('base64');
  return JSON.stringify({ timestamp, sign, ...body });
}

function addressOf({ webhook }: Options) {
  return addressByPath(webhook.reveal(), hookPath) ?? { secret: '' };
}
