import { Cron } from 'croner';
import type { MaintenanceWindow } from '../model/silence.ts';

/** One occurrence, epoch ms; `until` is not in it. */
export interface Occurrence {
  readonly from: number;
  readonly until: number;
}

/**
 * The occurrence of a window that `at` lies in. Beginnings are by the wall clock of the window's zone, lengths are
 * by the clock that never jumps: two hours are two hours also in the night in which the clocks change.
 */
export function windowAt(window: MaintenanceWindow, at: number): Occurrence | undefined {
  const cron = cronOf(window);
  // A beginning at this very moment counts, and the search goes backwards from before its reference.
  for (let reference = at + 1000; ; ) {
    const [beginning] = cron.previousRuns(1, new Date(reference));
    if (beginning === undefined) return undefined;
    const from = beginning.getTime();
    if (from + window.durationMs <= at) return undefined;
    if (from <= at && isDay(window, beginning)) return { from, until: from + window.durationMs };
    reference = from;
  }
}

/** The next occurrence that begins after `at`, within the next thousand beginnings. */
export function nextWindow(window: MaintenanceWindow, at: number): Occurrence | undefined {
  const next = cronOf(window)
    .nextRuns(1000, new Date(at))
    .find((beginning) => isDay(window, beginning));
  return next === undefined ? undefined : { from: next.getTime(), until: next.getTime() + window.durationMs };
}

/** What is wrong with a window as somebody wrote it, for a person; `undefined` when nothing is. */
export function problemOf(window: MaintenanceWindow): string | undefined {
  try {
    Intl.DateTimeFormat('en', { timeZone: window.timeZone });
  } catch {
    return `"${window.timeZone}" is not a time zone; write for example Asia/Shanghai`;
  }
  try {
    cronOf(window);
    return undefined;
  } catch (error) {
    return `"${window.cron}" is not a cron expression (${(error as Error).message}); write for example 0 2 * * 6 for Saturdays at 2`;
  }
}

function cronOf({ cron, timeZone }: MaintenanceWindow): Cron {
  return new Cron(cron, { timezone: timeZone, paused: true });
}

function isDay({ timeZone, exceptOn = [], onlyOn }: MaintenanceWindow, beginning: Date): boolean {
  const day = new Intl.DateTimeFormat('sv-SE', { timeZone, dateStyle: 'short' }).format(beginning);
  return !exceptOn.includes(day) && (onlyOn === undefined || onlyOn.includes(day));
}
