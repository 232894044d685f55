import type { Language } from '../../model/settings.ts';

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

const units = {
  zh: { day: ' 天', hour: ' 小时', minute: ' 分', second: ' 秒' },
  en: { day: ' d', hour: ' h', minute: ' min', second: ' s' },
} as const;

/** The two largest units, as spoken: `3 天 2 小时`, `2 h 5 min`, `45 s`. */
export function spokenDuration(ms: number, language: Language): string {
  const unit = units[language];
  const seconds = Math.max(0, Math.round(ms / 1000));
  if (seconds < 60) return `${seconds}${unit.second}`;
  const minutes = Math.floor(seconds / 60);
  const steps: readonly (readonly [number, string])[] = [
    [Math.floor(minutes / 1440), unit.day],
    [Math.floor(minutes / 60) % 24, unit.hour],
    [minutes % 60, unit.minute],
  ];
  const first = steps.findIndex(([amount]) => amount > 0);
  return steps
    .slice(first, first + 2)
    .filter(([amount]) => amount > 0)
    .map(([amount, name]) => `${amount}${name}`)
    .join(' ');
}
