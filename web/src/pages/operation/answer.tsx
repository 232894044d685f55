import { useMemo } from 'react';
import type { Finding, Result } from '../../../../src/server/api/operations.ts';
import { useTranslate } from '../../i18n/translate.ts';
import { Code, CopyButton } from '../../kit/code.tsx';
import { useFormat } from '../../kit/format.ts';
import { Facts, Panel } from '../../kit/panel.tsx';
import { VerdictLabel } from '../../kit/verdict.tsx';
import { withoutPointer } from './finding-text.ts';
import { jsonText } from './json-text.ts';
import { Phases } from './phases.tsx';
import { Said } from '../../kit/said.tsx';
import styles from './operation.module.css';

/** What came back, what was wrong with it, where the time went. */
export function Answer(props: {
  readonly result: Result;
  /** What it is the answer of; default: just an answer. */
  readonly title?: string;
  /** Its objective: what takes longer is slow. */
  readonly goalMs?: number | undefined;
}) {
  const { result, title, goalMs = Infinity } = props;
  const t = useTranslate();
  const format = useFormat();
  const { verdict, reason, status, bytes, attempts, at, findings, evidence, traceId, locations } = result;
  const isSlow = verdict === 'pass' && result.phases.totalMs > goalMs;
  const isCalled = attempts > 0;
  const facts: (readonly [string, React.ReactNode])[] = [
    [
      t('answer.verdict'),
      isSlow ? (
        <VerdictLabel key="v" mark="degraded">
          {t('answer.slow', { time: format.ms(result.phases.totalMs), objective: format.ms(goalMs) })}
        </VerdictLabel>
      ) : (
        <VerdictLabel key="v" mark={verdict} />
      ),
    ],
    ...(reason.code === 'none'
      ? []
      : [[t('answer.reason'), <Said key="r" text={reason.message} />] as const]),
    [
      t('answer.status'),
      status === undefined ? t(isCalled ? 'answer.none' : 'answer.notCalled') : `HTTP ${status}`,
    ],
    ...(isCalled ? [[t('answer.size'), format.bytes(bytes)] as const] : []),
    ...(attempts > 1 ? [[t('answer.attempts'), String(attempts)] as const] : []),
    ...(traceId === undefined ? [] : [[t('answer.trace'), <code key="t">{traceId}</code>] as const]),
  ];
  return (
    <Panel title={title ?? t('answer.title')} aside={<span title={format.full(at)}>{format.time(at)}</span>}>
      <div className={styles.sections}>
        <Facts facts={facts} />
        <Phases phases={result.phases} />
        {findings.length > 0 && <Findings findings={findings} />}
        {evidence?.excerpt !== undefined && <Excerpt excerpt={evidence.excerpt} findings={findings} />}
        {evidence?.responseHeaders !== undefined && (
          <details>
            <summary>{t('answer.headers')}</summary>
            <Code text={headerLines(evidence.responseHeaders)} label={t('answer.headers')} wrap />
          </details>
        )}
        {locations !== undefined && <Locations locations={locations} />}
        {evidence?.attempts !== undefined && (
          <details>
            <summary>{t('answer.everyAttempt')}</summary>
            <ol className={styles.details}>
              {evidence.attempts.map((attempt) => (
                <li key={attempt.at}>
                  {format.full(attempt.at).slice(11)} · {attempt.message} · {format.ms(attempt.totalMs)}
                </li>
              ))}
            </ol>
          </details>
        )}
        {evidence !== undefined && (
          <div>
            <CopyButton text={evidence.curl} label={t('operation.curl')} />
          </div>
        )}
      </div>
    </Panel>
  );
}

/** What it came to from each of them. */
function Locations({ locations }: { locations: NonNullable<Result['locations']> }) {
  const t = useTranslate();
  const format = useFormat();
  return (
    <div>
      <h3>{t('answer.locations')}</h3>
      <ul className={styles.details}>
        {locations.map(({ location, verdict, message, totalMs }) => (
          <li key={location}>
            <VerdictLabel mark={verdict}>
              {location} · {totalMs === 0 ? '–' : format.ms(totalMs)}
            </VerdictLabel>{' '}
            {message !== undefined && <Said text={message} />}
          </li>
        ))}
      </ul>
    </div>
  );
}

const headerLines = (headers: Readonly<Record<string, string>>): string =>
  Object.entries(headers)
    .map(([name, value]) => `${name}: ${value}`)
    .join('\n');

function Findings({ findings }: { findings: readonly Finding[] }) {
  const t = useTranslate();
  return (
    <div>
      <h3>{t('answer.findings', { count: findings.length })}</h3>
      <ul className={styles.findings}>
        {findings.map((finding) => (
          <li key={`${finding.kind} ${finding.pointer ?? ''} ${finding.message}`} data-level={finding.level}>
            <span>
              <Said text={finding.message} />
            </span>
            {finding.pointer !== undefined && <code>{finding.pointer === '' ? '/' : finding.pointer}</code>}
            {finding.expected !== undefined && (
              <small>
                {t('answer.expected')} <b>{finding.expected}</b> · {t('answer.found')}{' '}
                <b>{finding.found ?? '–'}</b>
              </small>
            )}
          </li>
        ))}
      </ul>
    </div>
  );
}

/** The first 2 KiB of the body; when that is whole JSON, what is wrong is marked at its line. */
function Excerpt({ excerpt, findings }: { excerpt: string; findings: readonly Finding[] }) {
  const t = useTranslate();
  const { text, marked } = useMemo(() => markedBody(excerpt, findings), [excerpt, findings]);
  return (
    <div>
      <h3>{t('answer.body')}</h3>
      <Code text={text} marked={marked} label={t('answer.body')} />
    </div>
  );
}

function markedBody(excerpt: string, findings: readonly Finding[]) {
  const marked = new Map<number, string>();
  const read = jsonText(excerpt);
  if (read === undefined) return { text: excerpt, marked };
  for (const { pointer, message } of findings) {
    const line = pointer === undefined ? undefined : read.lineOf(pointer);
    if (line !== undefined) marked.set(line, `← ${withoutPointer(message, pointer)}`);
  }
  return { text: read.text, marked };
}
