import { afterEach, describe, expect, it } from 'vitest';
import { check, type Outcome } from '../../incidents/world.fixture.ts';
import { Duty, type WorldOverTime } from './duty.fixture.ts';

const minute = 60_000;
const hour = 60 * minute;
let duty: Duty;

afterEach(() => duty.end());

/** Three hours of slow answers, then answers in time; when people were told that it is over, and how long they were told it has lasted. */
async function endOf(restartAfterMs: number | undefined): Promise<readonly string[]> {
  duty = await Duty.begin({
    at: '2026-03-02T08:00:00Z',
    checks: [check('a')],
    config: 'channels: { ops: { kind: wecom-robot, webhook: $ops } }\nroutes: [{ to: [ops] }]',
  });
  const begin = duty.clock.now();
  const world: WorldOverTime = (_, at): Outcome =>
    at >= begin + hour && at < begin + 4 * hour ? 'ok 3000' : 'ok 100';
  await duty.patrol(4 * hour, world);
  duty.news();
  // Looks between two cycles find it well, a minute apart.
  await duty.cycle({ a: 'ok 100' });
  for (let ms = 0; ms < 12 * minute; ms += minute) {
    if (ms === restartAfterMs) await duty.restart();
    await duty.clock.advance(minute);
    await duty.look((id) => world(id, duty.clock.now()));
    const news = duty.news();
    if (news.length > 0) return [`after ${ms / minute} minutes`, ...news];
  }
  return [];
}

describe('what is slow and about to be over', () => {
  it('is over when it would have been, and has lasted as long, when the patrol starts again meanwhile', async () => {
    const told = await endOf(undefined);
    expect(told).toHaveLength(2);
    await duty.end();
    expect(await endOf(3 * minute)).toEqual(told);
  });
});
