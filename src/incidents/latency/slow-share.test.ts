import { expect, it } from 'vitest';
import type { TimedAnswers } from '../../model/result.ts';
import { check, randomOf } from '../world.fixture.ts';
import { findSlowness, SlowAnswers } from './slow-share.ts';

const now = Date.UTC(2026, 0, 5, 8);
const intervalMs = 60_000;

/** Answers of the last intervals, some of them slow, some measured badly, some not there. */
function answers(random: () => number, share: number): TimedAnswers {
  const count = Math.floor(random() * 24);
  const at = Array.from({ length: count }, (_, no) => now - (count - 1 - no) * intervalMs - random() * 1000);
  const ms = at.map(() => (random() < share ? 900 : 20 + random() * 60));
  return random() < 0.2 ? { at, ms, leastMs: ms.map((one) => one - 10) } : { at, ms };
}

it('is asked for whenever it would be found, and not for a few slow answers among many', () => {
  const random = randomOf(7);
  let [found, passedOver, missed] = [0, 0, 0];
  for (let round = 0; round < 300; round++) {
    const checks = Array.from({ length: 3 + Math.floor(random() * 20) }, (_, no) =>
      check(`a${no}`, { intervalMs, latency: { p95Ms: 500 } }),
    );
    const share = random() < 0.5 ? random() * 0.1 : random();
    const sick = random();
    const timed = new Map(checks.map(({ id }) => [id, answers(random, random() < sick ? share : 0)]));
    const heard = new SlowAnswers({
      open: [],
      results: [],
      timed: (id) => timed.get(id) ?? { at: [], ms: [] },
      now,
    });
    const isFound =
      findSlowness(
        checks.flatMap((one) => heard.of(one)),
        now,
      ) !== undefined;
    const isAskedFor = heard.mayBeSlow(checks);
    if (isFound) found++;
    if (!isAskedFor) passedOver++;
    if (isFound && !isAskedFor) missed++;
  }
  expect(missed).toBe(0);
  expect(found).toBeGreaterThan(30);
  expect(passedOver).toBeGreaterThan(30);
});
