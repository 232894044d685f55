import { Button, TextInput } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import type { ConfigChange, SetUpItem } from '../../../../src/server/api/set-up.ts';
import { api } from '../../api/client.ts';
import { useTranslate } from '../../i18n/translate.ts';
import { Fault } from '../../kit/loaded.tsx';
import { Panel } from '../../kit/panel.tsx';
import styles from './set-up.module.css';

/** What was written last, and whether it was to take something back. */
export interface Written {
  readonly change: ConfigChange;
  readonly isUndo: boolean;
}

/** Stands for what only a person knows. */
const gap = '…';

/** Keys of the lines that wait for a value, in their order. */
function gapsIn(lines: string): readonly string[] {
  return lines
    .split('\n')
    .flatMap((line) => (line.includes(gap) ? [/^\s*(?:- )?([^:]+):/.exec(line)?.[1] ?? ''] : []));
}

/** Writes the lines of an operation, or of all of its group, or has it left out: with one click, and a way back. */
export function WriteLines(props: {
  readonly item: SetUpItem;
  readonly lines: string | undefined;
  readonly all: boolean;
  readonly canSkip: boolean;
  readonly wrote: (written: Written) => void;
}) {
  const { item, lines, all, canSkip, wrote } = props;
  const t = useTranslate();
  const gaps = lines === undefined ? [] : gapsIn(lines);
  const [values, setValues] = useState<readonly string[]>([]);
  const client = useQueryClient();
  const write = useMutation({
    mutationFn: (skip: boolean) =>
      api.post<ConfigChange>('/set-up/changes', {
        checkId: item.checkId,
        all,
        skip,
        values: skip ? [] : gaps.map((_, index) => values[index] ?? ''),
      }),
    onSuccess: async (change) => {
      wrote({ change, isUndo: false });
      await client.invalidateQueries();
    },
  });
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    write.mutate(false);
  };
  return (
    <form className={styles.write} onSubmit={submit}>
      {gaps.map((name, index) => (
        <TextInput
          key={`${name} ${index}`}
          size="xs"
          label={name}
          required
          withAsterisk={false}
          autoComplete="off"
          value={values[index] ?? ''}
          onChange={({ currentTarget: { value } }) =>
            setValues((before) => gaps.map((__, no) => (no === index ? value : (before[no] ?? ''))))
          }
        />
      ))}
      {lines !== undefined && (
        <Button type="submit" variant="filled" loading={write.isPending && !write.variables}>
          {t('setUp.write')}
        </Button>
      )}
      {canSkip && (
        <Button loading={write.isPending && write.variables} onClick={() => write.mutate(true)}>
          {t('setUp.skip')}
        </Button>
      )}
      {write.error !== null && <Fault error={write.error} />}
    </form>
  );
}

/** What has been written, as a comparison, with the way back. */
export function LastChange({ written, wrote }: { written: Written; wrote: (written: Written) => void }) {
  const t = useTranslate();
  const client = useQueryClient();
  const { change, isUndo } = written;
  const undo = useMutation({
    mutationFn: () => api.post<ConfigChange>('/set-up/undo'),
    onSuccess: async (undone) => {
      wrote({ change: undone, isUndo: true });
      await client.invalidateQueries();
    },
  });
  return (
    <Panel>
      <div className={styles.change} role="status">
        <p>
          <b>{t(isUndo ? 'setUp.undone' : 'setUp.written', { file: change.file })}</b>{' '}
          <span className={styles.dim}>{t('setUp.written.more')}</span>
        </p>
        {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- what scrolls must be reachable by keyboard */}
        <pre className={styles.diff} tabIndex={0} role="region" aria-label={t('setUp.diff')}>
          {change.diff.map(({ kind, line, text }) => (
            <span key={`${kind} ${line}`} data-kind={kind}>
              <i>{line}</i>
              {`${signs[kind]} ${text}\n`}
            </span>
          ))}
        </pre>
        {!isUndo && (
          <Button loading={undo.isPending} onClick={() => undo.mutate()}>
            {t('setUp.undo')}
          </Button>
        )}
        {undo.error !== null && <Fault error={undo.error} />}
      </div>
    </Panel>
  );
}

const signs = { same: ' ', added: '+', removed: '-' } as const;
