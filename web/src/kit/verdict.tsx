import type { ReactNode } from 'react';
import type { OperationState } from '../../../src/server/api/operations.ts';
import { useTranslate } from '../i18n/translate.ts';
import styles from './verdict.module.css';

/** `none`: nothing is known of that time. */
export type Mark = OperationState | 'none';

/** Differ in shape and not in colour alone. */
const shapes: Readonly<Record<Mark, ReactNode>> = {
  pass: <path d="m4.8 8.2 2.2 2.2 4.200-4.600" />,
  degraded: <path d="M8 4.600v4M8 11.200v.1" />,
  fail: <path d="m5.500 5.500 5 5m0-5-5 5" />,
  blocked: <path d="M4.800 8h6.400" />,
  unknown: <path d="M6.300 6.400a1.800 1.800 0 1 1 2.600 1.600c-.6.3-.9.6-.9 1.200M8 11.500v.1" />,
  waiting: <path d="M8 5v3.200l2 1.300" />,
  skipped: <path d="M4 8h8" />,
  none: null,
};
const frames: Readonly<Record<Mark, ReactNode>> = {
  pass: <circle cx="8" cy="8" r="7" />,
  degraded: <path d="M8 1.200 15.300 14H.7z" strokeWidth="1.200" />,
  fail: <path d="M5.100 1h5.800L15 5.100v5.800L10.900 15H5.100L1 10.900V5.100z" />,
  blocked: <rect x="1" y="1" width="14" height="14" rx="3" />,
  unknown: <circle cx="8" cy="8" r="6.400" />,
  waiting: <circle cx="8" cy="8" r="6.400" />,
  skipped: null,
  none: <circle cx="8" cy="8" r="3" />,
};

/** Decoration for eyes; readers get the word where there is no label beside it. */
export function VerdictMark({ mark, label, size = 14 }: { mark: Mark; label?: boolean; size?: number }) {
  const t = useTranslate();
  const name = t(`verdict.${mark}`);
  return (
    <svg
      className={styles.mark}
      data-mark={mark}
      width={size}
      height={size}
      viewBox="0 0 16 16"
      role={label === false ? undefined : 'img'}
      aria-label={label === false ? undefined : name}
      aria-hidden={label === false ? true : undefined}
    >
      <g className={styles.frame}>{frames[mark]}</g>
      <g className={styles.shape}>{shapes[mark]}</g>
    </svg>
  );
}

export function VerdictLabel({ mark, children }: { mark: Mark; children?: ReactNode }) {
  const t = useTranslate();
  return (
    <span className={styles.label} data-mark={mark}>
      <VerdictMark mark={mark} label={false} />
      {children ?? t(`verdict.${mark}`)}
    </span>
  );
}
