import { Button } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { KeyRound, Zap } from 'lucide-react';
import type { SignInRetry } from '../../../../src/server/api/credentials.ts';
import type { CheckedIncident, IncidentDetail } from '../../../../src/server/api/incidents.ts';
import { api, part } from '../../api/client.ts';
import { queryClient, useMay } from '../../api/queries.ts';
import { type Translate, useTranslate } from '../../i18n/translate.ts';
import { useFormat } from '../../kit/format.ts';
import { Fault } from '../../kit/loaded.tsx';
import { VerdictLabel } from '../../kit/verdict.tsx';
import styles from './incidents.module.css';

/** Calls some of its operations at once. */
export function useCheckNow(incident: IncidentDetail) {
  const { id } = incident;
  return useMutation({
    mutationFn: () => api.post<CheckedIncident>(`/incidents/${part(id)}/check`),
    onSuccess: async (checked) => {
      queryClient.setQueryData(['incident', id], checked.incident);
      await Promise.all(
        checked.results.flatMap(({ operation }) => [
          queryClient.invalidateQueries({ queryKey: ['operation', operation] }),
          queryClient.invalidateQueries({ queryKey: ['results', operation] }),
        ]),
      );
    },
  });
}

/** Signs in at once with the credential that an incident is about. */
export function useRetrySignIn({ id, cause }: IncidentDetail) {
  return useMutation({
    mutationFn: () => api.post<SignInRetry>(`/credentials/${part(cause.subject)}/retry`),
    onSuccess: () => queryClient.invalidateQueries({ queryKey: ['incident', id] }),
  });
}

type CheckNow = ReturnType<typeof useCheckNow>;
type RetrySignIn = ReturnType<typeof useRetrySignIn>;

export function NowButtons(props: {
  readonly incident: IncidentDetail;
  readonly check: CheckNow;
  readonly retry: RetrySignIn;
}) {
  const { incident, check, retry } = props;
  const t = useTranslate();
  const mayCheck = useMay('operator');
  if (!mayCheck) return null;
  return (
    <>
      {incident.cause.level === 'credential' && (
        <Button
          loading={retry.isPending}
          onClick={() => retry.mutate()}
          leftSection={<KeyRound size={13} aria-hidden />}
        >
          {t('signIn.retry')}
        </Button>
      )}
      {incident.operations.length > 0 && (
        <Button
          loading={check.isPending}
          onClick={() => check.mutate()}
          leftSection={<Zap size={13} aria-hidden />}
        >
          {t('operation.check')}
        </Button>
      )}
    </>
  );
}

function signedInText(t: Translate, { ok, isHeldBack, message = '', hint }: SignInRetry): string {
  if (ok) return t('signIn.worked');
  if (isHeldBack === true)
    return hint === undefined ? message : t('signIn.heldBack', { what: message, last: hint });
  return t('signIn.failed', { why: message });
}

/** What came of it, the moment it came. */
export function NowResults({ check, retry }: { readonly check: CheckNow; readonly retry: RetrySignIn }) {
  const t = useTranslate();
  const format = useFormat();
  const { data: signedIn } = retry;
  return (
    <>
      <div aria-live="polite">
        {signedIn !== undefined && (
          <p className={styles.checked}>
            {signedInText(t, signedIn)}
            {signedIn.nextTryAt !== undefined && (
              <span> {t('signIn.next', { time: format.time(signedIn.nextTryAt) })}</span>
            )}
          </p>
        )}
        {check.data?.results.map(({ operation, service, label, result }) => (
          <p key={operation} className={styles.checked}>
            {t('operation.checked')}{' '}
            <span>
              {service} · <code>{label}</code>
            </span>{' '}
            <VerdictLabel mark={result.verdict} />
            {result.reason.code !== 'none' && <span>{result.reason.message}</span>}
            <span className={styles.dim}>{format.ms(result.phases.totalMs)}</span>
          </p>
        ))}
      </div>
      {check.error !== null && <Fault error={check.error} />}
      {retry.error !== null && <Fault error={retry.error} />}
    </>
  );
}
