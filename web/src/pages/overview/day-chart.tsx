import { useMediaQuery } from '@mantine/hooks';
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
const least = 4;
/** A quarter of an hour. */
export const slotMs = 15 * 60_000;
const dayMs = 24 * 3_600_000;

/** A bar for each quarter of an hour, or for each day; on a phone for two of them, so that it can be seen. */
export function DayChart({ slots: given, stepMs: each }: { slots: readonly Slot[]; stepMs: number }) {
  const t = useTranslate();
  const format = useFormat();
  const [pointed, setPointed] = useState<number>();
  const isNarrow = useMediaQuery('(max-width: 640px)') && given.length > 48;
  const slots = useMemo(() => (isNarrow ? inPairs(given) : given), [isNarrow, given]);
  const stepMs = isNarrow ? 2 * each : each;
  const isDays = each >= dayMs;
  const paths = useMemo(() => draw(slots), [slots]);
  const day = (at: number): string => format.full(at).slice(5, 10);
  /** The day stands with the first time of it, as the last 24 hours lie on two. */
  const today = day(slots.at(-1)?.at ?? 0);
  const withDay = (at: number): string => `${day(at) === today ? '' : `${day(at)} `}${format.clock(at)}`;
  const slot = slots[pointed ?? -1];
  const width = slots.length * 10 - 2;
  const bad = slots.filter(({ counts }) => counts.fail > 0).length;
  return (
    <figure className={styles.figure}>
      <svg
        viewBox={`0 0 ${width} ${height}`}
        preserveAspectRatio="none"
        role="img"
        aria-label={t(isDays ? 'day.labelDays' : 'day.label', { bad, count: slots.length })}
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
        {[0, 0.25, 0.5, 0.75].map((part) => {
          const at = slots[Math.floor(part * slots.length)]?.at;
          return <span key={part}>{at === undefined ? '' : isDays ? day(at) : withDay(at)}</span>;
        })}
        <span>{t(isDays ? 'day.today' : 'day.now')}</span>
      </div>
      <figcaption className={styles.caption}>
        {slot === undefined ? (
          <span>{t(isDays ? 'day.hintDays' : 'day.hint')}</span>
        ) : (
          <>
            <b>
              {isDays
                ? stepMs === each
                  ? format.full(slot.at).slice(0, 10)
                  : `${day(slot.at)} – ${day(slot.at + each)}`
                : `${withDay(slot.at)}–${format.clock(slot.at + stepMs)}`}
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

/** Two together, the older one's beginning. */
function inPairs(slots: readonly Slot[]): readonly Slot[] {
  const pairs: Slot[] = [];
  for (let index = slots.length % 2; index < slots.length; index += 2) {
    const [first, second] = [slots[index], slots[index + 1]];
    if (first === undefined || second === undefined) continue;
    const counts = { ...first.counts };
    for (const verdict of stacked) counts[verdict] += second.counts[verdict];
    pairs.push({ at: first.at, counts });
  }
  return pairs;
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
