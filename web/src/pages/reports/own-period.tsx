import { Button, TextInput } from '@mantine/core';
import { useState } from 'react';
import { useTranslate } from '../../i18n/translate.ts';
import styles from './reports.module.css';

/** From one day to another, both of them included; dates as `2026-11-24`. */
export function OwnPeriod(props: {
  readonly from: string;
  readonly to: string;
  readonly onChoose: (from: string, to: string) => void;
}) {
  const t = useTranslate();
  const { onChoose } = props;
  const [chosen, setChosen] = useState<{ readonly from: string; readonly to: string }>();
  const { from, to } = chosen ?? props;
  const isPeriod = from !== '' && to !== '' && from <= to;
  return (
    <form
      className={styles.period}
      onSubmit={(event) => {
        event.preventDefault();
        if (!isPeriod) return;
        onChoose(from, to);
        setChosen(undefined);
      }}
    >
      <TextInput
        type="date"
        size="xs"
        aria-label={t('reports.from')}
        value={from}
        onChange={(event) => setChosen({ from: event.currentTarget.value, to })}
      />
      <span aria-hidden>–</span>
      <TextInput
        type="date"
        size="xs"
        aria-label={t('reports.to')}
        value={to}
        onChange={(event) => setChosen({ from, to: event.currentTarget.value })}
      />
      <Button type="submit" disabled={chosen === undefined || !isPeriod}>
        {t('reports.show')}
      </Button>
    </form>
  );
}
