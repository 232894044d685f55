import { Button, SegmentedControl } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { Play } from 'lucide-react';
import { Link, useSearchParams } from 'wouter';
import type { Overview as OverviewData, ServiceDays } from '../../../../src/server/api/overview.ts';
import { api } from '../../api/client.ts';
import { useMay, useOverview, useServiceDays } from '../../api/queries.ts';
import { useTranslate } from '../../i18n/translate.ts';
import { useFormat } from '../../kit/format.ts';
import { IncidentList } from '../../kit/incident-list.tsx';
import { Fault, Loaded } from '../../kit/loaded.tsx';
import { useNow } from '../../kit/now.ts';
import { Empty, Panel } from '../../kit/panel.tsx';
import { StateBar } from '../../kit/state-bar.tsx';
import { VerdictMark } from '../../kit/verdict.tsx';
import { isUnproven, markOf, minutesAndSeconds } from '../../layout/countdown.tsx';
import { useTitle } from '../../layout/title.ts';
import { DayChart, slotMs } from './day-chart.tsx';
import { Services } from './services.tsx';
import { Surroundings } from './surroundings.tsx';
import { Said } from '../../kit/said.tsx';
import styles from './overview.module.css';

const ranges = { '24h': undefined, '7d': 7, '30d': 30, '90d': 90 } as const;
type Range = keyof typeof ranges;
const isRange = (value: string | null): value is Range => value !== null && value in ranges;

/** Is all well, what is wrong and why, what comes next. */
export function Overview() {
  const t = useTranslate();
  useTitle(t('nav.overview'));
  const query = useOverview();
  const [params, setParams] = useSearchParams();
  const given = params.get('range');
  const range = isRange(given) ? given : '24h';
  const days = useServiceDays(ranges[range]);
  const known = ranges[range] === undefined ? undefined : days.data;
  return (
    <Loaded query={query}>
      {(overview) => (
        <div className={styles.page}>
          <Headline overview={overview} />
          {overview.storage !== undefined && <Storage trouble={overview.storage} />}
          <Panel
            title={t(`overview.range.${range}`)}
            aside={
              <>
                <Share slots={known === undefined ? overview.lastDay : slotsOf(known)} />
                <SegmentedControl
                  size="xs"
                  aria-label={t('timeline.period')}
                  value={range}
                  onChange={(value) => setParams(value === '24h' ? {} : { range: value }, { replace: true })}
                  data={Object.keys(ranges).map((value) => ({
                    value,
                    label: t(`period.${value as Range}`),
                  }))}
                />
              </>
            }
          >
            {known === undefined ? (
              <DayChart slots={overview.lastDay} stepMs={slotMs} />
            ) : (
              <DayChart slots={slotsOf(known)} stepMs={dayMs} />
            )}
          </Panel>
          {overview.openCount === 0 && <Services overview={overview} days={known} />}
          <div className={styles.columns}>
            <div className={styles.column}>
              <Panel
                flush
                title={t('overview.wrong')}
                aside={
                  overview.openCount > 0 ? (
                    <Link href="/incidents">{t('overview.all', { count: overview.openCount })}</Link>
                  ) : undefined
                }
              >
                {overview.open.length === 0 ? (
                  <Empty title={t('overview.nothing')}>
                    {overview.concerns.length === 0 ? t('overview.nothing.more') : undefined}
                  </Empty>
                ) : (
                  <IncidentList incidents={overview.open} />
                )}
              </Panel>
            </div>
            <Surroundings overview={overview} />
          </div>
          {overview.openCount > 0 && <Services overview={overview} days={known} />}
        </div>
      )}
    </Loaded>
  );
}

/** Nothing can be stored: what is shown here may be old. */
function Storage({ trouble }: { trouble: NonNullable<OverviewData['storage']> }) {
  const t = useTranslate();
  const format = useFormat();
  return (
    <Panel title={t('overview.storage', { time: format.time(trouble.since) })}>
      <p role="alert">{trouble.message}</p>
      {trouble.hint !== undefined && <p>{trouble.hint}</p>}
    </Panel>
  );
}

function Headline({ overview }: { overview: OverviewData }) {
  const t = useTranslate();
  const format = useFormat();
  const { counts, lastCycle, openCount, silencedCount, toSetUp } = overview;
  const { heldUp = 0, confirming = 0 } = lastCycle ?? {};
  const hanging = heldUp - confirming;
  const isConcerned = overview.state === 'degraded' && openCount + overview.notPatrolled.length === 0;
  const headline = isConcerned ? 'concerned' : isUnproven(overview) ? 'unproven' : overview.state;
  const called =
    counts.pass + counts.degraded + counts.fail + counts.blocked + counts.unknown + counts.waiting;
  return (
    <section className={styles.headline} data-state={overview.state} aria-label={t('overview.now')}>
      <div className={styles.verdict}>
        <VerdictMark mark={markOf[overview.state]} label={false} size={30} />
        <div>
          <h1>
            {t(`overview.headline.${headline}`, { count: headline === 'unproven' ? toSetUp : openCount })}
            {silencedCount > 0 && ` · ${t('overview.silenced', { count: silencedCount })}`}
          </h1>
          <p>
            {t('overview.answering', {
              good: format.count(counts.pass),
              all: format.count(called),
            })}
            {lastCycle !== undefined &&
              ` · ${t('overview.last', {
                time: format.time(lastCycle.startedAt),
                took: format.span(Math.max(1000, lastCycle.durationMs)),
              })}`}
          </p>
          {hanging > 0 && <p>{t('overview.heldUp', { count: hanging })}</p>}
          {confirming > 0 && <p>{t('overview.confirming', { count: confirming })}</p>}
          {toSetUp > 0 && (
            <p>
              <Link href="/set-up">{t('overview.toSetUp', { count: toSetUp })}</Link>
            </p>
          )}
          {overview.concerns.map(({ message }) => (
            <p key={message}>
              <Said text={message} />
            </p>
          ))}
          {overview.notPatrolled.map(({ service, why, since, problem }) => (
            <p key={service}>
              {t(`overview.stalled.${why}`, { service, time: format.full(since), problem })}
            </p>
          ))}
        </div>
      </div>
      <Next overview={overview} />
      <div className={styles.states}>
        <StateBar counts={counts} legend />
      </div>
    </section>
  );
}

function Next({ overview }: { overview: OverviewData }) {
  const t = useTranslate();
  const format = useFormat();
  const now = useNow();
  const mayRun = useMay('operator');
  const start = useMutation({ mutationFn: () => api.post('/cycles') });
  const next = overview.nextCycles[0];
  return (
    <div className={styles.next}>
      <div>
        <div className={styles.nextLabel}>{t('countdown.next')}</div>
        <div className={styles.clock}>{next === undefined ? '––:––' : minutesAndSeconds(next.at - now)}</div>
        <div className={styles.nextLabel}>
          {next === undefined ? '' : `${format.time(next.at)} · ${overview.timeZone}`}
        </div>
      </div>
      {mayRun && (
        <Button
          size="xs"
          loading={start.isPending}
          disabled={overview.running}
          onClick={() => start.mutate()}
          leftSection={<Play size={12} aria-hidden />}
        >
          {overview.running ? t('countdown.running') : t('overview.run')}
        </Button>
      )}
      {start.error !== null && <Fault error={start.error} />}
    </div>
  );
}

const dayMs = 86_400_000;
const noCounts = { pass: 0, degraded: 0, fail: 0, blocked: 0, unknown: 0 };

/** All services together; a day is told by its noon, which is on the same day in most zones. */
function slotsOf({ items }: ServiceDays): OverviewData['lastDay'] {
  const dates = items[0]?.days.map(({ date }) => date) ?? [];
  return dates.map((date, index) => {
    const [pass, fail] = [
      items.reduce((sum, { days }) => sum + (days[index]?.good ?? 0), 0),
      items.reduce((sum, { days }) => sum + (days[index]?.bad ?? 0), 0),
    ];
    return { at: Date.parse(`${date}T12:00:00Z`), counts: { ...noCounts, pass, fail } };
  });
}

function Share({ slots }: { slots: OverviewData['lastDay'] }) {
  const t = useTranslate();
  const format = useFormat();
  let good = 0;
  let counted = 0;
  for (const { counts } of slots) {
    good += counts.pass + counts.degraded;
    counted += counts.pass + counts.degraded + counts.fail;
  }
  return (
    <span>
      {t('overview.rate')} <b>{format.share(counted === 0 ? undefined : good / counted)}</b>
    </span>
  );
}
