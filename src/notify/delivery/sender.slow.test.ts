import { inEnglish } from '../../messages/in-language.ts';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { startWecom, type Wecom } from '../../../demo/wecom.ts';
import { groupBy } from '../../lib/group-by.ts';
import { ManualClock } from '../../lib/time/clock.ts';
import type { Logger } from '../../lib/logger.ts';
import { Redactor } from '../../lib/secrets/secret.ts';
import type { OutboxEntry } from '../../model/message.ts';
import type { ChannelSettings } from '../../model/settings.ts';
import type { ChannelKind } from '../channels/channel.ts';
import { wecomRobot } from '../channels/wecom/wecom-robot.ts';
import { MemoryOutbox } from './memory-outbox.fixture.ts';
import { createPost } from './post.ts';
import { scenarios } from '../test-message/scenarios.ts';
import { createSender, type SenderOptions } from './sender.ts';

const start = Date.UTC(2026, 2, 9, 4, 3);
const minute = 60_000;
const running = new AbortController().signal;
let clock: ManualClock;
let wecom: Wecom;
let outbox: MemoryOutbox;
let lines: string[];

beforeEach(async () => {
  clock = new ManualClock(start);
  wecom = await startWecom({ clock });
  outbox = new MemoryOutbox();
  lines = [];
});
afterEach(() => wecom.close());

const write = (message: string, fields?: object) => void lines.push(`${message} ${JSON.stringify(fields)}`);
const log: Logger = { debug: write, info: write, warn: write, error: write };

function robot(name: string, input: object = { webhook: wecom.webhook(name) }): ChannelSettings {
  return { name, kind: 'wecom-robot', options: wecomRobot.options.parse(input) };
}

const spoken = { language: 'zh', timeZone: 'Asia/Shanghai' } as const;
type Channels = SenderOptions['settings']['channels'];

function sender({
  channels = { ops: robot('ops') },
  ...rest
}: Partial<SenderOptions> & { readonly channels?: Channels } = {}) {
  return createSender({
    outbox,
    settings: { channels, ...spoken },
    clock,
    log,
    redactor: new Redactor(),
    post: createPost(),
    random: () => 1,
    ...rest,
  });
}

function message(key: string, channel = 'ops', content = scenarios.recovery(start)): OutboxEntry {
  return { dedupKey: key, channel, createdAt: clock.now(), content };
}

/** The outbox with some of its methods replaced. */
function outboxWith(changes: Readonly<Record<string, unknown>>): MemoryOutbox {
  return new Proxy(outbox, {
    get(target, name) {
      if (typeof name === 'string' && name in changes) return changes[name];
      const value: unknown = Reflect.get(target, name);
      return typeof value === 'function' ? (value.bind(target) as unknown) : value;
    },
  });
}

const heads = () => wecom.messages.map((m) => m.content.split('\n')[0]);
const states = () => outbox.rows.map((row) => row.state);

describe('one pass', () => {
  it('sends everything that is due, in order', async () => {
    await outbox.insert([message('a'), message('b', 'ops', scenarios.failure(start))]);
    expect(await sender().deliverDue(running)).toEqual({ sent: 2, retrying: 0, undelivered: 0 });
    expect(heads()).toEqual([
      '🟢【恢复】orders：GET /orders/{orderId} 恢复，历时 32 分钟 #AAA1',
      '🟠【重要】orders：GET /orders/{orderId} 失败（HTTP 500，期望：200） #AAA1',
    ]);
    expect(states()).toEqual(['sent', 'sent']);
  });

  it('leaves a recovery behind its alert when the alert has to wait', async () => {
    await outbox.insert([message('a'), message('b')]);
    wecom.fail('ops', { errcode: -1 });
    const s = sender();
    expect(await s.deliverDue(running)).toEqual({ sent: 0, retrying: 1, undelivered: 0 });
    expect(wecom.messages).toEqual([]);
    await clock.advance(2000);
    expect(await s.deliverDue(running)).toEqual({ sent: 2, retrying: 0, undelivered: 0 });
  });

  it('does not let one channel wait for another', async () => {
    await outbox.insert([message('a'), message('b', 'team')]);
    wecom.fail('ops', { errcode: 45009 });
    const channels = { ops: robot('ops'), team: robot('team') };
    expect(await sender({ channels }).deliverDue(running)).toEqual({ sent: 1, retrying: 1, undelivered: 0 });
    expect(wecom.messages.map((m) => m.key)).toEqual(['team']);
  });

  it('speaks the language of the channel', async () => {
    await outbox.insert([message('a')]);
    await sender({ channels: { ops: { ...robot('ops'), language: 'en' } } }).deliverDue(running);
    expect(heads()).toEqual(['🟢[RECOVERED] orders: GET /orders/{orderId} recovered, lasted 32 min #AAA1']);
  });

  it('starts nothing after the signal, and what it had begun is finished', async () => {
    await outbox.insert([message('a'), message('b')]);
    const controller = new AbortController();
    const post = createPost();
    const s = sender({
      post: (...call) => {
        controller.abort();
        return post(...call);
      },
    });
    expect(await s.deliverDue(controller.signal)).toEqual({ sent: 1, retrying: 0, undelivered: 0 });
    expect(await s.deliverDue(controller.signal)).toEqual({ sent: 0, retrying: 0, undelivered: 0 });
    expect(states()).toEqual(['sent', 'pending']);
  });

  it('between two parts stops at the signal, and goes on later with the second', async () => {
    await outbox.insert([message('a', 'ops', scenarios.storm(start))]);
    const controller = new AbortController();
    const post = createPost();
    await sender({
      post: (...call) => {
        controller.abort();
        return post(...call);
      },
    }).deliverDue(controller.signal);
    expect(wecom.messages).toHaveLength(1);
    await sender().deliverDue(running);
    expect(heads()[1]).toMatch(/ \(2\)$/);
    expect(wecom.messages).toHaveLength(2);
  });

  it('done twice at the same time sends once', async () => {
    await outbox.insert([message('a')]);
    const s = sender();
    await Promise.all([s.deliverDue(running), s.deliverDue(running)]);
    expect(wecom.messages).toHaveLength(1);
  });
});

describe('the bytes of a message', () => {
  it('are those of the first attempt, also after a restart with another language', async () => {
    await outbox.insert([message('a')]);
    wecom.fail('ops', 'lost');
    await sender().deliverDue(running);
    await clock.advance(minute);
    await sender({ settings: { channels: { ops: robot('ops') }, ...spoken, language: 'en' } }).deliverDue(
      running,
    );
    expect(wecom.messages).toHaveLength(2);
    expect(wecom.messages[0]?.raw).toEqual(wecom.messages[1]?.raw);
  });

  it('are made shorter once when the server finds them too long', async () => {
    await outbox.insert([message('a', 'ops', scenarios.storm(start))]);
    wecom.fail('ops', { errcode: 40058, errmsg: 'markdown.content exceed max length 2048' });
    expect(await sender().deliverDue(running)).toEqual({ sent: 1, retrying: 0, undelivered: 0 });
    expect(Math.max(...wecom.messages.map((m) => Buffer.byteLength(m.content)))).toBeLessThanOrEqual(2048);
  });

  it('never carry a secret that we know', async () => {
    const redactor = new Redactor();
    redactor.add('canary-4711');
    const content = scenarios.failure(start);
    const [first] = content.transitions;
    const incident = { ...first!.incident, found: 'token is canary-4711' };
    await outbox.insert([message('a', 'ops', { ...content, transitions: [{ ...first!, incident }] })]);
    await sender({ redactor }).deliverDue(running);
    expect(wecom.messages[0]?.content).toContain('> 实际：token is ＊＊＊');
  });
});

describe('a template of the user', () => {
  const withTemplate = (template: string) => sender({ channels: { ops: { ...robot('ops'), template } } });

  it('takes the place of the text, with harmless values', async () => {
    const content = scenarios.failure(start);
    const [first] = content.transitions;
    const incident = { ...first!.incident, subjectLabel: 'GET /<@all>' };
    await outbox.insert([message('a', 'ops', { ...content, transitions: [{ ...first!, incident }] })]);
    const template = `{{ symbol }} {{ totals.failing }} of {{ totals.checks }}
{% for item in items %}- {{ item.title }} {{ item.status }} {{ item.id }}{% for d in item.details %}
  {{ d.label }}: {{ d.value }}{% endfor %}{% endfor %}
{{ mentions }}`;
    await withTemplate(template).deliverDue(running);
    expect(wecom.messages[0]?.content).toBe(`🟠 1 of 48
- orders · GET /＜＠all> 失败 #AAA1
  原因: 状态码不符：HTTP 500，期望：200
  时间: 自 12:03 起
  期望: 200
  实际: 500
  服务返回: NullPointerException at OrderService.java:42
  上次正常: 11:48
  文档修改: Zhang San，03-08 10:03
  复现: \`curl -H 'Authorization: ***' 'https://orders.example/orders/42'\`
<@zhangsan>`);
  });

  it.each([
    ['that is none', '{% if %}'],
    ['that fails', '{{ "x" | no_such_filter }}'],
    ['that does not end', '{% for i in (1..100000000) %}x{% endfor %}'],
  ])('%s keeps no message back', async (_, template) => {
    await outbox.insert([message('a')]);
    expect(await withTemplate(template).deliverDue(running)).toEqual({
      sent: 1,
      retrying: 0,
      undelivered: 0,
    });
    expect(heads()).toEqual(['🟢【恢复】orders：GET /orders/{orderId} 恢复，历时 32 分钟 #AAA1']);
    expect(lines[0]).toMatch(/^message sent with a warning .*template not used/);
  });
});

describe('a message that will never be taken', () => {
  it('is kept as a dead letter, reported, and does not stop the next', async () => {
    await outbox.insert([message('a'), message('b')]);
    wecom.fail('ops', { errcode: 40008 }, 3);
    const s = sender();
    expect(await s.deliverDue(running)).toEqual({ sent: 1, retrying: 0, undelivered: 1 });
    expect(outbox.rows.map((row) => [row.state, row.code])).toEqual([
      ['undelivered', '40008'],
      ['sent', undefined],
    ]);
    expect(lines[0]).toMatch(/^message given up; it is kept as a dead letter .*"code":"40008"/);
    expect(s.health()['ops']?.state).toBe('ok');
  });

  it('is given up after a day', async () => {
    await outbox.insert([message('a')]);
    wecom.fail('ops', { errcode: -1 }, 100);
    const s = sender();
    for (let attempt = 1; attempt < 97; attempt++) {
      expect(await s.deliverDue(running)).toEqual({ sent: 0, retrying: 1, undelivered: 0 });
      await clock.advance(15 * minute);
    }
    expect(await s.deliverDue(running)).toEqual({ sent: 0, retrying: 0, undelivered: 1 });
  });

  it('because of a mistake of ours stops neither the channel nor the program', async () => {
    const faulty: ChannelKind = {
      ...wecomRobot,
      render: (content, options, context) => {
        if (content.cycleId === 13) throw new Error('oops');
        return wecomRobot.render(content, options, context);
      },
      send: (part, options, context) => {
        if (part.includes('bug')) throw new Error('boom');
        return wecomRobot.send(part, options, context);
      },
    };
    await outbox.insert([message('a', 'ops', { ...scenarios.recovery(start), cycleId: 13 }), message('b')]);
    expect(await sender({ kinds: [faulty] }).deliverDue(running)).toEqual({
      sent: 2,
      retrying: 0,
      undelivered: 0,
    });
    expect(lines[0]).toMatch(/sent in a plainer form \(plain\).*cannot be rendered: oops/);
    const content = scenarios.failure(start);
    const [first] = content.transitions;
    const buggy = {
      ...content,
      transitions: [{ ...first!, incident: { ...first!.incident, found: 'bug' } }],
    };
    await outbox.insert([message('c', 'ops', buggy)]);
    expect(await sender({ kinds: [faulty] }).deliverDue(running)).toEqual({
      sent: 0,
      retrying: 1,
      undelivered: 0,
    });
  });
});

describe('a robot that does not take the message as it is', () => {
  const refusals = [
    ['too long, twice', [40058, 40058]],
    ['no JSON that it can read', [47001]],
    ['no message type that it knows', [40008]],
    ['full of characters that it does not like', [40033, 40033]],
    ['too long in every form but the last', [40058, 40058, 40058]],
  ] as const;

  it.each(refusals)('because it is %s, gets a plainer one', async (_, codes) => {
    await outbox.insert([message('a', 'ops', scenarios.failure(start))]);
    for (const errcode of codes) wecom.fail('ops', { errcode });
    expect(await sender().deliverDue(running)).toEqual({ sent: 1, retrying: 0, undelivered: 0 });
    expect(wecom.messages.map(({ msgtype }) => msgtype)).toEqual(['text']);
    expect(wecom.messages[0]?.content).toContain('#AAA1');
    expect(lines[0]).toMatch(/^message sent with a warning .*sent in a plainer form/);
  });

  it('gets the least that can be said, without a word of what is monitored', async () => {
    await outbox.insert([message('a', 'ops', scenarios.failure(start))]);
    wecom.fail('ops', { errcode: 40058 }, 3);
    await sender().deliverDue(running);
    expect(wecom.messages[0]?.content).toBe('API Patrol · 新增 1 · #AAA1 · orders');
  });

  it('is told of the beginning of what goes on again and again, and others are told meanwhile', async () => {
    const channels = { ops: robot('ops'), other: robot('other') };
    const other = scenarios.outage(start);
    await outbox.insert([message('a', 'ops', scenarios.failure(start)), message('b', 'ops', other)]);
    outbox.incidents.set('AAA1', true);
    wecom.fail('ops', { errcode: 47001 }, 3);
    const s = sender({ channels });
    expect(await s.deliverDue(running)).toMatchObject({ retrying: 1, undelivered: 0 });
    await s.deliverDue(running);
    const [first, second] = wecom.messages.toSorted((a, b) => a.key.localeCompare(b.key));
    expect([first?.key, second?.key]).toEqual(['ops', 'other']);
    expect(second?.content).toMatch(/GET .*\n.*渠道 ops 未能送达，转发至此/);
    await clock.advance(minute);
    expect((await s.deliverDue(running)).sent).toBe(1);
    expect(wecom.messages.at(-1)).toMatchObject({ key: 'ops', msgtype: 'markdown' });
  });

  it('is told by nobody who has been told, however many do not take it', async () => {
    const channels = { ops: robot('ops'), mute: robot('mute'), told: robot('told'), other: robot('other') };
    const failure = scenarios.failure(start);
    await outbox.insert(['ops', 'mute', 'told'].map((name) => message(name, name, failure)));
    outbox.incidents.set('AAA1', true);
    for (const name of ['ops', 'mute']) wecom.fail(name, { errcode: 40058 }, 100);
    const s = sender({ channels });
    for (let passed = 0; passed < 5; passed++) {
      await s.deliverDue(running);
      await clock.advance(minute);
    }
    expect(wecom.messages.map(({ key }) => key).toSorted()).toEqual(['other', 'told']);
  });

  it('is not told of a beginning after its end', async () => {
    await outbox.insert([message('a', 'ops', scenarios.failure(start))]);
    outbox.incidents.set('AAA1', true);
    wecom.fail('ops', { errcode: 47001 }, 3);
    const s = sender();
    await s.deliverDue(running);
    outbox.incidents.set('AAA1', false);
    await clock.advance(minute);
    expect(await s.deliverDue(running)).toEqual({ sent: 0, retrying: 0, undelivered: 1 });
    expect(wecom.messages).toEqual([]);
  });

  it('is not told of an end either, and who was told instead is', async () => {
    const channels = { ops: robot('ops'), other: robot('other') };
    await outbox.insert([message('a', 'ops', scenarios.failure(start))]);
    outbox.incidents.set('AAA1', true);
    wecom.fail('ops', { errcode: 47001 }, 3);
    const s = sender({ channels });
    await s.deliverDue(running);
    await s.deliverDue(running);
    outbox.incidents.set('AAA1', false);
    await outbox.insert([message('b')]);
    for (let passed = 0; passed < 5; passed++) {
      await clock.advance(minute / 2);
      await s.deliverDue(running);
    }
    const told = wecom.messages.filter(({ content }) => content.includes('AAA1'));
    expect(told.map(({ key, content }) => [key, content.slice(0, 6)])).toEqual([
      ['other', expect.stringContaining('重要')],
      ['other', expect.stringContaining('恢复')],
    ]);
  });

  it('gives up what is over, and tells it elsewhere, but what came from elsewhere no further', async () => {
    const channels = { ops: robot('ops'), other: robot('other'), third: robot('third') };
    await outbox.insert([message('a')]);
    for (const name of Object.keys(channels)) wecom.fail(name, { errcode: 40033 }, 3);
    const s = sender({ channels });
    await s.deliverDue(running);
    await s.deliverDue(running);
    await s.deliverDue(running);
    expect(outbox.rows.map((row) => [row.entry.channel, row.state])).toEqual([
      ['ops', 'undelivered'],
      ['other', 'undelivered'],
      ['third', 'undelivered'],
    ]);
  });
});

describe('a message whose answer is lost', () => {
  async function repeats(fault: 'lost' | 'timeout', minutes: number): Promise<readonly number[]> {
    wecom.fail('ops', fault, 1000);
    const s = sender({ post: createPost({ timeouts: { connectMs: 500, totalMs: 500 } }) });
    for (let passed = 0; passed <= minutes; passed++) {
      await s.deliverDue(running);
      await clock.advance(minute);
    }
    return wecom.messages.map(({ at }) => (at - start) / minute);
  }

  it('is repeated after 1, 5 and 30 minutes, then given up', async () => {
    await outbox.insert([message('a')]);
    expect(await repeats('lost', 120)).toEqual([0, 1, 5, 30]);
    expect(states()).toEqual(['undelivered']);
    expect(outbox.rows[0]?.unclear).toBe(3);
  });

  it('is repeated every hour after that, when it tells of what goes on', async () => {
    await outbox.insert([message('a', 'ops', scenarios.failure(start))]);
    outbox.incidents.set('AAA1', true);
    expect(await repeats('lost', 160)).toEqual([0, 1, 5, 30, 90, 150]);
  });

  it('is repeated as soon as something else has gone through, once that was tried', async () => {
    await outbox.insert([message('a', 'ops', scenarios.failure(start))]);
    outbox.incidents.set('AAA1', true);
    wecom.fail('ops', 'lost', 2);
    const s = sender();
    await s.deliverDue(running);
    await clock.advance(minute);
    await s.deliverDue(running);
    await clock.advance(20_000);
    await outbox.insert([message('b')]);
    expect((await s.deliverDue(running)).sent).toBe(2);
    expect(states()).toEqual(['sent', 'sent']);
  });

  it('does not keep back what comes after it', async () => {
    await outbox.insert([message('a')]);
    wecom.fail('ops', 'lost');
    const s = sender();
    await s.deliverDue(running);
    await outbox.insert([message('b')]);
    expect((await s.deliverDue(running)).sent).toBe(1);
    await clock.advance(minute);
    expect((await s.deliverDue(running)).sent).toBe(1);
    expect(wecom.messages).toHaveLength(3);
    expect(wecom.messages[0]?.raw).toEqual(wecom.messages[2]?.raw);
  });

  it('is told with the same bytes only, however much comes after it', async () => {
    wecom.fail('ops', 'lost', 1000);
    const s = sender();
    for (let passed = 0; passed <= 36; passed++) {
      if (passed < 6) await outbox.insert([message(`m${passed}`, 'ops', scenarios.recovery(clock.now()))]);
      await s.deliverDue(running);
      await clock.advance(minute);
    }
    const times = groupBy(wecom.messages, ({ raw }) => JSON.stringify(raw));
    expect([...times.values()].map((told) => told.map(({ at }) => (at - start) / minute))).toEqual(
      [0, 1, 2, 3, 4, 5].map((from) => [0, 1, 5, 30].map((after) => from + after)),
    );
  });

  it('is taken for one that may have arrived, and the log says so', async () => {
    await outbox.insert([message('a')]);
    wecom.fail('ops', 'lost');
    await sender().deliverDue(running);
    expect(lines[0]).toMatch(/^message may have arrived: no answer says so/);
  });
});

describe('a clock that is set while a message waits', () => {
  it.each([
    ['3 days back', -3 * 1440],
    ['400 days back', -400 * 1440],
    ['500 days on', 500 * 1440],
  ])('%s does not delay it, nor what is behind it', async (_, minutes) => {
    await outbox.insert([message('a')]);
    wecom.fail('ops', { errcode: 45009 });
    const s = sender();
    await s.deliverDue(running);
    clock.jump(minutes * minute);
    await outbox.insert([message('b')]);
    await s.deliverDue(running);
    expect(wecom.messages).toEqual([]);
    await clock.advance(67_000);
    expect((await s.deliverDue(running)).sent).toBe(2);
  });

  it('over a restart does not delay it either', async () => {
    await outbox.insert([message('a')]);
    wecom.fail('ops', { errcode: 45009 });
    await sender().deliverDue(running);
    clock.jump(-3 * 1440 * minute);
    expect((await sender().deliverDue(running)).sent).toBe(1);
  });
});

describe('the limit of 20 messages a minute', () => {
  it('is never reached: 15 are sent, the others follow when there is room', async () => {
    await outbox.insert(Array.from({ length: 40 }, (_, i) => message(`m${i}`)));
    const s = sender({ outbox: outboxWith({ fold: () => Promise.resolve(0) }) });
    expect((await s.deliverDue(running)).sent).toBe(15);
    expect((await s.deliverDue(running)).sent).toBe(0);
    await clock.advance(minute);
    expect((await s.deliverDue(running)).sent).toBe(15);
    await clock.advance(minute);
    expect((await s.deliverDue(running)).sent).toBe(10);
    expect(wecom.messages).toHaveLength(40);
  });

  it('is shared by channels that use the same robot', async () => {
    const webhook = wecom.webhook('ops');
    const channels = { ops: robot('ops', { webhook }), again: robot('again', { webhook }) };
    const both = ['ops', 'again'].flatMap((channel) =>
      Array.from({ length: 10 }, (_, i) => message(`${channel}${i}`, channel)),
    );
    await outbox.insert(both);
    const unfolded = outboxWith({ fold: () => Promise.resolve(0) });
    expect((await sender({ channels, outbox: unfolded }).deliverDue(running)).sent).toBe(15);
  });

  it('used up by somebody else makes us wait a minute, and nothing is lost', async () => {
    await outbox.insert([message('a')]);
    wecom.fail('ops', { errcode: 45009 });
    const s = sender();
    await s.deliverDue(running);
    await clock.advance(59_999);
    expect((await s.deliverDue(running)).sent).toBe(0);
    await clock.advance(7000);
    expect((await s.deliverDue(running)).sent).toBe(1);
  });
});

describe('after an outage of the channel of 6 hours', () => {
  it('one message tells what there is to tell', async () => {
    const s = sender();
    await wecom.close();
    for (let cycle = 0; cycle < 24; cycle++) {
      const content = { ...scenarios.failure(clock.now()), cycleId: cycle };
      const [first] = content.transitions;
      const incident = { ...first!.incident, id: `I${cycle}` };
      await outbox.insert([
        message(`m${cycle}`, 'ops', { ...content, transitions: [{ ...first!, incident }] }),
      ]);
      await s.deliverDue(running);
      await clock.advance(15 * minute);
    }
    wecom = await startWecom({ clock });
    s.reconfigure({ channels: { ops: robot('ops') }, ...spoken });
    await clock.advance(15 * minute);
    await s.deliverDue(running);
    expect(heads()).toEqual(['🟠【重要】24 项异常：orders（现有 1/48 接口失败） #I0…']);
    expect(wecom.messages[0]?.content.split('\n')[1]).toContain('补发：合并了 12:03 以来未送达的 24 条消息');
    expect(lines.filter((line) => line.startsWith('waiting messages folded'))).not.toEqual([]);
  });
});

describe('a channel that is broken', () => {
  it('is left alone, keeps its messages and is reported once with what to do', async () => {
    await outbox.insert([message('a'), message('b')]);
    wecom.fail('ops', { errcode: 93000 }, 2);
    const s = sender();
    expect(await s.deliverDue(running)).toEqual({ sent: 0, retrying: 1, undelivered: 0 });
    expect(await s.deliverDue(running)).toEqual({ sent: 0, retrying: 0, undelivered: 0 });
    expect(s.health()['ops']).toMatchObject({ state: 'broken', since: start, code: '93000' });
    expect(inEnglish(s.health()['ops']?.hint ?? '')).toContain('add the robot to the group again');
    await clock.advance(minute);
    await s.deliverDue(running);
    expect(lines.filter((line) => line.startsWith('channel is broken'))).toHaveLength(1);
    expect(states()).toEqual(['pending', 'pending']);
    expect(s.health()['ops']?.since).toBe(start);
  });

  it.each<[string, { readonly errcode: number } | { readonly status: number }]>([
    ['refuses its key', { errcode: 93000 }],
    ['is busy', { errcode: -1 }],
    ['redirects', { status: 302 }],
    ['answers nothing that says what became of it', { status: 500 }],
  ])('and %s has beginnings that wait for a minute told on others, and their ends', async (_, fault) => {
    const channels = { ops: robot('ops'), other: robot('other') };
    await outbox.insert([message('a', 'ops', scenarios.failure(start))]);
    outbox.incidents.set('AAA1', true);
    wecom.fail('ops', fault, 100);
    const s = sender({ channels });
    for (let passed = 0; passed < 5; passed++) {
      await s.deliverDue(running);
      await clock.advance(minute / 2);
    }
    await s.deliverDue(running);
    const told = () =>
      wecom.messages.filter(({ key, content }) => key === 'other' && content.includes('AAA1'));
    expect(told().map(({ content }) => content)).toEqual([
      expect.stringContaining('渠道 ops 未能送达，转发至此'),
    ]);
    wecom.heal('ops');
    outbox.incidents.set('AAA1', false);
    await outbox.insert([message('b')]);
    for (let passed = 0; passed < 5; passed++) {
      await clock.advance(minute);
      await s.deliverDue(running);
    }
    expect(told().map(({ content }) => content.slice(0, 6))).toEqual([
      expect.stringContaining('重要'),
      expect.stringContaining('恢复'),
    ]);
  });

  it('is tried again every minute, and well as soon as one gets through', async () => {
    await outbox.insert([message('a')]);
    wecom.fail('ops', { errcode: 93000 });
    const s = sender();
    await s.deliverDue(running);
    await clock.advance(minute);
    expect((await s.deliverDue(running)).sent).toBe(1);
    expect(s.health()['ops']).toEqual({ state: 'ok', since: clock.now(), lastSentAt: clock.now() });
  });

  it('is tried again at once when the settings have changed', async () => {
    await outbox.insert([message('a')]);
    const s = sender({ channels: { ops: robot('ops', { webhook: 'wrong-key', origin: wecom.url }) } });
    await s.deliverDue(running);
    s.reconfigure({ channels: { ops: robot('ops') }, ...spoken });
    expect((await s.deliverDue(running)).sent).toBe(1);
  });
});

describe('others of a channel that is broken', () => {
  const both = () => ({ ops: robot('ops'), team: robot('team') });
  const received = () => wecom.messages.map((m) => [m.key, m.content.split('\n')[0]]);

  it('hear of it once, and of its end', async () => {
    await outbox.insert([message('a')]);
    wecom.fail('ops', { errcode: 93000, errmsg: 'invalid webhook url' }, 2);
    const s = sender({ channels: both() });
    for (let round = 0; round < 3; round++) {
      await s.deliverDue(running);
      await s.deliverDue(running);
      await clock.advance(15 * minute);
    }
    expect(received()).toEqual([
      [
        'team',
        expect.stringMatching(
          /^🔴【严重】消息渠道 ops 失败（错误码 93000：invalid webhook url） #[0-9A-F]{4}$/,
        ) as string,
      ],
      ['ops', expect.stringMatching(/^🟢【恢复】orders/) as string],
      ['team', expect.stringMatching(/^🟢【恢复】消息渠道 ops 恢复，历时 30 分钟 #[0-9A-F]{4}$/) as string],
    ]);
    expect(wecom.messages[0]?.content).toContain('> 建议：机器人已被移除，或 key 有误');
    expect(wecom.messages[0]?.content).not.toMatch(/0\/0|正常/);
  });

  it('hear of it once, also when the program starts again', async () => {
    await outbox.insert([message('a')]);
    wecom.fail('ops', { errcode: 93000 }, 9);
    for (let start = 0; start < 3; start++) {
      await sender({ channels: both() }).deliverDue(running);
      await sender({ channels: both() }).deliverDue(running);
    }
    expect(wecom.messages.map((m) => m.key)).toEqual(['team']);
  });

  it('hear of its beginning no more after its end, though it may not have arrived', async () => {
    await outbox.insert([message('a')]);
    wecom.fail('ops', { errcode: 93000 }, 1);
    wecom.fail('team', 'lost', 1);
    const s = sender({ channels: both() });
    for (let round = 0; round < 6; round++) {
      await s.deliverDue(running);
      await clock.advance(minute);
    }
    const team = received().filter(([key]) => key === 'team');
    expect(team.map(([, head]) => head)).toEqual([
      expect.stringMatching(/消息渠道 ops 失败/) as string,
      expect.stringMatching(/消息渠道 ops 恢复/) as string,
    ]);
  });

  it('are not told by a sender beside another one, which tells them', async () => {
    await outbox.insert([message('a')]);
    wecom.fail('ops', { errcode: 93000 }, 2);
    const s = sender({ channels: both(), beside: true });
    for (let round = 0; round < 3; round++) {
      await s.deliverDue(running);
      await clock.advance(minute);
    }
    expect(received().map(([key]) => key)).toEqual(['ops']);
  });

  it('that stand in for it get its messages meanwhile, each once, and only they hear of it', async () => {
    wecom.fail('ops', { errcode: 93000 }, 9);
    const channels = {
      ops: { ...robot('ops'), fallback: ['team', 'nobody'] },
      team: robot('team'),
      other: robot('other'),
    };
    const s = sender({ channels });
    await outbox.insert([message('a')]);
    await s.deliverDue(running);
    await outbox.insert([message('b', 'ops', scenarios.outage(start))]);
    for (let pass = 0; pass < 3; pass++) await s.deliverDue(running);
    expect(received().map(([key, head]) => `${key} ${head?.slice(0, 9)}`)).toEqual([
      'team 🔴【严重】消息渠',
      'team 🟢【恢复】ord',
      'team 🔴【严重】pay',
    ]);
    expect(wecom.messages[1]?.content.split('\n')[1]).toContain('代不可用的渠道 ops 转发');
    expect(outbox.rows.filter((row) => row.entry.channel === 'ops').map((row) => row.state)).toEqual([
      'pending',
      'pending',
    ]);
  });

  it('and have been told the same themselves are not told again', async () => {
    wecom.fail('ops', { errcode: 93000 }, 9);
    const channels = { ops: { ...robot('ops'), fallback: ['team'] }, team: robot('team') };
    const [both, alone] = [scenarios.failure(start), scenarios.outage(start)];
    await outbox.insert([message('a', 'ops', both), message('b', 'team', both), message('c', 'ops', alone)]);
    const s = sender({ channels });
    for (let pass = 0; pass < 3; pass++) await s.deliverDue(running);
    expect(received().map(([key, head]) => `${key} ${head?.slice(0, 12)}`)).toEqual([
      'team 🟠【重要】orders',
      'team 🔴【严重】消息渠道 o',
      'team 🔴【严重】paymen',
    ]);
  });

  it('and are broken as well do not pass its messages on for ever', async () => {
    wecom.fail('ops', { errcode: 93000 }, 99);
    wecom.fail('team', { errcode: 93000 }, 99);
    const channels = {
      ops: { ...robot('ops'), fallback: ['team'] },
      team: { ...robot('team'), fallback: ['ops'] },
    };
    const s = sender({ channels });
    await outbox.insert([message('a'), message('b', 'team')]);
    for (let pass = 0; pass < 5; pass++) {
      await s.deliverDue(running);
      await clock.advance(15 * minute);
    }
    expect(outbox.rows.length).toBeLessThan(8);
  });
});

describe('who has heard of it', () => {
  const ids = ['BB0', 'BB1', 'BB2', 'BB3'];
  const [failed] = scenarios.failure(start).transitions;
  /** What begins or ends, as those of a message. */
  function news(id: string, kind: 'opened' | 'resolved', openedAt: number) {
    if (failed === undefined) throw new Error('nothing failed');
    const state = kind === 'opened' ? ('firing' as const) : ('resolved' as const);
    const incident = { ...failed.incident, id, openedAt, state, version: kind === 'opened' ? 1 : 2 };
    const about = { ...scenarios.failure(start), transitions: [{ kind, at: clock.now(), incident }] };
    return (channel: string) => message(`${id}-${kind}-${channel}`, channel, about);
  }

  /** Four things begin a minute apart, of which each of `readers` is told, and some channels take nothing. */
  async function storm(
    channels: Channels,
    readers: readonly string[],
    faults: Readonly<Record<string, number>>,
  ) {
    for (const [name, errcode] of Object.entries(faults)) wecom.fail(name, { errcode }, 999);
    const s = sender({ channels });
    for (let round = 0; round < 12; round++) {
      const id = ids[round];
      if (id !== undefined) {
        await outbox.insert(readers.map(news(id, 'opened', clock.now())));
        outbox.incidents.set(id, true);
      }
      await s.deliverDue(running);
      await s.deliverDue(running);
      await clock.advance(minute);
    }
    return s;
  }
  const times = (key: string, word = '失败') =>
    ids.map(
      (id) =>
        wecom.messages.filter((one) => one.key === key && one.content.includes(`>${word}</font> #${id}`))
          .length,
    );

  it.each([
    ['one channel that is busy', { busy: -1 }],
    ['several that take nothing', { busy: -1, full: 45009, odd: 40058, gone: 93000 }],
  ])('is not told again what waits in one piece for %s', async (_, faults) => {
    const names = ['good', ...Object.keys(faults)];
    await storm(Object.fromEntries(names.map((name) => [name, robot(name)])), names, faults);
    expect(times('good')).toEqual([1, 1, 1, 1]);
    const passed = wecom.messages.filter(
      ({ key, content }) => key === 'good' && content.includes('转发至此'),
    );
    expect(passed.map(({ content }) => content)).toEqual([]);
  });

  it('from several that stand back is told once, and of the end, though it came as several in one', async () => {
    const channels = { busy: robot('busy'), gone: robot('gone'), other: robot('other') };
    const s = await storm(channels, ['busy', 'gone'], { busy: -1, gone: 93000 });
    expect(times('other')).toEqual([1, 1, 1, 1]);
    for (const [minutes, id] of ids.entries()) {
      await outbox.insert(['busy', 'gone'].map(news(id, 'resolved', start + minutes * minute)));
      outbox.incidents.set(id, false);
    }
    wecom.heal('busy');
    wecom.heal('gone');
    for (let round = 0; round < 4; round++) {
      await s.deliverDue(running);
      await clock.advance(minute);
    }
    const ended = wecom.messages.filter(({ key, content }) => key === 'other' && content.includes('恢复'));
    for (const id of ids) expect([id, ended.some(({ content }) => content.includes(id))]).toEqual([id, true]);
  });
});

describe('what waits until morning', () => {
  const held = (key: string, content: OutboxEntry['content']): OutboxEntry => ({
    ...message(key, 'ops~quiet', content),
    notBefore: start + 480 * minute,
  });

  it('holds nothing up and comes as one message in the morning', async () => {
    const s = sender();
    const recovery = scenarios.recovery(start);
    const [first] = recovery.transitions;
    const other = { ...first!, incident: { ...first!.incident, id: 'B1B1' } };
    await outbox.insert([held('a', scenarios.failure(start)), held('b', scenarios.outage(start))]);
    await outbox.insert([message('c', 'ops', { ...recovery, transitions: [other] })]);
    expect((await s.deliverDue(running)).sent).toBe(1);
    await clock.advance(480 * minute);
    expect((await s.deliverDue(running)).sent).toBe(1);
    expect(heads()).toEqual([
      '🟢【恢复】orders：GET /orders/{orderId} 恢复，历时 32 分钟 #B1B1',
      '🔴【严重】2 项异常：payments、orders（现有 12/48 接口失败） #A384…',
    ]);
  });

  it('is not told when it is over and that was told', async () => {
    const s = sender();
    await outbox.insert([held('a', scenarios.failure(start)), message('b')]);
    await s.deliverDue(running);
    await clock.advance(480 * minute);
    await s.deliverDue(running);
    expect(wecom.messages).toHaveLength(1);
    expect(await outbox.nextDueAt()).toBeUndefined();
  });
});

describe('health', () => {
  it('tells a channel that retries, since when, and what was sent last', async () => {
    await outbox.insert([message('a')]);
    const s = sender();
    expect(s.health()).toEqual({ ops: { state: 'ok', since: start } });
    await s.deliverDue(running);
    await outbox.insert([message('b')]);
    wecom.fail('ops', { errcode: -1 });
    await clock.advance(1000);
    await s.deliverDue(running);
    expect(s.health()['ops']).toMatchObject({
      state: 'retrying',
      since: start + 1000,
      lastSentAt: start,
      code: '-1',
    });
  });
});

describe('secrets', () => {
  it('of a channel appear in no log, whatever happens', async () => {
    const webhook = wecom.webhook('canary-4711-0815');
    const channels = { ops: robot('ops', { webhook }) };
    const s = sender({ channels, outbox: outboxWith({ fold: () => Promise.resolve(0) }) });
    await outbox.insert([message('a'), message('b'), message('c'), message('d')]);
    const faults = [
      'drop',
      { errcode: -1, errmsg: `bad ${webhook}` },
      { errcode: 40008, errmsg: 'key=canary-4711-0815' },
      { errcode: 93000 },
      { status: 500 },
    ] as const;
    for (const fault of faults) {
      wecom.fail('canary-4711-0815', fault);
      await s.deliverDue(running);
      await clock.advance(15 * minute);
    }
    expect(lines.length).toBeGreaterThan(4);
    expect([...lines, JSON.stringify([s.health(), outbox.rows])].join('\n')).not.toContain('canary-4711');
  });
});

it('refuses a channel of a kind that does not exist', () => {
  expect(() => sender({ channels: { x: { name: 'x', kind: 'pigeon', options: {} } } })).toThrow(
    'channel "x": there is no kind "pigeon"',
  );
});

describe('the running sender', () => {
  let done: Promise<void>;
  function run(rest: Parameters<typeof sender>[0] = {}) {
    const controller = new AbortController();
    const s = sender(rest);
    done = s.run(controller.signal);
    return { s, controller };
  }
  /** Lets real sockets and the clock go on until something holds. */
  async function until(holds: () => boolean, step = 0) {
    const giveUpAt = performance.now() + 20_000;
    while (!holds()) {
      if (performance.now() > giveUpAt) throw new Error(`does not come to hold: ${holds.toString()}`);
      await clock.advance(step);
    }
  }

  it('sends what it is woken for, and ends when it is told to', async () => {
    const { s, controller } = run();
    await clock.advance(5);
    await outbox.insert([message('a')]);
    s.wake();
    await wecom.received(1);
    controller.abort();
    await done;
    expect(states()).toEqual(['sent']);
  });

  it('finds what another process put in, without being woken', async () => {
    const calledAt: number[] = [];
    const post = createPost();
    const { controller } = run({
      post: (...call) => {
        calledAt.push(clock.now());
        return post(...call);
      },
    });
    await clock.advance(5);
    await outbox.insert([message('a')]);
    await until(() => wecom.messages.length === 1, 1000);
    expect(calledAt).toHaveLength(1);
    expect(calledAt[0]).toBeLessThanOrEqual(start + 60_000);
    controller.abort();
    await done;
  });

  it('repeats when the time has come', async () => {
    wecom.fail('ops', { errcode: -1 }, 3);
    await outbox.insert([message('a')]);
    const { controller } = run();
    await until(() => wecom.messages.length === 1, 500);
    controller.abort();
    await done;
    expect(outbox.rows[0]).toMatchObject({ state: 'sent', attempt: 4 });
  });

  it.each([
    // Tried once a minute, and not looked at between.
    ['held', 93000, { asked: 16, posts: 15 }],
    // One message is sent; then every queue is looked at every ten seconds.
    ['well', 0, { asked: 14 * 6 * 3 + 4, posts: 1 }],
  ])(
    'sleeps while there is nothing to do: a channel that is %s, and one that nobody can deliver',
    async (_, errcode, most) => {
      const made = { asked: 0, posts: 0 };
      const counted = outboxWith({
        lease: (channel: string, now: number, leaseMs: number) => {
          made.asked++;
          return outbox.lease(channel, now, leaseMs);
        },
      });
      const post: SenderOptions['post'] = () => {
        made.posts++;
        return Promise.resolve({ status: 200, headers: {}, body: JSON.stringify({ errcode }) });
      };
      await outbox.insert([message('a'), message('b', 'unknown-channel')]);
      const { controller } = run({ outbox: counted, post });
      // In steps, with nothing that takes time of its own: the sender keeps up with the clock, however busy the machine is.
      for (let second = 0; second < 14 * 60; second++) {
        await clock.advance(1000);
        await new Promise(setImmediate);
      }
      expect(made.posts).toBeGreaterThan(0);
      expect(made.posts).toBeLessThanOrEqual(most.posts);
      expect(made.asked).toBeLessThanOrEqual(most.asked);
      controller.abort();
      await done;
    },
  );

  /** A robot that answers when it is told to. */
  function holding(key: string) {
    let release = (): void => undefined;
    const free = new Promise<void>((resolve) => (release = resolve));
    const post = createPost();
    const slow: SenderOptions['post'] = async (url, ...rest) => {
      if (url.endsWith(key)) await free;
      return post(url, ...rest);
    };
    return { post: slow, answer: () => release() };
  }

  it('brings a channel what comes while another one is slow', async () => {
    const { post, answer } = holding('slow');
    await outbox.insert([message('a', 'slow'), message('b', 'good')]);
    const { s, controller } = run({ channels: { slow: robot('slow'), good: robot('good') }, post });
    await until(() => wecom.messages.length === 1);
    for (const key of ['c', 'd']) {
      await outbox.insert([message(key, 'slow'), message(`${key}-good`, 'good')]);
      s.wake();
      await clock.advance(10);
      await until(() => wecom.messages.at(-1)?.key === 'good' && states().at(-1) === 'sent');
    }
    expect(wecom.messages.map(({ key }) => key)).toEqual(['good', 'good', 'good']);
    answer();
    controller.abort();
    await done;
    expect(states().filter((state) => state === 'sent')).toHaveLength(4);
  });

  it('tells others of a broken channel while a third one is slow', async () => {
    const { post, answer } = holding('slow');
    wecom.fail('ops', { errcode: 93000 }, 9);
    await outbox.insert([message('a', 'slow'), message('b', 'ops')]);
    const channels = { slow: robot('slow'), ops: robot('ops'), team: robot('team') };
    const { controller } = run({ channels, post });
    await until(() => wecom.messages.length === 1, 10);
    expect(wecom.messages[0]).toMatchObject({ key: 'team' });
    answer();
    controller.abort();
    await done;
  });

  it('sends what follows to where new settings lead, also when a slow robot is in the middle of what waits', async () => {
    const { post, answer } = holding('old');
    await outbox.insert([message('a'), message('b'), message('c')]);
    const { s, controller } = run({
      channels: { ops: robot('ops', { webhook: wecom.webhook('old') }) },
      post,
    });
    await until(() => outbox.rows.some(({ attempt }) => attempt === 1));
    s.reconfigure({ channels: { ops: robot('ops', { webhook: wecom.webhook('new') }) }, ...spoken });
    answer();
    await until(() => states().every((state) => state === 'sent'), 10);
    expect(wecom.messages.map(({ key }) => key)).toEqual(['old', 'new', 'new']);
    controller.abort();
    await done;
  });

  it('does not hold a channel for what its former address has answered', async () => {
    const { post, answer } = holding('old');
    wecom.fail('old', { errcode: 93000 }, 9);
    await outbox.insert([message('a')]);
    const channels = { ops: robot('ops', { webhook: wecom.webhook('old') }), team: robot('team') };
    const { s, controller } = run({ channels, post });
    await until(() => outbox.rows.some(({ attempt }) => attempt === 1));
    const changedAt = clock.now();
    s.reconfigure({ channels: { ...channels, ops: robot('ops') }, ...spoken });
    answer();
    await until(() => wecom.messages.length === 1, 1);
    expect(clock.now() - changedAt).toBeLessThan(minute / 2);
    expect(wecom.messages.map(({ key }) => key)).toEqual(['ops']);
    controller.abort();
    await done;
  });

  it('goes on when the outbox fails for a while', async () => {
    let failures = 2;
    const failing = outboxWith({
      lease: (channel: string, now: number, leaseMs: number) =>
        failures-- > 0
          ? Promise.reject(new Error('database is locked'))
          : outbox.lease(channel, now, leaseMs),
    });
    await outbox.insert([message('a')]);
    const { controller } = run({ outbox: failing });
    await until(() => wecom.messages.length === 1, 1000);
    controller.abort();
    await done;
    expect(lines[0]).toContain(
      'the outbox fails; messages wait and are tried again {"error":"database is locked"}',
    );
  });
});
