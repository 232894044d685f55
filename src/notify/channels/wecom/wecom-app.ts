import { z } from 'zod';
import { sha256 } from '../../../lib/text/text.ts';
import { httpUrl, secretText } from '../../../lib/zod.ts';
import type { JsonObject } from '../../../model/json.ts';
import type { MessageContent } from '../../../model/message.ts';
import {
  defineChannel,
  type Failure,
  type RenderContext,
  type SendContext,
  type SendOutcome,
  type ShelvedToken,
} from '../channel.ts';
import { renderText } from '../../render/markup.ts';
import { wecomMarkdown } from '../../render/wecom-markdown.ts';
import { classify } from '../shared/error-rules.ts';
import {
  jsonBody,
  judgeStatus,
  notTheVendor,
  notUnderstood,
  numberOf,
  shownText,
  textOf,
  withoutTrace,
} from '../shared/http-answer.ts';
import { appErrors, staleToken } from './wecom-errors.ts';

const names = z
  .array(z.string().regex(/^[^|\s]+$/))
  .min(1)
  .optional();
const options = z
  .strictObject({
    corpId: z.string().min(1).meta({ description: 'Id of the company (企业 ID).' }),
    secret: secretText.meta({ description: 'Secret of the self-built app.' }),
    agentId: z.int().positive().meta({ description: 'AgentId of the app.' }),
    toUsers: names.meta({ description: 'User ids, or @all.' }),
    toParties: names.meta({ description: 'Department ids.' }),
    toTags: names.meta({ description: 'Tag ids.' }),
    chatId: z.string().min(1).optional().meta({
      description: 'A group chat that the app has made; instead of users, parties and tags.',
    }),
    origin: httpUrl.optional().meta({ description: 'Default: https://qyapi.weixin.qq.com.' }),
  })
  .refine(
    ({ toUsers, toParties, toTags, chatId }) => (toUsers ?? toParties ?? toTags ?? chatId) !== undefined,
    {
      error: 'needs one of toUsers, toParties, toTags or chatId',
    },
  );
type Options = z.infer<typeof options>;

/** 30 a minute for a member; what is over that is dropped without an error. */
const perMinute = 20;
/** Half of what a robot may send. */
const markdownBytes = 2048;
const partsMax = 3;
/** Byte-identical requests within this many seconds are delivered once. */
const duplicateSeconds = 1800;
const defaultOrigin = 'https://qyapi.weixin.qq.com';

export const wecomApp = defineChannel({
  kind: 'wecom-app',
  title: { en: 'WeCom app', zh: '企业微信应用' },
  summary: 'A self-built app of WeCom (企业微信): to people, departments, tags or a group chat of the app.',
  docs: 'https://developer.work.weixin.qq.com/document/path/90236',
  options,
  examples: [
    {
      corpId: 'ww0123456789abcdef',
      secret: '0123456789abcdef0123456789abcdef',
      agentId: 1000002,
      toUsers: ['zhangsan', 'lisi'],
    },
  ],
  limits: { perMinute },
  bucket: ({ corpId, agentId }) => `wecom-app:${sha256(`${corpId}\n${agentId}`).slice(0, 16)}`,
  render,
  plain: {
    maxBytes: markdownBytes,
    part: (content, settings) => ({ ...recipients(settings), msgtype: 'text', text: { content } }),
  },
  show: (part) => shownText(part, ['markdown', 'text']),
  send,
});

function render(content: MessageContent, settings: Options, context: RenderContext) {
  const maxBytes = context.shrunk === true ? markdownBytes / 2 : markdownBytes;
  const { parts } = renderText(content, context, wecomMarkdown, { maxBytes, maxParts: partsMax });
  const bodies = parts.map((part) => ({
    ...recipients(settings),
    msgtype: 'markdown',
    markdown: { content: part },
  }));
  return { parts: bodies.map((body) => JSON.stringify(body)) };
}

function recipients({ chatId, toUsers, toParties, toTags, agentId }: Options) {
  if (chatId !== undefined) return { chatid: chatId };
  return {
    touser: toUsers?.join('|'),
    toparty: toParties?.join('|'),
    totag: toTags?.join('|'),
    agentid: agentId,
    enable_duplicate_check: 1,
    duplicate_check_interval: duplicateSeconds,
  };
}

async function send(part: string, settings: Options, context: SendContext): Promise<SendOutcome> {
  const first = await sendOnce(part, settings, context);
  // A token can become invalid before its time: get a new one and try once more.
  return first.kind === 'retry' && staleToken.has(first.code) ? sendOnce(part, settings, context) : first;
}

async function sendOnce(part: string, settings: Options, context: SendContext): Promise<SendOutcome> {
  const key = `wecom-app:${sha256(`${settings.corpId}\n${settings.secret.reveal()}`)}`;
  const token = await context.tokens.take(key, () => fetchToken(settings, context));
  if ('kind' in token) return token;
  const call = settings.chatId === undefined ? 'message/send' : 'appchat/send';
  const url = `${originOf(settings)}/cgi-bin/${call}?access_token=${encodeURIComponent(token.value)}`;
  const answer = await readAnswer(context.post(url, part), context.now());
  if ('kind' in answer) return answer;
  const outcome = classify(appErrors, answer.errcode, textOf(answer.body['errmsg']));
  if (outcome.kind === 'retry' && staleToken.has(outcome.code)) context.tokens.discard(key, token);
  return outcome.kind === 'sent'
    ? { ...outcome, ...receiptOf(answer.body), ...missedBy(answer.body) }
    : outcome;
}

async function fetchToken(settings: Options, context: SendContext): Promise<ShelvedToken | Failure> {
  const query = new URLSearchParams({ corpid: settings.corpId, corpsecret: settings.secret.reveal() });
  const url = `${originOf(settings)}/cgi-bin/gettoken?${query.toString()}`;
  const answer = await readAnswer(context.post(url, undefined), context.now());
  if ('kind' in answer) return withoutTrace(answer);
  const outcome = classify(appErrors, answer.errcode, textOf(answer.body['errmsg']));
  if (outcome.kind !== 'sent') return outcome;
  const value = textOf(answer.body['access_token']);
  const seconds = numberOf(answer.body['expires_in']);
  if (value === '' || seconds === undefined) return withoutTrace(notUnderstood);
  return { value, expiresAt: context.now() + seconds * 1000 };
}

interface Answer {
  readonly errcode: number;
  readonly body: JsonObject;
}

async function readAnswer(call: ReturnType<SendContext['post']>, now: number): Promise<Answer | Failure> {
  const response = await call;
  const failed = judgeStatus(response, now);
  if (failed !== undefined) return failed;
  const body = jsonBody(response);
  const errcode = numberOf(body?.['errcode']);
  return body === undefined || errcode === undefined ? notTheVendor(response) : { errcode, body };
}

function receiptOf(body: JsonObject) {
  const id = textOf(body['msgid']);
  return id === '' ? {} : { receipt: id };
}

/** Success with some recipients left out; which ones stays in WeCom, a log is no place for names. */
function missedBy(body: JsonObject) {
  const missed = ['invaliduser', 'invalidparty', 'invalidtag', 'unlicenseduser'].filter(
    (name) => textOf(body[name]) !== '',
  );
  return missed.length === 0 ? {} : { warning: `not everybody was reached: ${missed.join(', ')}` };
}

function originOf({ origin }: Options): string {
  return (origin ?? defaultOrigin).replace(/\/+$/, '');
}
