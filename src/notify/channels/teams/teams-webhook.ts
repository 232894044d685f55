import { z } from 'zod';
import { says } from '../../../messages/sentence.ts';
import { sha256 } from '../../../lib/text/text.ts';
import { secretText } from '../../../lib/zod.ts';
import type { MessageContent } from '../../../model/message.ts';
import { defineChannel, type RenderContext, type SendContext, type SendOutcome } from '../channel.ts';
import { renderText } from '../../render/markup.ts';
import { judgeStatus, notTheVendor } from '../shared/http-answer.ts';
import { type Message, messageOf, runs, shownMessage } from './teams-card.ts';
import { judgeConnector, judgeWorkflow } from './teams-errors.ts';

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
