import { CircleAlert, CircleCheck, CircleDot, MessageSquare, Send, Trash2, User } from 'lucide-react';
import type { ReactNode } from 'react';
import { Link } from 'wouter';
import { useTranslate } from '../../i18n/translate.ts';
import { useFormat } from '../../kit/format.ts';
import { auditText, whoText } from '../../kit/audit-text.ts';
import type { StoryEntry } from './story.ts';
import { Said } from '../../kit/said.tsx';
import styles from './incidents.module.css';

const transitionIcons = { opened: CircleAlert, changed: CircleDot, resolved: CircleCheck, removed: Trash2 };

export function StoryList({ entries }: { entries: readonly StoryEntry[] }) {
  return (
    <ol className={styles.story}>
      {entries.map((entry) => (
        <li key={`${entry.kind} ${keyOf(entry)}`}>
          <Entry entry={entry} />
        </li>
      ))}
    </ol>
  );
}

function keyOf(entry: StoryEntry): string {
  switch (entry.kind) {
    case 'transition':
      return `${entry.at} ${entry.transition.kind} ${entry.transition.message}`;
    case 'message':
      return `${entry.message.id} ${entry.message.kind}`;
    case 'person':
      return `${entry.at} ${entry.audit.action} ${entry.audit.by}`;
  }
}

function Entry({ entry }: { entry: StoryEntry }) {
  const t = useTranslate();
  const format = useFormat();
  switch (entry.kind) {
    case 'transition': {
      const { kind, message, suppressed, at: sureAt } = entry.transition;
      const Icon = transitionIcons[kind];
      return (
        <Step at={entry.at} icon={<Icon size={14} aria-hidden />} tone={kind}>
          <b>{t(`transition.${kind}`)}</b>
          {kind === 'resolved' && sureAt - entry.at >= 1000 && (
            <> · {t('story.sure', { time: format.time(sureAt) })}</>
          )}
          {kind !== 'resolved' && (
            <>
              {' '}
              · <Said text={message} />
            </>
          )}
          {suppressed !== undefined && (
            <em>
              {t(`suppressed.${suppressed.by}`)} {suppressed.note}
            </em>
          )}
        </Step>
      );
    }
    case 'message': {
      const { channel, state, attempts, problem } = entry.message;
      return (
        <Step
          at={entry.at}
          icon={<Send size={13} aria-hidden />}
          tone={state === 'undelivered' ? 'opened' : 'quiet'}
        >
          <b>{t(`message.${state}`)}</b>{' '}
          <Link href={`/channels/${encodeURIComponent(channel)}`}>{channel}</Link>
          {attempts > 1 && ` · ${t('message.attempts', { count: attempts })}`}
          {problem !== undefined && (
            <em>
              <Said text={problem} />
            </em>
          )}
        </Step>
      );
    }
    case 'person': {
      const { by, action, note, until } = entry.audit;
      const Icon = action === 'comment' ? MessageSquare : User;
      return (
        <Step at={entry.at} icon={<Icon size={13} aria-hidden />} tone="quiet">
          <b>{whoText(t, by)}</b>{' '}
          {action === 'silence' && until !== undefined
            ? t('story.silenced', { time: format.time(until) })
            : action === 'end-silence'
              ? t('story.endedSilence')
              : auditText(t, action)}
          {note !== undefined && <q>{note}</q>}
        </Step>
      );
    }
  }
}

function Step(props: {
  readonly at: number;
  readonly icon: ReactNode;
  readonly tone: string;
  readonly children: ReactNode;
}) {
  const format = useFormat();
  return (
    <>
      <span className={styles.icon} data-tone={props.tone}>
        {props.icon}
      </span>
      <div className={styles.step} data-prose>
        {props.children}
      </div>
      <time dateTime={new Date(props.at).toISOString()} title={format.full(props.at)}>
        {format.time(props.at)}
      </time>
    </>
  );
}
