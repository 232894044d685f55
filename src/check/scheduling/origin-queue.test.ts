import { expect, it } from 'vitest';
import { makeCheck } from '../../../test/support/check-harness.ts';
import { ManualClock } from '../../lib/time/clock.ts';
import { Lane } from './origin-queue.ts';
import { Run } from './run.ts';

const limits = { perOrigin: 4, ratePerOrigin: Infinity };

/** Places in the list of those that are taken next. */
function taken(lane: Lane, calls: number): readonly number[] {
  return Array.from({ length: calls }, () => {
    const job = lane.take(0, limits);
    if (typeof job !== 'object') return -1;
    lane.leave(job, true);
    return job.index;
  });
}

it('takes operations in their order, and from all over the list as soon as one has hung', () => {
  const origin = 'http://orders.example';
  const checks = Array.from({ length: 40 }, (_, no) => makeCheck(origin, `/${no}`));
  const { jobs } = new Run(checks, new ManualClock(), { signal: new AbortController().signal, graceMs: 0 });
  const lane = new Lane(origin);
  lane.add(jobs);
  expect(taken(lane, 4)).toEqual([0, 1, 2, 3]);
  lane.health.failed('timeout', false, false, 8);
  const next = taken(lane, 4);
  expect([next.some((index) => index < 20), next.some((index) => index > 20)]).toEqual([true, true]);
  const rest = taken(lane, 32);
  expect([...next, ...rest].toSorted((a, b) => a - b)).toEqual(Array.from({ length: 36 }, (_, no) => no + 4));
  expect(lane.take(0, limits)).toBeUndefined();
});

it('keeps a place, and as many calls in flight as there are places, from what hung the last time', () => {
  const origin = 'http://orders.example';
  const checks = Array.from({ length: 20 }, (_, no) => makeCheck(origin, `/${no}`));
  const { jobs } = new Run(checks, new ManualClock(), { signal: new AbortController().signal, graceMs: 0 });
  for (const job of jobs) job.hasHung = job.index < 16;
  const lane = new Lane(origin);
  lane.add(jobs);
  expect(taken(lane, 4).toSorted((a, b) => a - b)).toEqual([16, 17, 18, 19]);
  const begin = (): boolean => typeof lane.take(0, limits) === 'object';
  expect([begin(), begin(), begin(), begin()]).toEqual([true, true, true, false]);
  let hanging = 3;
  // Each gives up its place as it hangs.
  for (lane.giveUpPlace(); begin(); lane.giveUpPlace()) hanging++;
  expect(hanging).toBe(12);
  const [well] = new Run([makeCheck(origin, '/well')], new ManualClock(), {
    signal: new AbortController().signal,
    graceMs: 0,
  }).jobs;
  if (well === undefined) throw new Error('there is no job');
  lane.add([well]);
  expect(lane.take(0, limits)).toBe(well);
});

it('lets a service with three operations have its turn beside one with a thousand', () => {
  const origin = 'http://gateway.example';
  const runOf = (service: string, count: number): Run => {
    const checks = Array.from({ length: count }, (_, no) => ({ ...makeCheck(origin, `/${no}`), service }));
    return new Run(checks, new ManualClock(), { signal: new AbortController().signal, graceMs: 0 });
  };
  const [many, few] = [runOf('many', 1000), runOf('few', 3)];
  const lane = new Lane(origin);
  lane.add(many.jobs);
  expect(taken(lane, 10)).toHaveLength(10);
  lane.add(few.jobs);
  const next = Array.from({ length: 8 }, () => {
    const job = lane.take(0, limits);
    if (typeof job !== 'object') throw new Error('nothing is taken');
    lane.leave(job, true);
    return job.state.check.service;
  });
  expect(next.filter((service) => service === 'few')).toHaveLength(3);
  expect(next.slice(0, 6).filter((service) => service === 'few')).toHaveLength(3);
});

it('lets a service with three operations have its turn while hundreds of another are to be called again', async () => {
  const origin = 'http://gateway.example';
  const clock = new ManualClock();
  const runOf = (service: string, count: number): Run => {
    const checks = Array.from({ length: count }, (_, no) => ({ ...makeCheck(origin, `/${no}`), service }));
    return new Run(checks, clock, { signal: new AbortController().signal, graceMs: 0 });
  };
  const [many, few, others] = [runOf('many', 300), runOf('few', 3), runOf('others', 3)];
  const lane = new Lane(origin);
  const start = (count: number): readonly string[] =>
    Array.from({ length: count }, () => {
      const job = lane.take(clock.monotonic(), limits);
      if (typeof job !== 'object') throw new Error('nothing is taken');
      lane.leave(job, true);
      return job.state.check.service;
    });
  for (const job of [...many.jobs.slice(0, 200), ...others.jobs]) lane.rest(job, 1000, () => undefined);
  await clock.advance(1000);
  lane.add(many.jobs.slice(200));
  lane.add(few.jobs);
  const next = start(14);
  expect(next.filter((service) => service === 'few')).toHaveLength(3);
  expect(next.filter((service) => service === 'others')).toHaveLength(3);
});

it('calls what is wrong again in the middle of a cycle of thousands, and not after it', () => {
  const origin = 'http://orders.example';
  const checks = Array.from({ length: 1000 }, (_, no) => makeCheck(origin, `/${no}`));
  const runOf = (some: typeof checks): Run =>
    new Run(some, new ManualClock(), { signal: new AbortController().signal, graceMs: 0 });
  const lane = new Lane(origin);
  lane.add(runOf(checks).jobs);
  expect(taken(lane, 4)).toEqual([0, 1, 2, 3]);
  const look = runOf(checks.slice(990));
  lane.add(look.jobs);
  const next = Array.from({ length: 20 }, () => {
    const job = lane.take(0, limits);
    if (typeof job !== 'object') throw new Error('nothing is taken');
    lane.leave(job, true);
    return job.run === look;
  });
  expect(next.filter(Boolean)).toHaveLength(10);
});
