import type { Overview } from '../../../src/server/api/overview.ts';
import { useTranslate } from '../i18n/translate.ts';
import { useFormat } from '../kit/format.ts';
import { useNow } from '../kit/now.ts';
import { type Mark, VerdictMark } from '../kit/verdict.tsx';
import styles from './shell.module.css';

export const markOf: Readonly<Record<Overview['state'], Mark>> = {
  ok: 'pass',
  degraded: 'degraded',
  failing: 'fail',
  starting: 'none',
  stalled: 'fail',
};

/** Nobody knows how well that is which has never worked. */
export function isUnproven({ state, toSetUp }: Overview): boolean {
  return state === 'ok' && toSetUp > 0;
}

/** How things stand, and the time until the next cycle as mm:ss. */
export function Countdown({ overview }: { overview: Overview }) {
  const t = useTranslate();
  const format = useFormat();
  const now = useNow();
  const next = overview.nextCycles[0];
  return (
    <div className={styles.state}>
      <VerdictMark mark={markOf[overview.state]} label={false} />
      <strong>
        {isUnproven(overview)
          ? t('overview.headline.unproven', { count: overview.toSetUp })
          : t(`state.${overview.state}`)}
      </strong>
      <span className={styles.next}>
        {overview.running && <span className={styles.running}>{t('countdown.running')}</span>}
        {next !== undefined && (
          <>
            <span className={styles.nextLabel}>{t('countdown.next')} </span>
            <time dateTime={new Date(next.at).toISOString()} title={format.full(next.at)} role="timer">
              {minutesAndSeconds(next.at - now)}
            </time>
          </>
        )}
      </span>
    </div>
  );
}

/** `08:05`, `1:04:00`; `00:00` when it is over. */
export function minutesAndSeconds(ms: number): string {
  const seconds = Math.max(0, Math.ceil(ms / 1000));
  const two = (value: number): string => String(value).padStart(2, '0');
  const hours = Math.floor(seconds / 3600);
  const rest = `${two(Math.floor((seconds % 3600) / 60))}:${two(seconds % 60)}`;
  return hours === 0 ? rest : `${hours}:${rest}`;
}
