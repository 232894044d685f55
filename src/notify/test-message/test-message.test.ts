import { afterEach, beforeEach, expect, it } from 'vitest';
import { startWecom, type Wecom } from '../../../demo/wecom.ts';
import { ManualClock } from '../../lib/time/clock.ts';
import { Redactor } from '../../lib/secrets/secret.ts';
import type { ChannelSettings } from '../../model/settings.ts';
import { wecomRobot } from '../channels/wecom/wecom-robot.ts';
import { createPost } from '../delivery/post.ts';
import { sendTestMessage } from './test-message.ts';

let wecom: Wecom;
const clock = new ManualClock();

beforeEach(async () => {
  wecom = await startWecom({ clock });
});
afterEach(() => wecom.close());

function trial(input: object = { webhook: wecom.webhook('ops') }, mentions: readonly string[] = []) {
  const settings: ChannelSettings = {
    name: 'ops',
    kind: 'wecom-robot',
    options: wecomRobot.options.parse(input),
  };
  const about = { scenario: 'failure', mentions, language: 'zh', timeZone: 'Asia/Shanghai' } as const;
  return sendTestMessage(settings, { ...about, post: createPost(), clock, redactor: new Redactor() });
}

it('sends a message that is marked as a test message and calls nobody, and tells every step', async () => {
  const webhook = wecom.webhook('ops');
  expect(await trial({ webhook, mentionAll: 'minor' })).toEqual({
    ok: true,
    steps: [
      { ok: true, step: 'rendered', text: expect.saying(/^1 message, \d+ bytes$/) },
      { ok: true, step: 'called', text: `POST ${wecom.url}: HTTP 200 in 0 ms` },
      { ok: true, step: 'taken', text: 'look into the channel' },
    ],
  });
  expect(wecom.messages.map(({ content }) => content.split('\n')[0])).toEqual([
    '🟠【测试】【重要】orders：GET /orders/{orderId} 失败（HTTP 500，期望：200） #AAA1',
  ]);
  expect(wecom.messages[0]?.content).not.toContain('<@');
});

it('calls whom it is asked to', async () => {
  await trial(undefined, ['zhangsan', '13800138000']);
  expect(wecom.messages[0]?.content).toContain('<@zhangsan>');
  expect(wecom.messages[1]?.raw).toMatchObject({ text: { mentioned_mobile_list: ['13800138000'] } });
});

it('says what the vendor refuses, and what to do, without the key', async () => {
  const webhook = wecom.webhook('canary-4711-0815');
  wecom.fail('canary-4711-0815', { errcode: 93000, errmsg: 'invalid webhook url key=canary-4711-0815' });
  const { ok, steps } = await trial({ webhook });
  expect(ok).toBe(false);
  expect(steps.at(-1)).toEqual({
    ok: false,
    step: 'refused',
    text: 'code 93000: invalid webhook url key=***',
    hint: expect.saying('add the robot to the group again'),
  });
});

it('says that nobody answered', async () => {
  const webhook = wecom.webhook('ops');
  await wecom.close();
  const { ok, steps } = await trial({ webhook });
  wecom = await startWecom({ clock });
  expect(ok).toBe(false);
  expect(steps.slice(1)).toEqual([
    {
      ok: false,
      step: 'called',
      text: `POST ${new URL(webhook).origin}: connection refused (ECONNREFUSED)`,
      hint: expect.saying('can this machine reach it'),
    },
    {
      ok: false,
      step: 'refused',
      text: 'connection refused (ECONNREFUSED)',
      hint: 'a real message would be sent again later, by itself',
    },
  ]);
});
