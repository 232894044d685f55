import { expect, it } from 'vitest';
import type { MessageContent } from '../../../model/message.ts';
import { scenarios } from '../../test-message/scenarios.ts';
import { at, channel, recorder } from '../shared/channel.fixture.ts';
import { feishuRobot } from './feishu-robot.ts';

interface Body {
  readonly card: {
    readonly header: { readonly title: { readonly content: string }; readonly template: string };
    readonly body: { readonly elements: readonly { readonly content: string }[] };
  };
}
const card = (content: MessageContent, input: object = {}) =>
  (JSON.parse(channel(feishuRobot, { webhook: 'hook-id', ...input }).render(content)[0] ?? '') as Body).card;

it('signs the time in seconds and puts both into the body', async () => {
  const { sent, post } = recorder('{"code":0}');
  await channel(feishuRobot, { webhook: 'hook-id', secret: 'test' }).send('{"msg_type":"interactive"}', {
    post,
    now: () => 1_700_000_000_999,
  });
  expect(sent[0]?.url).toBe('https://open.feishu.cn/open-apis/bot/v2/hook/hook-id');
  expect(JSON.parse(sent[0]?.body ?? '')).toEqual({
    timestamp: '1700000000',
    sign: 'eSJQnOl8XqPTMPHWz9e5IzeHS/tqoc68g2967ekIPmg=',
    msg_type: 'interactive',
  });
});

it('has the headline and the colour of the worst in the title', () => {
  const { header } = card(scenarios.outage(at));
  expect([header.title.content.slice(0, 8), header.template]).toEqual(['🔴【严重】pa', 'red']);
  expect(card(scenarios.recovery(at)).header.template).toBe('green');
});

it('calls people and everybody', () => {
  const last = (content: MessageContent, input: object = {}) =>
    card(content, input).body.elements[0]?.content.split('\n').at(-1);
  expect(last({ ...scenarios.failure(at), mentions: ['ou_123', '13800138000'] })).toBe('<at id=ou_123></at>');
  expect(last({ ...scenarios.recovery(at), mentions: ['@all'] })).toBe('<at id=all></at>');
  expect(last(scenarios.outage(at), { mentionAll: 'major' })).toBe('<at id=all></at>');
});

it.each([
  ['the answer of old robots', '{"StatusCode":0,"StatusMessage":"success"}', 200, { kind: 'sent' }],
  [
    'a rate limit in words',
    '{"code":9499,"msg":"too many request"}',
    400,
    { kind: 'retry', afterMs: 60_000 },
  ],
  ['a bad card', '{"code":9499,"msg":"Bad Request"}', 400, { kind: 'rejected' }],
  ['a refused signature', '{"code":19021,"msg":"sign match fail"}', 200, { kind: 'broken', code: '19021' }],
  ['a wrong id', '{"code":19001,"msg":"param invalid"}', 400, { kind: 'broken', code: '19001' }],
  ['JSON that says nothing', '{}', 200, { kind: 'unclear', code: 'not-json' }],
  ['a code that was made a text', '{"code":"0"}', 200, { kind: 'sent' }],
])('understands %s', async (_, body, status, outcome) => {
  const { post } = recorder(body, { status });
  expect(await channel(feishuRobot, { webhook: 'hook-id' }).send('{}', { post })).toMatchObject(outcome);
});

it('takes the address of Lark and refuses one that is none', async () => {
  const { sent, post } = recorder('{"code":0}');
  const webhook = 'https://open.larksuite.com/open-apis/bot/v2/hook/abc-1';
  await channel(feishuRobot, { webhook }).send('{}', { post });
  expect(sent[0]?.url).toBe(webhook);
  expect(feishuRobot.options.safeParse({ webhook: 'https://open.feishu.cn/' }).success).toBe(false);
});
