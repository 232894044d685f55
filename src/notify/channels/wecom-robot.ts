import { z } from 'zod';
import { cutBytes, sha256 } from '../../kit/text.ts';
import { httpUrl, secretText } from '../../kit/zod.ts';
import type { MessageContent } from '../../model/message.ts';
import { defineChannel, type RenderContext, type SendContext, type SendOutcome } from '../channel.ts';
import { isMobile, renderText } from '../render/markup.ts';
import { wecomMarkdown } from '../render/wecom-markdown.ts';
import { shownText } from './shown.ts';
import { jsonBody, judgeStatus, notTheVendor, textOf } from './http-answer.ts';
import { callsEverybody, mentionAll } from './everybody.ts';
import { robotErrors } from './wecom-errors.ts';
import { addressByQuery, baseOf } from './address.ts';
import { classify } from './error-rules.ts';

const options = z.strictObject({
  webhook: secretText
    .refine((webhook) => addressByQuery(webhook.reveal(), 'key') !== undefined, {
      error: 'is neither the webhook URL of a group robot (…/cgi-bin/webhook/send?key=…) nor its key',
    })
    .meta({
      description: 'The whole webhook URL of the group robot, or only its key.',
      examples: ['${env:WECOM_WEBHOOK}'],
    }),
  origin: httpUrl
    .optional()
    .meta({ description: 'Where WeCom is, for private deployments. Default: https://qyapi.weixin.qq.com.' }),
  mentionAll,
});
type Options = z.infer<typeof options>;

/** The vendor allows 20 a minute and blocks at the 21st; five are left to people and other tools. */
const perMinute = 15;
const markdownBytes = 4096;
/** With the mention in a message of its own, a storm is told in three. */
const partsMax = 2;
const defaultOrigin = 'https://qyapi.weixin.qq.com';

export const wecomRobot = defineChannel({
  kind: 'wecom-robot',
  summary: 'A group robot of WeCom (企业微信).',
  options,
  limits: { perMinute },
  bucket: (settings) => `wecom-robot:${sha256(sendUrl(settings)).slice(0, 16)}`,
  render,
  show: (part) => shownText(part, ['markdown', 'text']),
  send,
});

function render(content: MessageContent, settings: Options, context: RenderContext) {
  const maxBytes = context.shrunk === true ? markdownBytes / 2 : markdownBytes;
  const { parts, unmentioned } = renderText(content, context, wecomMarkdown, {
    maxBytes,
    maxParts: partsMax,
  });
  const bodies = parts.map((part) => ({ msgtype: 'markdown', markdown: { content: part } }));
  const call = mentionText(content, settings, parts[0] ?? '', unmentioned);
  return { parts: [...bodies, ...(call === undefined ? [] : [call])].map((body) => JSON.stringify(body)) };
}

/** Markdown can mention neither a mobile number nor everybody: a tiny text message does. */
function mentionText(
  content: MessageContent,
  settings: Options,
  first: string,
  unmentioned: readonly string[],
) {
  const everybody = callsEverybody(content, settings.mentionAll) || unmentioned.includes('@all');
  const mobiles = unmentioned.filter(isMobile);
  if (!everybody && mobiles.length === 0) return undefined;
  const headline = cutBytes(first.split('\n', 1)[0] ?? '', 300);
  return {
    msgtype: 'text',
    text: {
      content: headline,
      ...(everybody ? { mentioned_list: ['@all'] } : {}),
      ...(mobiles.length === 0 ? {} : { mentioned_mobile_list: mobiles }),
    },
  };
}

async function send(part: string, settings: Options, context: SendContext): Promise<SendOutcome> {
  const response = await context.post(sendUrl(settings), part);
  const failed = judgeStatus(response, context.now());
  if (failed !== undefined) return failed;
  const answer = jsonBody(response);
  const errcode = answer?.['errcode'];
  // Success is `errcode` 0 and nothing else; every failure comes with HTTP 200, too.
  if (typeof errcode !== 'number') return notTheVendor();
  return classify(robotErrors, errcode, textOf(answer?.['errmsg']));
}

function sendUrl({ webhook, origin }: Options): string {
  const address = addressByQuery(webhook.reveal(), 'key') ?? { secret: '' };
  const key = encodeURIComponent(address.secret);
  return `${baseOf(origin, address, defaultOrigin)}/cgi-bin/webhook/send?key=${key}`;
}
