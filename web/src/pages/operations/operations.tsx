import { TextInput } from '@mantine/core';
import { Search as SearchIcon } from 'lucide-react';
import { useDeferredValue, useEffect, useMemo, useRef } from 'react';
import { useSearchParams } from 'wouter';
import type { OperationRow, OperationState } from '../../../../src/server/api/operations.ts';
import { useOperations } from '../../api/queries.ts';
import { useTranslate } from '../../i18n/translate.ts';
import { useFormat } from '../../kit/format.ts';
import { Loaded } from '../../kit/loaded.tsx';
import { Empty, PageHead } from '../../kit/panel.tsx';
import { VerdictMark } from '../../kit/verdict.tsx';
import { useTitle } from '../../layout/title.ts';
import { OperationTree } from './operation-tree.tsx';
import { searchOperations } from './tree.ts';
import styles from './operations.module.css';

/** Every documented operation, found by what one remembers of it. What is searched for stands in the address. */
export function Operations() {
  const t = useTranslate();
  useTitle(t('nav.operations'));
  return <Loaded query={useOperations()}>{({ items }) => <Found items={items} />}</Loaded>;
}

function Found({ items }: { items: readonly OperationRow[] }) {
  const t = useTranslate();
  const format = useFormat();
  const [params, setParams] = useSearchParams();
  const text = params.get('q') ?? '';
  const chosen = params.get('state') ?? '';
  const field = useRef<HTMLInputElement>(null);
  useEffect(() => {
    if (params.has('search')) field.current?.focus();
  }, [params]);
  const change = (name: string, value: string) => {
    setParams(
      (before) => {
        const after = new URLSearchParams(before);
        after.delete('search');
        if (value === '') after.delete(name);
        else after.set(name, value);
        return after;
      },
      { replace: true },
    );
  };
  const states = useMemo(
    () => new Set(chosen.split(',').filter((state) => state !== '') as OperationState[]),
    [chosen],
  );
  const wanted = useDeferredValue(text);
  const rows = useMemo(() => searchOperations(items, { text: wanted, states }), [items, wanted, states]);
  const toggle = (state: OperationState) => {
    const next = new Set(states);
    if (!next.delete(state)) next.add(state);
    change('state', [...next].join(','));
  };
  return (
    <div className={styles.page}>
      <PageHead
        title={t('nav.operations')}
        note={t('operations.found', { count: format.count(rows.length), all: format.count(items.length) })}
      />
      <div className={styles.tools}>
        <TextInput
          ref={field}
          className={styles.search}
          type="search"
          size="sm"
          value={text}
          onChange={(event) => change('q', event.currentTarget.value)}
          placeholder={t('operations.search')}
          aria-label={t('operations.search')}
          leftSection={<SearchIcon size={14} aria-hidden />}
          rightSection={text === '' ? <kbd className={styles.key}>/</kbd> : undefined}
          rightSectionPointerEvents="none"
        />
        <StateFilter items={items} chosen={states} toggle={toggle} />
      </div>
      {rows.length === 0 ? (
        <Empty title={t('operations.none')}>
          {items.length === 0 ? t('operations.none.documents') : t('operations.none.search')}
        </Empty>
      ) : (
        <OperationTree rows={rows} />
      )}
    </div>
  );
}

const order: readonly OperationState[] = [
  'fail',
  'degraded',
  'blocked',
  'unknown',
  'pass',
  'waiting',
  'skipped',
];

function StateFilter(props: {
  readonly items: readonly OperationRow[];
  readonly chosen: ReadonlySet<OperationState>;
  readonly toggle: (state: OperationState) => void;
}) {
  const { items, chosen, toggle } = props;
  const t = useTranslate();
  const format = useFormat();
  const counts = useMemo(() => {
    const found = new Map<OperationState, number>();
    for (const { state } of items) found.set(state, (found.get(state) ?? 0) + 1);
    return found;
  }, [items]);
  return (
    <div className={styles.states} role="group" aria-label={t('operations.states')}>
      {order
        .filter((state) => counts.has(state))
        .map((state) => (
          <button
            key={state}
            type="button"
            aria-pressed={chosen.has(state)}
            onClick={() => toggle(state)}
            className={styles.state}
          >
            <VerdictMark mark={state} label={false} size={12} />
            {t(`verdict.${state}`)} <b>{format.count(counts.get(state) ?? 0)}</b>
          </button>
        ))}
    </div>
  );
}
