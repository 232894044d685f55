import { Button, Modal, Textarea } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { Bell, BellOff, UserCheck, UserX } from 'lucide-react';
import { useState } from 'react';
import type { IncidentDetail } from '../../../../src/server/api/incidents.ts';
import { api, part } from '../../api/client.ts';
import { queryClient, useMay } from '../../api/queries.ts';
import { useTranslate } from '../../i18n/translate.ts';
import { Choice } from '../../kit/choice.tsx';
import { DialogForm } from '../../kit/dialog-form.tsx';
import { SilencePreviewText } from '../../kit/silence-preview.tsx';
import { spans } from '../../kit/spans.ts';
import styles from './incidents.module.css';

/** What can be done about an open incident. */
export function IncidentActions({ incident }: { incident: IncidentDetail }) {
  const t = useTranslate();
  const mayAct = useMay('operator');
  const [asking, setAsking] = useState<'ack' | 'silence'>();
  const { id, acknowledged } = incident;
  const own = incident.silences.find(({ matcher }) => matcher.incident !== undefined);
  const give = useMutation({
    mutationFn: () => api.post<IncidentDetail>(`/incidents/${part(id)}/unack`),
    onSuccess: (changed) => queryClient.setQueryData(['incident', id], changed),
  });
  const end = useMutation({
    mutationFn: (silence: number) => api.delete(`/silences/${part(silence)}`),
    onSuccess: () => queryClient.invalidateQueries({ queryKey: ['incident', id] }),
  });
  if (!mayAct) return null;
  return (
    <>
      {acknowledged === undefined ? (
        <Button
          variant="filled"
          onClick={() => setAsking('ack')}
          leftSection={<UserCheck size={13} aria-hidden />}
        >
          {t('ack.do')}
        </Button>
      ) : (
        <Button
          loading={give.isPending}
          onClick={() => give.mutate()}
          leftSection={<UserX size={13} aria-hidden />}
        >
          {t('ack.undo')}
        </Button>
      )}
      {own === undefined ? (
        <Button onClick={() => setAsking('silence')} leftSection={<BellOff size={13} aria-hidden />}>
          {t('silence.do')}
        </Button>
      ) : (
        <Button
          loading={end.isPending}
          onClick={() => end.mutate(own.id)}
          leftSection={<Bell size={13} aria-hidden />}
        >
          {t('silence.undo')}
        </Button>
      )}
      <Ask what={asking} id={id} onClose={() => setAsking(undefined)} />
    </>
  );
}

function Ask(props: {
  readonly what: 'ack' | 'silence' | undefined;
  readonly id: string;
  readonly onClose: () => void;
}) {
  const { what, id, onClose } = props;
  const t = useTranslate();
  return (
    <Modal
      opened={what !== undefined}
      onClose={onClose}
      title={what === 'silence' ? t('silence.title') : t('ack.title')}
      closeButtonProps={{ 'aria-label': t('close') }}
    >
      {what !== undefined && <Form key={what} what={what} id={id} onClose={onClose} />}
    </Modal>
  );
}

function Form({ what, id, onClose }: { what: 'ack' | 'silence'; id: string; onClose: () => void }) {
  const t = useTranslate();
  const [forMs, setForMs] = useState(String(spans[2][0]));
  const [note, setNote] = useState('');
  const send = useMutation({
    mutationFn: () =>
      what === 'ack'
        ? api.post(`/incidents/${part(id)}/ack`, {
            forMs: Number(forMs),
            ...(note.trim() === '' ? {} : { note: note.trim() }),
          })
        : api.post('/silences', { matcher: { incident: id }, forMs: Number(forMs), reason: note.trim() }),
    onSuccess: async () => {
      await queryClient.invalidateQueries({ queryKey: ['incident', id] });
      onClose();
    },
  });
  return (
    <DialogForm send={send} label={t(what === 'ack' ? 'ack.do' : 'silence.do')} onClose={onClose}>
      <p className={styles.dim}>{what === 'ack' ? t('ack.more') : t('silence.more')}</p>
      {what === 'silence' && <SilencePreviewText matcher={{ incident: id }} />}
      <Choice
        labelled
        label={t('ask.for')}
        value={forMs}
        onChange={setForMs}
        options={spans.map(([ms, text]) => [String(ms), t(text)])}
      />
      <Textarea
        label={what === 'ack' ? t('ask.note') : t('ask.reason')}
        value={note}
        onChange={(event) => setNote(event.currentTarget.value)}
        autosize={false}
        rows={3}
        required={what === 'silence'}
        data-autofocus
      />
    </DialogForm>
  );
}
