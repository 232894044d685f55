import { afterEach, describe, expect, it } from 'vitest';
import { check } from '../../incidents/world.fixture.ts';
import { Duty } from './duty.fixture.ts';

const minute = 60_000;
const hour = 60 * minute;
let duty: Duty;

async function begin(at: string, config: string, severity: 'critical' | 'major' | 'minor' = 'major') {
  const checks = [
    check('a', { severity, owners: ['zhangsan'] }),
    check('b', { origin: 'https://b.example' }),
  ];
  duty = await Duty.begin({ at, checks, config });
  await duty.cycle();
}
afterEach(() => duty.end());

const twoChannels = `
channels:
  ops: { kind: wecom-robot, webhook: $ops }
  night: { kind: wecom-robot, webhook: $night }
`;

describe('routes', () => {
  const byTime = `${twoChannels}
calendar: { holidays: [2026-10-01], workdays: [2026-10-10] }
routes:
  - { to: [ops], when: workday 09:00-18:00 }
  - { to: [night], when: [workday 18:00-09:00, "holiday 00:00-24:00"] }
`;
  it.each([
    ['on a workday', '2026-10-08T10:00+08:00', 'ops'],
    ['at night', '2026-10-08T22:00+08:00', 'night'],
    ['on a holiday', '2026-10-01T10:00+08:00', 'night'],
    ['on a Saturday that is worked', '2026-10-10T10:00+08:00', 'ops'],
  ])('go by time and holidays: %s', async (_, at, key) => {
    await begin(at, byTime);
    await duty.cycle({ a: 'fail 500' });
    expect(duty.news()).toEqual([expect.stringMatching(`^${key} 🟠【重要】orders：GET /a 失败`)]);
  });

  it('go by owner, cause and severity', async () => {
    const routes = `${twoChannels}
routes:
  - { to: [ops], owners: [zhangsan] }
  - { to: [night], causes: [operation], severity: critical }
`;
    await begin('2026-10-08T10:00+08:00', routes);
    await duty.cycle({ b: 'fail 500' });
    expect(duty.news()).toEqual([]);
    await duty.cycle({ a: 'fail 500', b: 'fail 500' });
    expect(duty.news()).toEqual([expect.stringMatching(/^ops .*GET \/a 失败/)]);
  });
});

it('a recovery does not say that all is well while something is not over', async () => {
  await begin('2026-10-08T10:00+08:00', twoChannels.replace(/night.*/, ''));
  await duty.cycle({ a: 'fail 500', b: 'degraded drift' });
  await duty.cycles(15 * minute, { a: 'fail 500', b: 'degraded drift' });
  await duty.cycles(30 * minute, { b: 'degraded drift' });
  expect(duty.wecom.messages.at(-1)?.content.split('\n')[1]).toContain(
    '恢复 1 · 2 个接口现无失败，另有 1 项异常未结束',
  );
  await duty.cycles(60 * minute);
  expect(duty.wecom.messages.at(-1)?.content.split('\n')[1]).toContain('2 个接口现无失败');
});

it('a recovery counts as well what has worked before, whatever its value is refused for now', async () => {
  await begin('2026-10-08T10:00+08:00', twoChannels.replace(/night.*/, ''));
  await duty.cycle({ a: 'fail 500', b: 'unknown made-up-value' });
  await duty.cycles(30 * minute, { b: 'unknown made-up-value' });
  const [headline, counts] = duty.wecom.messages.at(-1)?.content.split('\n') ?? [];
  expect(headline).toContain('恢复');
  expect(counts).toContain('恢复 1 · 2 个接口现无失败');
  expect(counts).not.toContain('待配置');
});

it('a channel speaks by its own template', async () => {
  const template = `
channels:
  ops: { kind: wecom-robot, webhook: $ops, template: "P1 {{ items[0].title }} {{ items[0].id }}" }
`;
  await begin('2026-10-08T10:00+08:00', template);
  await duty.cycle({ a: 'fail 500' });
  expect(duty.news()).toEqual([expect.stringMatching(/^ops P1 orders · GET \/a #\w{4}$/)]);
});

describe('quiet hours', () => {
  const quiet = `${twoChannels}
routes: [{ to: [ops], quiet: 22:00-08:00 }]
`;
  it('hold what is not critical until morning, and tell it in one message', async () => {
    await begin('2026-10-08T23:00+08:00', quiet);
    await duty.cycle({ a: 'fail 500' });
    await duty.cycles(hour, { a: 'fail 500', b: 'fail 502' });
    await duty.cycles(hour, { a: 'fail 500' });
    expect(duty.news()).toEqual([]);
    await duty.clock.advance(7 * hour - minute);
    await duty.send();
    expect(duty.news()).toEqual([]);
    await duty.clock.advance(minute);
    await duty.send();
    expect(duty.news()).toEqual([
      expect.stringMatching(/^ops 🟠【重要】1 项异常、1 项恢复：orders（现有 1\/2 接口失败）/),
    ]);
    const digest = duty.wecom.messages.findLast(({ msgtype }) => msgtype === 'markdown')?.content;
    expect(digest).toContain('静默时段汇总：10-08 23:00 以来的 3 条消息');
    expect(digest).toContain('> 时间：自 10-08 23:00 起，已 9 小时\n');
    expect(digest).toMatch(/GET \/b\*\* .*恢复.*\n.*\n.*历时 1 小时/);
  });

  it('do not hold what is critical', async () => {
    await begin('2026-10-08T23:00+08:00', quiet, 'critical');
    await duty.cycle({ a: 'fail 500' });
    expect(duty.news()).toEqual([expect.stringMatching(/^ops 🔴【严重】orders：GET \/a 失败/)]);
  });
});

describe('what goes on', () => {
  it('is told again after 1, 4 and 12 hours and then daily, with how long it has been', async () => {
    await begin('2026-10-08T10:00+08:00', twoChannels, 'critical');
    await duty.cycle({ a: 'fail 500' });
    duty.news();
    const told: string[] = [];
    for (let hours = 1; hours <= 50; hours++) {
      await duty.cycles(hour, { a: 'fail 500' });
      const news = duty.news().find((line) => line.startsWith('ops'));
      if (news === undefined) continue;
      expect(news).toContain('仍在失败');
      told.push(/已 ([^，（\n]+)/.exec(duty.wecom.messages.at(-1)?.content ?? '')?.[1] ?? '');
    }
    expect(told).toEqual(['1 小时', '4 小时', '12 小时', '1 天', '2 天']);
  });

  it('is told others when nobody takes care, and its end to them as well', async () => {
    const escalate = `${twoChannels}
routes: [{ to: [ops], escalate: [{ after: 30m, to: [night] }] }]
`;
    await begin('2026-10-08T10:00+08:00', escalate);
    await duty.cycle({ a: 'fail 500' });
    await duty.cycles(hour, { a: 'fail 500' });
    expect(duty.news()).toEqual([
      expect.stringMatching(/^ops .*GET \/a 失败/),
      expect.stringMatching(/^night .*GET \/a 仍在失败.*无人处理/),
    ]);
    await duty.cycles(30 * minute);
    expect(duty.news()).toEqual([
      expect.stringMatching(/^ops 🟢【恢复】/),
      expect.stringMatching(/^night 🟢【恢复】/),
    ]);
  });

  it('is neither told again nor told others once somebody has said that he looks after it', async () => {
    const escalate = `${twoChannels}
routes: [{ to: [ops], escalate: [{ after: 2h, to: [night] }] }]
`;
    await begin('2026-10-08T10:00+08:00', escalate, 'critical');
    await duty.cycle({ a: 'fail 500' });
    const [incident] = await duty.store.openIncidents();
    const at = duty.clock.now();
    await duty.store.desk.acknowledge(incident?.id ?? '', { by: 'cli:me', at, until: at + 5 * hour });
    duty.news();
    await duty.cycles(5 * hour - 15 * minute, { a: 'fail 500' });
    expect(duty.news()).toEqual([]);
    await duty.cycles(hour, { a: 'fail 500' });
    expect(duty.news()).toHaveLength(2);
  });

  it('is not told in a maintenance window, and told when it is over', async () => {
    const maintenance = `${twoChannels}
routes: [{ to: [ops] }]
maintenance: [{ name: release, cron: "0 2 * * *", duration: 1h }]
`;
    await begin('2026-10-08T02:00+08:00', maintenance);
    await duty.cycles(45 * minute, { a: 'fail 500' });
    expect(duty.news()).toEqual([]);
    await duty.cycles(15 * minute, { a: 'fail 500' });
    expect(duty.news()).toEqual([expect.stringMatching(/^ops .*GET \/a 失败/)]);
  });
});

it('a maintenance window for workdays is none on a holiday', async () => {
  const maintenance = `${twoChannels}
routes: [{ to: [ops] }]
calendar: { holidays: [2026-10-01] }
maintenance: [{ name: release, cron: "0 2 * * *", duration: 1h, onlyOn: [workday] }]
`;
  await begin('2026-10-01T02:00+08:00', maintenance);
  await duty.cycle({ a: 'fail 500' });
  expect(duty.news()).toEqual([expect.stringMatching(/^ops .*GET \/a 失败/)]);
});

describe('when WeCom does not take it', () => {
  it('for six hours, one message a channel tells the last state of each incident', async () => {
    await begin('2026-10-08T10:00+08:00', twoChannels);
    duty.wecom.fail('ops', { status: 502 }, 10_000);
    duty.wecom.fail('night', { status: 502 }, 10_000);
    await duty.cycles(2 * hour, { a: 'fail 500' });
    await duty.cycles(2 * hour);
    await duty.cycles(2 * hour, { b: 'fail 502' });
    expect(duty.news()).toEqual([]);
    duty.wecom.heal('ops');
    duty.wecom.heal('night');
    await duty.clock.advance(10 * minute);
    await duty.send();
    const sent = duty.wecom.messages.map(({ key, msgtype }) => `${key} ${msgtype}`);
    expect(sent.toSorted()).toEqual(['night image', 'night markdown', 'ops image', 'ops markdown']);
    const digests = duty.wecom.messages
      .filter(({ msgtype }) => msgtype === 'markdown')
      .map(({ key, content }) => [key, content] as const);
    for (const [, digest] of digests) {
      expect(digest).toContain('补发：合并了 10:15 以来未送达的 3 条消息');
      expect(digest).toMatch(/GET \/b\*\* <font color="warning">失败/);
      expect(digest).toMatch(/GET \/a\*\* <font color="info">恢复/);
    }
  });

  it('because too many were sent (45009), waits a minute and loses nothing', async () => {
    await begin('2026-10-08T10:00+08:00', `${twoChannels}\nroutes: [{ to: [ops] }]`);
    duty.wecom.fail('ops', { errcode: 45009 });
    await duty.cycle({ a: 'fail 500' });
    await duty.clock.advance(59_000);
    await duty.send();
    expect(duty.news()).toEqual([]);
    await duty.clock.advance(10_000);
    await duty.send();
    expect(duty.news()).toHaveLength(1);
  });

  it('because it is too long (40058), sends it shorter', async () => {
    await begin('2026-10-08T10:00+08:00', `${twoChannels}\nroutes: [{ to: [ops] }]`);
    duty.wecom.fail('ops', { errcode: 40058 });
    await duty.cycle({ a: 'fail 500' });
    expect(duty.news()).toHaveLength(1);
  });

  it('because the robot is gone (93000), the others are told, get its messages, and hear when it is back', async () => {
    const fallback = `
channels:
  ops: { kind: wecom-robot, webhook: $ops, fallback: [night] }
  night: { kind: wecom-robot, webhook: $night }
routes: [{ to: [ops] }]
`;
    await begin('2026-10-08T10:00+08:00', fallback);
    duty.wecom.fail('ops', { errcode: 93000 }, 100);
    await duty.cycle({ a: 'fail 500' });
    await duty.send();
    expect(duty.news()).toEqual([
      expect.stringMatching(/^night 🔴【严重】消息渠道 ops 失败/),
      expect.stringMatching(/^night 🟠【重要】orders：GET \/a 失败/),
    ]);
    await duty.restart();
    await duty.cycle({ a: 'fail 500', b: 'fail 502' });
    await duty.send();
    expect(duty.news()).toEqual([expect.stringMatching(/^night 🟠【重要】orders：GET \/b 失败/)]);
    expect((await duty.store.outbox.channels()).get('ops')).toMatchObject({ state: 'broken', code: '93000' });
    await duty.restart();
    duty.wecom.heal('ops');
    await duty.clock.advance(16 * minute);
    await duty.send();
    await duty.send();
    expect(duty.news()).toEqual([
      expect.stringMatching(/^ops 🟠【重要】2 项异常/),
      expect.stringMatching(/^night 🟢【恢复】消息渠道 ops 恢复/),
    ]);
  });
});
