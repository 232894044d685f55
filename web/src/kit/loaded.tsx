import { Button } from '@mantine/core';
import type { UseQueryResult } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { Link } from 'wouter';
import { ApiError, unreachable } from '../api/client.ts';
import { useTranslate } from '../i18n/translate.ts';
import { Said } from './said.tsx';
import styles from './loaded.module.css';

/** Shows what a query brought, or that it is on its way, or why it did not come. */
export function Loaded<Data>(props: {
  readonly query: Pick<UseQueryResult<Data>, 'data' | 'error' | 'refetch'>;
  readonly children: (data: Data) => ReactNode;
}) {
  const { query, children } = props;
  if (query.data !== undefined) return children(query.data);
  if (query.error !== null) return <Fault error={query.error} retry={() => void query.refetch()} />;
  return <Waiting />;
}

function Waiting() {
  const t = useTranslate();
  return (
    <div className={styles.waiting} role="status" aria-busy>
      <span />
      <span />
      <span />
      <em>{t('loading')}</em>
    </div>
  );
}

/** What is wrong in detail; what has been said above is not said again. */
const mattersOf = (problem: ApiError['problem'] | undefined) =>
  problem?.errors?.filter(({ message }) => message !== problem.detail) ?? [];

export function Fault({ error, retry }: { error: Error; retry?: () => void }) {
  const t = useTranslate();
  const problem = error instanceof ApiError ? error.problem : undefined;
  return (
    <div className={styles.fault} role="alert">
      <strong>
        {problem?.status === unreachable ? t('fault.unreachable') : <Said text={error.message} />}
      </strong>
      {problem?.hint !== undefined && (
        <div>
          <Said text={problem.hint} />
        </div>
      )}
      {mattersOf(problem).map((one) => (
        <div key={one.pointer}>
          <code>{one.pointer}</code> <Said text={one.message} />
        </div>
      ))}
      {problem?.status === 404 && <Link href="/">{t('notFound.back')}</Link>}
      {retry !== undefined && problem?.status !== 404 && <Button onClick={retry}>{t('fault.retry')}</Button>}
    </div>
  );
}
