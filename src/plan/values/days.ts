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

/** A date or a moment as they are made up: `2026-01-31…`, `20260131`, a year, seconds or milliseconds since 1970. */
export function isOfDay(value: Json): boolean {
  const text = typeof value === 'string' ? value : typeof value === 'number' ? String(value) : '';
  return /^20\d\d(?:-\d\d.*|[01]\d(?:[0-3]\d)?\d{0,6})?$|^1\d{9}(?:\d{3})?$/.test(text);
}
