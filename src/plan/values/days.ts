import type { Json } from '../../model/json.ts';

const dayMs = 86_400_000;

/** Start of the UTC day of `now`, `offset` days on; epoch ms. The same all day, so that URLs do not change. */
export function dayOf(now: number, offset = 0): number {
  return (Math.floor(now / dayMs) + offset) * dayMs;
}

/** `2026-01-31` */
export function isoDate(at: number): string {
  return new Date(at).toISOString().slice(0, 10);
}

/** A date or a moment as they are made up: `2026-01-31…`, `20260131`, a year, seconds or milliseconds since 1970; or a list of them. */
export function isOfDay(value: Json): boolean {
  if (Array.isArray(value)) return value.length > 0 && (value as readonly Json[]).every(isOfDay);
  const text = typeof value === 'string' ? value : typeof value === 'number' ? String(value) : '';
  return /^20\d\d(?:[-/.]\d\d.*|[01]\d(?:[0-3]\d)?\d{0,6})?$|^1\d{9}(?:\d{3})?$/.test(text);
}

const pattern =
  /y{4}[-/.年]?m{2}月?(?:[-/.]?d{2}日?(?:(?:['"]?t['"]?|\s+)?h{2}(?::?m{2}(?::?s{2}(?:\.s{3})?)?)?(?:['"]?z['"]?)?)?)?/i;
const shown =
  /(?<![\d-])20\d\d(?:[-/.](?:0[1-9]|1[0-2])(?:[-/.][0-3]\d(?:[ T]\d\d:\d\d(?::\d\d(?:\.\d{3})?)?(?:Z|[+-]\d\d:?\d\d)?)?)?|(?:0[1-9]|1[0-2])[0-3]\d(?:\d{6})?)(?!\d)/;
const parts = ['yyyy', 'mm', 'dd', 'hh', 'mm', 'ss'];

/** The form of dates that a text writes out (`yyyy-MM-dd HH:mm:ss`) or shows (`2026-01-31`), for `inTemplate`. */
export function templateIn(text: string): string | undefined {
  const [written] = pattern.exec(text) ?? [];
  if (written !== undefined)
    return written.toLowerCase().replaceAll(/['"]/g, '').replace(/t/, 'T').replace(/z$/, 'Z');
  const [sample] = shown.exec(text) ?? [];
  if (sample === undefined) return undefined;
  const [zone = ''] = /(?:Z|[+-]\d\d:?\d\d)$/.exec(sample) ?? [];
  const moment = sample.slice(0, sample.length - zone.length);
  let index = 0;
  const template = moment.replaceAll(/\.\d{3}$|^\d{4}|\d\d/g, (digits) =>
    digits.startsWith('.') ? '.sss' : (parts[index++] ?? digits),
  );
  return template + zone;
}

/** `at` in the form of a template of `templateIn`, in UTC. */
export function inTemplate(template: string, at: number): string {
  const [year = '', month = '', day = '', hour = '', minute = '', second = ''] = new Date(at)
    .toISOString()
    .split(/[-T:.]/);
  let isMonth = true;
  return template.replaceAll(/yyyy|mm|dd|hh|\.sss|ss/g, (part) => {
    if (part === 'mm' && !isMonth) return minute;
    if (part === 'mm') isMonth = false;
    return { yyyy: year, mm: month, dd: day, hh: hour, ss: second, '.sss': '.000' }[part] ?? part;
  });
}

/** The day that a date stands for, or epoch seconds or milliseconds; epoch ms; `undefined` when it is none. */
export function momentOf(value: Json): number | undefined {
  const text = typeof value === 'string' || typeof value === 'number' ? String(value) : '';
  if (/^1\d{9}$/.test(text)) return Number(text) * 1000;
  if (/^1\d{12}$/.test(text)) return Number(text);
  const [, year, month, day = '01'] = /^(20\d\d)[-/.]?([01]\d)(?:[-/.]?([0-3]\d))?/.exec(text) ?? [];
  return year === undefined ? undefined : Date.UTC(Number(year), Number(month) - 1, Number(day));
}
