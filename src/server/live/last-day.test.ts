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
  for (let slot = 0; slot < 8; slot++) log.add('a', start + slot * slotMs, 'pass', slot * 100 + 40);
  const { p95Ms, p95s } = log.latencies('a', start + 7 * slotMs);
  expect(within(p95Ms, 740)).toBe(true);
  expect(p95s.slice(0, 22)).toEqual(Array.from({ length: 22 }, () => null));
  expect(p95s.slice(22).map((found, hour) => within(found ?? 0, hour * 400 + 340))).toEqual([true, true]);
  expect(log.latencies('b', start)).toEqual({ p95s: [] });
  log.add('c', start, 'fail', undefined);
  expect(log.latencies('c', start)).toEqual({ p95s: [] });
});

it('is not led by one slow answer among many, of the hour or of the day', () => {
  const log = new LastDay();
  for (let second = 0; second < 40; second++) log.add('a', start + second * 1000, 'pass', 4);
  log.add('a', start + 5000, 'pass', 131.3);
  const { p95Ms, p95s } = log.latencies('a', start + slotMs);
  expect(within(p95Ms, 4)).toBe(true);
  expect(p95s.at(-1)).toBe(4);
});

it('gives the percentile that sorting would within 2 %, however many answers there are and in any order', () => {
  const totals = Array.from({ length: 400 }, (_, at) => (((at * 7919) % 397) + 1) ** 1.5);
  for (const count of [1, 2, 19, 20, 21, 28, 96, 100, 399, 400]) {
    const log = new LastDay();
    const taken = totals.slice(0, count);
    for (const [at, total] of taken.entries()) log.add('a', start + ((at * 37) % 96) * slotMs, 'pass', total);
    const sorted = taken.toSorted((a, b) => a - b);
    const { p95Ms } = log.latencies('a', start + 95 * slotMs);
    expect([count, within(p95Ms, nearestRank(sorted, 0.95))]).toEqual([count, true]);
  }
});

it('forgets how long answers took a day ago', () => {
  const log = new LastDay();
  log.add('a', start, 'pass', 900);
  log.add('a', start + 96 * slotMs, 'pass', 5);
  log.add('a', start, 'pass', 900);
  expect(within(log.latencies('a', start + 96 * slotMs).p95Ms, 5)).toBe(true);
  expect(log.latencies('a', start + 300 * slotMs)).toEqual({ p95s: [] });
});

function within(found: number | undefined, expected: number): boolean {
  return found !== undefined && Math.abs(found - expected) <= expected * 0.02 + 0.06;
}
