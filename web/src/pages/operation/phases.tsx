import type { Result } from '../../../../src/server/api/operations.ts';
import { type TextKey, useTranslate } from '../../i18n/translate.ts';
import { useFormat } from '../../kit/format.ts';
import styles from './phases.module.css';

const phases = ['dnsMs', 'connectMs', 'tlsMs', 'firstByteMs', 'downloadMs'] as const;
const names: Readonly<Record<(typeof phases)[number], TextKey>> = {
  dnsMs: 'phase.dns',
  connectMs: 'phase.connect',
  tlsMs: 'phase.tls',
  firstByteMs: 'phase.firstByte',
  downloadMs: 'phase.download',
};

/** Where the time of a call went, one after the other, as in a browser's network panel. */
export function Phases({ phases: measured }: { phases: Result['phases'] }) {
  const t = useTranslate();
  const format = useFormat();
  const whole = Math.max(measured.totalMs, 0.1);
  const parts = laidOut(measured);
  // What was not called took no time.
  if (measured.totalMs === 0) return null;
  return (
    <div>
      <h3>{t('phase.title')}</h3>
      <dl className={styles.phases}>
        {parts.map(({ phase, ms, begunMs }) => (
          <div key={phase}>
            <dt>{t(names[phase])}</dt>
            <dd>
              <span className={styles.track} aria-hidden>
                <span
                  data-phase={phase}
                  style={{
                    left: `${(begunMs / whole) * 100}%`,
                    width: `${Math.max(0.6, (ms / whole) * 100)}%`,
                  }}
                />
              </span>
              <span>{format.ms(ms)}</span>
            </dd>
          </div>
        ))}
        <div className={styles.total}>
          <dt>{t('phase.total')}</dt>
          <dd>
            <span className={styles.track} aria-hidden />
            <span>{format.ms(measured.totalMs)}</span>
          </dd>
        </div>
      </dl>
      {measured.connectMs === undefined && measured.firstByteMs !== undefined && (
        <p className={styles.note}>{t('phase.reused')}</p>
      )}
    </div>
  );
}

/** One begins where the one before has ended. */
function laidOut(measured: Result['phases']) {
  let begunMs = 0;
  return phases.flatMap((phase) => {
    const ms = measured[phase];
    if (ms === undefined) return [];
    begunMs += ms;
    return [{ phase, ms, begunMs: begunMs - ms }];
  });
}
