import { BellOff } from 'lucide-react';
import { useMemo } from 'react';
import { Link } from 'wouter';
import type { IncidentDetail } from '../../../../src/server/api/incidents.ts';
import { useIncident } from '../../api/queries.ts';
import { useTranslate } from '../../i18n/translate.ts';
import { Code, CopyButton } from '../../kit/code.tsx';
import { whoText } from '../../kit/audit-text.ts';
import { useFormat } from '../../kit/format.ts';
import { LastEdit } from '../../kit/last-edit.tsx';
import { Loaded } from '../../kit/loaded.tsx';
import { IncidentList } from '../../kit/incident-list.tsx';
import { membersText } from '../../kit/members-text.ts';
import { useNow } from '../../kit/now.ts';
import { placeText } from '../../kit/place-text.ts';
import { Facts, PageHead, Panel } from '../../kit/panel.tsx';
import { VerdictMark } from '../../kit/verdict.tsx';
import { useTitle } from '../../layout/title.ts';
import { IncidentActions } from './incident-actions.tsx';
import { Comment } from './comment.tsx';
import { NowButtons, NowResults, useCheckNow, useRetrySignIn } from './check-now.tsx';
import { Evidence } from './evidence.tsx';
import { Members } from './members.tsx';
import { StoryList } from './story-list.tsx';
import { storyOf } from './story.ts';
import { Said } from '../../kit/said.tsx';
import styles from './incidents.module.css';

/** The whole story of one incident, as `why` tells it. */
export function Incident({ id }: { id: string }) {
  return <Loaded query={useIncident(id)}>{(incident) => <Found incident={incident} />}</Loaded>;
}

function Found({ incident }: { incident: IncidentDetail }) {
  const t = useTranslate();
  const format = useFormat();
  const now = useNow();
  const check = useCheckNow(incident);
  const retry = useRetrySignIn(incident);
  const place = placeText(incident, t);
  useTitle(`#${incident.id} ${place === '' ? '' : `${place} · `}${incident.label}`);
  const entries = useMemo(() => storyOf(incident), [incident]);
  const over = incident.resolvedAt !== undefined;
  const span = format.span((incident.failedUntil ?? now) - incident.since);
  return (
    <>
      <nav className={styles.crumbs} aria-label={t('operation.crumbs')}>
        <Link href="/incidents">{t('nav.incidents')}</Link>
        <span aria-hidden>/</span>
        <code>#{incident.id}</code>
      </nav>
      <PageHead
        title={
          <span className={styles.title}>
            <VerdictMark
              mark={over || incident.state === 'recovering' ? 'pass' : incident.verdict}
              size={18}
            />{' '}
            <span>
              {place !== '' && <span className={styles.place}>{place} · </span>}
              {incident.label}
            </span>
          </span>
        }
        note={
          over ? (
            t('incident.over', { span, time: format.time(incident.failedUntil ?? 0) })
          ) : (
            <>
              {t('incident.since', { span, time: format.time(incident.since) })}
              <Quiet incident={incident} />
            </>
          )
        }
        actions={
          <>
            {!over && <IncidentActions incident={incident} />}
            <NowButtons incident={incident} check={check} retry={retry} />
          </>
        }
      />
      <NowResults check={check} retry={retry} />
      <div className={styles.columns}>
        <div className={styles.column}>
          <Why incident={incident} />
          <Evidence incident={incident} />
        </div>
        <div className={styles.column}>
          <About incident={incident} />
          {incident.operations.length > 0 && incident.operation === undefined && (
            <Members incident={incident} />
          )}
          <Panel title={t('story.title')}>
            <StoryList entries={entries} />
            <Comment id={incident.id} />
          </Panel>
          {incident.similar.length > 0 && (
            <Panel flush title={t('incident.similar')}>
              <IncidentList incidents={incident.similar} />
            </Panel>
          )}
        </div>
      </div>
    </>
  );
}

/** That nobody hears of it for now, until when, and why. */
function Quiet({ incident }: { incident: IncidentDetail }) {
  const t = useTranslate();
  const format = useFormat();
  if (!incident.silenced) return null;
  const [longest] = incident.silences.toSorted((a, b) => b.until - a.until);
  return (
    <span className={styles.quiet}>
      <BellOff size={12} aria-hidden />{' '}
      {longest === undefined
        ? t('incident.inMaintenance')
        : t('incident.quietUntil', {
            time: format.time(longest.until),
            by: whoText(t, longest.by),
            reason: longest.reason,
          })}
    </span>
  );
}

function Why({ incident }: { incident: IncidentDetail }) {
  const t = useTranslate();
  const { reason, expected, found, said, hint, curl, explainedBy, resolvedAt } = incident;
  return (
    <Panel
      title={t('incident.why')}
      tone={resolvedAt === undefined ? (incident.verdict === 'fail' ? 'fail' : 'degraded') : undefined}
    >
      <div className={styles.why}>
        <p className={styles.reason}>
          <Said text={reason.message} />
        </p>
        {explainedBy !== undefined && (
          <p>
            {t('incident.explained')} <Link href={`/incidents/${explainedBy}`}>#{explainedBy}</Link>
          </p>
        )}
        {(expected !== undefined || found !== undefined) && (
          <Facts
            facts={[
              [t('answer.expected'), expected ?? '–'],
              [t('answer.found'), found ?? '–'],
            ]}
          />
        )}
        {said !== undefined && (
          <p>
            <b>{t('answer.said')}</b> {said}
          </p>
        )}
        {hint !== undefined && (
          <p>
            <b>{t('incident.hint')}</b> <Said text={hint} />
          </p>
        )}
        {curl !== undefined && (
          <div className={styles.curl}>
            <Code text={curl} label={t('operation.curl')} wrap />
            <CopyButton text={curl} label={t('operation.curl')} />
          </div>
        )}
      </div>
    </Panel>
  );
}

function About({ incident }: { incident: IncidentDetail }) {
  const t = useTranslate();
  const format = useFormat();
  const { cause, severity, services, tags, owners, members, failingCycles, acknowledged, operation } =
    incident;
  const { lastPassAt, change, lastEdit } = incident.history ?? {};
  const facts: (readonly [string, React.ReactNode] | undefined)[] = [
    [t('incident.cause'), `${t(`level.${cause.level}`)} · ${t(`causeKind.${cause.kind}`)}`],
    [t('about.severity'), t(`severity.${severity}`)],
    [t('incident.services'), services.join(', ')],
    tags.length === 0 ? undefined : [t('about.tags'), tags.join(', ')],
    owners.length === 0 ? undefined : [t('about.owners'), owners.join(', ')],
    members.of > 1 ? [t('incident.affected'), membersText(members, t)] : undefined,
    [t('incident.cycles'), format.count(failingCycles)],
    [t('incident.seen'), format.time(incident.lastSeenAt)],
    incident.nextTryAt === undefined ? undefined : [t('incident.nextTry'), format.time(incident.nextTryAt)],
    lastPassAt === undefined ? undefined : [t('incident.lastPass'), format.time(lastPassAt)],
    change === undefined
      ? undefined
      : [t('incident.change'), `${format.time(change.at)} · ${change.details.join(' · ')}`],
    lastEdit === undefined ? undefined : [t('incident.edit'), <LastEdit key="e" edit={lastEdit} />],
    acknowledged === undefined
      ? undefined
      : [
          t('incident.acknowledged'),
          t('incident.ackedUntil', {
            by: whoText(t, acknowledged.by),
            time: format.time(acknowledged.until),
          }),
        ],
    ...incident.silences.map(
      ({ by, until, reason }) =>
        [
          t('incident.silenced'),
          `${t('incident.ackedUntil', { by: whoText(t, by), time: format.time(until) })} · ${reason}`,
        ] as const,
    ),
    incident.silenced && incident.silences.length === 0
      ? [t('incident.silenced'), t('silences.maintenance')]
      : undefined,
    incident.state === 'recovering' ? [t('incident.recovering'), t('incident.recovering.more')] : undefined,
    incident.flapping ? [t('incident.flapping'), t('incident.flapping.more')] : undefined,
    operation === undefined
      ? undefined
      : [
          t('incident.operation'),
          <Link key="o" href={`/operations/${operation}`}>
            {incident.label}
          </Link>,
        ],
  ];
  return (
    <Panel title={t('about.title')}>
      <Facts facts={facts.filter((fact) => fact !== undefined)} />
    </Panel>
  );
}
