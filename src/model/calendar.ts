export const weekdays = ['sun', 'mon', 'tue', 'wed', 'thu', 'fri', 'sat'] as const;
export type Weekday = (typeof weekdays)[number];

/** `workday` and `holiday` go by the calendar and not by the week. */
export type DayKind = Weekday | 'workday' | 'holiday';

/** Days on which people work or not, beyond Monday to Friday. `YYYY-MM-DD`. */
export interface Calendar {
  /** IANA name. */
  readonly timeZone: string;
  readonly holidays: readonly string[];
  /** Saturdays and Sundays on which people work in place of a holiday. */
  readonly workdays: readonly string[];
}

/** Monday to Friday without exceptions, for whoever has no calendar. */
export const plainCalendar: Calendar = { timeZone: 'UTC', holidays: [], workdays: [] };

/** `date` is `YYYY-MM-DD`; whatever is no workday is a holiday. */
export function isWorkday(date: string, { holidays, workdays }: Calendar): boolean {
  const weekend = ['sat', 'sun'].includes(weekdayOf(date));
  return workdays.includes(date) || (!weekend && !holidays.includes(date));
}

/** Whether a date (`YYYY-MM-DD`) is one of the days: kinds of days, or dates themselves. */
export function isOneOf(date: string, days: readonly string[], calendar: Calendar): boolean {
  if (days.includes(date) || days.includes(weekdayOf(date))) return true;
  return days.includes(isWorkday(date, calendar) ? 'workday' : 'holiday');
}

/** `YYYY-MM-DD`, so many days later. */
export function dayAfter(date: string, days: number): string {
  return new Date(Date.parse(`${date}T00:00:00Z`) + days * 86_400_000).toISOString().slice(0, 10);
}

function weekdayOf(date: string): Weekday {
  return weekdays[new Date(`${date}T00:00:00Z`).getUTCDay()] ?? 'sun';
}
