import { expect, it } from 'vitest';
import { nearestRank } from '../../model/cycle.ts';
import { LastDay, slotMs } from './last-day.ts';

const start = Date.UTC(2026, 0, 1);

it('shows the worst of every half hour, the latest at the end', () => {
  const log = new LastDay();
  log.add('a', start, 'fail', undefined);
  log.add('a', start + slotMs, 'pass', 5);
  log.add('a', start + 2 * slotMs, 'degraded', 9);
  expect(log.strip('a', start + 3 * slotMs)).toBe(`${'.'.repeat(46)}fd`);
  expect(log.strip('b', start)).toBe('.'.repeat(48));
});

it('forgets what is a day old', () => {
  const log = new LastDay();
  log.add('a', start, 'fail', 7);
  log.add('a', start + 96 * slotMs, 'pass', 5);
  expect(log.strip('a', start + 96 * slotMs)).toBe(`${'.'.repeat(47)}p`);
  expect(log.strip('a', start + 300 * slotMs)).toBe('.'.repeat(48));
  log.add('a', start, 'blocked', undefined);
  expect(log.strip('a', start + 96 * slotMs)).not.toContain('b');
});

it('takes results in any order, as after a restart', () => {
  const log = new LastDay();
  log.add('a', start + 4 * slotMs, 'pass', 5);
  log.add('a', start, 'unknown', undefined);
  expect(log.strip('a', start + 5 * slotMs)).toBe(`${'.'.repeat(45)}u.p`);
});

it('gives percentiles by the hour and for the day', () => {
  const log = new LastDay();
  for (let slot = 0; slot < 8; slot++) log.add('a', start + slot * slotMs, 'pass', slot + 0.4);
  const { p95Ms, p95s } = log.latencies('a', start + 7 * slotMs);
  expect(p95Ms).toBe(7.4);
  expect(p95s).toEqual([...Array.from({ length: 22 }, () => null), 3, 7]);
  expect(log.latencies('b', start)).toEqual({ p95s: [] });
  log.add('c', start, 'fail', undefined);
  expect(log.latencies('c', start)).toEqual({ p95s: [] });
});

it('gives the same percentile as sorting would, however many samples there are', () => {
  const totals = Array.from({ length: 96 }, (_, at) => ((at * 7919) % 97) + 1);
  for (let count = 1; count <= totals.length; count++) {
    const log = new LastDay();
    for (const [slot, total] of totals.slice(0, count).entries())
      log.add('a', start + slot * slotMs, 'pass', total);
    const sorted = totals.slice(0, count).toSorted((a, b) => a - b);
    expect(log.latencies('a', start + 95 * slotMs).p95Ms).toBe(nearestRank(sorted, 0.95));
  }
});
