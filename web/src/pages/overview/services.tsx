import { Link } from 'wouter';
import type { Overview, ServiceDays } from '../../../../src/server/api/overview.ts';
import { useTranslate } from '../../i18n/translate.ts';
import { useFormat } from '../../kit/format.ts';
import { ShareStrip } from '../../kit/share-strip.tsx';
import { Sparkline } from '../../kit/sparkline.tsx';
import { Panel } from '../../kit/panel.tsx';
import { StateBar } from '../../kit/state-bar.tsx';
import styles from './services.module.css';

type Service = Overview['services'][number];

/** A row for each service: how it is, how it was, how fast it answers. @param days Absent: the last 24 hours. */
export function Services({ overview, days }: { overview: Overview; days: ServiceDays | undefined }) {
  const t = useTranslate();
  const known = new Map(days?.items.map((one) => [one.service, one]));
  return (
    <Panel flush title={t('overview.services')}>
      <ul className={styles.services}>
        {overview.services.map((service) => (
          <Row
            key={service.name}
            service={service}
            days={known.get(service.name)}
            isStarted={overview.lastCycle !== undefined}
          />
        ))}
      </ul>
    </Panel>
  );
}

function Row(props: {
  readonly service: Service;
  readonly days: ServiceDays['items'][number] | undefined;
  readonly isStarted: boolean;
}) {
  const { service, days, isStarted } = props;
  const t = useTranslate();
  const format = useFormat();
  const { name, counts, nextAt, halves, p95Ms, p95s, openCount } = service;
  const cells = days?.days ?? halves;
  const rate = days === undefined ? service.rate : days.rate;
  const bad = cells.filter((cell) => cell.bad > 0).length;
  const number = sumOf(counts);
  return (
    <li>
      <div className={styles.name}>
        <Link href={`/operations?q=${encodeURIComponent(`service:${name}`)}`} data-row>
          {name}
        </Link>
        <small>
          {isStarted && number === counts.skipped
            ? t('overview.nothingCalled')
            : t('overview.operations', { count: format.count(number) })}
          {nextAt !== undefined && ` · ${t('overview.nextAt', { time: format.clock(nextAt) })}`}
        </small>
      </div>
      <div className={styles.strip}>
        <ShareStrip
          cells={cells}
          label={t(days === undefined ? 'services.day' : 'services.days', {
            rate: format.share(rate),
            bad,
            count: cells.length,
          })}
        />
        <StateBar counts={counts} />
      </div>
      <div className={styles.rate} title={t('overview.rate')}>
        <b data-tone={rate === undefined || rate === 1 ? undefined : 'bad'}>{format.share(rate)}</b>
      </div>
      <div className={styles.speed}>
        <Sparkline values={p95s} width={84} height={20} label={t('services.p95s')} />
        <span>p95 {format.ms(p95Ms)}</span>
      </div>
      <div className={styles.open}>
        {openCount > 0 && (
          <Link href={`/incidents?service=${encodeURIComponent(name)}`}>
            {t('services.open', { count: openCount })}
          </Link>
        )}
      </div>
    </li>
  );
}

const sumOf = (counts: Readonly<Record<string, number>>): number =>
  Object.values(counts).reduce((sum, count) => sum + count, 0);
