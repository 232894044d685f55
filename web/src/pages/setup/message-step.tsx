import { Button, TextInput } from '@mantine/core';
import { useMutation, useQuery } from '@tanstack/react-query';
import type { AddressedChannel, MessageTrial } from '../../../../src/server/api/setup.ts';
import { api } from '../../api/client.ts';
import { useTranslate } from '../../i18n/translate.ts';
import { Fault } from '../../kit/loaded.tsx';
import { MessageText } from '../channels/message-text.tsx';
import { requestOf, type StepProps } from './draft.ts';
import styles from './setup.module.css';
import { useTurn } from './use-turn.ts';

interface Channels {
  readonly items: readonly AddressedChannel[];
}

/** Which group is told, tried with a message that says it is a test message. */
export function MessageStep({ number, draft, open, change, done }: StepProps) {
  const t = useTranslate();
  const turn = useTurn(open);
  const trial = useMutation({
    mutationFn: () => api.post<MessageTrial>('/setup/message', { webhook: address, ca: requestOf(draft).ca }),
    onSuccess: ({ ok }) => {
      if (ok) done();
    },
  });
  const channels = useQuery({
    queryKey: ['addressed channels'],
    queryFn: () => api.get<Channels>('/setup/channels'),
    enabled: open,
  });
  const known = channels.data?.items ?? [];
  const address = draft.webhook.trim();
  const recognised = known.find(({ form }) => new RegExp(form).test(address));
  const without = address === '';
  return (
    <section className={styles.step} data-open={open} ref={turn}>
      <h2>
        <i>{number}</i> {t('setup.message')}
      </h2>
      {open && (
        <form
          className={styles.form}
          onSubmit={(event) => {
            event.preventDefault();
            if (without) done();
            else trial.mutate();
          }}
        >
          <TextInput
            size="sm"
            label={t('setup.webhook')}
            description={recognised === undefined ? t('setup.webhook.more') : recognised.title}
            placeholder={known[0]?.example}
            autoComplete="off"
            value={draft.webhook}
            onChange={(event) => change({ webhook: event.currentTarget.value })}
          />
          <details>
            <summary>{t('setup.webhook.where')}</summary>
            <ul className={styles.plain}>
              {known.map(({ kind, found }) => (
                <li key={kind}>{found}</li>
              ))}
            </ul>
          </details>
          {channels.error !== null && <Fault error={channels.error} />}
          {trial.error !== null && <Fault error={trial.error} />}
          <Button type="submit" size="sm" variant="filled" loading={trial.isPending}>
            {without ? t('setup.later') : t('setup.send')}
          </Button>
          {trial.data !== undefined && (
            <div className={styles.result} role="status">
              <p>
                <b>{trial.data.ok ? t('setup.sent') : t('setup.notSent')}</b>
              </p>
              {trial.data.problem !== undefined && (
                <p className={styles.problem}>
                  {trial.data.problem.message}{' '}
                  {trial.data.problem.hint !== undefined && <small>→ {trial.data.problem.hint}</small>}
                </p>
              )}
              {trial.data.shown.map((text) => (
                <MessageText key={text} text={text} />
              ))}
            </div>
          )}
        </form>
      )}
    </section>
  );
}
