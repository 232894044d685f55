import { expect, it } from 'vitest';
import { countVerdicts, type CycleStatistics } from '../../model/cycle.ts';
import { cycleView, lastRound } from './last-round.ts';

const cycle = (cycleId: number, more: Partial<CycleStatistics> = {}): CycleStatistics => ({
  cycleId,
  outcome: 'complete',
  dueAt: cycleId,
  startedAt: cycleId,
  durationMs: 1,
  latenessMs: 0,
  missed: 0,
  checked: 3,
  counts: countVerdicts([]),
  byService: {},
  ...more,
});

it('says how many operations of all services were left out', () => {
  const round = lastRound([cycle(1, { heldUp: 2 }), cycle(2), cycle(3, { heldUp: 1, confirming: 1 })], []);
  expect(round && cycleView(round)).toMatchObject({ checked: 9, heldUp: 3, confirming: 1 });
  expect(lastRound([cycle(1)], [])).not.toHaveProperty('heldUp');
  expect(lastRound([cycle(1, { heldUp: 1 })], [])).not.toHaveProperty('confirming');
});

it('what was not called because its host is down is down with it', () => {
  const counts = { ...countVerdicts([]), pass: 3, fail: 5, unknown: 1 };
  const round = lastRound([cycle(1, { counts, unreached: 3 }), cycle(2, { counts })], []);
  expect(round && cycleView(round)).toMatchObject({
    checked: 6,
    unreached: 3,
    counts: { pass: 6, fail: 10, unknown: 2 },
    successRate: 0.375,
  });
});
