import { expect, it } from 'vitest';
import { ManualClock } from '../../lib/time/clock.ts';
import { countVerdicts } from '../../model/cycle.ts';
import type { HourCounts } from '../../model/histogram.ts';
import { Days } from './days.ts';
import { ServiceDay } from './service-day.ts';

const hour = 3_600_000;
const now = Date.UTC(2026, 0, 10, 17, 30);

function store(hours: readonly HourCounts[]) {
  const asked: { readonly from: number; readonly to: number }[] = [];
  return {
    asked,
    async *hourCounts(range: { readonly from: number; readonly to: number }) {
      asked.push(range);
      yield* hours.filter((one) => one.hour >= range.from - hour && one.hour <= range.to);
    },
  };
}

const counted = (at: number, pass: number, fail: number, service = 'orders'): HourCounts => ({
  hour: at,
  service,
  counts: { ...countVerdicts([]), pass, fail, degraded: 1, blocked: 7 },
});

it('adds hours up by the days of the zone', async () => {
  const clock = new ManualClock(now);
  const hours = [
    counted(Date.UTC(2026, 0, 9, 15), 3, 1), // 23:00 on the 9th in Shanghai
    counted(Date.UTC(2026, 0, 9, 16), 4, 0), // 00:00 on the 10th
    counted(Date.UTC(2026, 0, 10, 16), 5, 5), // 00:00 on the 11th
    counted(Date.UTC(2026, 0, 10, 16), 9, 9, 'users'),
  ];
  const days = new Days(store(hours), clock, new ServiceDay());
  expect((await days.of(['orders'], 'Asia/Shanghai', 4)).get('orders')).toEqual([
    { date: '2026-01-08', good: 0, bad: 0 },
    { date: '2026-01-09', good: 4, bad: 1 },
    { date: '2026-01-10', good: 5, bad: 0 },
    { date: '2026-01-11', good: 6, bad: 5 },
  ]);
});

it('reads months once, and then what is new', async () => {
  const clock = new ManualClock(now);
  const read = store([counted(now - 50 * 24 * hour - (now % hour), 3, 0)]);
  const days = new Days(read, clock, new ServiceDay());
  await Promise.all([days.of(['orders'], 'UTC', 90), days.of(['orders'], 'UTC', 90)]);
  await clock.advance(hour);
  const later = await days.of(['orders'], 'UTC', 90);
  expect(read.asked.map(({ from, to }) => Math.round((to - from) / hour))).toEqual([92 * 24, 3]);
  expect(later.get('orders')?.reduce((sum, { good }) => sum + good, 0)).toBe(4);
});

it('reads as far back as anybody asks, whatever is asked for first', async () => {
  const days = new Days(
    store([counted(now - 50 * 24 * hour - (now % hour), 3, 0)]),
    new ManualClock(now),
    new ServiceDay(),
  );
  expect((await days.of(['orders'], 'UTC', 7)).get('orders')).toHaveLength(7);
  const all = await days.of(['orders'], 'UTC', 90);
  expect(all.get('orders')?.reduce((sum, { good }) => sum + good, 0)).toBe(4);
});

it('ends with the last 24 hours as they are known by now, and not as they were when it was read', async () => {
  const clock = new ManualClock(now);
  const lately = new ServiceDay();
  const read = store([counted(Date.UTC(2026, 0, 9, 16), 6, 0), counted(Date.UTC(2026, 0, 10, 17), 99, 99)]);
  const days = new Days(read, clock, lately);
  await days.warm();
  lately.recalled(now - 24 * hour);
  lately.add('orders', now, 'fail', undefined);
  const ends = async () => (await days.of(['orders'], 'UTC', 2)).get('orders');
  expect(await ends()).toEqual([
    { date: '2026-01-09', good: 7, bad: 0 },
    { date: '2026-01-10', good: 0, bad: 1 },
  ]);
  lately.add('orders', now, 'pass', 5);
  lately.add('orders', now, 'blocked', undefined);
  expect((await ends())?.at(-1)).toEqual({ date: '2026-01-10', good: 1, bad: 1 });
  expect(read.asked).toHaveLength(1);
});
