import { SegmentedControl } from '@mantine/core';
import { useState } from 'react';
import { Link } from 'wouter';
import type { IncidentDetail } from '../../../../src/server/api/incidents.ts';
import type { OperationDetail, Result } from '../../../../src/server/api/operations.ts';
import { useOperation, useResults } from '../../api/queries.ts';
import { useTranslate } from '../../i18n/translate.ts';
import { Choice } from '../../kit/choice.tsx';
import { useFormat } from '../../kit/format.ts';
import { now } from '../../kit/now.ts';
import { Loaded } from '../../kit/loaded.tsx';
import { Panel } from '../../kit/panel.tsx';
import { Strip } from '../../kit/strip.tsx';
import { Answer } from '../operation/answer.tsx';
import { RequestPanel } from '../operation/request.tsx';
import { Timeline } from '../operation/timeline.tsx';
import styles from './incidents.module.css';

const minuteMs = 60_000;
/** What is so young would be a line at the edge of a whole day. */
const youngMs = 3 * 3_600_000;
/** Of hundreds nobody chooses one from a list; those who look for one find it among the affected. */
const mostOffered = 50;

/** What was asked and answered when it began and last, of one of the operations: the worst one first. */
export function Evidence({ incident }: { incident: IncidentDetail }) {
  const t = useTranslate();
  const { operations } = incident;
  const [chosen, setChosen] = useState<string>();
  const id = chosen ?? operations[0]?.operation;
  if (id === undefined) return null;
  return (
    <>
      {operations.length > 1 && (
        <Choice
          labelled
          label={t('evidence.of')}
          value={id}
          onChange={setChosen}
          options={operations
            .slice(0, mostOffered)
            .map(({ operation, service, label }) => [operation, `${service} · ${label}`] as const)}
        />
      )}
      <OfOperation key={id} id={id} incident={incident} />
    </>
  );
}

function OfOperation({ id, incident }: { id: string; incident: IncidentDetail }) {
  const { since } = incident;
  // What led to it may be a few cycles older than the incident; what it is about is in one of its first results.
  const around = useResults(id, { from: since - 2 * minuteMs, to: since + 30 * minuteMs });
  return (
    <Loaded query={useOperation(id)}>
      {(operation) => (
        <Found
          operation={operation}
          incident={incident}
          first={firstBad(around.data?.items ?? [], since, operation.promise?.p95Ms)}
        />
      )}
    </Loaded>
  );
}

function firstBad(newestFirst: readonly Result[], since: number, goalMs = Infinity): Result | undefined {
  const bad = newestFirst
    .filter(({ verdict, phases }) => verdict !== 'pass' || phases.totalMs > goalMs)
    .toReversed();
  // The incident begins with the result that shows it; clocks of both are the same.
  return bad.find(({ at }) => at >= since - 1000) ?? bad.at(-1);
}

function Found(props: {
  readonly operation: OperationDetail;
  readonly incident: IncidentDetail;
  readonly first: Result | undefined;
}) {
  const { operation, incident, first } = props;
  const goalMs = operation.promise?.p95Ms;
  const t = useTranslate();
  const format = useFormat();
  const [which, setWhich] = useState<'first' | 'latest'>('first');
  const [chosen, setChosen] = useState<Result>();
  const [latest] = operation.results;
  const asked = which === 'first' ? (first ?? latest) : latest;
  const shown = chosen ?? asked;
  return (
    <>
      {first !== undefined && latest !== undefined && first.at !== latest.at && (
        <SegmentedControl
          aria-label={t('evidence.which')}
          value={chosen === undefined ? which : ''}
          onChange={(value) => {
            setChosen(undefined);
            setWhich(value === 'latest' ? 'latest' : 'first');
          }}
          data={[
            { value: 'first', label: t('evidence.first') },
            { value: 'latest', label: t('answer.latest') },
          ]}
        />
      )}
      {shown !== undefined && (
        <Answer
          result={shown}
          goalMs={goalMs}
          title={titleOf(shown, first, latest, t('evidence.first'), t('answer.latest'))}
        />
      )}
      <RequestPanel operation={operation} result={shown} />
      <Change operation={operation} incident={incident} />
      <Panel
        title={t('evidence.day')}
        aside={
          <Link href={`/operations/${operation.id}`}>
            {operation.service} · {operation.method} {operation.path}
          </Link>
        }
      >
        <Strip cells={operation.strip} fluid height={18} />
      </Panel>
      <Timeline
        id={operation.id}
        goalMs={goalMs}
        period={now() - incident.since < youngMs ? '6h' : '24h'}
        moment={{ at: incident.since, label: t('evidence.moment', { time: format.time(incident.since) }) }}
        onChoose={setChosen}
      />
    </>
  );
}

/** Whether the document is to blame: what it says of the operation now that it did not say when that last passed. */
function Change({ operation, incident }: { operation: OperationDetail; incident: IncidentDetail }) {
  const t = useTranslate();
  const format = useFormat();
  const { change } = operation;
  const lastPassAt = incident.history?.lastPassAt ?? lastPassBefore(operation, incident.since);
  if (lastPassAt === undefined) return null;
  if (change === undefined || change.at < lastPassAt || change.at > (incident.resolvedAt ?? Infinity))
    return <p className={styles.dim}>{t('evidence.noChange')}</p>;
  return (
    <Panel title={t('evidence.change')} aside={format.time(change.at)} tone="degraded">
      <ul className={styles.plain}>
        {change.details.map((detail) => (
          <li key={detail}>{detail}</li>
        ))}
      </ul>
    </Panel>
  );
}

/** Of a host or a sign-in no last pass is kept; of each of its operations the latest answers are known. */
function lastPassBefore({ results, promise }: OperationDetail, at: number): number | undefined {
  const goalMs = promise?.p95Ms ?? Infinity;
  return results.find(
    ({ verdict, at: then, phases }) => verdict === 'pass' && then <= at && phases.totalMs <= goalMs,
  )?.at;
}

function titleOf(
  shown: Result,
  first: Result | undefined,
  latest: Result | undefined,
  asFirst: string,
  asLatest: string,
): string | undefined {
  if (shown === first) return asFirst;
  return shown === latest ? asLatest : undefined;
}
