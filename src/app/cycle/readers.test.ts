import { afterEach, expect, it } from 'vitest';
import { check } from '../../incidents/world.fixture.ts';
import { Duty } from './duty.fixture.ts';

const quarter = 15 * 60_000;
const checks = [check('a'), check('b')];
const robots = (...keys: readonly string[]) =>
  keys.map((key) => `  ${key}: { kind: wecom-robot, webhook: $${key} }\n`).join('');
const routed = (to: string, ...keys: readonly string[]) =>
  `channels:\n${robots(...keys)}routes:\n  - { to: [${to}], services: [orders] }\n`;
let duty: Duty;
afterEach(() => duty.end());

async function afterBeginning(config: string): Promise<void> {
  duty = await Duty.begin({ at: '2026-01-05T10:00+08:00', checks, config });
  await duty.cycle({ a: 'fail 500' });
  expect(duty.news()).toEqual([expect.stringContaining('G7 🟠【重要】orders：GET /a 失败')]);
}

it('a route that leads elsewhere in mid-fault: a beginning for the new group, an end for both', async () => {
  await afterBeginning(routed('G7', 'G7', 'G8'));
  await duty.configure(routed('G8', 'G7', 'G8'));
  await duty.restart();
  await duty.cycles(quarter, { a: 'fail 500' });
  expect(duty.news()).toEqual([expect.stringContaining('G8 🟠【重要】orders：GET /a 失败')]);
  await duty.restart();
  await duty.cycles(2 * quarter);
  expect(duty.news().toSorted()).toEqual([
    expect.stringContaining('G7 🟢【恢复】orders：GET /a 恢复'),
    expect.stringContaining('G8 🟢【恢复】orders：GET /a 恢复'),
  ]);
});

it('a route that leads elsewhere as the fault ends: whoever never heard of it hears no end', async () => {
  await afterBeginning(routed('G7', 'G7', 'G8'));
  await duty.configure(routed('G8', 'G7', 'G8'));
  await duty.cycles(2 * quarter);
  expect(duty.news()).toEqual([expect.stringContaining('G7 🟢【恢复】orders：GET /a 恢复')]);
});

it('a service under another name with its route: its group is told that what failed is no longer patrolled', async () => {
  await afterBeginning(routed('G7', 'G7', 'G8'));
  const renamed = checks.map(({ id }) => check(`new-${id}`, { service: 'new', documentId: 'new:a.yaml' }));
  await duty.plan(renamed, routed('G8', 'G7', 'G8').replace('[orders]', '[new]'));
  await duty.cycles(2 * quarter);
  expect(duty.news()).toEqual([expect.stringContaining('G7 ⚪【移除】orders：GET /a')]);
});

it('a group whose channel is gone passes its news to nobody that never heard the beginning', async () => {
  await afterBeginning(routed('G7', 'G7', 'G8'));
  await duty.configure(routed('G8', 'G8'));
  await duty.cycles(2 * quarter);
  expect(duty.news()).toEqual([]);
});
