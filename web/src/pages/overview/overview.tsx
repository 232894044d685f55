import { Button } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { Play } from 'lucide-react';
import { Link } from 'wouter';
import type { Overview as OverviewData } from '../../../../src/server/api/overview.ts';
import { api } from '../../api/client.ts';
import { useMay, useOverview } from '../../api/queries.ts';
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
import { DayChart } from './day-chart.tsx';
import { Surroundings } from './surroundings.tsx';
import styles from './overview.module.css';

/** Is all well, what is wrong and why, what comes next. */
export function Overview() {
  const t = useTranslate();
  useTitle(t('nav.overview'));
  const query = useOverview();
  return (
    <Loaded query={query}>
      {(overview) => (
        <div className={styles.page}>
          <Headline overview={overview} />
          {overview.storage !== undefined && <Storage trouble={overview.storage} />}
          <Panel title={t('overview.day')} aside={<DayShare overview={overview} />}>
            <DayChart slots={overview.lastDay} />
          </Panel>
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
              <Services overview={overview} />
            </div>
            <Surroundings overview={overview} />
          </div>
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
  const { counts, lastCycle, openCount, toSetUp } = overview;
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
          </h1>
          <p>
            {t('overview.answering', {
              good: format.count(counts.pass + counts.degraded),
              all: format.count(called),
            })}
            {lastCycle !== undefined &&
              ` · ${t('overview.last', {
                time: format.time(lastCycle.startedAt),
                took: format.span(Math.max(1000, lastCycle.durationMs)),
              })}`}
          </p>
          {lastCycle?.heldUp !== undefined && <p>{t('overview.heldUp', { count: lastCycle.heldUp })}</p>}
          {toSetUp > 0 && (
            <p>
              <Link href="/set-up">{t('overview.toSetUp', { count: toSetUp })}</Link>
            </p>
          )}
          {overview.concerns.map(({ message }) => (
            <p key={message}>{message}</p>
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

function DayShare({ overview }: { overview: OverviewData }) {
  const t = useTranslate();
  const format = useFormat();
  let good = 0;
  let counted = 0;
  for (const { counts } of overview.lastDay) {
    good += counts.pass + counts.degraded;
    counted += counts.pass + counts.degraded + counts.fail;
  }
  return (
    <span>
      {t('overview.rate')} <b>{format.share(counted === 0 ? undefined : good / counted)}</b>
    </span>
  );
}

function Services({ overview }: { overview: OverviewData }) {
  const t = useTranslate();
  const format = useFormat();
  return (
    <Panel flush title={t('overview.services')}>
      <ul className={styles.services}>
        {overview.services.map(({ name, counts, nextAt }) => (
          <li key={name}>
            <Link href={`/operations?q=${encodeURIComponent(`service:${name}`)}`} data-row>
              {name}
            </Link>
            <StateBar counts={counts} />
            <span className={styles.dim}>
              {overview.lastCycle !== undefined && sumOf(counts) === counts.skipped
                ? t('overview.nothingCalled')
                : t('overview.operations', { count: format.count(sumOf(counts)) })}
              {nextAt !== undefined && ` · ${format.clock(nextAt)}`}
            </span>
          </li>
        ))}
      </ul>
    </Panel>
  );
}

const sumOf = (counts: Readonly<Record<string, number>>): number =>
  Object.values(counts).reduce((sum, count) => sum + count, 0);
