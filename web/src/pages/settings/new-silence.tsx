import { Modal, TextInput } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import type { SilenceMatcher } from '../../../../src/server/api/incidents.ts';
import { api } from '../../api/client.ts';
import { queryClient, useOverview } from '../../api/queries.ts';
import { useTranslate } from '../../i18n/translate.ts';
import { Choice } from '../../kit/choice.tsx';
import { DialogForm } from '../../kit/dialog-form.tsx';
import { SilencePreviewText } from '../../kit/silence-preview.tsx';
import { spans } from '../../kit/spans.ts';

export function NewSilence({ opened, onClose }: { opened: boolean; onClose: () => void }) {
  const t = useTranslate();
  return (
    <Modal
      opened={opened}
      onClose={onClose}
      title={t('silences.new')}
      closeButtonProps={{ 'aria-label': t('close') }}
    >
      <Form onClose={onClose} />
    </Modal>
  );
}

function Form({ onClose }: { onClose: () => void }) {
  const t = useTranslate();
  const overview = useOverview();
  const [service, setService] = useState('');
  const [subject, setSubject] = useState('');
  const [reason, setReason] = useState('');
  const [forMs, setForMs] = useState(String(spans[2][0]));
  const matcher: SilenceMatcher = {
    ...(service === '' ? {} : { services: [service] }),
    ...(subject.trim() === '' ? {} : { subject: subject.trim() }),
  };
  const create = useMutation({
    mutationFn: () => api.post('/silences', { matcher, forMs: Number(forMs), reason: reason.trim() }),
    onSuccess: async () => {
      await queryClient.invalidateQueries({ queryKey: ['silences'] });
      onClose();
    },
  });
  return (
    <DialogForm
      send={create}
      label={t('silence.do')}
      disabled={service === '' && subject.trim() === ''}
      onClose={onClose}
    >
      <Choice
        labelled
        label={t('incident.services')}
        value={service}
        onChange={setService}
        options={[
          ['', t('incidents.everyService')],
          ...(overview.data?.services ?? []).map(({ name }) => [name, name] as const),
        ]}
      />
      <TextInput
        label={t('silences.subject')}
        description={t('silences.subject.more')}
        placeholder="GET /orders*"
        value={subject}
        onChange={(event) => setSubject(event.currentTarget.value)}
      />
      <SilencePreviewText matcher={matcher} />
      <Choice
        labelled
        label={t('ask.for')}
        value={forMs}
        onChange={setForMs}
        options={spans.map(([ms, text]) => [String(ms), t(text)])}
      />
      <TextInput
        label={t('ask.reason')}
        required
        value={reason}
        onChange={(event) => setReason(event.currentTarget.value)}
      />
    </DialogForm>
  );
}
