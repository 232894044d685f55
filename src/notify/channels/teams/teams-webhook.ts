import { z } from 'zod';
import { says, sentence } from '../../../messages/sentence.ts';
import { ellipsize, sha256 } from '../../../lib/text/text.ts';
import { secretText } from '../../../lib/zod.ts';
import type { MessageContent } from '../../../model/message.ts';
import {
  defineChannel,
  type PostResponse,
  type RenderContext,
  type SendContext,
  type SendOutcome,
} from '../channel.ts';
import { renderText } from '../../render/markup.ts';
import { jsonBody, judgeStatus, notTheVendor, textOf } from '../shared/http-answer.ts';
import { type Message, messageOf, runs, shownMessage } from './teams-card.ts';
import { isObject } from '../../../model/json.ts';

/** `…/workflows/<id>/triggers/manual/paths/invoke?…`, and the connectors of old. */
const workflowForm = /^https?:\/\/[^/]+\/.*\/triggers\/[\w-]+\/paths\/invoke\/?\?/;
const connectorForm = /^https?:\/\/[^/]+\/.*\/IncomingWebhook\//;

const options = z.strictObject({
  webhook: secretText
    .refine((webhook) => workflowForm.test(webhook.reveal()) || connectorForm.test(webhook.reveal()), {
      error: 'is not the URL of a workflow (https://….api.powerplatform.com/…/paths/invoke?…&sig=…)',
      abort: true,
    })
    .refine((webhook) => connectorForm.test(webhook.reveal()) || /[?&]sig=[^&]/.test(webhook.reveal()), {
      error: 'has no sig=: let "Anyone" trigger the workflow and copy its URL again',
    })
    .meta({ description: 'The URL of the workflow, with its signature (sig=).' }),
});
type Options = z.infer<typeof options>;

/** Teams takes four a second; a workflow of a free plan counts what it does in a day. */
const perMinute = 30;
/** A post may have 28 KB, counted in UTF-16, and what is over that fails inside the workflow, where nobody sees it. */
const postUnits = 13_500;
const textBytes = [6000, 4000, 2500, 1500];
const plainBytes = 1500;
const exampleAddress =
  'https://default0123456789abcdef.01.environment.api.powerplatform.com:443/powerautomate/automations/direct/workflows/0123456789abcdef/triggers/manual/paths/invoke?api-version=1&sp=%2Ftriggers%2Fmanual%2Frun&sv=1.0&sig=0123456789abcdefABCDEF';

export const teamsWebhook = defineChannel({
  kind: 'teams-webhook',
  title: { en: 'Microsoft Teams', zh: 'Microsoft Teams' },
  summary: 'A workflow of Microsoft Teams that posts to a channel when a webhook request is received.',
  docs: 'https://support.microsoft.com/office/create-incoming-webhooks-with-workflows-for-microsoft-teams-8ae491c7-0394-4861-ba59-055e33f75498',
  options,
  examples: [{ webhook: exampleAddress }],
  address: {
    form: new RegExp(`${workflowForm.source}|${connectorForm.source}`),
    example: exampleAddress,
    found: says(
      'In Teams: the channel, workflows, post to a channel when a webhook request is received, copy the URL.',
      'Teams：频道 → 工作流 → 收到 Webhook 请求时发布到频道 → 复制 URL。',
    ),
    options: (webhook) => ({ webhook }),
  },
  limits: { perMinute },
  bucket: ({ webhook }) => `teams-webhook:${sha256(webhook.reveal()).slice(0, 16)}`,
  render,
  plain: { maxBytes: plainBytes, part: (text) => messageOf(text.split('\n')) },
  show: (part) => shownMessage(JSON.parse(part) as Message),
  send,
});

function render(content: MessageContent, _settings: Options, context: RenderContext) {
  let parts: readonly string[] = [];
  for (const maxBytes of context.shrunk === true ? textBytes.slice(-1) : textBytes) {
    const { parts: texts } = renderText(content, context, runs, { maxBytes, maxParts: 1 });
    parts = texts.map((text) => JSON.stringify(messageOf(text.split('\n'))));
    // What a card has around its lines is the more, the shorter they are.
    if (parts.every(({ length }) => length <= postUnits)) break;
  }
  return { parts };
}

async function send(part: string, { webhook }: Options, context: SendContext): Promise<SendOutcome> {
  const response = await context.post(webhook.reveal(), part);
  const now = context.now();
  if ('failure' in response) return judgeStatus(response, now) ?? notTheVendor(response);
  const body = response.body.trim();
  const failed = judgeConnector(body) ?? judgeWorkflow(response, now);
  if (failed !== undefined) return failed;
  // Accepted (202) has no body; a workflow that answers by itself (200) may say anything, but it is no page.
  if (response.status !== 202 && body.startsWith('<')) return notTheVendor(response);
  const receipt = response.headers['x-ms-workflow-run-id'];
  return receipt === undefined ? { kind: 'sent' } : { kind: 'sent', receipt };
}

const wrongAddress = says(
  'the signature in the address is wrong, or not everybody may trigger the workflow: set its trigger to "Anyone", copy its URL again and put it into webhook:',
  '地址中的签名有误，或工作流不允许任何人触发：请将触发器设为“任何人”，重新复制 URL 并写入 webhook:',
);
const gone = says(
  'the workflow is gone or has a new address: copy the URL of its trigger again, or make a new workflow, and put it into webhook:',
  '工作流已删除，或地址已更换：请重新复制触发器的 URL，或新建工作流，并写入 webhook:',
);
const off = says(
  'the workflow is turned off: turn it on in Power Automate',
  '工作流已关闭：请在 Power Automate 中将其启用',
);
const ourMistake = says(
  'the card is not as the workflow wants it: make it from the template that posts to a channel when a webhook request is received, or report this',
  '卡片不符合工作流的要求：请用“收到 Webhook 请求时发布到频道”的模板创建工作流，或将此情况反馈给我们',
);
const retired = says(
  'connectors of Microsoft 365 are retired: in the channel choose Workflows, post to a channel when a webhook request is received, and put the new URL into webhook:',
  'Microsoft 365 连接器已停用：请在频道中选择“工作流”，使用“收到 Webhook 请求时发布到频道”，并把新的 URL 写入 webhook:',
);

const connectorMs = 60_000;

/** What a connector of old says with HTTP 200, whatever became of the message; `undefined`: it says nothing of that kind. */
function judgeConnector(body: string): SendOutcome | undefined {
  if (body === '1') return { kind: 'sent' };
  if (!/^Webhook message delivery failed/i.test(body)) return undefined;
  const [, status = 'failed'] = /HTTP error (\d{3})/.exec(body) ?? [];
  const told = { code: `connector-${status}`, message: ellipsize(body, 200) };
  if (status === '429') return { ...told, kind: 'retry', afterMs: connectorMs };
  if (status === '413') return { ...told, kind: 'shrink', hint: retired };
  return { ...told, kind: 'broken', hint: retired };
}

/** By status, and by the `{"error":{"code","message"}}` that Power Automate gives. */
function judgeWorkflow(response: PostResponse, now: number): SendOutcome | undefined {
  const failed = judgeStatus(response, now);
  const error = jsonBody(response)?.['error'];
  if (failed === undefined || !isObject(error)) return failed;
  const [code, said] = [textOf(error['code']), textOf(error['message'])];
  const told = { code, message: sentence('coded', { code, said: ellipsize(said, 200) }) };
  if (failed.kind === 'retry' || failed.kind === 'shrink') return { ...failed, ...told };
  if (/NotEnabled|Disabled/i.test(code)) return { ...told, kind: 'broken', hint: off };
  if (failed.kind === 'rejected') return { ...told, kind: 'rejected', hint: ourMistake };
  const isGone = response.status === 404 || response.status === 410;
  return { ...told, kind: 'broken', hint: isGone ? gone : wrongAddress };
}
