import { sentence } from '../../messages/sentence.ts';
import { dayAfter } from '../../model/calendar.ts';
import type { Sentence } from '../../model/sentence.ts';
import { dateOf, datesFrom, type ReadDays, type Slip, type SpecialDay, soundsLikeWork } from './days.ts';

interface Property {
  /** Of its first line, from 1. */
  readonly line: number;
  readonly value: string;
}

type CalendarEvent = ReadonlyMap<string, Property>;

/** As far as days that come again every year are looked ahead. */
const years = 30;

/**
 * The all-day events of an iCalendar (RFC 5545). A day is worked when its name says so (`上班`, `补班`, `workday`), or
 * the mark that Apple's calendars have.
 */
export function readIcs(text: string): ReadDays {
  const days: SpecialDay[] = [];
  const slips: Slip[] = [];
  for (const event of eventsOf(text)) {
    if (event.get('STATUS')?.value.toUpperCase() === 'CANCELLED') continue;
    const dates = datesOf(event);
    if (!Array.isArray(dates)) slips.push(dates as Slip);
    else days.push(...dates.map((date: string) => ({ date, works: isWorked(event) })));
  }
  return { days, slips };
}

function* eventsOf(text: string): Generator<CalendarEvent> {
  let event: Map<string, Property> | undefined;
  for (const { line, text: written } of unfolded(text)) {
    const [, name = '', value = ''] = /^([\w-]+)(?:;[^:]*)?:(.*)$/s.exec(written) ?? [];
    const key = name.toUpperCase();
    if (key === 'BEGIN' && value.toUpperCase() === 'VEVENT') event = new Map([['BEGIN', { line, value }]]);
    else if (key === 'END' && value.toUpperCase() === 'VEVENT' && event !== undefined) {
      yield event;
      event = undefined;
    } else if (event?.has(key) === false) event.set(key, { line, value: value.trim() });
  }
}

/** A line that begins with a blank goes on with the one before (RFC 5545, 3.1). */
function unfolded(text: string): readonly { readonly line: number; readonly text: string }[] {
  const lines: { line: number; text: string }[] = [];
  for (const [index, written] of text.split(/\r?\n/).entries()) {
    const last = lines.at(-1);
    if (/^[ \t]/.test(written) && last !== undefined) last.text += written.slice(1);
    else lines.push({ line: index + 1, text: written });
  }
  return lines;
}

/** Its dates, the end not among them (RFC 5545, 3.6.1); or what is wrong. */
function datesOf(event: CalendarEvent): readonly string[] | Slip {
  const slip = (at: Property | undefined, message: Sentence): Slip => {
    return { line: at?.line ?? event.get('BEGIN')?.line ?? 1, column: 1, message };
  };
  const [start, end, rule] = [event.get('DTSTART'), event.get('DTEND'), event.get('RRULE')];
  if (start === undefined) return slip(undefined, sentence('eventWithoutStart'));
  const from = allDay(start.value);
  if (from === undefined) return slip(start, sentence('startNotWholeDay', { text: start.value }));
  const until = end === undefined ? dayAfter(from, 1) : allDay(end.value);
  if (until === undefined || until <= from)
    return slip(end, sentence('endNotAfter', { text: end?.value ?? '', from }));
  const dates = datesFrom(from, dayAfter(until, -1));
  if (rule === undefined) return dates;
  if (!/^FREQ=YEARLY(?:;(?:INTERVAL=1|BYMONTH=\d+|BYMONTHDAY=\d+|WKST=\w+))*$/i.test(rule.value))
    return slip(rule, sentence('ruleUnknown', { rule: rule.value }));
  const again = Array.from({ length: years }, (_, no) => dates.map((date) => inYear(date, no)));
  return again.flat().filter((date) => dateOf(date) !== undefined);
}

/** Midnight is how some calendars write whole days. */
function allDay(value: string): string | undefined {
  const [, date = ''] = /^(\d{8})(?:T000000Z?)?$/.exec(value) ?? [];
  return dateOf(date);
}

function inYear(date: string, later: number): string {
  return `${Number(date.slice(0, 4)) + later}${date.slice(4)}`;
}

function isWorked(event: CalendarEvent): boolean {
  const mark = event.get('X-APPLE-SPECIAL-DAY')?.value.toUpperCase();
  return mark === 'ALTERNATE-WORKDAY' || soundsLikeWork(event.get('SUMMARY')?.value ?? '');
}
