import { useTranslate } from '../i18n/translate.ts';
import { useFormat } from './format.ts';
import { VerdictMark } from './verdict.tsx';
import styles from './state-bar.module.css';

const order = ['fail', 'degraded', 'blocked', 'unknown', 'pass', 'waiting', 'skipped'] as const;
type Counts = Readonly<Partial<Record<(typeof order)[number], number>>>;

/** How many are in which state, as shares of one bar; with `legend` in words, too. */
export function StateBar({ counts, legend }: { counts: Counts; legend?: boolean }) {
  const t = useTranslate();
  const format = useFormat();
  const present = order.flatMap((mark) => {
    const count = counts[mark] ?? 0;
    return count === 0 ? [] : [{ mark, count }];
  });
  const words = present.map(({ mark, count }) => `${t(`verdict.${mark}`)} ${format.count(count)}`).join(', ');
  return (
    <div className={styles.whole}>
      <div
        className={styles.bar}
        role="img"
        aria-label={words === '' ? t('strip.empty') : words}
        title={words}
      >
        {present.map(({ mark, count }) => (
          <span key={mark} data-mark={mark} style={{ flexGrow: count }} />
        ))}
      </div>
      {legend === true && (
        <ul className={styles.legend} aria-hidden>
          {present.map(({ mark, count }) => (
            <li key={mark}>
              <VerdictMark mark={mark} label={false} size={13} />
              {t(`verdict.${mark}`)} <b>{format.count(count)}</b>
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}
