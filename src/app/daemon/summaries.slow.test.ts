import { afterEach, expect, it } from 'vitest';
import { check } from '../../incidents/world.fixture.ts';
import { Summaries } from './housekeeping.ts';
import { Duty } from '../cycle/duty.fixture.ts';

const hour = 3_600_000;
let duty: Duty;
let summaries: Summaries;
afterEach(() => duty.end());

async function begin(at: string, config: string): Promise<void> {
  summaries = new Summaries();
  duty = await Duty.begin({ at, checks: [check('a'), check('b', { origin: 'https://b.example' })], config });
}

/** Puts in what is due and sends it; the first lines of what came. */
async function sendDue(): Promise<readonly string[]> {
  await summaries.send(duty.store, duty.settings, duty.clock.now());
  await duty.send();
  return duty.news();
}

const daily = `
channels:
  ops: { kind: wecom-robot, webhook: $ops }
summaries: [{ at: "09:00" }]
`;

it('sums up a day in one message at its time: what broke, what was slow, how much is called', async () => {
  await begin('2026-01-05T20:00+08:00', daily);
  await duty.cycles(hour);
  await duty.cycles(hour, { a: 'fail 500' });
  await duty.cycles(hour, { b: 'ok 3000' });
  duty.news();
  expect(await sendDue()).toEqual([]);
  await duty.clock.advance(10 * hour);
  expect(await sendDue()).toEqual(['ops 📊【巡检日报】成功率 83.33%，1 起故障']);
  const [incident] = await duty.store.incidents({ from: 0, to: duty.clock.now() });
  expect(duty.wecom.messages.findLast(({ msgtype }) => msgtype !== 'image')?.content).toBe(
    `📊【巡检日报】成功率 83.33%，1 起故障
<font color="comment">01-05 09:00 – 01-06 09:00 · 成功 20 · 失败 4 · 未计入 0</font>

**最久的故障**
> #${incident?.id}：orders GET /a，历时 1 小时

**失败最多的接口**
> 4/12：orders GET /a

**最慢的接口**
> p95 2959 ms：orders GET /b
> p95 101 ms：orders GET /a

**总体**
> 响应时间：p50 101 ms · p95 2959 ms`,
  );
});

it('says of changed documents what breaks, or that nothing does', async () => {
  await begin('2026-01-05T20:00+08:00', daily);
  await duty.cycles(hour);
  const change = {
    kind: 'changed',
    service: 'orders',
    documentId: 'orders:a.yaml',
    uri: 'a.yaml',
    added: ['GET /c'],
    removed: [],
    changed: [],
  } as const;
  const found = { ...change, kind: 'found', documentId: 'orders:b.yaml', uri: 'b.yaml' } as const;
  await duty.store.gallery.addChanges([change, found], duty.clock.now());
  await duty.clock.advance(13 * hour);
  await sendDue();
  expect(duty.wecom.messages.findLast(({ msgtype }) => msgtype !== 'image')?.content).toContain(
    '**文档变更**\n> 1 份文档：没有不兼容变更\n',
  );
});

it('comes once, also after a restart, and not when its time is long past', async () => {
  await begin('2026-01-05T08:00+08:00', daily);
  await duty.cycle();
  expect(await sendDue()).toEqual([]);
  await duty.clock.advance(hour);
  expect(await sendDue()).toHaveLength(1);
  expect(await sendDue()).toEqual([]);
  summaries = new Summaries();
  expect(await sendDue()).toEqual([]);
  await duty.clock.advance(24 * hour + 7 * hour);
  expect(await sendDue()).toEqual([]);
});

it('a weekly one comes on its day, in the language of its channel', async () => {
  await begin(
    '2026-01-08T17:59+08:00',
    `
channels:
  ops: { kind: wecom-robot, webhook: $ops }
  boss: { kind: wecom-robot, webhook: $boss, language: en }
summaries: [{ every: week, on: fri, at: "18:00", to: [boss] }]
`,
  );
  await duty.cycle();
  expect(await sendDue()).toEqual([]);
  await duty.clock.advance(24 * hour + 60_000);
  expect(await sendDue()).toEqual(['boss 📊[Weekly report] success rate 100.00%, no incidents']);
});

it('one for workdays leaves out weekends and holidays, and sums them up on the next workday', async () => {
  const config = daily.replace('at:', 'on: workday, at:');
  await begin('2026-09-30T09:00+08:00', `${config}calendar: { holidays: [2026-10-01, 2026-10-02] }\n`);
  await duty.cycle();
  expect(await sendDue()).toHaveLength(1);
  for (let day = 1; day <= 4; day++) {
    await duty.clock.advance(24 * hour);
    expect(await sendDue()).toEqual([]);
  }
  await duty.clock.advance(24 * hour);
  expect(await sendDue()).toHaveLength(1);
  expect(duty.wecom.messages.findLast(({ msgtype }) => msgtype !== 'image')?.content).toContain(
    '09-30 09:00 – 10-05 09:00',
  );
});

it('a weekly one for workdays comes on the first of the week', async () => {
  const config = daily.replace('at:', 'every: week, on: workday, at:');
  await begin('2026-10-04T09:00+08:00', `${config}calendar: { holidays: [2026-10-05] }\n`);
  await duty.cycle();
  const came: number[] = [];
  for (let day = 1; day <= 8; day++) {
    await duty.clock.advance(24 * hour);
    came.push((await sendDue()).length);
  }
  expect(came).toEqual([0, 1, 0, 0, 0, 0, 0, 1]);
});

it('keeps its hour when the clocks change', async () => {
  await begin('2026-03-28T09:00+01:00', daily.replace('summaries', 'timeZone: Europe/Berlin\nsummaries'));
  await duty.cycle();
  expect(await sendDue()).toHaveLength(1);
  await duty.clock.advance(23 * hour - 60_000);
  expect(await sendDue()).toEqual([]);
  await duty.clock.advance(60_000);
  expect(await sendDue()).toHaveLength(1);
});
