import { useMemo, useState } from 'react';
import type { Overview } from '../../../../src/server/api/overview.ts';
import { useTranslate } from '../../i18n/translate.ts';
import { useFormat } from '../../kit/format.ts';
import styles from './day-chart.module.css';

type Slot = Overview['lastDay'][number];

/** From the ground up: what is wrong stands at the bottom, where every bar begins. */
const stacked = ['fail', 'degraded', 'blocked', 'unknown', 'pass'] as const;
const height = 72;
/** One failure among ten thousand operations is still seen. */
const least = 3;
const slotMs = 15 * 60_000;

/** The last 24 hours, a bar for each quarter of an hour. */
export function DayChart({ slots }: { slots: readonly Slot[] }) {
  const t = useTranslate();
  const format = useFormat();
  const [pointed, setPointed] = useState<number>();
  const paths = useMemo(() => draw(slots), [slots]);
  const slot = slots[pointed ?? -1];
  const width = slots.length * 10 - 2;
  const bad = slots.filter(({ counts }) => counts.fail > 0).length;
  return (
    <figure className={styles.figure}>
      <svg
        viewBox={`0 0 ${width} ${height}`}
        preserveAspectRatio="none"
        role="img"
        aria-label={t('day.label', { bad, count: slots.length })}
        onPointerMove={(event) => {
          const box = event.currentTarget.getBoundingClientRect();
          setPointed(Math.floor(((event.clientX - box.left) / box.width) * slots.length));
        }}
        onPointerLeave={() => setPointed(undefined)}
      >
        {pointed !== undefined && (
          <rect className={styles.pointed} x={pointed * 10 - 1} y={0} width={10} height={height} />
        )}
        {paths.map(([verdict, path]) => (
          <path key={verdict} data-mark={verdict} d={path} />
        ))}
      </svg>
      <div className={styles.axis} aria-hidden>
        {[0, 24, 48, 72].map((index) => {
          const at = slots[index]?.at;
          return <span key={index}>{at === undefined ? '' : format.clock(at)}</span>;
        })}
        <span>{t('day.now')}</span>
      </div>
      <figcaption className={styles.caption}>
        {slot === undefined ? (
          <span>{t('day.hint')}</span>
        ) : (
          <>
            <b>
              {format.clock(slot.at)}–{format.clock(slot.at + slotMs)}
            </b>
            {stacked
              .filter((verdict) => slot.counts[verdict] > 0)
              .map((verdict) => (
                <span key={verdict} data-mark={verdict}>
                  {t(`verdict.${verdict}`)} {format.count(slot.counts[verdict])}
                </span>
              ))}
          </>
        )}
      </figcaption>
    </figure>
  );
}

function draw(slots: readonly Slot[]): readonly (readonly [string, string])[] {
  const paths = new Map<string, string>();
  for (const [index, { counts }] of slots.entries()) {
    const total = stacked.reduce((sum, verdict) => sum + counts[verdict], 0);
    const x = index * 10;
    if (total === 0) {
      paths.set('none', `${paths.get('none') ?? ''}M${x} ${height - 2}h8v2h-8z`);
      continue;
    }
    let ground = height;
    for (const verdict of stacked) {
      if (counts[verdict] === 0) continue;
      const share = (counts[verdict] / total) * height;
      const tall = verdict === 'pass' ? ground : Math.min(ground, Math.max(least, share));
      paths.set(
        verdict,
        `${paths.get(verdict) ?? ''}M${x} ${(ground - tall).toFixed(1)}h8v${tall.toFixed(1)}h-8z`,
      );
      ground -= tall;
    }
  }
  return [...paths];
}
