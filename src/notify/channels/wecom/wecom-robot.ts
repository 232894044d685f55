import { inEnglish } from '../../../messages/in-language.ts';
import { says } from '../../../messages/sentence.ts';
import { createHash, randomUUID } from 'node:crypto';
import { z } from 'zod';
import { cutBytes, sha256 } from '../../../lib/text/text.ts';
import { httpUrl, secretText } from '../../../lib/zod.ts';
import { isObject } from '../../../model/json.ts';
import type { MessageContent } from '../../../model/message.ts';
import {
  defineChannel,
  type Failure,
  type RenderContext,
  type SendContext,
  type SendOutcome,
} from '../channel.ts';
import { oneLine } from '../../../lib/text/clean.ts';
import { incidentsCsv } from '../../render/csv.ts';
import { eventsOf } from '../../render/events.ts';
import { unlinked } from '../../render/inert.ts';
import { words } from '../../render/languages.ts';
import { addressByQuery, baseOf } from '../shared/address.ts';
import { classify } from '../shared/error-rules.ts';
import { callsEverybody, mentionAll } from '../shared/everybody.ts';
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
import { robotErrors } from './wecom-errors.ts';
import { callFields, formatMessage, formats, leadsToPage, shownCard, textBytes } from './wecom-formats.ts';

const sendPath = '/cgi-bin/webhook/send';

const options = z.strictObject({
  webhook: secretText
    .refine((webhook) => addressByQuery(webhook.reveal(), sendPath, 'key') !== undefined, {
      error: 'is neither the webhook URL of a group robot (…/cgi-bin/webhook/send?key=…) nor its key',
    })
    .meta({ description: 'The whole webhook URL of the group robot, or only its key.' }),
  origin: httpUrl.optional().meta({
    description: 'Where WeCom is, for private deployments. Default: https://qyapi.weixin.qq.com.',
  }),
  mentionAll,
  format: z.enum(formats).default('markdown').meta({
    description:
      'Message type: `markdown` has colours and mentions, `text` reads everywhere, `markdown_v2` has neither colours nor mentions, `template_card` and `news` show one thing and lead to the page.',
  }),
  link: httpUrl.optional().meta({
    description:
      'Page that a card or news leads to; default: with `server.url`, the incident on the page. Without either, it is sent as `markdown`.',
  }),
  file: z.boolean().default(false).meta({
    description: 'Send a CSV with every listed incident behind a message that cannot show them all.',
  }),
  picture: z.enum(['never', 'summary', 'always']).default('summary').meta({
    description:
      'Send a picture of the last 24 hours (p95 and failures) with a summary: many incidents, or several messages in one; or with every message.',
  }),
});
type Options = z.infer<typeof options>;

/** The vendor allows 20 a minute and blocks at the 21st; five are left to people and other tools. */
const perMinute = 15;
/** Of one message, everything that goes with it counted. */
const partsMax = 3;
/** More incidents than these are a summary. */
const summaryMin = 10;
const defaultOrigin = 'https://qyapi.weixin.qq.com';
const exampleAddress = `${defaultOrigin}/cgi-bin/webhook/send?key=01234567-89ab-cdef-0123-456789abcdef`;

export const wecomRobot = defineChannel({
  kind: 'wecom-robot',
  title: { en: 'WeCom robot', zh: '企业微信群机器人' },
  summary: 'A group robot of WeCom (企业微信).',
  docs: 'https://developer.work.weixin.qq.com/document/path/91770',
  options,
  examples: [
    { webhook: exampleAddress },
    ...formats.filter((one) => one !== 'markdown').map((format) => ({ webhook: exampleAddress, format })),
  ],
  address: {
    // A key is in hexadecimal; a lone word is a slip.
    form: /^(?=[\w-]*\d)[\w-]+$|\/cgi-bin\/webhook\/send\?/,
    example: exampleAddress,
    found: says(
      'In WeCom: group, robots, add, copy the webhook address.',
      '企业微信：群设置 → 群机器人 → 添加 → 复制 Webhook 地址。',
    ),
    options: (webhook) => ({ webhook }),
  },
  limits: { perMinute },
  lacksPage: ({ format, link }) => link === undefined && leadsToPage(format),
  hasPictures: ({ picture }) => picture !== 'never',
  wantsPicture: (content, { picture }) =>
    content.isTest !== true && (picture === 'always' || (picture === 'summary' && isSummary(content))),
  bucket: (settings) => `wecom-robot:${sha256(callUrl('send', settings)).slice(0, 16)}`,
  render,
  plain: {
    maxBytes: textBytes,
    part: (content, _, mentions) => ({ msgtype: 'text', text: { content, ...callFields(mentions, false) } }),
  },
  isExtra,
  show,
  send,
});

function render(content: MessageContent, settings: Options, context: RenderContext) {
  const { link, format, file } = settings;
  // Three messages at the most: with a file, what does not fit into the first stands in the file.
  const more = { link, ...(file ? { maxParts: 1 } : {}) };
  const { bodies, view, uncalled, complete } = formatMessage(format, content, context, more);
  const withFile = file && !complete;
  const everybody = callsEverybody(content, settings.mentionAll);
  const call = callMessage(view.headline, callFields(uncalled, everybody), context.ownAddresses);
  const all = [...bodies, ...(withFile ? [fileMessage(content, context)] : []), ...call];
  const { picture } = context;
  const withPicture = picture === undefined || all.length >= partsMax ? all : [...all, imageMessage(picture)];
  return { parts: withPicture.map((body) => JSON.stringify(body)) };
}

function show(part: string): string {
  const body: unknown = JSON.parse(part);
  if (isObject(body) && isObject(body['upload'])) return `[${textOf(body['upload']['name'])}]`;
  if (isObject(body) && body['msgtype'] === 'image') return '[trend.png]';
  const card = isObject(body) ? shownCard(body) : undefined;
  return card ?? shownText(part, ['markdown', 'markdown_v2', 'text']);
}

/** The file and the picture: what they show is counted in the message before them. */
function isExtra(part: string): boolean {
  const body: unknown = JSON.parse(part);
  return isObject(body) && (body['upload'] !== undefined || body['msgtype'] === 'image');
}

/** Whoever opens a summary asks how the day has been; whoever is told of one incident asks what it is. */
function isSummary(content: MessageContent): boolean {
  const { summary, folded } = content;
  return summary !== undefined || folded !== undefined || eventsOf(content).length > summaryMin;
}

function imageMessage(png: Uint8Array): object {
  // The vendor asks for MD5, of the bytes before they are encoded.
  const md5 = createHash('md5').update(png).digest('hex');
  return { msgtype: 'image', image: { base64: Buffer.from(png).toString('base64'), md5 } };
}

/** Most types can call neither mobile numbers nor everybody: a tiny text message does. */
function callMessage(headline: string, fields: object, own?: readonly string[]): readonly object[] {
  if (Object.keys(fields).length === 0) return [];
  return [{ msgtype: 'text', text: { content: cutBytes(unlinked(oneLine(headline), own), 300), ...fields } }];
}

function fileMessage(content: MessageContent, { language }: RenderContext): { readonly upload: Upload } {
  const name = `incidents-${content.cycleId}.csv`;
  return { upload: { name, text: incidentsCsv(content), missing: words[language].missingFile(name) } };
}

async function send(part: string, settings: Options, context: SendContext): Promise<SendOutcome> {
  const body: unknown = JSON.parse(part);
  if (!isObject(body) || body['upload'] === undefined) return sendBody(part, settings, context);
  const file = body['upload'] as unknown as Upload;
  const outcome = await sendFile(file, settings, context);
  if (outcome.kind === 'sent' || outcome.kind === 'unclear') return outcome;
  // Nothing waits for a file: whether the robot itself is well is shown by a message that has none.
  const told = await sendBody(
    JSON.stringify({ msgtype: 'text', text: { content: file.missing } }),
    settings,
    context,
  );
  if (told.kind !== 'sent') return told;
  return { ...told, warning: `sent without ${file.name}: ${inEnglish(outcome.message)} (${outcome.code})` };
}

async function sendFile(file: Upload, settings: Options, context: SendContext): Promise<SendOutcome> {
  const uploaded = await upload(file, callUrl('upload_media', settings, '&type=file'), context);
  if ('kind' in uploaded) return uploaded;
  const message = { msgtype: 'file', file: { media_id: uploaded.mediaId } };
  return sendBody(JSON.stringify(message), settings, context);
}

async function sendBody(part: string, settings: Options, context: SendContext): Promise<SendOutcome> {
  const response = await context.post(callUrl('send', settings), part);
  const failed = judgeStatus(response, context.now());
  if (failed !== undefined) return failed;
  const answer = jsonBody(response);
  const errcode = numberOf(answer?.['errcode']);
  // Success is `errcode` 0 and nothing else; every failure comes with HTTP 200, too.
  if (errcode === undefined) return notTheVendor(response);
  return classify(robotErrors, errcode, textOf(answer?.['errmsg']));
}

function callUrl(call: 'send' | 'upload_media', { webhook, origin }: Options, more = ''): string {
  const address = addressByQuery(webhook.reveal(), sendPath, 'key') ?? { secret: '' };
  const key = encodeURIComponent(address.secret);
  return `${baseOf(origin, address, defaultOrigin)}/cgi-bin/webhook/${call}?key=${key}${more}`;
}

/** A file that is uploaded when its message is sent: what is uploaded is good for three days and for one robot. */
interface Upload {
  readonly name: string;
  readonly text: string;
  /** What the group is told when the file cannot be sent. */
  readonly missing: string;
}

/** The id under which the robot can send the file. */
async function upload(
  { name, text }: Upload,
  url: string,
  context: SendContext,
): Promise<{ readonly mediaId: string } | Failure> {
  const boundary = `----apipatrol-${randomUUID()}`;
  const head =
    `--${boundary}\r\nContent-Disposition: form-data; name="media"; filename="${name}"\r\n` +
    'Content-Type: application/octet-stream\r\n\r\n';
  const body = Buffer.from(`${head}${text}\r\n--${boundary}--\r\n`);
  const response = await context.post(url, body, {
    'content-type': `multipart/form-data; boundary=${boundary}`,
  });
  const failed = judgeStatus(response, context.now());
  if (failed !== undefined) return withoutTrace(failed);
  const answer = jsonBody(response);
  const errcode = numberOf(answer?.['errcode']);
  if (errcode === undefined) return withoutTrace(notUnderstood);
  const outcome = classify(robotErrors, errcode, textOf(answer?.['errmsg']));
  if (outcome.kind !== 'sent') return outcome;
  const mediaId = textOf(answer?.['media_id']);
  return mediaId === '' ? withoutTrace(notUnderstood) : { mediaId };
}
