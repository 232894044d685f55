import { Button } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { Link } from 'wouter';
import type { ChannelMessage } from '../../../../src/server/api/channels.ts';
import { api } from '../../api/client.ts';
import { queryClient, useMay, useMessages } from '../../api/queries.ts';
import { useTranslate } from '../../i18n/translate.ts';
import { useFormat } from '../../kit/format.ts';
import { Fault } from '../../kit/loaded.tsx';
import { Empty, Panel } from '../../kit/panel.tsx';
import { Pages } from '../../kit/pages.tsx';
import { MessageText } from './message-text.tsx';
import styles from './channels.module.css';

/** The last messages, as they looked where they went. */
export function Messages({ channel }: { channel: string }) {
  const t = useTranslate();
  return (
    <Panel title={t('channels.messages')}>
      <Pages query={useMessages(channel)} empty={<Empty title={t('channels.noMessages')} />}>
        {(messages) => (
          <ol className={styles.messages}>
            {messages.map((message) => (
              <Message key={message.id} message={message} />
            ))}
          </ol>
        )}
      </Pages>
    </Panel>
  );
}

/** Of a message that was given up. */
function Resend({ id }: { id: number }) {
  const t = useTranslate();
  const resend = useMutation({
    mutationFn: () => api.post('/messages/requeue', { ids: [id] }),
    onSuccess: () => queryClient.invalidateQueries({ queryKey: ['channels'] }),
  });
  return (
    <>
      <Button size="compact-xs" loading={resend.isPending} onClick={() => resend.mutate()}>
        {t('channels.resend')}
      </Button>
      {resend.error !== null && <Fault error={resend.error} />}
    </>
  );
}

function Message({ message }: { message: ChannelMessage }) {
  const t = useTranslate();
  const format = useFormat();
  const mayResend = useMay('operator');
  const { id, createdAt, state, attempts, problem, hint, mayHaveArrived, incidents, isTest, shown } = message;
  return (
    <li>
      <header className={styles.meta}>
        <time dateTime={new Date(createdAt).toISOString()} title={format.full(createdAt)}>
          {format.time(createdAt)}
        </time>
        <span data-state={state}>{t(`message.${state}`)}</span>
        {attempts > 1 && <span>{t('message.attempts', { count: attempts })}</span>}
        {mayHaveArrived === true && <span>{t('message.unclear')}</span>}
        {isTest && <span className={styles.test}>{t('channels.testMessage')}</span>}
        {incidents.slice(0, 4).map((incident) => (
          <Link key={incident} href={`/incidents/${incident}`}>
            #{incident}
          </Link>
        ))}
        {state === 'undelivered' && mayResend && <Resend id={id} />}
      </header>
      {shown.map((text) => (
        <MessageText key={text} text={text} />
      ))}
      {problem !== undefined && <p className={styles.problem}>{problem}</p>}
      {hint !== undefined && <p className={styles.problem}>→ {hint}</p>}
    </li>
  );
}
