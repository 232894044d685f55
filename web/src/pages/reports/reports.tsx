import { Button, SegmentedControl } from '@mantine/core';
import { Printer } from 'lucide-react';
import { useMemo } from 'react';
import { Link, useSearchParams } from 'wouter';
import type { Report } from '../../../../src/server/api/reports.ts';
import { type Period, useReport } from '../../api/queries.ts';
import { type TextKey, useTranslate } from '../../i18n/translate.ts';
import { useFormat } from '../../kit/format.ts';
import { IncidentList } from '../../kit/incident-list.tsx';
import { Loaded } from '../../kit/loaded.tsx';
import { now } from '../../kit/now.ts';
import { Empty, PageHead, Panel } from '../../kit/panel.tsx';
import tables from '../../kit/table.module.css';
import { useTimeZone } from '../../kit/time-zone.ts';
import { dateIn, startOfDay } from './days.ts';
import { useTitle } from '../../layout/title.ts';
import { Downloads } from './downloads.tsx';
import { HoursChart } from './hours-chart.tsx';
import { OwnPeriod } from './own-period.tsx';
import { Objectives } from './objectives.tsx';
import styles from './reports.module.css';

const hourMs = 3_600_000;
const dayMs = 24 * hourMs;
const periods = { '24h': dayMs, '7d': 7 * dayMs, '30d': 30 * dayMs, '90d': 90 * dayMs } as const;
type Length = keyof typeof periods;
const isPeriod = (value: string | null): value is Length => value !== null && value in periods;

/** A period on paper: rates, incidents, what failed most, what was slowest, objectives. */
export function Reports() {
  const t = useTranslate();
  const format = useFormat();
  const timeZone = useTimeZone();
  useTitle(t('nav.reports'));
  const [params, setParams] = useSearchParams();
  const given = params.get('period');
  const period = isPeriod(given) ? given : '24h';
  const [first, last] = [dateIn(params.get('from')), dateIn(params.get('to'))];
  const range = useMemo(() => {
    if (first !== undefined && last !== undefined && first <= last)
      return until(startOfDay(first, timeZone), startOfDay(last, timeZone, 1));
    return until(now() - periods[period]);
  }, [period, first, last, timeZone]);
  const report = useReport(range);
  const to = range.to ?? report.data?.to ?? now();
  return (
    <>
      <PageHead
        title={t('nav.reports')}
        note={`${format.full(range.from)} – ${format.full(to)} · ${timeZone}`}
        actions={
          <>
            <SegmentedControl
              aria-label={t('timeline.period')}
              value={first === undefined || last === undefined ? period : ''}
              onChange={(value) => setParams({ period: value })}
              data={Object.keys(periods).map((value) => ({ value, label: t(`period.${value as Length}`) }))}
            />
            <OwnPeriod
              from={first ?? format.full(range.from).slice(0, 10)}
              to={last ?? format.full(to).slice(0, 10)}
              onChoose={(from, to) => setParams({ from, to })}
            />
            <Downloads range={range} />
            <Button onClick={() => window.print()} leftSection={<Printer size={13} aria-hidden />}>
              {t('reports.print')}
            </Button>
          </>
        }
      />
      <div className={styles.page}>
        <Objectives />
        <Loaded query={report}>{(known) => <Written report={known} />}</Loaded>
      </div>
    </>
  );
}

/** Hours are what is kept: it begins with the whole of one. Without an end it goes up to whenever it is asked for. */
function until(from: number, to?: number): Period {
  return { from: Math.floor(from / hourMs) * hourMs, ...(to !== undefined && to < now() ? { to } : {}) };
}

function Written({ report }: { report: Report }) {
  const t = useTranslate();
  const format = useFormat();
  const { cycles, counts, latency, incidents, failing, slow } = report;
  const numbers: readonly (readonly [TextKey, string])[] = [
    ['cycle.rate', format.share(report.successRate)],
    ['reports.results', format.count(Object.values(counts).reduce((sum, count) => sum + count, 0))],
    ['reports.fails', format.count(counts.fail)],
    ['reports.incidents', format.count(incidents.length)],
    ['reports.cycles', format.count(cycles.complete)],
    ['reports.missed', format.count(cycles.missed + cycles.interrupted)],
    ['reports.p50', format.ms(latency?.p50Ms)],
    ['reports.p95', format.ms(latency?.p95Ms)],
    ['reports.p99', format.ms(latency?.p99Ms)],
  ];
  return (
    <>
      <dl className={styles.numbers}>
        {numbers.map(([name, value]) => (
          <div key={name}>
            <dt>{t(name)}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
      {report.hours.length > 0 && <HoursChart report={report} />}
      <Services report={report} />
      <div className={styles.columns}>
        <Panel flush title={t('reports.failing')}>
          <Lines lines={failing} empty={t('reports.noFails')} />
        </Panel>
        <Panel flush title={t('reports.slow')}>
          <Lines lines={slow} slow empty={t('reports.noSlow')} />
        </Panel>
      </div>
      <Panel flush title={t('nav.incidents')}>
        {incidents.length === 0 ? (
          <Empty title={t('incidents.none')} />
        ) : (
          <IncidentList incidents={incidents} />
        )}
      </Panel>
    </>
  );
}

function Services({ report }: { report: Report }) {
  const t = useTranslate();
  const format = useFormat();
  return (
    <Panel flush title={t('overview.services')}>
      <table className={tables.table}>
        <thead>
          <tr>
            <th scope="col">{t('incident.services')}</th>
            <th scope="col" className={tables.number}>
              {t('cycle.rate')}
            </th>
            <th scope="col" className={tables.number}>
              {t('verdict.fail')}
            </th>
            <th scope="col" className={tables.number}>
              p50
            </th>
            <th scope="col" className={tables.number}>
              p95
            </th>
          </tr>
        </thead>
        <tbody>
          {report.services.map(({ name, counts, successRate, latency }) => (
            <tr key={name}>
              <td>{name}</td>
              <td className={tables.number}>{format.share(successRate)}</td>
              <td className={tables.number}>{format.count(counts.fail)}</td>
              <td className={tables.number}>{format.ms(latency?.p50Ms)}</td>
              <td className={tables.number}>{format.ms(latency?.p95Ms)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </Panel>
  );
}

function Lines(props: {
  readonly lines: Report['failing'];
  readonly slow?: boolean;
  readonly empty: string;
}) {
  const { lines, slow, empty } = props;
  const t = useTranslate();
  const format = useFormat();
  if (lines.length === 0) return <Empty title={empty} />;
  return (
    <table className={tables.table}>
      <tbody>
        {lines.map(({ id, service, operation, results, fails, latency }) => (
          <tr key={`${service} ${operation}`}>
            <td>
              {id === undefined ? (
                <code>{operation}</code>
              ) : (
                <Link href={`/operations/${id}`} data-row>
                  <code>{operation}</code>
                </Link>
              )}{' '}
              <small>{service}</small>
            </td>
            <td className={tables.number}>
              {slow === true
                ? `p95 ${format.ms(latency?.p95Ms)}`
                : t('reports.failsOf', { count: format.count(fails), of: format.count(results) })}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
