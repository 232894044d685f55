import { Button } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { Zap } from 'lucide-react';
import { useState } from 'react';
import { Link } from 'wouter';
import type { OperationDetail, Result } from '../../../../src/server/api/operations.ts';
import { api, part } from '../../api/client.ts';
import { queryClient, useMay, useOperation } from '../../api/queries.ts';
import { useTranslate } from '../../i18n/translate.ts';
import { Code, CopyButton } from '../../kit/code.tsx';
import { useFormat } from '../../kit/format.ts';
import { IncidentList } from '../../kit/incident-list.tsx';
import { expectationName } from '../../kit/expectation-name.ts';
import { Fault, Loaded } from '../../kit/loaded.tsx';
import { MethodName } from '../../kit/method-name.tsx';
import { Facts, PageHead, Panel } from '../../kit/panel.tsx';
import { VerdictLabel, VerdictMark } from '../../kit/verdict.tsx';
import { useTitle } from '../../layout/title.ts';
import { SetUpDetail } from '../set-up/set-up.tsx';
import { Answer } from './answer.tsx';
import { DocumentedPanel } from './documented.tsx';
import { RequestPanel } from './request.tsx';
import { ResultList } from './result-list.tsx';
import { Timeline } from './timeline.tsx';
import { Said } from '../../kit/said.tsx';
import styles from './operation.module.css';

/** Everything about one operation: what is promised, what was asked, what came back, since when. */
export function Operation({ id }: { id: string }) {
  return <Loaded query={useOperation(id)}>{(operation) => <Found operation={operation} />}</Loaded>;
}

function Found({ operation }: { operation: OperationDetail }) {
  const t = useTranslate();
  const [chosen, setChosen] = useState<Result>();
  useTitle(`${operation.service} · ${operation.method} ${operation.path}`);
  const shown = chosen ?? operation.results[0];
  return (
    <>
      <Head operation={operation} onChecked={setChosen} />
      <div className={styles.page}>
        {operation.skip !== undefined && <NotCalled skip={operation.skip} />}
        {operation.setUp !== undefined && <NeverPassed item={operation.setUp} />}
        {operation.incidents.length > 0 && (
          <Panel flush title={t('operation.incidents')}>
            <IncidentList incidents={operation.incidents} />
          </Panel>
        )}
        {operation.skip === undefined && (
          <Timeline id={operation.id} goalMs={operation.promise?.p95Ms} onChoose={setChosen} />
        )}
        <div className={styles.columns} data-single={operation.skip !== undefined && shown === undefined}>
          <div className={styles.column}>
            {shown !== undefined && (
              <Answer
                result={shown}
                goalMs={operation.promise?.p95Ms}
                {...(shown === operation.results[0] ? { title: t('answer.latest') } : {})}
              />
            )}
            <RequestPanel operation={operation} result={operation.results[0]} />
          </div>
          <div className={styles.column}>
            <DocumentedPanel operation={operation} result={shown} />
            {operation.change !== undefined && <Change change={operation.change} />}
            <About operation={operation} />
          </div>
        </div>
        {operation.results.length > 0 && (
          <ResultList results={operation.results} shown={shown} onChoose={setChosen} />
        )}
      </div>
    </>
  );
}

function Head({ operation, onChecked }: { operation: OperationDetail; onChecked: (result: Result) => void }) {
  const t = useTranslate();
  const mayCheck = useMay('operator');
  const { id, method, path, title, service, state, curl } = operation;
  const check = useMutation({
    mutationFn: () => api.post<Result>(`/operations/${part(id)}/check`),
    onSuccess: async (result) => {
      onChecked(result);
      await queryClient.invalidateQueries({ queryKey: ['operation', id] });
    },
  });
  return (
    <>
      <nav className={styles.crumbs} aria-label={t('operation.crumbs')}>
        <Link href="/operations">{t('nav.operations')}</Link>
        <span aria-hidden>/</span>
        <Link href={`/operations?q=${encodeURIComponent(`service:${service}`)}`}>{service}</Link>
      </nav>
      <PageHead
        title={
          <span className={styles.title}>
            <VerdictMark mark={state} size={18} />
            <MethodName method={method} />
            <span className={styles.path}>{path}</span>
          </span>
        }
        note={title === undefined ? service : `${service} · ${title}`}
        actions={
          <>
            {curl !== undefined && <CopyButton text={curl} label={t('operation.curl')} />}
            {mayCheck && operation.skip === undefined && (
              <Button
                variant="filled"
                loading={check.isPending}
                onClick={() => check.mutate()}
                leftSection={<Zap size={13} aria-hidden />}
              >
                {t('operation.check')}
              </Button>
            )}
          </>
        }
      />
      <div aria-live="polite">
        {check.data !== undefined && (
          <p className={styles.checked}>
            {t('operation.checked')} <VerdictLabel mark={check.data.verdict} />
            {check.data.reason.code !== 'none' && ` ${check.data.reason.message}`}
          </p>
        )}
      </div>
      {check.error !== null && <Fault error={check.error} />}
    </>
  );
}

function NotCalled({ skip }: { skip: NonNullable<OperationDetail['skip']> }) {
  const t = useTranslate();
  return (
    <Panel tone="degraded" title={t('operation.skipped')}>
      <p>
        <Said text={skip.reason} />
      </p>
      {skip.hint !== undefined && (
        <div className={styles.hint}>
          <p>{t('operation.skipped.hint')}</p>
          <Code text={skip.hint} label={t('operation.skipped.hint')} />
          <CopyButton text={skip.hint} />
        </div>
      )}
    </Panel>
  );
}

function NeverPassed({ item }: { item: NonNullable<OperationDetail['setUp']> }) {
  const t = useTranslate();
  return (
    <Panel
      tone="degraded"
      title={t('operation.neverPassed')}
      aside={<Link href="/set-up">{t('setUp.all')}</Link>}
    >
      <SetUpDetail item={item} />
    </Panel>
  );
}

function Change({ change }: { change: NonNullable<OperationDetail['change']> }) {
  const t = useTranslate();
  const format = useFormat();
  return (
    <Panel
      title={t('operation.change')}
      aside={format.time(change.at)}
      tone={change.breaking ? 'degraded' : undefined}
    >
      {change.breaking && <p className={styles.breaking}>{t('change.breaking')}</p>}
      <ul className={styles.details}>
        {change.details.map((detail) => (
          <li key={detail}>{detail}</li>
        ))}
      </ul>
    </Panel>
  );
}

function About({ operation }: { operation: OperationDetail }) {
  const t = useTranslate();
  const format = useFormat();
  const { file, documented, operationId, tags, owners, origin, credential, severity, intervalMs, promise } =
    operation;
  const facts: (readonly [string, React.ReactNode] | undefined)[] = [
    [
      t('about.document'),
      <Link key="d" href={`/documents?id=${encodeURIComponent(file.id)}`}>
        {file.title}
      </Link>,
    ],
    [t('about.place'), `${file.uri} ${documented?.pointer ?? ''}`],
    operationId === undefined ? undefined : ['operationId', <code key="o">{operationId}</code>],
    tags.length === 0 ? undefined : [t('about.tags'), tags.join(', ')],
    owners.length === 0 ? undefined : [t('about.owners'), owners.join(', ')],
    origin === undefined ? undefined : [t('about.origin'), origin],
    credential === undefined ? undefined : [t('about.credential'), credential],
    severity === undefined ? undefined : [t('about.severity'), t(`severity.${severity}`)],
    intervalMs === undefined ? undefined : [t('about.interval'), format.span(intervalMs)],
    promise === undefined
      ? undefined
      : [
          t('about.held'),
          [
            ...promise.expectations.map(({ kind }) => expectationName(t, kind)),
            `p95 ≤ ${format.ms(promise.p95Ms)}`,
          ].join(', '),
        ],
  ];
  return (
    <Panel title={t('about.title')}>
      <Facts facts={facts.filter((fact) => fact !== undefined)} />
    </Panel>
  );
}
