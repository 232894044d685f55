import { useMemo } from 'react';
import styles from './sparkline.module.css';

/** Values over equal steps, gaps where there are none; the scale begins at 0 so that calm looks calm. */
export function Sparkline(props: {
  readonly values: readonly (number | null)[];
  readonly label: string;
  readonly width?: number;
  readonly height?: number;
}) {
  const { values, label, width = 72, height = 16 } = props;
  const path = useMemo(() => line(values, width, height), [values, width, height]);
  return (
    <svg className={styles.line} width={width} height={height} role="img" aria-label={label}>
      <path d={path} />
    </svg>
  );
}

function line(values: readonly (number | null)[], width: number, height: number): string {
  const top = Math.max(1, ...values.filter((value) => value !== null)) * 1.1;
  const step = width / Math.max(1, values.length - 1);
  let pen = 'M';
  let path = '';
  for (const [index, value] of values.entries()) {
    if (value === null) {
      pen = 'M';
      continue;
    }
    const x = (index * step).toFixed(1);
    const y = (height - 1 - (value / top) * (height - 2)).toFixed(1);
    // A lone point is drawn as a dot: a line of no length has a round cap.
    path += pen === 'M' ? `M${x} ${y}h0` : `L${x} ${y}`;
    pen = 'L';
  }
  return path;
}
