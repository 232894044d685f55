import type { HourRollup } from '../../../model/rollup.ts';
import { mergeHistograms, quantile } from '../../../model/histogram.ts';

/** One hour over everything that is patrolled. */
export interface TrendHour {
  /** Its beginning, epoch ms. */
  readonly at: number;
  /** Absent: no answer arrived. */
  readonly p95Ms?: number;
  readonly failed: number;
  readonly checked: number;
}

const trendHours = 24;
const hourMs = 3_600_000;
export const trendSpanMs = trendHours * hourMs;

/** The last day in hours, oldest first, those without results included. */
export function trendOf(rollups: readonly HourRollup[], now: number): readonly TrendHour[] {
  const last = Math.floor(now / hourMs) * hourMs;
  return Array.from({ length: trendHours }, (_, index): TrendHour => {
    const at = last - (trendHours - 1 - index) * hourMs;
    const checks = rollups.filter(({ hour }) => hour === at).flatMap((one) => one.checks);
    const p95Ms = quantile(mergeHistograms(checks.map(({ latency }) => latency)), 0.95);
    const sum = (pick: (counts: (typeof checks)[number]['counts']) => number): number =>
      checks.reduce((total, { counts }) => total + pick(counts), 0);
    return {
      at,
      failed: sum(({ fail }) => fail),
      checked: sum(({ pass, degraded, fail }) => pass + degraded + fail),
      ...(p95Ms === undefined ? {} : { p95Ms }),
    };
  });
}
