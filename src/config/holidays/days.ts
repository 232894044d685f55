import { sentence } from '../../messages/sentence.ts';
import type { Sentence } from '../../model/sentence.ts';
import { dayAfter } from '../../model/calendar.ts';

/** A date (`YYYY-MM-DD`) on which people work or not, whatever day of the week it is. */
export interface SpecialDay {
  readonly date: string;
  readonly works: boolean;
}

/** Something in the text of a file that is not understood. Lines and columns count from 1. */
export interface Slip {
  readonly line: number;
  readonly column: number;
  readonly message: Sentence;
}

export interface ReadDays {
  readonly days: readonly SpecialDay[];
  readonly slips: readonly Slip[];
}

const longestRange = 366;
const separator = /\s*(?:\.\.|~|–|—|至|到|\s(?:-|to)\s)\s*/;

export type ReadDates = { readonly dates: readonly string[] } | { readonly wrong: Sentence };

/** `2026-10-01`, also written `2026/10/1` or `20261001`, or a range of them, or what is wrong. */
export function datesOf(text: string): ReadDates {
  const [first = '', last = first, ...more] = text.trim().split(separator);
  const [from, to] = [dateOf(first), dateOf(last)];
  if (from === undefined || to === undefined || more.length > 0)
    return { wrong: sentence('noDate', { text: text.slice(0, 60) }) };
  if (to < from) return { wrong: sentence('endsBeforeItBegins', { text }) };
  const dates = datesFrom(from, to);
  return dates.at(-1) === to ? { dates } : { wrong: sentence('longerThanYear', { text }) };
}

/** From the one to the other, both included, at most a year of them. */
export function datesFrom(from: string, to: string): readonly string[] {
  const dates: string[] = [];
  for (let date = from; date <= to && dates.length < longestRange; date = dayAfter(date, 1)) dates.push(date);
  return dates;
}

/** As `YYYY-MM-DD`; `undefined` when the calendar has no such day. */
export function dateOf(text: string): string | undefined {
  const parts =
    /^(\d{4})-(\d\d?)-(\d\d?)$/.exec(text) ??
    /^(\d{4})\/(\d\d?)\/(\d\d?)$/.exec(text) ??
    /^(\d{4})(\d\d)(\d\d)$/.exec(text);
  if (parts === null) return undefined;
  const [, year = '', month = '', day = ''] = parts;
  const date = `${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`;
  const at = Date.parse(`${date}T00:00:00Z`);
  // There is a Date for 30 February, and it is in March.
  return Number.isNaN(at) || new Date(at).toISOString().slice(0, 10) !== date ? undefined : date;
}

/** Names of days on which people work in place of a holiday. */
export function soundsLikeWork(name: string): boolean {
  return /班|\bwork(?:ing)?[ -]?days?\b/i.test(name);
}
