import { afterEach, beforeEach, expect, it } from 'vitest';
import { Baselines } from '../../incidents/latency/baselines.ts';
import { ErrorBudgets } from '../../incidents/slo/budgets.ts';
import { check } from '../../incidents/world.fixture.ts';
import { Duty } from './duty.fixture.ts';
import { learnBaselines, learnBudgets } from './memory.ts';

const hour = 3_600_000;
const checks = [check('a')];
const config =
  'channels:\n  ops: { kind: wecom-robot, webhook: $ops }\nslo: [{ name: all, availability: 99, latency: 90 }]\n';
let duty: Duty;
beforeEach(async () => {
  duty = await Duty.begin({ at: '2026-01-05T00:07+08:00', checks, config });
});
afterEach(() => duty.end());

it('a cycle is closed with how the objectives stand', async () => {
  await duty.cycles(2 * hour);
  await duty.cycle({ a: 'fail 500' });
  const [last] = await duty.store.cycles({ from: 0, to: duty.clock.now(), limit: 1 });
  expect(last?.budgets).toMatchObject([
    { objective: 'all', good: 8, bad: 1, left: expect.closeTo(-10.11) },
    {},
  ]);
});

it('a budget is the same after a restart as before it, maintenance and the running hour included', async () => {
  await duty.configure(`${config}maintenance: [{ name: release, cron: "30 1 * * *", duration: 40m }]\n`);
  const views: unknown[] = [];
  for (let no = 0; no < 15; no++) {
    await duty.cycles(hour / 4, no % 5 === 0 ? { a: 'fail 500' } : { a: no % 3 === 0 ? 'ok 2500' : 'ok 30' });
    const before = duty.budgets();
    await duty.restart();
    expect(duty.budgets()).toEqual(before);
    views.push(before);
  }
  // 15 cycles, three of them between 1:30 and 2:10.
  expect(views.at(-1)).toMatchObject([
    { kind: 'availability', good: 10, bad: 2 },
    { kind: 'latency', good: 7, bad: 3 },
  ]);
});

it('a new objective knows the hours before it, without those that were under maintenance, and each service is read once', async () => {
  await duty.cycles(hour, { a: 'fail 500' });
  await duty.cycles(2 * hour);
  const settings = { maintenance: [] };
  const budgets = new ErrorBudgets(duty.settings.slo ?? []);
  const parts = { store: duty.store, budgets };
  const now = duty.clock.now();
  for (let time = 0; time < 2; time++)
    await learnBudgets(parts, settings, { scope: ['orders'], checks }, now);
  // What the hour that goes on has seen comes with its cycles.
  expect(budgets.view([], checks, duty.clock.now())).toMatchObject([{ good: 7, bad: 4 }, {}]);
  const maintenance = [
    {
      name: 'x',
      cron: '10 0 * * *',
      durationMs: 60_000,
      timeZone: 'Asia/Shanghai',
      matcher: { subject: '*' },
    },
  ];
  const kept = new ErrorBudgets(duty.settings.slo ?? []);
  await learnBudgets({ ...parts, budgets: kept }, { maintenance }, { scope: ['orders'], checks }, now);
  expect(kept.view([], checks, duty.clock.now())).toMatchObject([{ good: 7, bad: 1 }, {}]);
});

it('how fast operations usually are is known after two days, and learnt once a day', async () => {
  await duty.cycles(52 * hour, { a: 'ok 300' });
  const baselines = new Baselines();
  await learnBaselines({ store: duty.store, baselines }, ['orders'], duty.clock.now());
  expect(baselines.usual('orders', 'a', duty.clock.now())?.ms).toBeCloseTo(300, -1);
  expect(baselines.isDue('orders', duty.clock.now())).toBe(false);
  await duty.clock.advance(24 * hour);
  expect(baselines.isDue('orders', duty.clock.now())).toBe(true);
});
