import { sentence } from '../../messages/sentence.ts';
import { z } from 'zod';
import { formatDuration } from '../../lib/time/duration.ts';
import { duration } from '../../lib/zod.ts';
import type { Finding } from '../../model/result.ts';
import { defineExpectation } from '../expectation.ts';

/** A hard limit for a single call; the objective for many of them is `latency.p95`, judged over a window. */
export const latency = defineExpectation({
  kind: 'latency',
  summary: 'maximum time of one call: `2s`',
  code: 'latency',
  settings: z.union([duration, z.strictObject({ max: duration }).transform(({ max }) => max)]),
  judge(answer, _check, maxMs): readonly Finding[] {
    if (answer.totalMs <= maxMs || answer.imprecise) return [];
    const found = formatDuration(answer.totalMs);
    const expected = `≤ ${formatDuration(maxMs)}`;
    const message = sentence('tookTooLong', { time: found, limit: expected });
    return [{ kind: 'latency', level: 'warning', message, expected, found }];
  },
});
