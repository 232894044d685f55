import { useMemo } from 'react';
import styles from './strip.module.css';

/** What came of the calls in a stretch of time. */
export interface ShareCell {
  readonly good: number;
  readonly bad: number;
  /** Of which nothing was learnt. */
  readonly other?: number;
}

const width = 10;
const gap = 2;
const height = 24;
/** One failure among ten thousand is still seen. */
const least = 4;

/** A bar for each stretch of time, oldest first: how much of it failed stands at its bottom. */
export function ShareStrip({ cells, label }: { cells: readonly ShareCell[]; label: string }) {
  const paths = useMemo(() => draw(cells), [cells]);
  return (
    <svg
      className={styles.strip}
      width="100%"
      height={height}
      viewBox={`0 0 ${cells.length * width - gap} ${height}`}
      preserveAspectRatio="none"
      role="img"
      aria-label={label}
    >
      {paths.map(([mark, path]) => (
        <path key={mark} data-mark={mark} d={path} />
      ))}
    </svg>
  );
}

function draw(cells: readonly ShareCell[]): readonly (readonly [string, string])[] {
  const paths = new Map<string, string>();
  const bar = (mark: string, index: number, top: number, tall: number): void => {
    const wide = width - gap;
    paths.set(mark, `${paths.get(mark) ?? ''}M${index * width} ${top}h${wide}v${tall}h-${wide}z`);
  };
  for (const [index, { good, bad, other = 0 }] of cells.entries()) {
    if (good + bad === 0) {
      bar(other > 0 ? 'unknown' : 'none', index, 0, height);
      continue;
    }
    const failed = bad === 0 ? 0 : Math.max(least, Math.round((bad / (good + bad)) * height));
    if (failed < height) bar('pass', index, 0, height - failed);
    if (failed > 0) bar('fail', index, height - failed, failed);
  }
  return [...paths];
}
