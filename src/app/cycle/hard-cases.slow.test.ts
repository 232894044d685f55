import { sentence } from '../../messages/sentence.ts';
import { afterEach, expect, it } from 'vitest';
import type { CredentialFailure } from '../../model/credential-failure.ts';
import { all, check, type Outcome, result } from '../../incidents/world.fixture.ts';
import { sha256 } from '../../lib/text/text.ts';
import type { Check } from '../../model/check.ts';
import { Duty } from './duty.fixture.ts';

const minute = 60_000;
const hour = 60 * minute;
const quarter = 15 * minute;
const config = 'channels:\n  ops: { kind: wecom-robot, webhook: $ops }\n';
let duty: Duty;
afterEach(() => duty.end());

async function begin(checks: readonly Check[], at = '2026-01-05T10:00+08:00'): Promise<void> {
  duty = await Duty.begin({ at, checks, config });
}

/** What came: the time of day by the clock of Shanghai, and the first line. */
function told(): readonly string[] {
  return duty.wecom.messages
    .filter(({ msgtype }) => msgtype !== 'image')
    .map(({ at, content }) => {
      const time = new Date(at + 8 * hour).toISOString().slice(11, 16);
      return `${time} ${content.split('\n')[0]?.replace(/ #[A-Z\d]{4}(?=$|…)/, '')}`;
    });
}

const many = (count: number, more: Partial<Check> = {}): readonly Check[] =>
  Array.from({ length: count }, (_, no) => check(`c${no}`, more));
const pay = (id: string, more: Partial<Check> = {}): Check =>
  check(id, { service: 'pay', documentId: 'pay:b.yaml', origin: 'https://pay.example', ...more });

/** The same at every run: whether something with this chance happens to this call. */
function happens(share: number, checkId: string, at: number): boolean {
  return Number.parseInt(sha256(`${checkId} ${at}`).slice(0, 8), 16) / 2 ** 32 < share;
}

const noToken: CredentialFailure = {
  credential: 'sso',
  message: 'POST https://sso.example/token answered 500',
  permanent: false,
};

it('a deploy that rolls through three replicas for four minutes is worth one message at most, not one an operation', async () => {
  await begin(many(200));
  await duty.patrol(quarter, () => 'ok');
  const until = duty.clock.now() + 4 * minute;
  await duty.patrol(hour, (id, at) => (at < until && happens(1 / 3, id, at) ? 'fail 503' : 'ok'));
  expect(told()).toEqual([
    '10:15 🟠【重要】orders：orders.example 81/200 接口时好时坏（疑似部分实例异常）',
    '10:20 🟢【恢复】orders：orders.example 恢复，历时 4 分钟',
  ]);
});

it('the same with few operations, of which none fails three times over, is over before it is a fact', async () => {
  await begin(many(12));
  await duty.patrol(quarter, () => 'ok');
  const until = duty.clock.now() + 4 * minute;
  await duty.patrol(hour, (id, at) => (at < until && happens(1 / 3, id, at) ? 'fail 503' : 'ok'));
  expect(told()).toEqual([]);
});

it('a replica of three that is dead for hours is told although every operation answers when asked again', async () => {
  await begin(many(40));
  const [from, until] = [duty.clock.now() + quarter, duty.clock.now() + 2 * hour];
  const isOn = (at: number): boolean => from <= at && at < until;
  await duty.patrol(3 * hour, (id, at) => (isOn(at) && happens(1 / 3, id, at) ? 'fail 503' : 'ok'));
  expect(told()).toEqual([
    '10:30 🟠【重要】orders：orders.example 13/40 接口时好时坏（疑似部分实例异常）',
    '12:00 🟢【恢复】orders：orders.example 恢复，历时 1 小时 32 分钟',
  ]);
});

it('a name that is not always found is told once it is a fact, then as one that comes and goes', async () => {
  await begin([...many(6), ...['x', 'y', 'z'].map((id) => check(id, { origin: `https://${id}.example` }))]);
  const until = duty.clock.now() + 3 * hour;
  const isLost = (at: number): boolean => at < until && happens(0.35, 'dns', Math.floor(at / 30_000));
  await duty.patrol(5 * hour, (id, at) => (id.startsWith('c') && isLost(at) ? 'dns' : 'ok'));
  expect(told()).toEqual([
    '10:00 🟠【重要】orders：orders.example 6/6 接口失败（疑似主机故障）',
    '10:03 🟢【恢复】orders：orders.example 恢复，历时 3 分钟',
    '12:00 🟠【重要】orders：orders.example 6/6 接口失败（疑似主机故障）',
    '12:01 🟢【恢复】orders：orders.example 恢复，历时 1 分钟',
    '12:15 🟠【重要】orders：orders.example 6/6 接口失败（疑似主机故障）',
    '12:32 🟢【恢复】orders：orders.example 恢复，历时 14 分钟',
  ]);
});

it('two services behind one gateway: what only one of them has is its own, what both have is the gateway', async () => {
  const origin = 'https://orders.example';
  const [orders, paying] = [many(4), ['e', 'f', 'g', 'h'].map((id) => pay(id, { origin }))];
  await begin([...orders, ...paying]);
  await duty.cycles(quarter);
  await duty.cycles(2 * quarter, all(paying, 'fail 502'));
  await duty.cycles(2 * quarter, all([...orders, ...paying], 'fail 502'));
  await duty.cycles(3 * quarter);
  expect(told()).toEqual([
    '10:30 🟠【重要】pay 4/4 接口失败（服务大面积异常）',
    '11:00 🟠【重要·变化】orders、pay：orders.example 8/8 接口仍在失败，已 30 分钟（疑似网关故障）',
    '11:45 🟢【恢复】orders、pay：orders.example 恢复，历时 1 小时',
  ]);
});

it('a gateway that answers 200 with a page for whatever was asked', async () => {
  await begin(many(6));
  await duty.cycles(quarter);
  await duty.cycles(2 * quarter, all(many(6), 'fail page'));
  await duty.cycles(2 * quarter);
  expect(told()).toEqual([
    '10:30 🟠【重要】orders：orders.example 6/6 接口失败（疑似网关故障）',
    '11:15 🟢【恢复】orders：orders.example 恢复，历时 30 分钟',
  ]);
});

it('a credential that expires in mid-cycle while the login answers 500: one thing, also for whom it refused first', async () => {
  const checks = many(6, { credential: 'sso' });
  await begin(checks);
  await duty.cycles(quarter);
  await duty.clock.advance(quarter);
  const late = { c4: 'blocked credential', c5: 'blocked credential' };
  await duty.cycle({ c3: 'fail auth-rejected', ...late }, [noToken]);
  await duty.clock.advance(quarter);
  await duty.cycle(all(checks, 'blocked credential'), [noToken]);
  await duty.cycles(2 * quarter);
  expect(told()).toEqual([
    '10:30 🟠【重要】orders：sso 6/6 接口失败（凭证不可用）',
    '11:15 🟢【恢复】orders：sso 恢复，历时 30 分钟',
  ]);
});

it('a host that comes back with another document and broken: what was wrong ends, what is wrong begins', async () => {
  const checks = many(6);
  const unread = {
    documentId: 'orders:a.yaml',
    service: 'orders',
    uri: 'https://orders.example/a.yaml',
    message: 'connection refused',
  };
  await begin(checks);
  await duty.cycles(quarter);
  for (let no = 0; no < 2; no++) {
    await duty.clock.advance(quarter);
    await duty.cycle(all(checks, 'connect-refused'), [], { unreadable: [unread] });
  }
  const changed = [...checks.slice(0, 3), check('n1'), check('n2')];
  await duty.plan(changed, config);
  await duty.clock.advance(quarter);
  await duty.cycle(all(changed, 'fail 500'), [], { unreadable: [] });
  await duty.cycles(3 * quarter);
  expect(told()).toEqual([
    '10:30 🟠【重要】orders：orders.example 6/6 接口失败（疑似主机故障）',
    '11:00 🟠【重要】orders 5/5 接口失败（服务大面积异常）',
    '11:15 🟢【恢复】orders：orders.example 恢复，历时 30 分钟',
    '11:30 🟢【恢复】orders 恢复，历时 15 分钟',
  ]);
});

it.each([
  [
    'back by two hours',
    -2 * hour,
    ['10:15 🟠【重要】orders：GET /c0 失败（found 500）', '09:00 🟢【恢复】orders：GET /c0 恢复'],
    '10:15 至 09:00，其间系统时钟被调回',
  ],
  [
    'ahead by a day',
    24 * hour,
    [
      '10:15 🟠【重要】orders：GET /c0 失败（found 500）',
      '10:30 🟠【重要·持续】orders：GET /c0 仍在失败，已 1 天（found 500）',
      '11:00 🟢【恢复】orders：GET /c0 恢复，历时 1 天',
    ],
    '01-05 10:15 至 10:45，历时 1 天',
  ],
])('a wall clock that jumps %s while something is wrong', async (_, jump, lines, span) => {
  await begin(many(3));
  await duty.cycles(quarter, { c0: 'fail 500' });
  duty.clock.jump(jump);
  await duty.cycles(quarter, { c0: 'fail 500' });
  await duty.cycles(3 * quarter);
  expect(told()).toEqual(lines);
  expect(duty.wecom.messages.at(-1)?.content).toContain(span);
});

it('a service that is taken out of the configuration takes its incidents with it', async () => {
  await begin([...many(2), pay('p')]);
  await duty.cycles(2 * quarter, { p: 'fail 500' });
  await duty.plan(many(2), config);
  await duty.cycles(26 * hour);
  expect(told()).toEqual([
    '10:15 🟠【重要】pay：GET /p 失败（found 500）',
    '10:45 ⚪【移除】pay：GET /p 文档或配置中已无，不再巡检',
  ]);
  expect(await duty.store.openIncidents()).toEqual([]);
});

it('a service under another name is another one, and both halves are told in one message', async () => {
  await begin([...many(2), pay('p')]);
  await duty.cycles(2 * quarter, { p: 'fail 500' });
  const renamed = pay('q', { operation: 'GET /p', service: 'payments', documentId: 'payments:b.yaml' });
  await duty.plan([...many(2), renamed], config);
  await duty.cycles(2 * quarter, { q: 'fail 500' });
  await duty.cycles(2 * quarter);
  expect(told()).toEqual([
    '10:15 🟠【重要】pay：GET /p 失败（found 500）',
    '10:45 🟠【重要】1 项异常：payments、pay…',
    '11:30 🟢【恢复】payments：GET /p 恢复，历时 30 分钟',
  ]);
});

it('a service of which nothing is known for two hours is told, and when it is heard of again', async () => {
  const checks = many(5);
  await begin([...checks, pay('p')]);
  await duty.cycles(hour);
  await duty.cycles(6 * hour, all(checks, 'unknown made-up-value'));
  await duty.cycles(quarter, { ...all(checks, 'unknown made-up-value'), c1: 'ok' });
  expect(told()).toEqual([
    '13:15 🟡【提醒】orders 5/5 接口长时间没有数据（5 个接口的结果均无法判定：found made-up-value）',
    '17:15 🟢【恢复】orders 恢复，历时 6 小时',
  ]);
  expect(duty.wecom.messages[0]?.content).toContain('apipatrol scan --coverage');
});

it('while the patrol itself is offline, nobody is told that nothing is known', async () => {
  const checks = ['a', 'b', 'c', 'd'].map((id) => check(id, { origin: `https://${id}.example` }));
  await begin(checks);
  await duty.cycle(all(checks, 'no-resolver'));
  await duty.cycles(4 * hour, all(checks, 'no-route'));
  await duty.cycles(2 * quarter);
  expect(told()).toEqual([
    '10:00 🟠【重要】orders：patrol 4/4 接口失败（巡检自身网络异常）',
    '14:30 🟢【恢复】orders：patrol 恢复，历时 4 小时 15 分钟',
  ]);
});

it('three causes that follow each other are told one by one, and what is left of them in the end', async () => {
  const checks = many(6, { credential: 'sso' });
  await begin(checks);
  await duty.cycles(quarter);
  await duty.cycles(2 * quarter, all(checks, 'connect-refused'));
  for (let no = 0; no < 2; no++) {
    await duty.clock.advance(quarter);
    await duty.cycle(all(checks, 'blocked credential'), [noToken]);
  }
  await duty.cycles(2 * quarter, all(checks, 'fail 404'));
  await duty.cycles(2 * quarter, { c1: 'fail 500' });
  await duty.cycles(2 * quarter);
  expect(told()).toEqual([
    '10:30 🟠【重要】orders：orders.example 6/6 接口失败（疑似主机故障）',
    '11:00 🟠【重要】orders：sso 6/6 接口失败（凭证不可用）',
    '11:30 🟠【重要】orders：a.yaml 6/6 接口失败（接口与文档不符）',
    '11:45 🟢【恢复】2 项恢复：orders（现有 6/6 接口失败）…',
    '12:15 🟠【重要】1 项异常、1 项恢复：orders（现有 1/6 接口失败）…',
    '12:45 🟢【恢复】orders：GET /c1 恢复，历时 30 分钟',
  ]);
});

it('an operation that fails in every other cycle for a day is told twice, and then every few hours as long as it goes on', async () => {
  await begin(many(3));
  const from = duty.clock.now();
  const isBad = (at: number): boolean => at < from + 24 * hour && Math.floor((at - from) / quarter) % 2 === 0;
  for (let at = from; at < from + 26 * hour; at += quarter) {
    await duty.cycle(isBad(at) ? { c0: 'fail 500' } : {});
    for (const after of [60_000, 10_000]) {
      await duty.clock.advance(after);
      await duty.look((id) => (id === 'c0' && isBad(at) ? 'fail 500' : 'ok'));
    }
    await duty.clock.advance(quarter - 70_000);
  }
  expect(told()).toEqual([
    '10:00 🟠【重要】orders：GET /c0 失败（found 500）',
    '10:16 🟢【恢复】orders：GET /c0 恢复，历时 15 分钟',
    ...['10:30', '13:00', '15:30', '18:00', '20:30', '23:00', '01:30', '04:00', '06:30', '09:00'].flatMap(
      (time) => [
        `${time} 🟠【重要】orders：GET /c0 失败（found 500）`,
        `${time.slice(0, 2)}:${Number(time.slice(3)) + 16} 🟢【恢复】orders：GET /c0 恢复，历时 15 分钟`,
      ],
    ),
  ]);
  const [, again, over] = duty.wecom.messages.filter(({ msgtype }) => msgtype !== 'image').slice(1);
  expect(again?.content).toContain('失败（反复出现）');
  expect(again?.content).toContain('近 6 小时内第 2 次');
  expect(over?.content).toContain('近 6 小时内出现过 2 次；若再次短暂出现');
});

it('an operation that fails only at night is told every night and is well every day', async () => {
  await begin(many(3), '2026-01-05T00:00+08:00');
  for (let night = 0; night < 2; night++) {
    await duty.cycles(2 * hour);
    await duty.cycles(3 * hour, { c0: 'fail 500' });
    await duty.cycles(19 * hour);
  }
  const each = [
    '02:15 🟠【重要】orders：GET /c0 失败（found 500）',
    '05:30 🟢【恢复】orders：GET /c0 恢复，历时 3 小时',
  ];
  expect(told()).toEqual([...each, ...each]);
});

it('three of ten answers that take three seconds more: one message soon, and one when all is well', async () => {
  await begin(many(12));
  const [from, until] = [duty.clock.now() + hour, duty.clock.now() + 4 * hour];
  await duty.patrol(6 * hour, (id, at) =>
    from <= at && at < until && happens(0.3, id, at) ? 'ok 3050' : 'ok 50',
  );
  expect(told()).toEqual([
    expect.stringMatching(
      /^11:(?:15|30) 🟡【提醒】orders：orders\.example \d+\/12 接口响应变慢（最近 \d+ 次响应中有 \d+ 次（\d+ %）偏慢：约 3\.05 s，其余 50 ms）$/,
    ),
    expect.stringMatching(/^14:\d\d 🟢【恢复】orders：orders\.example 恢复，历时/),
  ]);
});

it.each([
  [
    'zh',
    [
      '10:15 🟡【提醒】orders：接口文档无法读取 a.yaml:3:7（不是合法的 YAML：键必须写在同一行（Implicit keys need to be on a single line））',
      '10:30 🟠【重要】orders：GET /c1 失败（found 500）',
      '11:00 🟢【恢复】orders：GET /c1 恢复，历时 15 分钟',
      '11:15 🟢【恢复】orders：a.yaml 恢复，历时 1 小时',
    ],
    '其 79 个接口继续按上次可读的文档巡检',
  ],
  [
    'en',
    [
      '10:15 🟡[MINOR] orders: document cannot be read a.yaml:3:7 (is not valid YAML: Implicit keys need to be on a single line)',
      '10:30 🟠[MAJOR] orders: GET /c1 failing (found 500)',
      '11:00 🟢[RECOVERED] orders: GET /c1 recovered, lasted 15 min',
      '11:15 🟢[RECOVERED] orders: a.yaml recovered, lasted 1 h',
    ],
    'its operations (79) go on being judged by what it said when it was last readable',
  ],
])(
  'a document that cannot be read is told as that, once, with its place (%s)',
  async (language, lines, hint) => {
    const checks = many(79);
    duty = await Duty.begin({
      at: '2026-01-05T10:00+08:00',
      checks,
      config: `language: ${language}\n${config}`,
    });
    const unread = {
      documentId: 'orders:a.yaml',
      service: 'orders',
      uri: 'a.yaml',
      line: 3,
      column: 7,
      message: sentence('invalidYaml', { why: sentence('yamlKeyOverLines') }),
    };
    await duty.cycle({}, [], { unreadable: [] });
    const rounds: readonly Readonly<Record<string, Outcome>>[] = [{}, { c1: 'fail 500' }, {}, {}];
    for (const outcomes of rounds) {
      await duty.clock.advance(quarter);
      await duty.cycle(outcomes, [], { unreadable: [unread] });
    }
    await duty.clock.advance(quarter);
    await duty.cycle({}, [], { unreadable: [] });
    expect(told()).toEqual(lines);
    expect(duty.wecom.messages[0]?.content).toContain(hint);
  },
);

it('an operation that gets slower by 1 % an hour is told when it is twice as slow as it was, within its objective', async () => {
  await begin(many(1));
  await duty.cycles(5 * 24 * hour, { c0: 'ok 300' });
  for (let hours = 0; hours < 76; hours++)
    await duty.cycles(hour, { c0: `ok ${Math.round(300 * 1.01 ** hours)}` });
  expect(told()).toEqual([
    expect.stringMatching(
      /🟡【提醒】orders：GET \/c0 变慢或偏离（比该时段平时慢 2\.\d 倍：\d+ ms，平时 3\d\d ms）$/,
    ),
  ]);
});

it('a daemon that is killed after it has told, and started when all is well again, tells that', async () => {
  await begin(many(3));
  await duty.cycles(2 * quarter, { c0: 'fail 500' });
  await duty.clock.advance(3 * hour);
  await duty.restart();
  await duty.patrol(quarter, () => 'ok');
  expect(told()).toEqual([
    '10:15 🟠【重要】orders：GET /c0 失败（found 500）',
    '13:30 🟢【恢复】orders：GET /c0 恢复，历时 3 小时 15 分钟',
  ]);
});

it('one operation every minute, the others every quarter: that it answers is no recovery of the others', async () => {
  const checks = many(6);
  await begin(checks);
  await duty.cycle();
  for (let minutes = 1; minutes <= 75; minutes++) {
    await duty.clock.advance(minute);
    const isBad = minutes >= 15 && minutes < 60;
    const world = (id: string): Outcome => (isBad && id !== 'c0' ? 'fail 502' : 'ok');
    if (minutes % 15 === 0) await duty.cycle(Object.fromEntries(checks.map(({ id }) => [id, world(id)])));
    else await duty.cycle({}, [], { results: [result('c0', world('c0'), duty.clock.now())] });
    await duty.look(world);
  }
  expect(told()).toEqual([
    '10:15 🟠【重要】orders：orders.example 5/6 接口失败（疑似网关故障）',
    '11:01 🟢【恢复】orders：orders.example 恢复，历时 45 分钟',
  ]);
});

it('thousands of operations that fail and answer in turns are two messages', async () => {
  const checks = many(2000);
  await begin(checks);
  for (let no = 0; no < 3; no++) {
    await duty.cycles(quarter, all(checks, 'fail 500'));
    await duty.cycles(quarter);
  }
  await duty.cycles(hour);
  expect(told()).toEqual([
    '10:15 🟠【重要】orders 2000/2000 接口失败（服务大面积异常）',
    '11:45 🟢【恢复】orders 恢复，历时 1 小时 15 分钟',
  ]);
});
