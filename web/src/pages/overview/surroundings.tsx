import type { ReactNode } from 'react';
import { Link } from 'wouter';
import type { Overview } from '../../../../src/server/api/overview.ts';
import { useNodes } from '../../api/queries.ts';
import { useTranslate } from '../../i18n/translate.ts';
import { useFormat } from '../../kit/format.ts';
import { Panel } from '../../kit/panel.tsx';
import { type Mark, VerdictMark } from '../../kit/verdict.tsx';
import { Said } from '../../kit/said.tsx';
import styles from './overview.module.css';

const channelMarks = { ok: 'pass', retrying: 'degraded', refusing: 'fail', broken: 'fail' } as const;
const credentialMarks = {
  static: 'pass',
  idle: 'waiting',
  ready: 'pass',
  failing: 'fail',
  stopped: 'blocked',
} as const;

/** What the patrol itself depends on: sign-ins, channels, documents. */
export function Surroundings({ overview }: { overview: Overview }) {
  const t = useTranslate();
  const format = useFormat();
  const called = ({ checked, unreached = 0 }: NonNullable<Overview['lastCycle']>): string =>
    unreached === 0
      ? format.count(checked)
      : t('cycle.calledOf', { called: format.count(checked - unreached), all: format.count(checked) });
  const { channels, credentials, problems, silences, lastCycle } = overview;
  return (
    <div className={styles.column}>
      {lastCycle !== undefined && (
        <Panel title={t('cycle.title')} aside={format.time(lastCycle.startedAt)}>
          <dl className={styles.numbers}>
            <Number name={t('cycle.checked')}>{called(lastCycle)}</Number>
            <Number name={t('cycle.rate')}>{format.share(lastCycle.successRate)}</Number>
            <Number name="p50">{format.ms(lastCycle.latency?.p50Ms)}</Number>
            <Number name="p95">{format.ms(lastCycle.latency?.p95Ms)}</Number>
            <Number name="p99">{format.ms(lastCycle.latency?.p99Ms)}</Number>
            <Number name={t('cycle.late')}>{format.ms(Math.max(0, lastCycle.latenessMs))}</Number>
          </dl>
        </Panel>
      )}
      <Panel title={t('overview.around')}>
        <ul className={styles.around}>
          {credentials.map(({ name, state, message, expiresAt, nextTryAt }) => (
            <Thing
              key={`credential ${name}`}
              mark={credentialMarks[state]}
              name={name}
              kind={t('around.credential')}
              more={[message, nextTryAt && t('signIn.next', { time: format.time(nextTryAt) })]}
            >
              {message === undefined
                ? expiresAt === undefined
                  ? t(`credential.${state}`)
                  : t('around.until', { time: format.time(expiresAt) })
                : t(`credential.${state}`)}
            </Thing>
          ))}
          {channels.map(({ name, state, title }) => (
            <Thing
              key={`channel ${name}`}
              mark={channelMarks[state]}
              name={name}
              kind={title}
              href={`/channels/${name}`}
            >
              {t(`channel.${state}`)}
            </Thing>
          ))}
          <Thing
            mark={problems.error > 0 ? 'fail' : problems.warning > 0 ? 'degraded' : 'pass'}
            name={t('nav.documents')}
            href="/documents"
          >
            {problems.error + problems.warning === 0
              ? t('around.noProblems')
              : [
                  t('around.errors', { count: problems.error }),
                  t('around.warnings', { count: problems.warning }),
                ].join(t('list.comma'))}
          </Thing>
          {overview.node !== undefined && <NodesLine />}
          {silences > 0 && (
            <Thing mark="waiting" name={t('around.silences')} href="/settings/silences">
              {format.count(silences)}
            </Thing>
          )}
        </ul>
      </Panel>
    </div>
  );
}

function NodesLine() {
  const t = useTranslate();
  const { data } = useNodes(true);
  if (data === undefined) return null;
  const { items, leader } = data;
  const isWrong = leader === undefined || items.some(({ state }) => state === 'silent');
  const isOff = items.some(({ isClockOff }) => isClockOff);
  const silent = items
    .filter(({ state }) => state === 'silent')
    .map(({ name }) => `${name}: ${t('nodes.silent')}`);
  const off = isOff ? [t('nodes.clocksDiffer')] : [];
  return (
    <Thing
      mark={isWrong ? 'fail' : isOff ? 'degraded' : 'pass'}
      name={t('nodes.title')}
      href="/settings/nodes"
      more={[...silent, ...off]}
    >
      {leader === undefined ? t('nodes.nobody') : t('nodes.count', { count: items.length })}
    </Thing>
  );
}

function Number({ name, children }: { name: string; children: ReactNode }) {
  return (
    <div>
      <dt>{name}</dt>
      <dd>{children}</dd>
    </div>
  );
}

function Thing(props: {
  readonly mark: Mark;
  readonly name: string;
  readonly kind?: string;
  readonly href?: string;
  /** What is wrong with it, on lines of their own. */
  readonly more?: readonly (string | number | undefined)[];
  readonly children: ReactNode;
}) {
  const { mark, name, kind, href, more = [], children } = props;
  return (
    <li>
      <VerdictMark mark={mark} label={false} />
      <span className={styles.thing}>
        {href === undefined ? name : <Link href={href}>{name}</Link>}
        {kind !== undefined && <em>{kind}</em>}
      </span>
      <span className={styles.dim}>{children}</span>
      {more.map(
        (line) =>
          typeof line === 'string' && (
            <p key={line}>
              <Said text={line} />
            </p>
          ),
      )}
    </li>
  );
}
