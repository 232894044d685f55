import { Button } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import type { Silence, SilenceMatcher } from '../../../../src/server/api/incidents.ts';
import { api, part } from '../../api/client.ts';
import { queryClient, type Silences as SilencesData, useMay, useSilences } from '../../api/queries.ts';
import { type Translate, useTranslate } from '../../i18n/translate.ts';
import { whoText } from '../../kit/audit-text.ts';
import { useFormat } from '../../kit/format.ts';
import { Fault, Loaded } from '../../kit/loaded.tsx';
import { Empty, Panel } from '../../kit/panel.tsx';
import tables from '../../kit/table.module.css';
import { NewSilence } from './new-silence.tsx';
import styles from './settings.module.css';

/** What nobody is told about, until when, and why; and the windows of the configuration. */
export function Silences() {
  return <Loaded query={useSilences()}>{(silences) => <Found silences={silences} />}</Loaded>;
}

function Found({ silences }: { silences: SilencesData }) {
  const t = useTranslate();
  const format = useFormat();
  const mayAct = useMay('operator');
  const [adding, setAdding] = useState(false);
  const { items, maintenance } = silences;
  return (
    <div className={styles.page}>
      <Panel
        flush
        title={t('settings.silences')}
        aside={mayAct && <Button onClick={() => setAdding(true)}>{t('silences.new')}</Button>}
      >
        {items.length === 0 ? (
          <Empty title={t('silences.none')}>{t('silences.none.more')}</Empty>
        ) : (
          <table className={tables.table}>
            <thead>
              <tr>
                <th scope="col">{t('silences.what')}</th>
                <th scope="col">{t('ask.reason')}</th>
                <th scope="col">{t('silences.until')}</th>
                <th scope="col" className={tables.wide}>
                  {t('silences.by')}
                </th>
                {mayAct && <th scope="col">{t('actions')}</th>}
              </tr>
            </thead>
            <tbody>
              {items.map((silence) => (
                <Row key={silence.id} silence={silence} mayAct={mayAct} />
              ))}
            </tbody>
          </table>
        )}
      </Panel>
      <Panel flush title={t('silences.maintenance')}>
        {maintenance.length === 0 ? (
          <Empty title={t('silences.noMaintenance')}>{t('silences.noMaintenance.more')}</Empty>
        ) : (
          <table className={tables.table}>
            <tbody>
              {maintenance.map(({ name, cron, durationMs, timeZone, active }) => (
                <tr key={name}>
                  <td>{name}</td>
                  <td>
                    <code>{cron}</code> <small>{timeZone}</small>
                  </td>
                  <td className={tables.time}>{format.span(durationMs)}</td>
                  <td className={tables.time}>
                    {active ? <b>{t('silences.active')}</b> : t('silences.inactive')}
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        )}
      </Panel>
      <NewSilence opened={adding} onClose={() => setAdding(false)} />
    </div>
  );
}

function Row({ silence, mayAct }: { silence: Silence; mayAct: boolean }) {
  const t = useTranslate();
  const format = useFormat();
  const end = useMutation({
    mutationFn: () => api.delete(`/silences/${part(silence.id)}`),
    onSuccess: () => queryClient.invalidateQueries({ queryKey: ['silences'] }),
  });
  return (
    <tr>
      <td>{matcherText(t, silence.matcher)}</td>
      <td>{silence.reason}</td>
      <td className={tables.time} title={format.full(silence.until)}>
        {format.time(silence.until)}
      </td>
      <td className={tables.wide}>{whoText(t, silence.by)}</td>
      {mayAct && (
        <td>
          <Button loading={end.isPending} onClick={() => end.mutate()}>
            {t('silences.end')}
          </Button>
          {end.error !== null && <Fault error={end.error} />}
        </td>
      )}
    </tr>
  );
}

function matcherText(t: Translate, matcher: SilenceMatcher): string {
  const { incident, services, tags, levels, subject } = matcher;
  return [
    incident === undefined ? undefined : `#${incident}`,
    services === undefined ? undefined : `${t('incident.services')}: ${services.join(', ')}`,
    tags === undefined ? undefined : `${t('about.tags')}: ${tags.join(', ')}`,
    levels === undefined
      ? undefined
      : `${t('incident.cause')}: ${levels.map((level) => t(`level.${level}`)).join(', ')}`,
    subject,
  ]
    .filter((one) => one !== undefined)
    .join(' · ');
}
