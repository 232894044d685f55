import { Button, Textarea } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import type { IncidentDetail } from '../../../../src/server/api/incidents.ts';
import { api, part } from '../../api/client.ts';
import { queryClient, useMay } from '../../api/queries.ts';
import { useTranslate } from '../../i18n/translate.ts';
import { Fault } from '../../kit/loaded.tsx';
import styles from './incidents.module.css';

/** Something to remember about the incident, for whoever looks next. */
export function Comment({ id }: { id: string }) {
  const t = useTranslate();
  const mayWrite = useMay('operator');
  const [text, setText] = useState('');
  const send = useMutation({
    mutationFn: () => api.post<IncidentDetail>(`/incidents/${part(id)}/comments`, { text: text.trim() }),
    onSuccess: (changed) => {
      queryClient.setQueryData(['incident', id], changed);
      setText('');
    },
  });
  if (!mayWrite) return null;
  return (
    <form
      className={styles.comment}
      onSubmit={(event) => {
        event.preventDefault();
        if (text.trim() !== '') send.mutate();
      }}
    >
      <Textarea
        aria-label={t('comment.label')}
        placeholder={t('comment.label')}
        value={text}
        rows={2}
        onChange={(event) => setText(event.currentTarget.value)}
      />
      {send.error !== null && <Fault error={send.error} />}
      <Button type="submit" size="xs" loading={send.isPending} disabled={text.trim() === ''}>
        {t('comment.do')}
      </Button>
    </form>
  );
}
