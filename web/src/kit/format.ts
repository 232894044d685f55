import { useMemo } from 'react';
import { spokenDuration } from '../../../src/lib/time/duration.ts';
import { type Language, useLanguage } from '../i18n/translate.ts';
import { useTimeZone } from './time-zone.ts';

/** Numbers and times as people read them; times in the patrol's own zone, whatever the browser's is. */
export interface Format {
  /** `14:05:09`, with the day in front when it is not today. */
  readonly time: (at: number) => string;
  /** `2026-03-01 14:05:09` */
  readonly full: (at: number) => string;
  /** `14:05` */
  readonly clock: (at: number) => string;
  /** `340 ms`, `1.2 s` */
  readonly ms: (ms: number | undefined) => string;
  /** `3 d 4 h`, `12 min`, `40 s`: the two largest units, as messages say it. */
  readonly span: (ms: number) => string;
  /** `99.93 %` */
  readonly share: (share: number | undefined, digits?: number) => string;
  readonly count: (count: number) => string;
  readonly bytes: (bytes: number) => string;
}

export function formatFor(language: Language, timeZone: string): Format {
  const stamp = new Intl.DateTimeFormat('sv-SE', { timeZone, dateStyle: 'short', timeStyle: 'medium' });
  const counts = new Intl.NumberFormat(language);
  const full = (at: number): string => stamp.format(at);
  return {
    full,
    time: (at) => {
      const [day, time] = full(at).split(' ');
      return day === full(Date.now()).slice(0, 10) ? (time ?? '') : `${day?.slice(5)} ${time?.slice(0, 5)}`;
    },
    clock: (at) => full(at).slice(11, 16),
    ms: (ms) => {
      if (ms === undefined) return '–';
      if (ms < 10) return `${ms.toFixed(1)} ms`;
      return ms < 1000 ? `${Math.round(ms)} ms` : `${(ms / 1000).toFixed(ms < 10_000 ? 2 : 1)} s`;
    },
    span: (ms) => spokenDuration(ms, language),
    share: (share, digits = 2) => {
      if (share === undefined) return '–';
      // 99.996 % is not 100 %: what has failed stays visible.
      const floored = Math.floor(share * 100 * 10 ** digits + 1e-9) / 10 ** digits;
      return `${floored === 100 ? '100' : floored.toFixed(digits)} %`;
    },
    count: (count) => counts.format(count),
    bytes: (bytes) => {
      if (bytes < 1024) return `${bytes} B`;
      return bytes < 1 << 20 ? `${(bytes / 1024).toFixed(1)} KiB` : `${(bytes / (1 << 20)).toFixed(1)} MiB`;
    },
  };
}

export function useFormat(): Format {
  const language = useLanguage();
  const timeZone = useTimeZone();
  return useMemo(() => formatFor(language, timeZone), [language, timeZone]);
}
