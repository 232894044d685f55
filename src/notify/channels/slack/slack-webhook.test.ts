import { expect, it } from 'vitest';
import { scenarios } from '../../test-message/scenarios.ts';
import { at, channel, recorder } from '../shared/channel.fixture.ts';
import { slackWebhook } from './slack-webhook.ts';

const webhook = 'https://hooks.slack.example/services/T0/B0/x';

it('has the headline for notifications and the details in sections', () => {
  const [part = ''] = channel(slackWebhook, { webhook }).render({
    ...scenarios.failure(at),
    mentions: ['U12345678', 'zhangsan'],
  });
  const body = JSON.parse(part) as { text: string; blocks: { text: { text: string } }[] };
  expect(body.text).toMatch(/^🟠【重要】orders：GET \/orders\/{orderId} 失败/);
  expect(body.blocks[0]?.text.text.split('\n').at(-1)).toBe('<@U12345678>');
});

it('calls the channel when asked to', () => {
  const [part = ''] = channel(slackWebhook, { webhook, mentionAll: 'critical' }).render(scenarios.outage(at));
  expect(part).toContain('<!channel>');
});

it.each([
  [200, 'ok', { kind: 'sent' }],
  [200, 'OK?', { kind: 'unclear', code: 'not-ok' }],
  [404, 'no_service', { kind: 'broken', code: 'no_service' }],
  [403, 'action_prohibited', { kind: 'broken', code: 'action_prohibited' }],
  [400, 'invalid_blocks', { kind: 'rejected', message: 'HTTP 400: invalid_blocks' }],
  [500, 'rollup_error', { kind: 'retry' }],
])('understands %i %s', async (status, body, outcome) => {
  const { post } = recorder(body, { status });
  expect(await channel(slackWebhook, { webhook }).send('{}', { post })).toMatchObject(outcome);
});

it('waits as long as it is told', async () => {
  const { post } = recorder('slow down', { status: 429, headers: { 'retry-after': '30' } });
  expect(await channel(slackWebhook, { webhook }).send('{}', { post })).toMatchObject({
    kind: 'retry',
    afterMs: 30_000,
  });
});

it('refuses an address that is none', () => {
  expect(slackWebhook.options.safeParse({ webhook: 'T0/B0/x' }).success).toBe(false);
});
