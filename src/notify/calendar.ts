import { wallTime } from '../lib/time/clock.ts';
import { type Calendar, dayAfter, isOneOf } from '../model/calendar.ts';
import type { TimeSpan } from '../model/settings.ts';

const minuteMs = 60_000;
const dayMs = 24 * 60 * minuteMs;

/** Whether `at` (epoch ms) lies in one of the spans, by the calendar's wall clock. */
export function isWithin(at: number, spans: readonly TimeSpan[], calendar: Calendar): boolean {
  const local = localTime(at, calendar.timeZone);
  return spans.some((span) => {
    const overMidnight = span.to <= span.from;
    if (!overMidnight)
      return local.minutes >= span.from && local.minutes < span.to && isDay(local.date, span, calendar);
    if (local.minutes >= span.from) return isDay(local.date, span, calendar);
    return local.minutes < span.to && isDay(dayBefore(local.date), span, calendar);
  });
}

/** The first moment from `at` on at which none of the spans holds; at most nine days on. */
export function endOf(at: number, spans: readonly TimeSpan[], calendar: Calendar): number {
  let now = at;
  const limit = at + 9 * dayMs;
  while (now < limit && isWithin(now, spans, calendar)) now = nextEnd(now, spans, calendar);
  return now;
}

/** The next moment at which a span can end: its `to` by the wall clock. */
function nextEnd(at: number, spans: readonly TimeSpan[], calendar: Calendar): number {
  const { date } = localTime(at, calendar.timeZone);
  const ends = spans.flatMap(({ to }) =>
    [0, 1].map((days) => instantOf(dayAfter(date, days), to, calendar.timeZone)).filter((end) => end > at),
  );
  return Math.min(...ends);
}

interface LocalTime {
  /** `YYYY-MM-DD` */
  readonly date: string;
  /** Since midnight. */
  readonly minutes: number;
}

function localTime(at: number, timeZone: string): LocalTime {
  const [date = '', time = ''] = wallTime(timeZone)(at).split(' ');
  const [hour = 0, minute = 0] = time.split(':').map(Number);
  return { date, minutes: hour * 60 + minute };
}

/** When the wall clock shows these minutes on that date; in a gap of summer time, when it would have. */
function instantOf(date: string, minutes: number, timeZone: string): number {
  const asIfUtc = Date.parse(`${date}T00:00:00Z`) + minutes * minuteMs;
  const offsetAt = (at: number) => {
    const local = localTime(at, timeZone);
    return (
      Date.parse(`${local.date}T00:00:00Z`) + local.minutes * minuteMs - Math.floor(at / minuteMs) * minuteMs
    );
  };
  const guess = asIfUtc - offsetAt(asIfUtc);
  return asIfUtc - offsetAt(guess);
}

function isDay(date: string, { days }: TimeSpan, calendar: Calendar): boolean {
  return days === undefined || isOneOf(date, days, calendar);
}

function dayBefore(date: string): string {
  return dayAfter(date, -1);
}
