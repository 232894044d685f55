import { Button } from '@mantine/core';
import type { UseMutationResult } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { useTranslate } from '../i18n/translate.ts';
import styles from './dialog-form.module.css';
import { Fault } from './loaded.tsx';

/** A form in a dialog: its fields, what went wrong, and two buttons below. */
export function DialogForm(props: {
  readonly send: Pick<UseMutationResult<unknown, Error, void>, 'mutate' | 'error' | 'isPending'>;
  /** What the button says that sends it. */
  readonly label: string;
  readonly disabled?: boolean;
  readonly onClose: () => void;
  readonly children: ReactNode;
}) {
  const { send, label, disabled = false, onClose, children } = props;
  const t = useTranslate();
  return (
    <form
      className={styles.form}
      onSubmit={(event) => {
        event.preventDefault();
        send.mutate();
      }}
    >
      {children}
      {send.error !== null && <Fault error={send.error} />}
      <div className={styles.buttons}>
        <Button size="xs" onClick={onClose}>
          {t('cancel')}
        </Button>
        <Button size="xs" type="submit" variant="filled" loading={send.isPending} disabled={disabled}>
          {label}
        </Button>
      </div>
    </form>
  );
}
