import { afterEach, describe, expect, it } from 'vitest';
import type { CredentialFailure } from '../../model/credential-failure.ts';
import { all, check, type Outcome } from '../../incidents/world.fixture.ts';
import { Duty } from './duty.fixture.ts';
import type { Check } from '../../model/check.ts';

/** What happened, and what people were told of it: the first line of every message, nothing else. */
interface Scenario {
  readonly name: string;
  readonly checks: readonly Check[];
  /** Cycles a quarter of an hour apart: how many, and what they find; `ok` for what is not named. */
  readonly cycles: readonly (readonly [
    count: number,
    outcomes: Readonly<Record<string, Outcome>>,
    failures?: readonly CredentialFailure[],
  ])[];
  readonly told: readonly string[];
  readonly at?: string;
  readonly timeZone?: string;
}

const five = ['a', 'b', 'c', 'd', 'e'].map((id) => check(id));
const signed = ['a', 'b', 'c'].map((id) => check(id, { credential: 'sso' }));
const spread = ['a', 'b', 'c', 'd'].map((id) => check(id, { origin: `https://${id}.example` }));
const tenThousand = Array.from({ length: 10_000 }, (_, no) => check(`o${no}`));
const noToken: CredentialFailure = {
  credential: 'sso',
  message: 'POST https://sso.example/token answered 401 invalid_client',
  permanent: true,
};

const scenarios: readonly Scenario[] = [
  {
    name: 'a hard outage: a host refuses connections for an hour',
    checks: five,
    cycles: [
      [1, {}],
      [4, all(five, 'connect-refused')],
      [2, {}],
    ],
    told: [
      'ops 🟠【重要】orders：orders.example 5/5 接口失败（疑似主机故障） #ID',
      'ops 🟢【恢复】orders：orders.example 恢复，历时 1 小时 #ID',
    ],
  },
  {
    name: 'a brown-out: most of a host gets 503 from its gateway, others now and then',
    checks: five,
    cycles: [
      [1, {}],
      [1, { a: 'fail 503', b: 'fail 503', c: 'fail 503' }],
      [1, { b: 'fail 503', c: 'fail 503', d: 'fail 503' }],
      [1, { a: 'fail 503', d: 'fail 503', e: 'fail 503' }],
      [2, {}],
    ],
    told: [
      'ops 🟠【重要】orders：orders.example 3/5 接口失败（疑似网关故障） #ID',
      'ops 🟢【恢复】orders：orders.example 恢复，历时 45 分钟 #ID',
    ],
  },
  {
    name: 'an operation that comes and goes for two hours, and is calm afterwards',
    checks: five,
    cycles: [
      ...Array.from({ length: 8 }, (_, no): Scenario['cycles'][number] => [
        1,
        no % 2 === 0 ? { a: 'fail 500' } : {},
      ]),
      [6, {}],
    ],
    told: [
      'ops 🟠【重要】orders：GET /a 失败（found 500） #ID',
      'ops 🟢【恢复】orders：GET /a 恢复，历时 1 小时 45 分钟 #ID',
    ],
  },
  {
    name: 'a slow drift: from half a second to over the objective, and back',
    checks: five,
    cycles: [
      ...[500, 900, 1300, 1700, 2100, 2500].map((ms) => [2, { a: `ok ${ms}` }] as const),
      [6, { a: 'ok 2600' }],
      [8, { a: 'ok 500' }],
    ],
    told: [
      'ops 🟡【提醒】orders：GET /a 变慢或偏离（最近 13 次响应的 p95 为 2.6 s，目标 2 s） #ID',
      'ops 🟢【恢复】orders：GET /a 恢复，历时 2 小时 30 分钟 #ID',
    ],
  },
  {
    name: 'a deploy that moves everything: half an hour of 404, then as documented again',
    checks: five,
    cycles: [
      [1, {}],
      [2, all(five, 'fail 404')],
      [2, {}],
    ],
    told: [
      'ops 🟠【重要】orders：a.yaml 5/5 接口失败（接口与文档不符） #ID',
      'ops 🟢【恢复】orders：a.yaml 恢复，历时 30 分钟 #ID',
    ],
  },
  {
    name: 'an expired credential: operations are blocked, nobody blames them',
    checks: signed,
    cycles: [
      [1, {}],
      [3, all(signed, 'blocked credential'), [noToken]],
      [2, {}],
    ],
    told: [
      'ops 🟠【重要】orders：sso 3/3 接口失败（凭证不可用） #ID',
      'ops 🟢【恢复】orders：sso 恢复，历时 45 分钟 #ID',
    ],
  },
  {
    name: 'the host of the patrol is offline for an hour, while something else was broken',
    checks: spread,
    cycles: [
      [1, { a: 'fail 500' }],
      [4, all(spread, 'no-resolver')],
      [1, { a: 'fail 500' }],
      [2, {}],
    ],
    told: [
      'ops 🟠【重要】orders：GET /a 失败（found 500） #ID',
      'ops 🟠【重要】orders：patrol 4/4 接口失败（巡检自身网络异常） #ID',
      'ops 🟢【恢复】orders：patrol 恢复，历时 1 小时 #ID',
      'ops 🟢【恢复】orders：GET /a 恢复，历时 1 小时 30 分钟 #ID',
    ],
  },
  {
    name: 'an hour that comes twice: a failure through the change of the clocks lasts as long as it lasts',
    checks: five,
    at: '2026-10-25T01:30+02:00',
    timeZone: 'Europe/Berlin',
    cycles: [
      [1, {}],
      [8, { a: 'fail 500' }],
      [2, {}],
    ],
    told: [
      'ops 🟠【重要】orders：GET /a 失败（found 500） #ID',
      'ops 🟢【恢复】orders：GET /a 恢复，历时 2 小时 #ID',
    ],
  },
  {
    name: 'an hour that is left out: the same',
    checks: five,
    at: '2026-03-29T01:30+01:00',
    timeZone: 'Europe/Berlin',
    cycles: [
      [1, {}],
      [4, { a: 'fail 500' }],
      [2, {}],
    ],
    told: [
      'ops 🟠【重要】orders：GET /a 失败（found 500） #ID',
      'ops 🟢【恢复】orders：GET /a 恢复，历时 1 小时 #ID',
    ],
  },
  {
    name: 'ten thousand operations fail at once: one message when they do, one when it is over',
    checks: tenThousand,
    cycles: [
      [1, all(tenThousand, 'fail 500')],
      [2, {}],
    ],
    told: [
      'ops 🟠【重要】orders 10000/10000 接口失败（服务大面积异常） #ID',
      'ops 🟢【恢复】orders 恢复，历时 15 分钟 #ID',
    ],
  },
];

let duty: Duty;
afterEach(() => duty.end());

async function begin({
  checks,
  at = '2026-01-05T10:00+08:00',
  timeZone = 'Asia/Shanghai',
}: Partial<Scenario>) {
  const config = `timeZone: ${timeZone}\nchannels:\n  ops: { kind: wecom-robot, webhook: $ops }\n`;
  duty = await Duty.begin({ at, checks: checks ?? five, config });
}

describe('what people are told of', () => {
  it.each(scenarios)('$name', { timeout: 60_000 }, async (scenario) => {
    await begin(scenario);
    for (const [count, outcomes, failures] of scenario.cycles) {
      for (let no = 0; no < count; no++) {
        await duty.cycle(outcomes, failures);
        await duty.clock.advance(900_000);
      }
    }
    expect(duty.news().map((line) => line.replace(/#[A-Z\d]{4}/, '#ID'))).toEqual(scenario.told);
  });
});

describe('a wall clock that jumps', () => {
  it.each([
    ['ahead', 3_600_000],
    ['back', -3_600_000],
  ])('%s by an hour in an outage tells nothing twice, and no time below zero', async (_, jump) => {
    await begin({});
    await duty.cycle({ a: 'fail 500' });
    await duty.clock.advance(900_000);
    duty.clock.jump(jump);
    const rounds: readonly Readonly<Record<string, Outcome>>[] = [{ a: 'fail 500' }, {}, {}];
    for (const outcomes of rounds) {
      await duty.cycle(outcomes);
      await duty.clock.advance(900_000);
    }
    const told = duty.wecom.messages.map(({ content }) => content);
    expect(told.map((text) => text.split('\n')[0]?.slice(0, 6))).toEqual(['🟠【重要】', '🟢【恢复】']);
    expect(told.join()).not.toMatch(/-\d+ (?:分|小时|秒)/);
  });
});
