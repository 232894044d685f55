import { afterEach, expect, it } from 'vitest';
import { check } from '../../incidents/world.fixture.ts';
import { Duty, type WorldOverTime } from './duty.fixture.ts';

const [minute, hour] = [60_000, 3_600_000];
const day = 24 * hour;
const begin = Date.parse('2026-01-05T00:07+08:00');
const ofService = (service: string, count: number, severity: 'major' | 'minor') =>
  Array.from({ length: count }, (_, no) =>
    check(`${service}${no}`, { service, origin: `https://${service}.example`, severity }),
  );
const checks = [...ofService('orders', 30, 'major'), ...ofService('pay', 30, 'minor')];
const slo = 'slo: [{ name: 全部接口, availability: 99, latency: 95 }]\n';
const config = `channels:\n  ops: { kind: wecom-robot, webhook: $ops }\n${slo}`;

interface Fault {
  readonly fromMs: number;
  readonly forMs: number;
  readonly of: (id: string) => boolean;
  readonly outcome: string;
}

/** An outage of a host, of a few operations, of one that comes and goes, of many that are slow. */
const faults: readonly Fault[] = [
  { fromMs: 5 * hour, forMs: 3 * hour, of: (id) => id.startsWith('orders'), outcome: 'connect-refused' },
  { fromMs: day, forMs: 5 * hour, of: (id) => /^pay[0-5]$/.test(id), outcome: 'fail 500' },
  { fromMs: day + 12 * hour, forMs: 20 * minute, of: (id) => id.startsWith('pay'), outcome: 'fail 502' },
  { fromMs: 2 * day, forMs: 6 * hour, of: (id) => id.startsWith('orders'), outcome: 'ok 4000' },
  ...Array.from({ length: 8 }, (_, no) => ({
    fromMs: 3 * day + no * 50 * minute,
    forMs: 20 * minute,
    of: (id: string) => id === 'pay7',
    outcome: 'fail 503',
  })),
  { fromMs: 4 * day, forMs: 9 * hour, of: (id) => /^orders[0-2]$/.test(id), outcome: 'fail 404' },
];

const world =
  (more: readonly Fault[]): WorldOverTime =>
  (id, at) =>
    [...faults, ...more].find(
      ({ fromMs, forMs, of }) => of(id) && at >= begin + fromMs && at < begin + fromMs + forMs,
    )?.outcome ?? 'ok 30';

let duty: Duty;
afterEach(() => duty.end());

const isAboutBudgets = (line: string): boolean => /错误预算|全部接口/.test(line);

it('days of incidents of every kind leave no echo of an error budget, also after a restart', async () => {
  duty = await Duty.begin({ at: '2026-01-05T00:07+08:00', checks, config });
  const told: string[] = [];
  for (let no = 0; no < 5; no++) {
    await duty.patrol(day, world([]));
    told.push(...duty.news());
    if (no === 1) await duty.restart();
  }
  // All of it was worth a message, and a whole month's budget is spent.
  expect(told.length).toBeGreaterThan(20);
  expect(Math.min(...duty.budgets().map(({ left }) => left))).toBeLessThan(0);
  expect(told.filter(isAboutBudgets)).toEqual([]);
}, 120_000);

it('what burns in many short failures of which none is an incident is told, in words of its own', async () => {
  duty = await Duty.begin({ at: '2026-01-05T00:07+08:00', checks, config });
  // Each fails once when it is called in a cycle and is well when it is looked at again; another three each time.
  const noise: WorldOverTime = (id, at) => {
    const cycle = Math.floor((at - begin) / (15 * minute));
    const isTurn = [0, 1, 2].some((more) => id === `pay${(cycle * 3 + more) % 30}`);
    return isTurn && (at - begin) % (15 * minute) < minute ? 'fail 500' : 'ok 30';
  };
  await duty.patrol(8 * hour, noise);
  const told = duty.news().filter(isAboutBudgets);
  expect(told).toHaveLength(1);
  expect(told[0]).toMatch(
    /^ops .*orders、pay：全部接口 错误预算消耗过快（最近 3h 内，失败的调用使其消耗速度达到/,
  );
  await duty.patrol(8 * hour, () => 'ok 30');
  expect(duty.news().filter(isAboutBudgets)).toEqual([
    expect.stringMatching(/^ops 🟢【恢复】orders、pay：全部接口 错误预算消耗恢复正常，历时 /),
  ]);
}, 120_000);
