import type { Sentence } from '../../../model/sentence.ts';
import { says, sentence } from '../../../messages/sentence.ts';
import { z } from 'zod';
import { ellipsize, sha256 } from '../../../lib/text/text.ts';
import { secretText } from '../../../lib/zod.ts';
import type { MessageContent } from '../../../model/message.ts';
import { defineChannel, type RenderContext, type SendContext, type SendOutcome } from '../channel.ts';
import { oneLine } from '../../../lib/text/clean.ts';
import { type Markup, renderText } from '../../render/markup.ts';
import { callsEverybody, mentionAll } from '../shared/everybody.ts';
import { judgeStatus } from '../shared/http-answer.ts';

const options = z.strictObject({
  webhook: secretText
    .refine((webhook) => /^https?:\/\//.test(webhook.reveal()) && URL.canParse(webhook.reveal()), {
      error: 'is not the URL of an incoming webhook (https://hooks.slack.com/services/…)',
    })
    .meta({
      description: 'The URL of the incoming webhook; Mattermost and others that speak like Slack do as well.',
    }),
  mentionAll,
});
type Options = z.infer<typeof options>;

/** About one a second. */
const perMinute = 50;
/** A section's text may have 3,000 characters, a message 50 blocks. */
const sectionBytes = 2900;
const plainBytes = 2000;
const sectionsMax = 6;
const exampleAddress = 'https://hooks.slack.com/services/T00000000/B00000000/0123456789abcdef';

export const slackWebhook = defineChannel({
  kind: 'slack-webhook',
  title: { en: 'Slack', zh: 'Slack' },
  summary: 'An incoming webhook of Slack, or of a chat that speaks like it.',
  docs: 'https://docs.slack.dev/messaging/sending-messages-using-incoming-webhooks',
  options,
  examples: [{ webhook: exampleAddress }],
  address: {
    form: /^https:\/\/hooks\.slack\.com\//,
    example: exampleAddress,
    found: says(
      'In Slack: an app of yours, incoming webhooks, add one to the channel, copy its URL.',
      'Slack：自建应用 → Incoming Webhooks → 添加到频道 → 复制 Webhook URL。',
    ),
    options: (webhook) => ({ webhook }),
  },
  limits: { perMinute },
  bucket: ({ webhook }) => `slack-webhook:${sha256(webhook.reveal()).slice(0, 16)}`,
  render,
  plain: { maxBytes: plainBytes, part: (text) => ({ text: entities(text) }) },
  show,
  send,
});

/** Slack's own `mrkdwn`: what begins a mention or a link is escaped as an entity, other marks are taken apart. */
const markup: Markup = {
  escape: (text) => entities(oneLine(text)).replaceAll(/[*_~`]/g, (mark) => `\u2060${mark}\u2060`),
  code: (text) => `\`${entities(oneLine(text).replaceAll('`', "'"))}\``,
  bold: (text) => `*${text}*`,
  tone: (text) => `_${text}_`,
  muted: (text) => text,
  mention: (id) => (/^[UW][A-Z0-9]{5,20}$/.test(id) ? `<@${id}>` : undefined),
  link: (text, url) => `<${url}|${text}>`,
  makesLinks: true,
  newline: '\n',
  indent: '> ',
};

function entities(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}

function render(content: MessageContent, settings: Options, context: RenderContext) {
  const limits = { maxBytes: sectionBytes, maxParts: context.shrunk === true ? 1 : sectionsMax };
  const { view, parts, unmentioned } = renderText(content, context, markup, limits);
  const everybody = callsEverybody(content, settings.mentionAll) || unmentioned.includes('@all');
  const sections = [...parts, ...(everybody ? ['<!channel>'] : [])];
  const blocks = sections.map((text) => ({ type: 'section', text: { type: 'mrkdwn', text } }));
  return { parts: [JSON.stringify({ text: entities(view.headline), blocks })] };
}

function show(part: string): string {
  const { blocks, text } = JSON.parse(part) as {
    blocks?: readonly { readonly text: { readonly text: string } }[];
    text: string;
  };
  return blocks?.map((block) => block.text.text).join('\n') ?? text;
}

const gone = says(
  'the webhook or its channel is gone: make a new webhook and put it into the config',
  'Webhook 或其频道已不存在：请新建 Webhook 并写入配置',
);
const hints: Readonly<Record<string, Sentence>> = {
  no_service: gone,
  no_service_id: gone,
  no_team: gone,
  channel_not_found: gone,
  channel_is_archived: says('the channel is archived: choose another one', '频道已归档：请换一个频道'),
  action_prohibited: says(
    'an administrator has restricted the channel or the app',
    '管理员限制了该频道或应用',
  ),
  posting_to_general_channel_denied: says(
    'only some people may write to this channel',
    '只有部分成员可以在该频道发言',
  ),
  invalid_token: gone,
  token_revoked: gone,
};

async function send(part: string, { webhook }: Options, context: SendContext): Promise<SendOutcome> {
  const response = await context.post(webhook.reveal(), part);
  const failed = judgeStatus(response, context.now());
  const said = 'failure' in response ? '' : ellipsize(response.body.trim(), 100);
  const hint = hints[said];
  if (failed !== undefined && hint !== undefined) return { kind: 'broken', code: said, message: said, hint };
  if (failed !== undefined)
    return {
      ...failed,
      message: said === '' ? failed.message : sentence('saying', { what: failed.message, said }),
    };
  if (said === 'ok') return { kind: 'sent' };
  return {
    kind: 'unclear',
    code: 'not-ok',
    message: sentence('answerNotOk', { said }),
  };
}
