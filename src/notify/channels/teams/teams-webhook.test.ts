import { expect, it } from 'vitest';
import { Redactor } from '../../../lib/secrets/secret.ts';
import type { MessageContent } from '../../../model/message.ts';
import { scenarios } from '../../test-message/scenarios.ts';
import { at, channel, recorder } from '../shared/channel.fixture.ts';
import type { Message } from './teams-card.ts';
import { teamsWebhook } from './teams-webhook.ts';

const webhook =
  'https://default01.02.environment.api.powerplatform.com:443/powerautomate/automations/direct/workflows/0123/triggers/manual/paths/invoke?api-version=1&sp=%2Ftriggers%2Fmanual%2Frun&sv=1.0&sig=s3cr3t-s1gn4tur3';
const teams = channel(teamsWebhook, { webhook });
const card = (content: MessageContent) => {
  const [part = ''] = teams.render(content);
  const { type, attachments } = JSON.parse(part) as Message;
  return { ...attachments[0]!.content, type, attachments };
};

it('is an adaptive card, whose lines are runs of plain text', () => {
  const { type, attachments, version, body } = card(scenarios.failure(at));
  expect([type, attachments[0]?.contentType, version]).toEqual([
    'message',
    'application/vnd.microsoft.card.adaptive',
    '1.4',
  ]);
  expect(body[0]).toEqual({
    type: 'RichTextBlock',
    inlines: [
      {
        type: 'TextRun',
        text: '🟠【重要】orders：GET /orders/{orderId} 失败（HTTP 500，期望：200） #AAA1',
        weight: 'Bolder',
        size: 'Medium',
      },
    ],
  });
  expect(body[2]).toEqual({
    type: 'RichTextBlock',
    inlines: [
      { type: 'TextRun', text: 'orders · GET /orders/{orderId}', weight: 'Bolder' },
      { type: 'TextRun', text: ' ' },
      { type: 'TextRun', text: '失败', color: 'Warning' },
      { type: 'TextRun', text: ' #AAA1' },
    ],
  });
});

it('calls people by their account, in the only element that can', () => {
  const mentions = ['wang@example.com', 'zhangsan', '@all', '0c5f4c1e-0000-4000-8000-0123456789ab'];
  const { body, msteams } = card({ ...scenarios.failure(at), mentions });
  const called = [mentions[0] ?? '', mentions[3] ?? ''];
  expect(body.at(-1)).toEqual({
    type: 'TextBlock',
    text: called.map((id) => `<at>${id}</at>`).join(' '),
    wrap: true,
  });
  expect(msteams.entities).toEqual(
    called.map((id) => ({ type: 'mention', text: `<at>${id}</at>`, mentioned: { id, name: id } })),
  );
});

it('fits into a post whatever there is to tell, as nobody sees when it does not', () => {
  for (const scenario of Object.values(scenarios))
    for (const part of teams.render(scenario(at))) expect(part.length * 2).toBeLessThan(28 * 1024);
});

const failed = 'Webhook message delivery failed with error: Microsoft Teams endpoint returned HTTP error';
const error = (code: string) => JSON.stringify({ error: { code, message: 'said' } });

it.each([
  [202, '', { kind: 'sent' }],
  [200, '{"done":true}', { kind: 'sent' }],
  [200, 'posted', { kind: 'sent' }],
  [200, '<html>Please sign in</html>', { kind: 'unclear', code: 'not-json' }],
  [400, error('InvalidRequestContent'), { kind: 'rejected', code: 'InvalidRequestContent' }],
  [400, error('WorkflowTriggerIsNotEnabled'), { kind: 'broken', hint: expect.saying(/turn it on/) }],
  [401, error('DirectApiAuthorizationRequired'), { kind: 'broken', hint: expect.saying(/"Anyone"/) }],
  [404, error('WorkflowNotFound'), { kind: 'broken', hint: expect.saying(/make a new workflow/) }],
  [413, error('RequestEntityTooLarge'), { kind: 'shrink' }],
  [429, error('WorkflowTriggerThrottled'), { kind: 'retry', code: 'WorkflowTriggerThrottled' }],
  [502, error('NoResponse'), { kind: 'retry' }],
  // Connectors of old.
  [200, '1', { kind: 'sent' }],
  [200, `${failed} 429 with ContextId tcid=0..`, { kind: 'retry', code: 'connector-429', afterMs: 60_000 }],
  [200, `${failed} 413 with ContextId tcid=0..`, { kind: 'shrink' }],
  [200, `${failed} 403 with ContextId tcid=0..`, { kind: 'broken', hint: expect.saying(/choose Workflows/) }],
])('understands %i %s', async (status, body, outcome) => {
  const { post } = recorder(body, { status });
  expect(await teams.send('{}', { post })).toMatchObject(outcome);
});

it('gives back the run of the workflow, where what became of the card can be looked up', async () => {
  const { post } = recorder('', { status: 202, headers: { 'x-ms-workflow-run-id': '0858' } });
  expect(await teams.send('{}', { post })).toEqual({ kind: 'sent', receipt: '0858' });
});

it('has a signature in its address that is masked where the address shows up', () => {
  expect(new Redactor().scrub(`POST ${webhook} failed`)).not.toContain('s3cr3t-s1gn4tur3');
});

it.each([
  ['https://teams.microsoft.com/l/channel/19', 'is not the URL of a workflow'],
  [webhook.replace(/&sig=.*/, ''), 'has no sig=: let "Anyone" trigger the workflow and copy its URL again'],
])('refuses %s', (address, problem) => {
  const { error: found } = teamsWebhook.options.safeParse({ webhook: address });
  expect(found?.issues.map(({ message }) => message)).toEqual([expect.stringContaining(problem)]);
});

it.each([
  'https://prod-26.uksouth.logic.azure.com:443/workflows/852a/triggers/manual/paths/invoke?api-version=2016-06-01&sv=1.0&sig=x',
  'https://example.webhook.office.com/webhookb2/1@2/IncomingWebhook/3/4',
])('takes %s, an address of old', (address) => {
  expect(teamsWebhook.options.safeParse({ webhook: address }).success).toBe(true);
  expect(teamsWebhook.address?.form.test(address)).toBe(true);
});
