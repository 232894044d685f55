const unitMs = { ms: 1, s: 1000, m: 60_000, h: 3_600_000, d: 86_400_000, w: 604_800_000 } as const;
type Unit = keyof typeof unitMs;

const part = /(\d+(?:\.\d+)?)(ms|s|m|h|d|w)/gy;

/** `15m`, `1h30m`, `250ms` → milliseconds; `undefined` when it is not a duration. */
export function parseDuration(text: string): number | undefined {
  const compact = text.trim();
  let total = 0;
  let end = 0;
  part.lastIndex = 0;
  for (let match = part.exec(compact); match !== null; match = part.exec(compact)) {
    total += Number(match[1]) * unitMs[match[2] as Unit];
    end = part.lastIndex;
  }
  return end === compact.length && end > 0 ? total : undefined;
}

/** The shortest exact form: 5_400_000 → `1h30m`. Fractions of a millisecond are rounded away. */
export function formatDuration(ms: number): string {
  let rest = Math.round(ms);
  if (rest <= 0) return '0s';
  let text = '';
  for (const unit of ['d', 'h', 'm', 's', 'ms'] as const) {
    const amount = Math.floor(rest / unitMs[unit]);
    rest -= amount * unitMs[unit];
    if (amount > 0) text += `${amount}${unit}`;
  }
  return text;
}

const units = {
  zh: { day: ' 天', hour: ' 小时', minute: ' 分钟', second: ' 秒' },
  en: { day: ' d', hour: ' h', minute: ' min', second: ' s' },
} as const;

/** The two largest units, as spoken: `3 天 2 小时`, `2 h 5 min`, `1 min 40 s`; seconds only below ten minutes. */
export function spokenDuration(ms: number, language: keyof typeof units): string {
  const unit = units[language];
  const seconds = Math.max(0, Math.round(ms / 1000));
  if (seconds < 60) return `${seconds}${unit.second}`;
  const minutes = Math.floor(seconds / 60);
  const steps: readonly (readonly [number, string])[] = [
    [Math.floor(minutes / 1440), unit.day],
    [Math.floor(minutes / 60) % 24, unit.hour],
    [minutes % 60, unit.minute],
    [minutes < 10 ? seconds % 60 : 0, unit.second],
  ];
  const first = steps.findIndex(([amount]) => amount > 0);
  return steps
    .slice(first, first + 2)
    .filter(([amount]) => amount > 0)
    .map(([amount, name]) => `${amount}${name}`)
    .join(' ');
}
