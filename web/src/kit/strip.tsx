import { useMemo } from 'react';
import { useTranslate } from '../i18n/translate.ts';
import type { Mark } from './verdict.tsx';
import styles from './strip.module.css';

/** Worst first: what a stretch of time is coloured by. */
const ranked: readonly Mark[] = ['fail', 'degraded', 'blocked', 'unknown', 'pass', 'none'];
const letters: Readonly<Record<string, Mark>> = {
  p: 'pass',
  d: 'degraded',
  f: 'fail',
  b: 'blocked',
  u: 'unknown',
};

/**
 * One cell for each stretch of time, oldest first. A single picture with one path a colour: a tree of ten thousand
 * operations draws dozens of these at once.
 */
export function Strip(props: {
  /** A letter each: `p`, `d`, `f`, `b`, `u`, `.` for nothing. */
  readonly cells: string;
  readonly height?: number;
  /** Width of a cell and its gap in the picture's own units. */
  readonly cell?: number;
  /** Fills the place that it has. */
  readonly fluid?: boolean;
}) {
  const { cells, height = 16, cell = 5, fluid } = props;
  const t = useTranslate();
  const width = cells.length * cell - 1;
  const paths = useMemo(() => pathsOf(cells, cell, height), [cells, cell, height]);
  const label = ranked
    .map((mark) => [mark, cells.split('').filter((one) => letters[one] === mark).length] as const)
    .filter(([mark, count]) => count > 0 && mark !== 'none')
    .map(([mark, count]) => t('strip.part', { verdict: t(`verdict.${mark}`), count }))
    .join(', ');
  return (
    <svg
      className={styles.strip}
      width={fluid === true ? '100%' : width}
      height={height}
      viewBox={`0 0 ${width} ${height}`}
      preserveAspectRatio="none"
      role="img"
      aria-label={label === '' ? t('strip.empty') : label}
    >
      {paths.map(([mark, path]) => (
        <path key={mark} data-mark={mark} d={path} />
      ))}
    </svg>
  );
}

function pathsOf(cells: string, cell: number, height: number): readonly (readonly [Mark, string])[] {
  const paths = new Map<Mark, string>();
  for (const [index, letter] of cells.split('').entries()) {
    const mark = letters[letter] ?? 'none';
    paths.set(mark, `${paths.get(mark) ?? ''}M${index * cell} 0h${cell - 1}v${height}h${1 - cell}z`);
  }
  return [...paths];
}
