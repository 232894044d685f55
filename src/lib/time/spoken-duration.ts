const units = {
  zh: { day: ' 天', hour: ' 小时', minute: ' 分', second: ' 秒' },
  en: { day: ' d', hour: ' h', minute: ' min', second: ' s' },
} as const;

/** The two largest units, as spoken: `3 天 2 小时`, `2 h 5 min`, `45 s`. */
export function spokenDuration(ms: number, language: keyof typeof units): string {
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
