import { says } from '../../../messages/sentence.ts';
import { createHmac } from 'node:crypto';
import { z } from 'zod';
import { sha256 } from '../../../lib/text/text.ts';
import { httpUrl, secretText } from '../../../lib/zod.ts';
import type { MessageContent } from '../../../model/message.ts';
import { defineChannel, type RenderContext, type SendContext, type SendOutcome } from '../channel.ts';
import { oneLine } from '../../../lib/text/clean.ts';
import { isMobile, isUserId, type Markup, renderText } from '../../render/markup.ts';
import { callsEverybody, mentionAll } from '../shared/everybody.ts';
import { addressByQuery, baseOf } from '../shared/address.ts';
import { classify, type ErrorRules } from '../shared/error-rules.ts';
import { jsonBody, judgeStatus, notTheVendor, numberOf, shownText, textOf } from '../shared/http-answer.ts';

const sendPath = '/robot/send';

const options = z.strictObject({
  webhook: secretText
    .refine((webhook) => addressByQuery(webhook.reveal(), sendPath, 'access_token') !== undefined, {
      error: 'is neither the webhook URL of a robot (…/robot/send?access_token=…) nor its access token',
    })
    .meta({ description: 'The whole webhook URL of the group robot, or only its access token.' }),
  secret: secretText
    .optional()
    .meta({ description: 'The SEC… value, when the robot is secured by signature (加签).' }),
  origin: httpUrl.optional().meta({ description: 'Default: https://oapi.dingtalk.com.' }),
  mentionAll,
});
type Options = z.infer<typeof options>;

/** The vendor allows 20 a minute; whoever sends more is blocked for ten minutes. */
const perMinute = 15;
const blockedMs = 10 * 60_000;
/** The body may have 20,000 bytes; quotes and backslashes double in JSON. */
const textBytes = 9000;
const plainBytes = 2000;
const defaultOrigin = 'https://oapi.dingtalk.com';
const exampleAddress = `${defaultOrigin}/robot/send?access_token=0123456789abcdef0123456789abcdef`;

export const dingtalkRobot = defineChannel({
  kind: 'dingtalk-robot',
  title: { en: 'DingTalk robot', zh: '钉钉机器人' },
  summary: 'A group robot of DingTalk (钉钉).',
  docs: 'https://open.dingtalk.com/document/orgapp/custom-robot-access',
  options,
  examples: [{ webhook: exampleAddress, secret: 'SEC0123456789abcdef0123456789abcdef' }],
  address: {
    form: /\/robot\/send\?/,
    example: exampleAddress,
    found: says(
      'In DingTalk: group settings, bots, add, custom, copy the webhook address.',
      '钉钉：群设置 → 机器人 → 添加机器人 → 自定义 → 复制 Webhook 地址。',
    ),
    options: (webhook) => ({ webhook }),
  },
  limits: { perMinute },
  bucket: (settings) => `dingtalk-robot:${sha256(addressOf(settings).secret).slice(0, 16)}`,
  render,
  plain: {
    maxBytes: plainBytes,
    part: (content, _, mentions) => ({
      msgtype: 'text',
      text: { content },
      at: { atMobiles: mentions.filter(isMobile), atUserIds: mentions.filter(isUserId), isAtAll: false },
    }),
  },
  show: (part) => shownText(part, ['markdown', 'text']),
  send,
});

/**
 * A small part of Markdown, without escapes, so what has a meaning is written with a look-alike. A mention counts
 * when it stands in `at` and in the text; one without the other does nothing.
 */
const markup: Markup = {
  escape: (text) => defuse(text).replaceAll('*', '＊'),
  code: (text) => `\`${defuse(text)}\``,
  bold: (text) => `**${text}**`,
  tone: (text) => text,
  muted: (text) => text,
  mention: (id) => (isMobile(id) || isUserId(id) ? `@${id}` : undefined),
  link: (text, url) => `[${text}](${url})`,
  makesLinks: true,
  newline: '  \n',
  indent: '> ',
};

function defuse(text: string): string {
  return oneLine(text)
    .replaceAll(/<(?=[/!?a-z])/gi, '＜')
    .replaceAll('`', "'")
    .replaceAll('](', '] (');
}

function render(content: MessageContent, settings: Options, context: RenderContext) {
  const maxBytes = context.shrunk === true ? textBytes / 2 : textBytes;
  const { view, parts, unmentioned } = renderText(content, context, markup, { maxBytes, maxParts: 2 });
  const isAtAll = callsEverybody(content, settings.mentionAll) || unmentioned.includes('@all');
  const at = {
    atMobiles: content.mentions.filter(isMobile),
    atUserIds: content.mentions.filter(isUserId),
    isAtAll,
  };
  const nobody = { atMobiles: [], atUserIds: [], isAtAll: false };
  const bodies = parts.map((text, index) => ({
    msgtype: 'markdown',
    markdown: { title: view.headline, text },
    at: index === 0 ? at : nobody,
  }));
  return { parts: bodies.map((body) => JSON.stringify(body)) };
}

const secured = says(
  'its security settings refuse the message: keyword, signature (secret:), clock or IP address list',
  '机器人的安全设置拒绝了消息：请检查关键词、加签（secret:）、系统时钟和 IP 白名单',
);
const gone = says(
  'the robot is gone or its token is wrong: add it to the group again and put its webhook into the config',
  '机器人已被移除，或 token 有误：请重新把机器人加入群聊，并把新的 Webhook 写入配置',
);
const ourMistake = says(
  'the message is not as DingTalk wants it: please report it with this code',
  '消息格式不符合钉钉的要求，请连同此错误码一并反馈',
);

const errors: ErrorRules = {
  [-1]: { action: 'retry', hint: says('DingTalk is busy', '钉钉繁忙') },
  130101: {
    action: 'retry',
    afterMs: blockedMs,
    hint: says('more than 20 messages a minute', '每分钟超过 20 条消息'),
  },
  410100: { action: 'retry', afterMs: blockedMs, hint: says('too many messages', '消息过多') },
  310000: { action: 'break', hint: secured },
  300001: { action: 'break', hint: gone },
  400013: { action: 'break', hint: says('the group has been dissolved', '群聊已解散') },
  400101: { action: 'break', hint: gone },
  400102: { action: 'break', hint: says('the robot has been disabled', '机器人已被停用') },
  400106: { action: 'break', hint: gone },
  460101: { action: 'shrink', hint: ourMistake },
  101002: { action: 'shrink', hint: ourMistake },
  40035: { action: 'reject', hint: ourMistake },
  400105: { action: 'reject', hint: ourMistake },
  430101: {
    action: 'reject',
    hint: says('DingTalk finds an unsafe link in the message', '钉钉认为消息中含有不安全的链接'),
  },
  430102: {
    action: 'reject',
    hint: says('DingTalk finds an improper word in the message', '钉钉认为消息中含有不合适的词语'),
  },
  430104: {
    action: 'reject',
    hint: says('DingTalk finds improper content in the message', '钉钉认为消息内容不合适'),
  },
};

async function send(part: string, settings: Options, context: SendContext): Promise<SendOutcome> {
  const response = await context.post(sendUrl(settings, context.now()), part);
  const failed = judgeStatus(response, context.now());
  if (failed !== undefined) return failed;
  const answer = jsonBody(response);
  const errcode = numberOf(answer?.['errcode']);
  if (errcode === undefined) return notTheVendor(response);
  return classify(errors, errcode, textOf(answer?.['errmsg']));
}

function sendUrl(settings: Options, now: number): string {
  const address = addressOf(settings);
  const base = `${baseOf(settings.origin, address, defaultOrigin)}${sendPath}`;
  const query = new URLSearchParams({ access_token: address.secret });
  if (settings.secret !== undefined) {
    query.set('timestamp', String(now));
    query.set('sign', signature(settings.secret.reveal(), now));
  }
  return `${base}?${query.toString()}`;
}

/** HMAC-SHA256 of timestamp (ms) and secret under the secret, in base64. */
function signature(secret: string, timestamp: number): string {
  return createHmac('sha256', secret).update(`${timestamp}\n${secret}`).digest('base64');
}

function addressOf({ webhook }: Options) {
  return addressByQuery(webhook.reveal(), sendPath, 'access_token') ?? { secret: '' };
}
