import { Cron } from 'croner';
import { type Calendar, isOneOf, plainCalendar } from '../../model/calendar.ts';
import type { Settings } from '../../model/settings.ts';
import type { MaintenanceWindow } from '../../model/silence.ts';

/** One occurrence, epoch ms; `until` is not in it. */
export interface Occurrence {
  readonly from: number;
  readonly until: number;
}

/**
 * The occurrence of a window that `at` lies in. Beginnings are by the wall clock of the window's zone, lengths are
 * by the clock that never jumps: two hours are two hours also in the night in which the clocks change.
 */
export function windowAt(window: MaintenanceWindow, at: number, calendar: Calendar): Occurrence | undefined {
  const cron = cronOf(window);
  // A beginning at this very moment counts, and the search goes backwards from before its reference.
  for (let reference = at + 1000; ; ) {
    const [beginning] = cron.previousRuns(1, new Date(reference));
    if (beginning === undefined) return undefined;
    const from = beginning.getTime();
    if (from + window.durationMs <= at) return undefined;
    if (from <= at && isDay(window, beginning, calendar)) return { from, until: from + window.durationMs };
    reference = from;
  }
}

/** Those that run at `at`. */
export function runningWindows(
  at: number,
  { maintenance = [], calendar = plainCalendar }: Pick<Settings, 'maintenance' | 'calendar'>,
): readonly MaintenanceWindow[] {
  return maintenance.filter((window) => windowAt(window, at, calendar) !== undefined);
}

/** Those that run at any time from `from` on and before `to`. */
export function windowsWithin(
  from: number,
  to: number,
  { maintenance = [], calendar = plainCalendar }: Pick<Settings, 'maintenance' | 'calendar'>,
): readonly MaintenanceWindow[] {
  return maintenance.filter((window) => {
    if (windowAt(window, from, calendar) !== undefined) return true;
    const next = nextWindow(window, from, calendar);
    return next !== undefined && next.from < to;
  });
}

/** The next occurrence that begins after `at`, within the next thousand beginnings. */
export function nextWindow(
  window: MaintenanceWindow,
  at: number,
  calendar: Calendar,
): Occurrence | undefined {
  const next = cronOf(window)
    .nextRuns(1000, new Date(at))
    .find((beginning) => isDay(window, beginning, calendar));
  return next === undefined ? undefined : { from: next.getTime(), until: next.getTime() + window.durationMs };
}

function cronOf({ cron, timeZone }: MaintenanceWindow): Cron {
  return new Cron(cron, { timezone: timeZone, paused: true });
}

function isDay(
  { timeZone, exceptOn = [], onlyOn }: MaintenanceWindow,
  beginning: Date,
  calendar: Calendar,
): boolean {
  const date = new Intl.DateTimeFormat('sv-SE', { timeZone, dateStyle: 'short' }).format(beginning);
  return !isOneOf(date, exceptOn, calendar) && (onlyOn === undefined || isOneOf(date, onlyOn, calendar));
}
