/** Writes a time as people of the zone read it, as short as it is clear beside `reference` (both epoch ms). */
export type TimeFormat = (at: number, reference: number) => string;

/** `12:03` on the day of the reference, `03-09 12:03` in its year, `2025-12-31 23:59` otherwise. */
export function timeFormat(timeZone: string): TimeFormat {
  const format = new Intl.DateTimeFormat('en-CA', {
    timeZone,
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
  });
  const read = (at: number) => {
    const parts = Object.fromEntries(format.formatToParts(at).map((part) => [part.type, part.value]));
    return {
      year: parts['year'] ?? '',
      day: `${parts['month']}-${parts['day']}`,
      time: `${parts['hour']}:${parts['minute']}`,
    };
  };
  return (at, reference) => {
    const [a, b] = [read(at), read(reference)];
    if (a.year !== b.year) return `${a.year}-${a.day} ${a.time}`;
    return a.day === b.day ? a.time : `${a.day} ${a.time}`;
  };
}
