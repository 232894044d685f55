import { Button } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { Send } from 'lucide-react';
import { Link } from 'wouter';
import type { Channel, ChannelTrial } from '../../../../src/server/api/channels.ts';
import { api, part } from '../../api/client.ts';
import { queryClient, useChannels, useMay } from '../../api/queries.ts';
import { useTranslate } from '../../i18n/translate.ts';
import { useFormat } from '../../kit/format.ts';
import { Fault, Loaded } from '../../kit/loaded.tsx';
import { Empty, Facts, PageHead, Panel } from '../../kit/panel.tsx';
import { VerdictLabel, VerdictMark } from '../../kit/verdict.tsx';
import { useTitle } from '../../layout/title.ts';
import { Messages } from './messages.tsx';
import styles from './channels.module.css';

const marks = { ok: 'pass', retrying: 'degraded', refusing: 'fail', broken: 'fail' } as const;

/** Where messages go, how these places are doing, what was said there last. */
export function Channels({ name }: { name: string | undefined }) {
  const t = useTranslate();
  useTitle(t('nav.channels'));
  return (
    <>
      <PageHead title={t('nav.channels')} />
      <Loaded query={useChannels()}>
        {({ items }) => {
          const chosen = items.find((channel) => channel.name === name) ?? items[0];
          if (chosen === undefined) {
            return (
              <Panel>
                <Empty title={t('channels.none')}>{t('channels.none.more')}</Empty>
              </Panel>
            );
          }
          return (
            <div className={styles.columns}>
              <Panel flush>
                <ul className={styles.list}>
                  {items.map((channel) => (
                    <li key={channel.name}>
                      <Link
                        href={`/channels/${encodeURIComponent(channel.name)}`}
                        aria-current={channel === chosen ? 'true' : undefined}
                        data-row
                      >
                        <VerdictMark mark={marks[channel.state]} label={false} />
                        <b>{channel.name}</b>
                        <span>{channel.title}</span>
                        {channel.waiting > 0 && <em>{t('channels.waiting', { count: channel.waiting })}</em>}
                        {channel.givenUp > 0 && <em>{t('channels.givenUp', { count: channel.givenUp })}</em>}
                      </Link>
                    </li>
                  ))}
                </ul>
              </Panel>
              <div className={styles.column}>
                <Health channel={chosen} />
                <Messages key={chosen.name} channel={chosen.name} />
              </div>
            </div>
          );
        }}
      </Loaded>
    </>
  );
}

function Health({ channel }: { channel: Channel }) {
  const t = useTranslate();
  const format = useFormat();
  const mayTest = useMay('operator');
  const test = useMutation({
    mutationFn: () => api.post<ChannelTrial>(`/channels/${part(channel.name)}/test`),
    onSuccess: () => queryClient.invalidateQueries({ queryKey: ['channels'] }),
  });
  const facts: Fact[] = [
    [
      t('channels.state'),
      <VerdictLabel key="s" mark={marks[channel.state]}>
        {t(`channel.${channel.state}`)}
      </VerdictLabel>,
    ],
    [t('channels.since'), format.time(channel.since)],
    [
      t('channels.lastSent'),
      channel.lastSentAt === undefined ? t('channels.never') : format.time(channel.lastSentAt),
    ],
    channel.message === undefined ? undefined : [t('channels.problem'), channel.message],
    channel.hint === undefined ? undefined : [t('incident.hint'), channel.hint],
    ...waitFacts(channel, t, format.time),
  ];
  return (
    <Panel
      title={channel.name}
      tone={marks[channel.state] === 'fail' ? 'fail' : undefined}
      aside={
        mayTest && (
          <Button
            loading={test.isPending}
            onClick={() => test.mutate()}
            leftSection={<Send size={12} aria-hidden />}
          >
            {t('channels.test')}
          </Button>
        )
      }
    >
      <Facts facts={facts.filter((fact) => fact !== undefined)} />
      <div aria-live="polite">{test.data !== undefined && <Trial trial={test.data} />}</div>
      {test.error !== null && <Fault error={test.error} />}
    </Panel>
  );
}

type Fact = readonly [string, React.ReactNode] | undefined;

/** What has not got through: since when, why not, when it is tried again. */
function waitFacts(
  { waiting, waitsSince, nextTryAt, refusal, message, hint }: Channel,
  t: ReturnType<typeof useTranslate>,
  time: (at: number) => string,
): readonly Fact[] {
  const meaning = refusal?.hint === hint ? undefined : refusal?.hint;
  return [
    waitsSince === undefined
      ? undefined
      : [t('channels.waitsSince'), `${time(waitsSince)} · ${t('channels.waiting', { count: waiting })}`],
    nextTryAt === undefined ? undefined : [t('channels.nextTry'), time(nextTryAt)],
    refusal === undefined || (message !== undefined && refusal.problem.endsWith(message))
      ? undefined
      : [t('channels.refusal'), refusal.problem],
    meaning === undefined ? undefined : [t('incident.hint'), meaning],
  ];
}

function Trial({ trial }: { trial: ChannelTrial }) {
  const t = useTranslate();
  return (
    <div className={styles.trial}>
      <b>{trial.ok ? t('setup.sent') : t('setup.notSent')}</b>
      <ol>
        {trial.steps.map(({ step, ok, text, hint }) => (
          <li key={step}>
            <VerdictMark mark={ok ? 'pass' : 'fail'} /> {text}
            {hint !== undefined && <div>→ {hint}</div>}
          </li>
        ))}
      </ol>
    </div>
  );
}
