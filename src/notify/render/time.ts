import { wallTime } from '../../lib/time/clock.ts';

/** Writes a time as people of the zone read it, as short as it is clear beside `reference` (both epoch ms). */
export type TimeFormat = (at: number, reference: number) => string;

/** `12:03` on the day of the reference, `03-09 12:03` in its year, `2025-12-31 23:59` otherwise. */
export function timeFormat(timeZone: string): TimeFormat {
  const write = wallTime(timeZone);
  const read = (at: number) => {
    const text = write(at);
    return { year: text.slice(0, 4), day: text.slice(5, 10), time: text.slice(11, 16) };
  };
  return (at, reference) => {
    const [a, b] = [read(at), read(reference)];
    if (a.year !== b.year) return `${a.year}-${a.day} ${a.time}`;
    return a.day === b.day ? a.time : `${a.day} ${a.time}`;
  };
}
