import { expect, it } from 'vitest';
import { ManualClock } from '../kit/clock.ts';
import type { SourceSettings } from '../model/settings.ts';
import { CycleHealth } from './cycle-health.ts';

const m = 60_000;
const start = Date.UTC(2026, 0, 1);
const settings = {
  sources: [
    { name: 'orders', intervalMs: m },
    { name: 'users', intervalMs: 15 * m },
  ] as SourceSettings[],
};

it('says nothing while cycles close', async () => {
  const clock = new ManualClock(start);
  const health = new CycleHealth(clock);
  health.follow(['orders', 'users']);
  for (let cycle = 0; cycle < 5; cycle++) {
    await clock.advance(m);
    health.closed('orders');
  }
  expect(health.notPatrolled(settings)).toEqual([]);
});

it('says that a source is overdue once more than two of its own intervals have passed', async () => {
  const clock = new ManualClock(start);
  const health = new CycleHealth(clock);
  health.follow(['orders', 'users']);
  await clock.advance(2 * m);
  expect(health.notPatrolled(settings)).toEqual([]);
  await clock.advance(m);
  expect(health.notPatrolled(settings)).toEqual([
    { source: 'orders', why: 'overdue', since: start, problem: 'no cycle has closed since then' },
  ]);
});

it('says at once that the last cycle failed, since when, and no more once one has closed', async () => {
  const clock = new ManualClock(start);
  const health = new CycleHealth(clock);
  health.follow(['orders', 'users']);
  health.failed('orders', new Error('disk full'));
  await clock.advance(m);
  health.failed('orders', new Error('disk still full'));
  expect(health.notPatrolled(settings)).toEqual([
    { source: 'orders', why: 'failed', since: start, problem: 'disk still full' },
  ]);
  health.closed('orders');
  expect(health.notPatrolled(settings)).toEqual([]);
});

it('does not count a jump of the wall clock', async () => {
  const clock = new ManualClock(start);
  const health = new CycleHealth(clock);
  health.follow(['orders']);
  clock.jump(3 * 86_400_000);
  await clock.advance(m);
  expect(health.notPatrolled(settings)).toEqual([]);
});

it('says that nothing of a source is called any more, and why, once something was', async () => {
  const clock = new ManualClock(start);
  const health = new CycleHealth(clock);
  health.follow(['orders']);
  const left = [
    { reason: 'only its document names the host' },
    { reason: 'not safe' },
    { reason: 'not safe' },
  ];
  const none = { checks: [], skipped: left } as unknown as Parameters<CycleHealth['closed']>[1];
  health.closed('orders', none);
  expect(health.notPatrolled(settings)).toEqual([]);
  health.closed('orders', { checks: [{}], skipped: [] } as unknown as typeof none);
  await clock.advance(m);
  health.closed('orders', none);
  await clock.advance(m);
  health.closed('orders', none);
  expect(health.notPatrolled(settings)).toEqual([
    {
      source: 'orders',
      why: 'empty',
      since: start + m,
      problem: 'none of its 3 operations is called any more, most of them because: not safe',
    },
  ]);
});

it('says of a cycle that waits for answers what is true: it is being worked on, and calls get none', async () => {
  const clock = new ManualClock(start);
  const health = new CycleHealth(clock);
  health.follow(['orders']);
  await clock.advance(m);
  health.begun('orders');
  health.planned('orders', 40);
  for (let minute = 0; minute < 3; minute++) {
    health.settled('orders', { status: 200 });
    health.settled('orders', {});
    await clock.advance(m);
  }
  expect(health.notPatrolled(settings)).toEqual([
    {
      source: 'orders',
      why: 'working',
      since: start + m,
      problem: '6 of 40 operations are done, 3 of them got no answer',
    },
  ]);
  health.closed('orders');
  expect(health.notPatrolled(settings)).toEqual([]);
});

it('says that a source is overdue when nothing comes of the cycle that is going on', async () => {
  const clock = new ManualClock(start);
  const health = new CycleHealth(clock);
  health.follow(['orders']);
  health.begun('orders');
  health.planned('orders', 40);
  health.settled('orders', { status: 200 });
  await clock.advance(3 * m);
  expect(health.notPatrolled(settings)).toMatchObject([{ source: 'orders', why: 'overdue', since: start }]);
});

it('says that documents are still being read, for a while, and then that the source is overdue', async () => {
  const clock = new ManualClock(start);
  const health = new CycleHealth(clock);
  health.follow(['orders']);
  health.begun('orders');
  await clock.advance(10 * m);
  expect(health.notPatrolled(settings)).toEqual([
    { source: 'orders', why: 'working', since: start, problem: 'its documents are still being read' },
  ]);
  await clock.advance(m);
  expect(health.notPatrolled(settings)).toMatchObject([{ source: 'orders', why: 'overdue' }]);
});
