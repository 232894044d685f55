import { z } from 'zod';
import type { DayKind } from '../model/calendar.ts';
import type { TimeSpan } from '../model/settings.ts';

const week: readonly DayKind[] = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'];
const minutesOfDay = 24 * 60;

/** `workday 09:00-18:00`, `mon-fri,sun 22:00-08:00`, `00:00-24:00`; `undefined` when it is none. */
export function parseTimeSpan(text: string): TimeSpan | undefined {
  const [, days, from, to] = /^(?:([a-z,-]+) +)?(\d\d?:\d\d) *- *(\d\d?:\d\d)$/i.exec(text.trim()) ?? [];
  const [start, end] = [minutesOf(from), minutesOf(to)];
  if (start === undefined || end === undefined || start === minutesOfDay) return undefined;
  if (days === undefined) return { from: start, to: end };
  const named = days.toLowerCase().split(',').map(daysOf);
  const unknown = named.some((some) => some === undefined);
  return unknown
    ? undefined
    : { from: start, to: end, days: [...new Set(named.flatMap((some) => some ?? []))] };
}

function minutesOf(clock: string | undefined): number | undefined {
  const [hours = NaN, minutes = NaN] = (clock ?? '').split(':').map(Number);
  const total = hours * 60 + minutes;
  return minutes < 60 && total <= minutesOfDay ? total : undefined;
}

/** One day, or a range of them, which may go over the end of the week. */
function daysOf(text: string): readonly DayKind[] | undefined {
  if (text === 'workday' || text === 'holiday') return [text];
  const [first = '', last = first, ...more] = text.split('-');
  const [start, end] = [week.indexOf(first as DayKind), week.indexOf(last as DayKind)];
  if (start === -1 || end === -1 || more.length > 0) return undefined;
  return start <= end ? week.slice(start, end + 1) : [...week.slice(start), ...week.slice(0, end + 1)];
}

const message =
  'is not a part of the day; write for example 22:00-08:00, mon-fri 09:00-18:00 or holiday 00:00-24:00';

const span = z
  .string({ error: message })
  .meta({ title: 'part of the day', examples: ['22:00-08:00', 'mon-fri 09:00-18:00', 'workday 09:00-18:00'] })
  .transform((text, context): TimeSpan => {
    const parsed = parseTimeSpan(text);
    if (parsed !== undefined) return parsed;
    context.addIssue({ code: 'custom', message });
    return z.NEVER;
  });

/** One part of the day or several. Yields a list. */
export const timeSpans = z.union([span.transform((one): readonly TimeSpan[] => [one]), z.array(span).min(1)]);
