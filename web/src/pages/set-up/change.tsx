import { Button, TextInput } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import type { ConfigChange, SetUpItem } from '../../../../src/server/api/set-up.ts';
import { api } from '../../api/client.ts';
import { useSetUp } from '../../api/queries.ts';
import { useTranslate } from '../../i18n/translate.ts';
import { Fault } from '../../kit/loaded.tsx';
import { Panel } from '../../kit/panel.tsx';
import { Said } from '../../kit/said.tsx';
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

interface Reference {
  /** The key that it is the value of. */
  readonly name: string;
  readonly variable: string;
}

/** Where the lines refer to an environment variable that nobody has set. */
function unsetIn(lines: string, unset: readonly string[]): readonly Reference[] {
  return [...lines.matchAll(/^\s*(?:- )?([^:\n]+):.*\$\{env:(\w+)\}/gm)].flatMap(
    ([, name = '', variable = '']) => (unset.includes(variable) ? [{ name, variable }] : []),
  );
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
  const setUp = useSetUp().data;
  const unset = setUp?.unset ?? [];
  const references = lines === undefined ? [] : unsetIn(lines, unset);
  const [given, setGiven] = useState<Readonly<Record<string, string>>>({});
  const [writtenAt, setWrittenAt] = useState<number>();
  const client = useQueryClient();
  const write = useMutation({
    mutationFn: (skip: boolean) =>
      api.post<ConfigChange>('/set-up/changes', {
        checkId: item.checkId,
        all,
        skip,
        values: skip ? [] : gaps.map((_, index) => values[index] ?? ''),
        variables: skip
          ? {}
          : Object.fromEntries(references.map(({ variable }) => [variable, given[variable] ?? ''])),
      }),
    onSuccess: async (change) => {
      setWrittenAt(change.at);
      wrote({ change, isUndo: false });
      await client.invalidateQueries();
    },
  });
  const { judgedFrom = 0 } = setUp?.items.find(({ service }) => service === item.service) ?? {};
  // Until a cycle that goes by the new lines has come to something.
  if (writtenAt !== undefined && judgedFrom < writtenAt)
    return (
      <p className={styles.dim} role="status">
        {t('setUp.takesEffect')}
      </p>
    );
  const isSkip = lines !== undefined && /^ +skip: true\s*$/m.test(lines);
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
      {references.map(({ name, variable }) => (
        <TextInput
          key={variable}
          size="xs"
          label={name}
          type={variable.endsWith('_USERNAME') ? 'text' : 'password'}
          required
          withAsterisk={false}
          autoComplete="off"
          value={given[variable] ?? ''}
          onChange={({ currentTarget: { value } }) =>
            setGiven((before) => ({ ...before, [variable]: value }))
          }
        />
      ))}
      {lines !== undefined && !isSkip && (
        <Button type="submit" variant="filled" loading={write.isPending && !write.variables}>
          {t('setUp.write')}
        </Button>
      )}
      {canSkip && (
        <Button loading={write.isPending && write.variables} onClick={() => write.mutate(true)}>
          {t('setUp.skip')}
        </Button>
      )}
      {references.length > 0 && (
        <p className={styles.dim}>
          {t('setUp.given', { names: references.map(({ variable }) => variable).join(', ') })}
        </p>
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
        {change.open !== undefined && (
          <p data-tone="warn">
            <Said text={change.open.message} /> <Said text={change.open.hint} />
          </p>
        )}
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
