import type { CycleStatistics } from '../../model/cycle.ts';

/** The one log line of a cycle. */
export function cycleFields(statistics: CycleStatistics): Readonly<Record<string, unknown>> {
  const {
    cycleId,
    outcome,
    checked,
    unreached,
    counts,
    successRate,
    latency,
    durationMs,
    latenessMs,
    missed,
    heldUp,
    confirming,
    flaky,
    slowed,
  } = statistics;
  const round = (ms: number): number => Math.round(ms * 10) / 10;
  return {
    // It gets its number when it can be stored.
    cycle: cycleId < 0 ? 'not stored yet' : cycleId,
    outcome,
    checked,
    unreached,
    passed: counts.pass,
    degraded: counts.degraded,
    failed: counts.fail,
    blocked: counts.blocked,
    unknown: counts.unknown,
    successRate,
    ...(latency === undefined
      ? {}
      : {
          avgMs: round(latency.avgMs),
          p50Ms: round(latency.p50Ms),
          p95Ms: round(latency.p95Ms),
          p99Ms: round(latency.p99Ms),
          maxMs: round(latency.maxMs),
        }),
    durationMs: round(durationMs),
    latenessMs: round(latenessMs),
    missed,
    heldUp,
    confirming,
    flaky,
    slowed,
  };
}

/** Lets each text about something through once, until it has been gone in between. */
export class LogOnce {
  readonly #told = new Map<string, ReadonlySet<string>>();

  /** Those of the present texts that were not there the last time. */
  news(about: string, texts: readonly string[]): readonly string[] {
    const before = this.#told.get(about);
    this.#told.set(about, new Set(texts));
    return texts.filter((text) => before?.has(text) !== true);
  }
}
