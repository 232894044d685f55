import { Modal, Textarea, TextInput } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import type { StatusPage, StatusPost } from '../../../../src/server/api/status-page.ts';
import { api } from '../../api/client.ts';
import { queryClient } from '../../api/queries.ts';
import { useTranslate } from '../../i18n/translate.ts';
import { Choice } from '../../kit/choice.tsx';
import { DialogForm } from '../../kit/dialog-form.tsx';
import { now } from '../../kit/now.ts';
import { spans } from '../../kit/spans.ts';
import styles from './settings.module.css';

type About = StatusPage['incidents'][number] | null;
const ofIncidents = ['investigating', 'identified', 'monitoring', 'resolved'] as const;
const ofServices = ['notice', 'maintenance'] as const;

export const changed = () => queryClient.invalidateQueries({ queryKey: ['status-page'] });

/** @param props.about `undefined`: nobody writes; `null`: a notice or maintenance. */
export function NewPost(props: {
  readonly about: About | undefined;
  readonly services: readonly string[];
  readonly onClose: () => void;
}) {
  const { about, services, onClose } = props;
  const t = useTranslate();
  return (
    <Modal
      opened={about !== undefined}
      onClose={onClose}
      title={t(about === null ? 'status.new' : 'status.write')}
      closeButtonProps={{ 'aria-label': t('close') }}
    >
      {about !== undefined && <Form about={about} services={services} onClose={onClose} />}
    </Modal>
  );
}

function Form(props: {
  readonly about: About;
  readonly services: readonly string[];
  readonly onClose: () => void;
}) {
  const { about, services, onClose } = props;
  const t = useTranslate();
  const kinds = about === null ? ofServices : ofIncidents;
  const [kind, setKind] = useState<StatusPost['kind']>(kinds[0]);
  const [service, setService] = useState('');
  const [title, setTitle] = useState('');
  const [text, setText] = useState('');
  const [from, setFrom] = useState('');
  const [forMs, setForMs] = useState(String(spans[0][0]));
  const isTimed = kind === 'maintenance';
  const send = useMutation({
    mutationFn: () => {
      const begin = from === '' ? now() : new Date(from).getTime();
      return api.post('/status-page/posts', {
        kind,
        text: text.trim(),
        ...(about === null ? {} : { incident: about.id }),
        ...(title.trim() === '' ? {} : { title: title.trim() }),
        ...(service === '' ? {} : { services: [service] }),
        ...(isTimed ? { from: Math.round(begin), until: Math.round(begin) + Number(forMs) } : {}),
      });
    },
    onSuccess: async () => {
      await changed();
      onClose();
    },
  });
  return (
    <DialogForm send={send} label={t('status.publish')} disabled={text.trim() === ''} onClose={onClose}>
      <Choice
        labelled
        label={t('status.kind')}
        value={kind}
        onChange={setKind}
        options={kinds.map((one) => [one, t(`post.${one}`)] as const)}
      />
      {about === null && (
        <Choice
          labelled
          label={t('incident.services')}
          value={service}
          onChange={setService}
          options={[['', t('incidents.everyService')], ...services.map((name) => [name, name] as const)]}
        />
      )}
      {isTimed && (
        <div className={styles.inline}>
          <TextInput
            type="datetime-local"
            label={t('status.from')}
            value={from}
            onChange={(event) => setFrom(event.currentTarget.value)}
          />
          <Choice
            labelled
            label={t('ask.for')}
            value={forMs}
            onChange={setForMs}
            options={spans.map(([ms, span]) => [String(ms), t(span)])}
          />
        </div>
      )}
      <TextInput
        label={t('status.title')}
        description={about === null ? undefined : t('status.title.more')}
        value={title}
        onChange={(event) => setTitle(event.currentTarget.value)}
      />
      <Textarea
        label={t('status.text')}
        required
        rows={4}
        value={text}
        onChange={(event) => setText(event.currentTarget.value)}
      />
    </DialogForm>
  );
}
