import { useMemo } from 'react';
import type { Report } from '../../../../src/server/api/reports.ts';
import { useTranslate } from '../../i18n/translate.ts';
import { useFormat } from '../../kit/format.ts';
import { Panel } from '../../kit/panel.tsx';
import { TimeChart, type TimeSeries } from '../../kit/time-chart.tsx';

/** How the 95th percentile and the failures went over the hours of the period. */
export function HoursChart({ report }: { report: Report }) {
  const { hours, from, to } = report;
  const t = useTranslate();
  const format = useFormat();
  const times = useMemo(() => hours.map(({ at }) => at), [hours]);
  const latency = useMemo(
    (): readonly TimeSeries[] => [
      { label: 'p95', color: '--accent', values: hours.map(({ p95Ms }) => p95Ms ?? null), line: true },
    ],
    [hours],
  );
  const failures = useMemo(
    (): readonly TimeSeries[] => [
      {
        label: t('verdict.fail'),
        color: '--fail-cell',
        values: hours.map(({ counts }) => counts.fail),
        line: true,
      },
    ],
    [hours, t],
  );
  return (
    <Panel title={t('reports.hours')}>
      <TimeChart
        times={times}
        from={from}
        to={to}
        series={latency}
        height={150}
        format={format.ms}
        label={t('reports.latencyLabel', { count: hours.length })}
      />
      <TimeChart
        times={times}
        from={from}
        to={to}
        series={failures}
        height={90}
        format={format.count}
        label={t('reports.failuresLabel', { count: hours.length })}
      />
    </Panel>
  );
}
