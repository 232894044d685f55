import { Link } from 'wouter';
import type { ChannelMessage } from '../../../../src/server/api/channels.ts';
import { useMessages } from '../../api/queries.ts';
import { useSay, useTranslate } from '../../i18n/translate.ts';
import { useFormat } from '../../kit/format.ts';
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

function Message({ message }: { message: ChannelMessage }) {
  const t = useTranslate();
  const say = useSay();
  const format = useFormat();
  const { createdAt, state, attempts, problem, incidents, drill, shown } = message;
  return (
    <li>
      <header className={styles.meta}>
        <time dateTime={new Date(createdAt).toISOString()} title={format.full(createdAt)}>
          {format.time(createdAt)}
        </time>
        <span data-state={state}>{t(`message.${state}`)}</span>
        {attempts > 1 && <span>{t('message.attempts', { count: attempts })}</span>}
        {drill && <span className={styles.drill}>{t('channels.drill')}</span>}
        {incidents.slice(0, 4).map((id) => (
          <Link key={id} href={`/incidents/${id}`}>
            #{id}
          </Link>
        ))}
      </header>
      {shown.map((text) => (
        <MessageText key={text} text={text} />
      ))}
      {problem !== undefined && <p className={styles.problem}>{say(problem)}</p>}
    </li>
  );
}
