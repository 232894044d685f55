import { SegmentedControl } from '@mantine/core';
import { useMemo, useState } from 'react';
import type { Result } from '../../../../src/server/api/operations.ts';
import { useResults } from '../../api/queries.ts';
import { useTranslate } from '../../i18n/translate.ts';
import { useFormat } from '../../kit/format.ts';
import { Loaded } from '../../kit/loaded.tsx';
import { now } from '../../kit/now.ts';
import { Empty, Panel } from '../../kit/panel.tsx';
import { TimeChart, type TimeSeries } from '../../kit/time-chart.tsx';

const hourMs = 3_600_000;
const periods = { '6h': 6 * hourMs, '24h': 24 * hourMs, '5d': 120 * hourMs } as const;
type Period = keyof typeof periods;
const isPeriod = (value: string): value is Period => value in periods;
const minuteMs = 60_000;

/** How long each answer took and what became of it; a point leads to its result. */
export function Timeline(props: {
  readonly id: string;
  /** Objective for the 95th percentile. */
  readonly goalMs: number | undefined;
  /** At first; default: a day. */
  readonly period?: Period;
  readonly moment?: { readonly at: number; readonly label: string };
  readonly onChoose: (result: Result) => void;
}) {
  const { id, goalMs, moment, onChoose } = props;
  const t = useTranslate();
  const [period, setPeriod] = useState<Period>(props.period ?? '24h');
  // To the minute, so that the question stays the same from one drawing to the next.
  const from = useMemo(() => Math.floor(now() / minuteMs) * minuteMs - periods[period], [period]);
  const query = useResults(id, { from });
  return (
    <Panel
      title={t('timeline.title')}
      aside={
        <SegmentedControl
          aria-label={t('timeline.period')}
          value={period}
          onChange={(value) => isPeriod(value) && setPeriod(value)}
          data={Object.keys(periods).map((value) => ({ value, label: t(`period.${value as Period}`) }))}
        />
      }
    >
      <Loaded query={query}>
        {({ items }) =>
          items.length === 0 ? (
            <Empty title={t('timeline.empty')} />
          ) : (
            <Chart results={items} goalMs={goalMs} moment={moment} from={from} onChoose={onChoose} />
          )
        }
      </Loaded>
    </Panel>
  );
}

function Chart(props: {
  readonly results: readonly Result[];
  readonly goalMs: number | undefined;
  readonly moment: { readonly at: number; readonly label: string } | undefined;
  readonly from: number;
  readonly onChoose: (result: Result) => void;
}) {
  const { results, goalMs, moment, from, onChoose } = props;
  const t = useTranslate();
  const format = useFormat();
  const ordered = useMemo(() => results.toReversed(), [results]);
  const series = useMemo((): readonly TimeSeries[] => {
    const of = (wanted: (result: Result) => boolean) =>
      ordered.map((result) => (wanted(result) ? result.phases.totalMs : null));
    return [
      { label: t('phase.total'), color: '--dim', values: of(({ phases }) => phases.totalMs > 0), line: true },
      { label: t('verdict.pass'), color: '--pass-cell', values: of(({ verdict }) => verdict === 'pass') },
      {
        label: t('verdict.degraded'),
        color: '--degraded-cell',
        values: of(({ verdict }) => verdict === 'degraded'),
      },
      { label: t('verdict.fail'), color: '--fail-cell', values: of(({ verdict }) => verdict === 'fail') },
      {
        label: t('verdict.blocked'),
        color: '--blocked-cell',
        values: of(({ verdict }) => verdict === 'blocked'),
      },
      {
        label: t('verdict.unknown'),
        color: '--unknown-cell',
        values: of(({ verdict }) => verdict === 'unknown'),
      },
    ];
  }, [ordered, t]);
  const failed = results.filter(({ verdict }) => verdict === 'fail').length;
  return (
    <TimeChart
      times={ordered.map(({ at }) => at)}
      from={from}
      series={series}
      height={180}
      goal={goalMs === undefined ? undefined : { value: goalMs, label: `p95 ≤ ${format.ms(goalMs)}` }}
      {...(moment === undefined ? {} : { moment })}
      format={format.ms}
      label={t('timeline.label', { count: results.length, failed })}
      onChoose={(index) => {
        const result = ordered[index];
        if (result !== undefined) onChoose(result);
      }}
    />
  );
}
