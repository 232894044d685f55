/** What it is, what came out, and whether that is as it should be. */
export type Figure = readonly [name: string, measured: string, good?: boolean];

/** In the form of bench/RESULTS.md. */
export function printTable(title: string, figures: readonly Figure[]): void {
  const rows = figures.map(([name, measured, good]) => {
    const mark = good === undefined ? '' : good ? '✓' : '✗';
    return `| ${name} | ${measured} | ${mark} |`;
  });
  process.stdout.write(`\n${title}\n\n| figure | measured | |\n|---|---|---|\n${rows.join('\n')}\n`);
}

export function quantile(values: readonly number[], share: number): number | undefined {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.max(0, Math.ceil(share * sorted.length) - 1)];
}

/** Median of the last quarter over that of the first. */
export function growth(values: readonly number[]): string {
  const quarter = Math.max(1, Math.floor(values.length / 4));
  const [first, last] = [values.slice(0, quarter), values.slice(-quarter)].map((some) => quantile(some, 0.5));
  return first === undefined || last === undefined ? 'none' : (last - first).toFixed(1);
}

export function seconds(ms: number | undefined): string {
  return ms === undefined ? 'none' : `${(ms / 1000).toFixed(1)} s`;
}
