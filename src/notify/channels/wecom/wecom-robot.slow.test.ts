import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { codeSentence } from '../../../messages/network.ts';
import { startWecom, type Wecom } from '../../../../demo/wecom.ts';
import { ManualClock } from '../../../lib/time/clock.ts';
import { Secret } from '../../../lib/secrets/secret.ts';
import { inLanguage } from '../../../messages/in-language.ts';
import type { MessageContent } from '../../../model/message.ts';
import type { Language } from '../../../model/settings.ts';
import type { SendOutcome } from '../channel.ts';
import { linksOf } from '../../messages/links.ts';
import { createPost } from '../../delivery/post.ts';
import { scenarios } from '../../test-message/scenarios.ts';
import { MemoryTokenCache } from '../../delivery/memory-token-cache.ts';
import { robotErrors } from './wecom-errors.ts';
import { wecomRobot } from './wecom-robot.ts';

const at = Date.UTC(2026, 2, 9, 4, 3);
let wecom: Wecom;
beforeEach(async () => {
  wecom = await startWecom();
});
afterEach(() => wecom.close());

const parse = (input: object) => wecomRobot.options.parse(input);

function bodies(content: MessageContent, input: object = {}, shrunk = false) {
  const context = { language: 'zh', timeZone: 'Asia/Shanghai', ...(shrunk ? { shrunk } : {}) } as const;
  const { parts } = wecomRobot.render(content, parse({ webhook: 'key-1', ...input }), context);
  return parts.map((part) => JSON.parse(part) as Record<string, Record<string, unknown>>);
}

function send(part: string, input: object): Promise<SendOutcome> {
  return wecomRobot.send(part, parse(input), {
    post: createPost(),
    now: () => at,
    tokens: new MemoryTokenCache(new ManualClock(at)),
  });
}

const hello = JSON.stringify({ msgtype: 'markdown', markdown: { content: 'hello' } });

describe('the webhook', () => {
  it.each([
    ['a whole URL', () => ({ webhook: wecom.webhook('key-1') })],
    ['a whole URL with blanks around it', () => ({ webhook: ` ${wecom.webhook('key-1')}\n` })],
    ['a bare key and the place of a private WeCom', () => ({ webhook: 'key-1', origin: wecom.url })],
    [
      'a whole URL that is sent elsewhere',
      () => ({
        webhook: 'https://qyapi.weixin.qq.com/cgi-bin/webhook/send?key=key-1',
        origin: `${wecom.url}/`,
      }),
    ],
  ])('can be %s', async (_, input) => {
    wecom.webhook('key-1');
    expect(await send(hello, input())).toEqual({ kind: 'sent' });
    expect(wecom.messages.map((message) => [message.key, message.content])).toEqual([['key-1', 'hello']]);
  });

  it.each([['https://qyapi.weixin.qq.com/cgi-bin/webhook/send'], ['not a key'], ['ftp://x/?key=a']])(
    'cannot be %s',
    (webhook) => {
      const result = wecomRobot.options.safeParse({ webhook });
      expect(result.error?.issues[0]?.message).toBe(
        'is neither the webhook URL of a group robot (…/cgi-bin/webhook/send?key=…) nor its key',
      );
    },
  );

  it('is known to the limit by a name that does not tell it, the same for the same robot', () => {
    const bucket = (input: object) => wecomRobot.bucket?.(parse(input));
    const whole = 'https://qyapi.weixin.qq.com/cgi-bin/webhook/send?key=key-1';
    expect(bucket({ webhook: whole })).toMatch(/^wecom-robot:[0-9a-f]{16}$/);
    expect(bucket({ webhook: whole })).toBe(bucket({ webhook: 'key-1', mentionAll: 'critical' }));
    expect(bucket({ webhook: 'key-2' })).not.toBe(bucket({ webhook: 'key-1' }));
  });
});

it.each(Object.entries(robotErrors).filter(([, { action }]) => action !== 'retry'))(
  'the meaning of a refusal with %s is told in Chinese as well',
  (_, { hint }) => expect(inLanguage(hint, 'zh')).toMatch(/^[^a-z]/),
);

describe('a rendered message', () => {
  it('is taken by the robot, whatever the situation', async () => {
    const webhook = wecom.webhook('key-1');
    const all = Object.values(scenarios).flatMap((scenario) => bodies(scenario(at)));
    for (const body of all) expect(await send(JSON.stringify(body), { webhook })).toEqual({ kind: 'sent' });
    expect(wecom.messages).toHaveLength(Object.keys(scenarios).length + 1);
  });

  it('has no escapes of control characters or lone surrogates, which the robot refuses', async () => {
    const content = scenarios.failure(at);
    const [first] = content.transitions;
    const incident = { ...first!.incident, found: 'a\u0001b\uD800c\u001b' };
    const [body] = bodies({ ...content, transitions: [{ ...first!, incident }] });
    expect(await send(JSON.stringify(body), { webhook: wecom.webhook('key-1') })).toEqual({ kind: 'sent' });
  });

  it('calls mobile numbers in a second, tiny message', () => {
    const [, call] = bodies({ ...scenarios.failure(at), mentions: ['zhangsan', '13800138000'] });
    expect(call).toEqual({
      msgtype: 'text',
      text: {
        content: '🟠【重要】orders：GET /orders/{orderId} 失败（HTTP 500，期望：200） #AAA1',
        mentioned_mobile_list: ['13800138000'],
      },
    });
  });

  it.each([
    ['calls everybody for an owner who is @all', { ...scenarios.failure(at), mentions: ['@all'] }, {}, true],
    [
      'calls everybody from the severity on that is asked for',
      scenarios.outage(at),
      { mentionAll: 'critical' },
      true,
    ],
    ['calls nobody below that severity', scenarios.failure(at), { mentionAll: 'critical' }, false],
    ['calls nobody for a recovery', scenarios.recovery(at), { mentionAll: 'minor' }, false],
    ['calls nobody unless asked to', scenarios.outage(at), {}, false],
  ])('%s', (_, content, input, called) => {
    const call = bodies(content, input)[1]?.['text'];
    expect(call?.['mentioned_list']).toEqual(called ? ['@all'] : undefined);
  });

  it('takes half the room when the server found it too long', () => {
    const sizes = bodies(scenarios.storm(at), {}, true).map((b) =>
      Buffer.byteLength(String(b['markdown']?.['content'])),
    );
    expect(Math.max(...sizes)).toBeLessThanOrEqual(2048);
  });
});

describe('other types of message', () => {
  const link = 'https://patrol.example/';
  const told = async (content: MessageContent, input: object) => {
    const webhook = wecom.webhook('key-1');
    for (const body of bodies(content, input)) {
      expect(await send(JSON.stringify(body), { webhook, ...input })).toEqual({ kind: 'sent' });
    }
    return wecom.messages.map((message) => [message.msgtype, message.content.split('\n')[0]]);
  };
  const head = '🔴【严重】payments：payments.example 12/12 接口失败（疑似主机故障） #A384';
  const mentions = ['lisi', '13800138000', '@all'];

  it.each([
    ['text', [['text', head]], { mentioned_list: ['lisi', '@all'], mentioned_mobile_list: ['13800138000'] }],
    [
      'markdown',
      [
        ['markdown', head],
        ['text', head],
      ],
      { mentioned_list: ['@all'], mentioned_mobile_list: ['13800138000'] },
    ],
    [
      'markdown_v2',
      [
        ['markdown_v2', head],
        ['text', head],
      ],
      { mentioned_list: ['lisi', '@all'] },
    ],
    [
      'template_card',
      [
        ['template_card', '🔴【严重】payments：payments.example 12/12 接口失败…'],
        ['text', head],
      ],
      { mentioned_list: ['lisi', '@all'] },
    ],
    [
      'news',
      [
        ['news', `${head}: 新增 1 · 现有 12/48 接口失败`],
        ['text', head],
      ],
      { mentioned_list: ['lisi', '@all'] },
    ],
  ])('%s tells it and calls everybody concerned', async (format, messages, called) => {
    expect(await told({ ...scenarios.outage(at), mentions }, { format, link })).toEqual(messages);
    expect(wecom.messages.at(-1)?.raw['text']).toMatchObject(called);
  });

  it.each(Object.entries(scenarios))('are taken by the robot for %s', async (_, scenario) => {
    for (const format of ['text', 'markdown_v2', 'template_card', 'news'])
      await told(scenario(at), { format, link });
    expect(wecom.messages.length).toBeGreaterThanOrEqual(4);
  });

  it('a card has the number, the facts of the worst and the way to the page', () => {
    expect(bodies(scenarios.outage(at), { format: 'template_card', link })[0]).toEqual({
      msgtype: 'template_card',
      template_card: {
        card_type: 'text_notice',
        service: { desc: 'API Patrol', desc_color: 2 },
        main_title: {
          title: '🔴【严重】payments：payments.example 12/12 接口失败…',
          desc: '新增 1 · 现有 12/48 接口失败',
        },
        emphasis_content: { title: '12/48', desc: '接口失败' },
        sub_title_text: head,
        horizontal_content_list: [
          { keyname: '原因', value: '疑似主机故障、连接被拒绝' },
          { keyname: '时间', value: '自 12:03 起' },
          { keyname: '受影响', value: 'GET /payments、GET /payments/{id}、GET /refunds 等…' },
        ],
        card_action: { type: 1, url: link },
      },
    });
  });

  const server = {
    url: 'https://patrol.example',
    key: new Secret('k'),
    channel: 'ops',
    dedupKey: 'd',
    now: at,
  };
  const withLinks = (content: MessageContent, format: string, language: Language = 'zh') => {
    const options = wecomRobot.options.parse({ webhook: 'k', format });
    const links = linksOf({ ...server, isTest: content.isTest === true });
    const { parts } = wecomRobot.render(content, options, { language, timeZone: 'Asia/Shanghai', links });
    return JSON.parse(parts[0] ?? '') as {
      template_card: { card_action: { url: string }; jump_list?: { title: string; url: string }[] };
      news: { articles: { url: string }[] };
    };
  };

  it.each<[string, MessageContent, string]>([
    ['one incident', scenarios.failure(at), '/incidents/AAA1'],
    ['several incidents', scenarios.mixed(at), '/incidents'],
    ['documents that break their callers', scenarios.changes(at), '/documents'],
    ['a testMessage', { ...scenarios.failure(at), isTest: true }, '/incidents'],
  ])('cards and news of %s lead to where it is told on the page', (_, content, path) => {
    const url = `https://patrol.example${path}`;
    expect(withLinks(content, 'template_card').template_card.card_action.url).toBe(url);
    expect(withLinks(content, 'news').news.articles[0]?.url).toBe(url);
  });

  it('cards and news are previewed as they are read', () => {
    const shown = (format: string) => {
      const [part = ''] = wecomRobot.render(scenarios.failure(at), parse({ webhook: 'k', format, link }), {
        language: 'zh',
        timeZone: 'Asia/Shanghai',
      }).parts;
      return wecomRobot.show?.(part).split('\n');
    };
    expect(shown('template_card')).toEqual([
      '🟠【重要】orders：GET /orders/{orderId} 失败（HTTP…',
      '新增 1 · 现有 1/48 接口失败',
      '1/48 接口失败',
      '🟠【重要】orders：GET /orders/{orderId} 失败（HTTP 500，期望：200） #AAA1',
      '原因  状态码不符：HTTP 500，期望：200',
      '时间  自 12:03 起',
      '期望  200',
      '实际  500',
      '服务返回  NullPointerException at OrderService.java:42',
      '上次正常  11:48',
      `→ ${link}`,
    ]);
    expect(shown('news')?.[0]).toMatch(/^🟠【重要】orders：GET/);
    expect(shown('news')?.at(-1)).toBe(`→ ${link}`);
  });

  it('a card offers what can be done about its incident', () => {
    const { jump_list: jumps = [] } = withLinks(scenarios.failure(at), 'template_card').template_card;
    expect(jumps.map(({ title }) => title)).toEqual(['查看详情', '我来处理', '立即检查']);
    expect(jumps.map(({ url }) => new URL(url).pathname.split('/')[1])).toEqual(['incidents', 'do', 'do']);
    expect(withLinks(scenarios.recovery(at), 'template_card').template_card.jump_list).toHaveLength(1);
  });

  it('a card or news that can lead nowhere is sent as markdown, with its colours and mentions', () => {
    for (const format of ['template_card', 'news'])
      expect(bodies(scenarios.outage(at), { format })).toEqual(bodies(scenarios.outage(at), {}));
  });

  it('a file follows when not everything could be shown, and only then', async () => {
    const types = async (content: MessageContent) =>
      (await told(content, { file: true })).map(([type]) => type);
    expect(await types(scenarios.mixed(at))).toEqual(['markdown']);
    expect((await types(scenarios.storm(at))).slice(1)).toEqual(['markdown', 'file']);
  });

  it.each([
    { status: 200, body: '{"errcode":0}' },
    { status: 200, body: '<html>sign in</html>' },
    { status: 200, body: '' },
    { status: 200, body: '{"errcode":0,"media_id":' },
    { status: 404, body: 'no such path' },
    { status: 502, body: '' },
    ...Object.keys(robotErrors).map((errcode) => ({ status: 200, body: `{"errcode":${errcode}}` })),
  ])('a file that is answered $status $body on upload is named, and nothing waits for it', async (answer) => {
    const file = JSON.stringify(bodies(scenarios.storm(at), { file: true })[1]);
    const posted: string[] = [];
    const outcome = await wecomRobot.send(file, parse({ webhook: 'key-1' }), {
      post: (url, body) => {
        if (url.includes('upload_media')) return Promise.resolve({ headers: {}, ...answer });
        posted.push(String(body));
        return Promise.resolve({ status: 200, headers: {}, body: '{"errcode":0,"errmsg":"ok"}' });
      },
      now: () => at,
      tokens: new MemoryTokenCache(new ManualClock(at)),
    });
    expect(posted).toEqual([expect.stringMatching(/"msgtype":"text".*附件 incidents-\d+\.csv 未能发送/)]);
    expect(outcome).toMatchObject({
      kind: 'sent',
      warning: expect.stringContaining('sent without incidents-'),
    });
  });

  it('a robot that is not well itself is judged by the message in place of the file', async () => {
    const file = JSON.stringify(bodies(scenarios.storm(at), { file: true })[1]);
    expect(await send(file, { webhook: 'stranger', origin: wecom.url })).toMatchObject({
      kind: 'broken',
      code: '93000',
    });
    wecom.fail('key-1', { errcode: 45009 }, 2);
    expect(await send(file, { webhook: wecom.webhook('key-1') })).toMatchObject({
      kind: 'retry',
      code: '45009',
    });
  });
});

describe('what the robot answers', () => {
  const actions = { retry: 'retry', shrink: 'shrink', reject: 'rejected', break: 'broken' } as const;

  it.each(Object.entries(robotErrors))('%s is known and has a hint', async (errcode, rule) => {
    const webhook = wecom.webhook('key-1');
    wecom.fail('key-1', { errcode: Number(errcode), errmsg: 'whatever' });
    const outcome = await send(hello, { webhook });
    expect(outcome).toMatchObject({ kind: actions[rule.action], code: errcode });
    expect(JSON.stringify(outcome)).toContain(JSON.stringify(rule.hint));
  });

  it.each<[string, Parameters<Wecom['fail']>[1], object]>([
    [
      'an unknown code is tried again after a minute',
      { errcode: 99999, errmsg: 'new' },
      { kind: 'retry', afterMs: 60_000, code: '99999' },
    ],
    ['45009 waits a minute', { errcode: 45009 }, { kind: 'retry', afterMs: 60_000 }],
    [
      'a busy gateway is asked again when it says so',
      { status: 503, headers: { 'retry-after': '7' } },
      { kind: 'retry', afterMs: 7000, code: 'http-503' },
    ],
    [
      'a gateway that asks for a day waits a quarter of an hour',
      { status: 429, headers: { 'retry-after': '86400' } },
      { kind: 'retry', afterMs: 900_000 },
    ],
    ['a gateway without a wish is asked again', { status: 502 }, { kind: 'retry', code: 'http-502' }],
    [
      'a redirect to a sign-in page is for a person',
      { status: 302, headers: { location: '/login' } },
      { kind: 'broken', code: 'http-302' },
    ],
    ['a forbidding proxy is for a person', { status: 403 }, { kind: 'broken', code: 'http-403' }],
    [
      'a body over the limit of a proxy is made shorter',
      { status: 413 },
      { kind: 'shrink', code: 'http-413' },
    ],
    [
      'a page instead of JSON is no success',
      { status: 200, body: '<html>login</html>' },
      { kind: 'unclear', code: 'not-json' },
    ],
    [
      'JSON without errcode is no success',
      { status: 200, body: '{}' },
      { kind: 'unclear', code: 'not-json' },
    ],
    [
      'a gateway may make a text of 0',
      { status: 200, body: '{"errcode":"0","errmsg":"ok"}' },
      { kind: 'sent' },
    ],
    [
      'a gateway may make a text of a code',
      { status: 200, body: '{"errcode":"93000"}' },
      { kind: 'broken', code: '93000' },
    ],
    ['a text that is no number is no success', { status: 200, body: '{"errcode":""}' }, { kind: 'unclear' }],
    ['a bad request is for us', { status: 400 }, { kind: 'rejected', code: 'http-400' }],
    [
      'a cut connection may have carried the message',
      'lost',
      { kind: 'unclear', code: 'network', message: codeSentence('UND_ERR_SOCKET') },
    ],
  ])('%s', async (_, fault, outcome) => {
    const webhook = wecom.webhook('key-1');
    wecom.fail('key-1', fault);
    expect(await send(hello, { webhook })).toMatchObject(outcome);
  });

  it('from nobody is tried again at once', async () => {
    const webhook = wecom.webhook('key-1');
    await wecom.close();
    expect(await send(hello, { webhook })).toEqual({
      kind: 'retry',
      code: 'network',
      message: codeSentence('ECONNREFUSED'),
    });
    wecom = await startWecom();
  });

  it('to a key that nobody has is for a person, without telling the key', async () => {
    const outcome = await send(hello, { webhook: 'stranger-4711', origin: wecom.url });
    expect(outcome).toMatchObject({ kind: 'broken', code: '93000' });
    expect(JSON.stringify(outcome)).not.toContain('stranger-4711');
  });
});

describe('the picture of the last day', () => {
  const wants = (content: MessageContent, picture?: string) =>
    wecomRobot.wantsPicture?.(content, parse({ webhook: 'k', picture }));
  const picture = Buffer.from('a picture');
  const types = (content: MessageContent, input: object = {}) =>
    wecomRobot
      .render(content, parse({ webhook: 'k', ...input }), { language: 'zh', timeZone: 'UTC', picture })
      .parts.map((part) => (JSON.parse(part) as { msgtype?: string }).msgtype ?? 'file');

  it('belongs to a summary, to every message when that is wanted, and to no testMessage', () => {
    expect(wants(scenarios.failure(at))).toBe(false);
    expect(wants(scenarios.storm(at))).toBe(true);
    const folded = { messages: 2, since: at, at };
    expect(wants({ ...scenarios.failure(at), folded })).toBe(true);
    expect(wants(scenarios.failure(at), 'always')).toBe(true);
    expect(wants({ ...scenarios.storm(at), isTest: true }, 'always')).toBe(false);
    expect(wants(scenarios.storm(at), 'never')).toBe(false);
  });

  it('comes last, and is left out rather than being the fourth', () => {
    expect(types(scenarios.failure(at))).toEqual(['markdown', 'image']);
    const called = { ...scenarios.storm(at), mentions: ['13800138000'] };
    expect(types(called)).toEqual(['markdown', 'markdown', 'text']);
    expect(types(called, { file: true })).toEqual(['markdown', 'file', 'text']);
  });

  it('is taken by the robot', async () => {
    const context = { language: 'zh', timeZone: 'UTC', picture } as const;
    const options = { webhook: wecom.webhook('k') };
    const [, part = ''] = wecomRobot.render(scenarios.failure(at), parse(options), context).parts;
    expect(await send(part, options)).toEqual({ kind: 'sent' });
    expect(wecom.messages[0]?.raw).toMatchObject({ msgtype: 'image' });
    expect(wecomRobot.show?.(part)).toBe('[trend.png]');
  });
});
