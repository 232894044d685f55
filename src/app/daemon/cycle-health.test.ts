import { expect, it } from 'vitest';
import { ManualClock } from '../../lib/time/clock.ts';
import type { ServiceSettings } from '../../model/settings.ts';
import { CycleHealth } from './cycle-health.ts';

const m = 60_000;
const start = Date.UTC(2026, 0, 1);
const settings = {
  services: [
    { name: 'orders', intervalMs: m },
    { name: 'users', intervalMs: 15 * m },
  ] as ServiceSettings[],
};

function answered(status?: number, checkId = 'a'): Parameters<CycleHealth['settled']>[1] {
  const verdict = status === 429 ? 'unknown' : 'pass';
  const reason = { code: status === 429 ? 'status' : 'none', message: '' } as const;
  return { checkId, verdict, reason, status };
}

it('says nothing while cycles close', async () => {
  const clock = new ManualClock(start);
  const health = new CycleHealth(clock);
  health.follow(['orders', 'users']);
  for (let cycle = 0; cycle < 5; cycle++) {
    await clock.advance(m);
    health.closed(health.begun('orders'));
  }
  expect(health.notPatrolled(settings)).toEqual([]);
});

it('says that a service is overdue once more than two of its own intervals have passed', async () => {
  const clock = new ManualClock(start);
  const health = new CycleHealth(clock);
  health.follow(['orders', 'users']);
  await clock.advance(2 * m);
  expect(health.notPatrolled(settings)).toEqual([]);
  await clock.advance(m);
  expect(health.notPatrolled(settings)).toEqual([
    { service: 'orders', why: 'overdue', since: start, problem: 'no cycle has closed since then' },
  ]);
});

it('says at once that the last cycle failed, since when, and no more once one has closed', async () => {
  const clock = new ManualClock(start);
  const health = new CycleHealth(clock);
  health.follow(['orders', 'users']);
  health.failed(health.begun('orders'), new Error('disk full'));
  await clock.advance(m);
  health.failed(health.begun('orders'), new Error('disk still full'));
  expect(health.notPatrolled(settings)).toEqual([
    { service: 'orders', why: 'failed', since: start, problem: 'disk still full' },
  ]);
  health.closed(health.begun('orders'));
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

it('says that nothing of a service is called any more, and why, once something was', async () => {
  const clock = new ManualClock(start);
  const health = new CycleHealth(clock);
  health.follow(['orders']);
  const left = [
    { reason: 'only its document names the host' },
    { reason: 'not safe' },
    { reason: 'not safe' },
  ];
  const none = { checks: [], skipped: left } as unknown as Parameters<CycleHealth['closed']>[1];
  health.closed(health.begun('orders'), none);
  expect(health.notPatrolled(settings)).toEqual([]);
  health.closed(health.begun('orders'), { checks: [{}], skipped: [] } as unknown as typeof none);
  await clock.advance(m);
  health.closed(health.begun('orders'), none);
  await clock.advance(m);
  health.closed(health.begun('orders'), none);
  expect(health.notPatrolled(settings)).toEqual([
    {
      service: 'orders',
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
  const progress = health.begun('orders');
  progress.planned = 40;
  for (let minute = 0; minute < 3; minute++) {
    health.settled(progress, answered(200));
    health.settled(progress, answered());
    await clock.advance(m);
  }
  expect(health.notPatrolled(settings)).toEqual([
    {
      service: 'orders',
      why: 'working',
      since: start + m,
      problem: '6 of 40 operations are done, 3 of them got no answer',
    },
  ]);
  health.closed(progress);
  expect(health.notPatrolled(settings)).toEqual([]);
});

it('says that a service is overdue when nothing comes of the cycle that is going on', async () => {
  const clock = new ManualClock(start);
  const health = new CycleHealth(clock);
  health.follow(['orders']);
  const progress = health.begun('orders');
  progress.planned = 40;
  health.settled(progress, answered(200));
  await clock.advance(3 * m);
  expect(health.notPatrolled(settings)).toMatchObject([{ service: 'orders', why: 'overdue', since: start }]);
});

it('says that documents are still being read, for a while, and then that the service is overdue', async () => {
  const clock = new ManualClock(start);
  const health = new CycleHealth(clock);
  health.follow(['orders']);
  health.begun('orders');
  await clock.advance(10 * m);
  expect(health.notPatrolled(settings)).toEqual([
    { service: 'orders', why: 'working', since: start, problem: 'its documents are still being read' },
  ]);
  await clock.advance(m);
  expect(health.notPatrolled(settings)).toMatchObject([{ service: 'orders', why: 'overdue' }]);
});

it('says that an interval is too short once ticks are left out again and again, until none is', async () => {
  const clock = new ManualClock(start);
  const health = new CycleHealth(clock);
  health.follow(['orders']);
  const first = health.begun('orders');
  first.planned = 300;
  await clock.advance(m);
  expect(health.leftOut('orders', start + m)).toBe(true);
  await clock.advance(20_000);
  health.called(first);
  health.closed(first);
  await clock.advance(40_000);
  health.closed(health.begun('orders', 1));
  expect(health.notPatrolled(settings)).toEqual([]);
  expect(health.leftOut('orders', start + 3 * m)).toBe(false);
  health.closed(health.begun('orders', 1));
  expect(health.notPatrolled(settings)).toEqual([
    {
      service: 'orders',
      why: 'behind',
      since: start + m,
      problem:
        '2 ticks were left out: its interval of 1m is too short, to call its 300 operations takes 1m20s',
    },
  ]);
  health.closed(health.begun('orders', 0));
  expect(health.notPatrolled(settings)).toEqual([]);
});

it('says that ticks are left out because what failed is called again', async () => {
  const health = new CycleHealth(new ManualClock(start));
  health.follow(['orders']);
  for (let tick = 1; tick <= 3; tick++) health.leftOut('orders', start + tick * m, 'confirmed');
  expect(health.notPatrolled(settings)).toMatchObject([
    {
      problem: '3 ticks were left out: what was due was still being confirmed, which takes about 10 s',
    },
  ]);
});

it('says that ticks are left out because nothing is answered', async () => {
  const clock = new ManualClock(start);
  const health = new CycleHealth(clock);
  health.follow(['orders']);
  for (let tick = 1; tick <= 3; tick++) health.leftOut('orders', start + tick * m, 'called');
  expect(health.notPatrolled(settings)).toMatchObject([
    {
      why: 'behind',
      problem: '3 ticks were left out: what was due had no answer yet to its call of before',
    },
  ]);
});

it('says that a service is called too often, and not that its interval is too short, until it is answered otherwise', async () => {
  const clock = new ManualClock(start);
  const health = new CycleHealth(clock);
  health.follow(['orders']);
  const progress = health.begun('orders');
  for (const id of ['a', 'b', 'c']) health.settled(progress, answered(200, id));
  await clock.advance(m);
  for (let tick = 1; tick <= 3; tick++) health.leftOut('orders', start + tick * m);
  for (const id of ['a', 'b']) health.settled(progress, answered(429, id));
  expect(health.notPatrolled(settings)).toEqual([
    {
      service: 'orders',
      why: 'limited',
      since: start + m,
      problem:
        '2 of its 3 operations are answered that they are called too often: lower `limits.ratePerOrigin`, or call them at a longer `interval`',
    },
  ]);
  health.closed(health.begun('orders'));
  for (const id of ['a', 'b']) health.settled(progress, answered(200, id));
  expect(health.notPatrolled(settings)).toEqual([]);
});

it('says that a cycle waits because its host asked it to come back later, and not that none closes', async () => {
  const clock = new ManualClock(start);
  const health = new CycleHealth(clock);
  const often = { services: [{ name: 'orders', intervalMs: 10_000 }] as ServiceSettings[] };
  health.follow(['orders']);
  const before = health.begun('orders');
  const ids = ['a', 'b', 'c', 'd', 'e', 'f'];
  for (const id of ids) health.settled(before, answered(200, id));
  health.closed(before);
  const progress = health.begun('orders');
  progress.planned = ids.length;
  health.settled(progress, answered(429, 'a'));
  for (let tick = 1; tick <= 5; tick++) health.leftOut('orders', start + tick * 10_000);
  await clock.advance(m);
  expect(health.notPatrolled(often)).toEqual([
    {
      service: 'orders',
      why: 'limited',
      since: start,
      problem:
        '1 of its 6 operations are answered that they are called too often, and others wait for that: lower `limits.ratePerOrigin`, or call them at a longer `interval`',
    },
  ]);
  // No pause takes so long.
  await clock.advance(m);
  expect(health.notPatrolled(often)).toMatchObject([{ why: 'overdue' }]);
});
