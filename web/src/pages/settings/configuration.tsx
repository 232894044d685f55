import { Button, TextInput } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { RotateCw } from 'lucide-react';
import { useMemo, useState } from 'react';
import type { Problem } from '../../../../src/server/api/common.ts';
import type { Config, ConfigValue } from '../../../../src/server/api/settings.ts';
import { api } from '../../api/client.ts';
import { queryClient, useConfig, useMayEverywhere } from '../../api/queries.ts';
import { useTranslate } from '../../i18n/translate.ts';
import { useFormat } from '../../kit/format.ts';
import { Fault, Loaded } from '../../kit/loaded.tsx';
import { Empty, Panel } from '../../kit/panel.tsx';
import tables from '../../kit/table.module.css';
import { Said } from '../../kit/said.tsx';
import styles from './settings.module.css';

/** Every value that is in use and where it was written. */
export function Configuration() {
  return <Loaded query={useConfig()}>{(config) => <Found config={config} />}</Loaded>;
}

function Found({ config }: { config: Config }) {
  const t = useTranslate();
  const format = useFormat();
  const mayReload = useMayEverywhere('admin');
  const [text, setText] = useState('');
  const [written, setWritten] = useState(false);
  const reload = useMutation({
    mutationFn: () => api.post<Config>('/config/reload'),
    onSuccess: (read) => queryClient.setQueryData(['config'], read),
  });
  const values = useMemo(
    () =>
      config.values.filter(
        (value) =>
          (!written || value.origin.kind === 'file') &&
          `${value.path} ${JSON.stringify(value.value)}`.toLowerCase().includes(text.toLowerCase()),
      ),
    [config, text, written],
  );
  return (
    <div className={styles.page}>
      {config.refused !== undefined && (
        <Panel tone="fail" title={t('config.refused', { time: format.time(config.refused.at) })}>
          <p>{t('config.refused.more')}</p>
          <Notices notices={config.refused.problems} />
        </Panel>
      )}
      {config.notices.length > 0 && (
        <Panel title={t('config.notices')}>
          <Notices notices={config.notices} />
        </Panel>
      )}
      <Panel
        flush
        title={<code>{config.file}</code>}
        aside={
          <>
            {t('config.loaded', { time: format.time(config.loadedAt) })}
            {mayReload && (
              <Button
                loading={reload.isPending}
                onClick={() => reload.mutate()}
                leftSection={<RotateCw size={12} aria-hidden />}
              >
                {t('config.reload')}
              </Button>
            )}
          </>
        }
      >
        <div className={styles.tools}>
          <TextInput
            type="search"
            size="xs"
            value={text}
            onChange={(event) => setText(event.currentTarget.value)}
            placeholder={t('config.search')}
            aria-label={t('config.search')}
          />
          <label>
            <input
              type="checkbox"
              checked={written}
              onChange={(event) => setWritten(event.currentTarget.checked)}
            />{' '}
            {t('config.written')}
          </label>
        </div>
        {reload.error !== null && <Fault error={reload.error} />}
        {values.length === 0 ? <Empty title={t('config.none')} /> : <Values values={values} />}
      </Panel>
    </div>
  );
}

function Values({ values }: { values: readonly ConfigValue[] }) {
  const t = useTranslate();
  return (
    <table className={`${tables.table} ${styles.values}`}>
      <thead>
        <tr>
          <th scope="col">{t('config.key')}</th>
          <th scope="col">{t('request.value')}</th>
          <th scope="col">{t('config.origin')}</th>
        </tr>
      </thead>
      <tbody>
        {values.map(({ path, value, origin }) => (
          <tr key={path}>
            <td>
              <code>{path}</code>
            </td>
            <td>
              <code>{typeof value === 'string' ? value : JSON.stringify(value)}</code>
            </td>
            <td className={styles.origin}>
              {origin.kind === 'default'
                ? t('config.default')
                : origin.kind === 'option'
                  ? origin.name
                  : `${origin.file.split('/').at(-1)}:${origin.line}:${origin.column}`}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function Notices({ notices }: { notices: readonly Problem[] }) {
  return (
    <ul className={styles.notices}>
      {notices.map(({ file, line, column, pointer, message, hint, code }) => (
        <li key={`${file ?? ''} ${line ?? ''} ${pointer ?? ''} ${code} ${message}`}>
          <code>
            {[file, line, column].filter((one) => one !== undefined).join(':')} {pointer}
          </code>{' '}
          <Said text={message} />
          {hint !== undefined && (
            <div className={styles.origin}>
              → <Said text={hint} />
            </div>
          )}
        </li>
      ))}
    </ul>
  );
}
