import { expect, it } from 'vitest';
import { Redactor } from '../../../lib/secrets/secret.ts';
import { secretsIn } from '../../../lib/secrets/secret.ts';
import type { MessageContent } from '../../../model/message.ts';
import { sendTestMessage } from '../../test-message/test-message.ts';
import { scenarios } from '../../test-message/scenarios.ts';
import { ManualClock } from '../../../lib/time/clock.ts';
import { at, channel, recorder } from '../shared/channel.fixture.ts';
import { telegramBot } from './telegram-bot.ts';

const token = '123456789:AAE-0123456789abcdefghijklmnopqrstu';
const bot = (input: object = {}) => channel(telegramBot, { token, chatId: -1001234567890, ...input });
const text = (content: MessageContent) =>
  bot()
    .render(content)
    .map((part) => (JSON.parse(part) as { text: string }).text);

it('goes to the chat and the topic that the configuration names when it is sent', async () => {
  const { sent, post } = recorder('{"ok":true,"result":{"message_id":7}}');
  const outcome = await bot({ threadId: '12', origin: 'https://bots.example/' }).send('{"text":"x"}', {
    post,
  });
  expect(outcome).toEqual({ kind: 'sent', receipt: '7' });
  expect(sent[0]?.url).toBe(`https://bots.example/bot${token}/sendMessage`);
  expect(JSON.parse(sent[0]?.body ?? '')).toEqual({
    chat_id: -1001234567890,
    message_thread_id: 12,
    text: 'x',
    link_preview_options: { is_disabled: true },
  });
});

it('has the headline first, details below, and what it says in HTML', () => {
  const [told = ''] = text(scenarios.failure(at));
  expect(told).toMatch(/^🟠【重要】orders：GET \/orders\/\{orderId\} 失败/);
  expect(told).toContain('<b>orders · GET /orders/{orderId}</b> <i>失败</i> #AAA1');
  expect(told).toContain('<code>curl -H');
});

it('leaves nothing to tap on in what others have said, and calls those that are users', () => {
  const [sample] = scenarios.failure(at).transitions;
  const incident = { ...sample!.incident, found: 'ask @durov or /stop & <b>run</b>' };
  const [told = ''] = text({
    ...scenarios.failure(at),
    mentions: ['@zhang_san', '4711471147', 'lisi', '13800138000'],
    transitions: [{ ...sample!, incident }],
  });
  expect(told).toContain('ask ＠durov or /\u2060stop &amp; &lt;b&gt;run&lt;/b&gt;');
  expect(told.split('\n').at(-1)).toBe('@zhang_san <a href="tg://user?id=4711471147">4711471147</a>');
});

const refused = (code: number, description: string, parameters?: object) =>
  recorder(JSON.stringify({ ok: false, error_code: code, description, ...(parameters && { parameters }) }), {
    status: code,
  });

it.each([
  [400, 'Bad Request: chat not found', 'broken', 'check chatId:'],
  [400, 'Bad Request: message thread not found', 'broken', 'threadId:'],
  [400, 'Bad Request: TOPIC_CLOSED', 'broken', 'threadId:'],
  [400, 'Bad Request: not enough rights to send text messages to the chat', 'broken', 'the right'],
  [400, 'Bad Request: CHAT_WRITE_FORBIDDEN', 'broken', 'the right'],
  [400, 'Bad Request: text is too long', 'shrink', ''],
  [400, "Bad Request: can't parse entities: Unexpected end tag", 'rejected', 'report'],
  [401, 'Unauthorized', 'broken', '@BotFather'],
  [403, 'Forbidden: bot was kicked from the group chat', 'broken', 'add it again'],
  [404, 'Not Found', 'broken', '@BotFather'],
])('understands %i %s', async (code, description, kind, hint) => {
  const outcome = await bot().send('{}', { post: refused(code, description).post });
  expect(outcome).toMatchObject({ kind, code: String(code), message: `code ${code}: ${description}` });
  expect(outcome).toMatchObject({ hint: expect.saying(new RegExp(hint)) });
});

it('waits as long as the body says', async () => {
  const { post } = refused(429, 'Too Many Requests: retry after 41', { retry_after: 41 });
  expect(await bot().send('{}', { post })).toMatchObject({ kind: 'retry', afterMs: 41_000 });
});

it('follows a group that has become a supergroup, and says what to write', async () => {
  const moved = {
    ok: false,
    error_code: 400,
    description: 'Bad Request: group chat was upgraded to a supergroup chat',
    parameters: { migrate_to_chat_id: -1001557912345 },
  };
  const chats: unknown[] = [];
  const outcome = await bot({ chatId: -4711 }).send('{"text":"x"}', {
    post: (_, body) => {
      const { chat_id: chat } = JSON.parse(String(body)) as { chat_id: unknown };
      chats.push(chat);
      const isOld = chat === -4711;
      const answer = isOld ? moved : { ok: true, result: { message_id: 1 } };
      return Promise.resolve({ status: isOld ? 400 : 200, headers: {}, body: JSON.stringify(answer) });
    },
  });
  expect(chats).toEqual([-4711, -1001557912345]);
  expect(outcome).toEqual({
    kind: 'sent',
    receipt: '1',
    warning: 'the group is a supergroup by now: write chatId: -1001557912345',
  });
});

it('takes the call that guides show as its address, with topic and server', () => {
  const taken = telegramBot.address?.options(
    `https://bots.example/bot${token}/sendMessage?chat_id=@orders_alarms&message_thread_id=7&text=hi`,
  );
  expect(taken).toEqual({ token, chatId: '@orders_alarms', threadId: '7', origin: 'https://bots.example' });
});

it('shows its token to nobody, although it stands in the path of every call', async () => {
  const settings = {
    name: 'ops',
    kind: 'telegram-bot',
    options: telegramBot.options.parse({ token, chatId: 1 }),
  };
  const redactor = new Redactor();
  for (const secret of secretsIn(settings)) redactor.add(secret);
  expect(redactor.scrub(`POST https://api.telegram.org/bot${token}/sendMessage`)).not.toContain('AAE');
  expect(JSON.stringify(settings)).not.toContain(token);
  const about = { scenario: 'failure', mentions: [], language: 'en', timeZone: 'UTC' } as const;
  const { post } = refused(401, 'Unauthorized');
  const trial = await sendTestMessage(settings, { ...about, post, clock: new ManualClock(at), redactor });
  expect(trial.ok).toBe(false);
  expect(JSON.stringify(trial)).not.toContain('AAE');
});

it.each([
  [{ token: 'AAE-only', chatId: 1 }, 'is not the token of a bot, as @BotFather gives it (123456789:AAE…)'],
  [
    { token, chatId: 'orders' },
    'is neither the number of a chat (-1001234567890) nor the name of a public one (@name)',
  ],
])('refuses %j', (input, problem) => {
  expect(telegramBot.options.safeParse(input).error?.issues[0]?.message).toBe(problem);
});
