import { expect, it } from 'vitest';
import type { MessageContent } from '../../../model/message.ts';
import { scenarios } from '../../test-message/scenarios.ts';
import { at, channel, recorder } from '../shared/channel.fixture.ts';
import { dingtalkRobot } from './dingtalk-robot.ts';

const token = 'abc123';
const bodies = (content: MessageContent, input: object = {}) =>
  channel(dingtalkRobot, { webhook: token, ...input })
    .render(content)
    .map((part) => JSON.parse(part) as { markdown: { title: string; text: string }; at: object });

it('signs timestamp and secret and puts both into the address', async () => {
  const { sent, post } = recorder('{"errcode":0}');
  const robot = channel(dingtalkRobot, { webhook: token, secret: 'SECtest' });
  await robot.send('{}', { post, now: () => 1_700_000_000_000 });
  expect(sent[0]?.url).toBe(
    'https://oapi.dingtalk.com/robot/send?access_token=abc123&timestamp=1700000000000&sign=aZLLrriXgn05YbwaGR7knYsLeJADjr9NwLaNNKpxh4g%3D',
  );
});

it('sends no signature without a secret, and goes where origin says', async () => {
  const { sent, post } = recorder('{"errcode":0}');
  const webhook = 'https://oapi.dingtalk.com/robot/send?access_token=abc123';
  await channel(dingtalkRobot, { webhook, origin: 'https://proxy.example/' }).send('{}', { post });
  expect(sent[0]?.url).toBe('https://proxy.example/robot/send?access_token=abc123');
});

it('calls people in the text and in the list, by user id and by mobile number', () => {
  const [body] = bodies({ ...scenarios.failure(at), mentions: ['zhangsan', '13800138000', 'no id!'] });
  expect(body?.at).toEqual({ atMobiles: ['13800138000'], atUserIds: ['zhangsan'], isAtAll: false });
  expect(body?.markdown.text.split('  \n').at(-1)).toBe('@zhangsan @13800138000');
});

it.each([
  ['for the owner @all', { ...scenarios.failure(at), mentions: ['@all'] }, {}, true],
  ['for the severity asked for', scenarios.outage(at), { mentionAll: 'critical' }, true],
  ['not for a recovery', scenarios.recovery(at), { mentionAll: 'minor' }, false],
])('calls everybody %s', (_, content, input, isAtAll) => {
  expect(bodies(content, input)[0]?.at).toMatchObject({ isAtAll });
});

it('calls people once when a message has two parts', () => {
  const parts = bodies(scenarios.storm(at));
  expect(parts.map((body) => body.at)).toEqual([
    { atMobiles: [], atUserIds: ['zhangsan'], isAtAll: false },
    { atMobiles: [], atUserIds: [], isAtAll: false },
  ]);
});

it('waits ten minutes when the robot is blocked', async () => {
  const { post } = recorder('{"errcode":130101,"errmsg":"send too fast"}');
  expect(await channel(dingtalkRobot, { webhook: token }).send('{}', { post })).toMatchObject({
    kind: 'retry',
    afterMs: 600_000,
  });
});

it('refuses an address that is none', () => {
  expect(
    dingtalkRobot.options.safeParse({ webhook: 'https://oapi.dingtalk.com/robot/send' }).error?.issues[0]
      ?.message,
  ).toBe('is neither the webhook URL of a robot (…/robot/send?access_token=…) nor its access token');
});
