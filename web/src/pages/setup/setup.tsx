import { Button } from '@mantine/core';
import { useMutation, useQuery } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import type { Meta } from '../../../../src/server/api/overview.ts';
import type { SavedConfig, SignInProposal } from '../../../../src/server/api/setup.ts';
import { api } from '../../api/client.ts';
import { root } from '../../api/root.ts';
import { useTranslate } from '../../i18n/translate.ts';
import { Code } from '../../kit/code.tsx';
import { Fault } from '../../kit/loaded.tsx';
import { Preferences } from '../../layout/preferences.tsx';
import { Logo } from '../../layout/shell.tsx';
import { useTitle } from '../../layout/title.ts';
import { DocumentsStep, Preview } from './documents-step.tsx';
import { MessageStep } from './message-step.tsx';
import { SignInStep } from './sign-in-step.tsx';
import { type Draft, emptyDraft, requestOf } from './draft.ts';
import { rememberWritten } from '../../kit/written-file.ts';
import styles from './setup.module.css';
import { usePreview } from './use-preview.ts';
import { useTurn } from './use-turn.ts';

/** From the address of a document and a robot to a running patrol: four steps, each tried before the next. */
export function Setup() {
  const t = useTranslate();
  useTitle(t('setup.title'));
  const [draft, setDraft] = useState<Draft>(emptyDraft);
  const [reached, setReached] = useState(0);
  const [proposals, setProposals] = useState<readonly SignInProposal[]>([]);
  const step = (index: number) => ({
    number: index + 1,
    draft,
    open: reached >= index,
    change: (changed: Partial<Draft>) => setDraft((before) => ({ ...before, ...changed })),
    done: () => setReached((before) => Math.max(before, index + 1)),
  });
  return (
    <main className={styles.page}>
      <header className={styles.head}>
        <h1>
          <Logo /> {t('setup.title')}
        </h1>
        <p>{t('setup.more')}</p>
      </header>
      <DocumentsStep {...step(0)} found={(preview) => setProposals(preview.signIns)} />
      <SignInStep {...step(1)} proposals={proposals} />
      <MessageStep {...step(2)} />
      <SaveStep draft={draft} open={reached >= 3} />
      <footer>
        <Preferences />
      </footer>
    </main>
  );
}

/** Whoever has just begun wants to know what works and what does not yet. */
const openSetUp = (): void => location.assign(`${root}/set-up`);

function SaveStep({ draft, open }: { draft: Draft; open: boolean }) {
  const t = useTranslate();
  const turn = useTurn(open);
  const save = useMutation({
    mutationFn: () => api.post<SavedConfig>('/setup/config', requestOf(draft)),
  });
  // The patrol takes the place of this first-run server; for a moment there is neither.
  const started = useQuery({
    queryKey: ['started'],
    queryFn: () => api.get<Meta>('/meta'),
    enabled: save.isSuccess,
    retry: false,
    refetchInterval: ({ state }) => (state.data?.setup === false ? false : 500),
  });
  const isStarted = started.data?.setup === false;
  const file = save.data?.file;
  useEffect(() => {
    if (!isStarted) return;
    if (file !== undefined) rememberWritten(file);
    openSetUp();
  }, [isStarted, file]);
  const scan = usePreview(draft, open);
  const { credential, docsCredential, webhook } = requestOf(draft);
  const hasSecrets = [credential, docsCredential, webhook].some((one) => one !== undefined);
  return (
    <section className={styles.step} data-open={open} ref={turn}>
      <h2>
        <i>4</i> {t('setup.save')}
      </h2>
      {open && save.data === undefined && (
        <>
          {scan.data !== undefined && <Preview preview={scan.data} />}
          <p className={styles.note}>{t('setup.save.more')}</p>
          {hasSecrets && (
            <p className={styles.note}>
              {t('setup.save.secrets', { env: '${env:NAME}', file: '${file:/path/to/secret}' })}
            </p>
          )}
          {save.error !== null && <Fault error={save.error} />}
          <Button size="sm" variant="filled" loading={save.isPending} onClick={() => save.mutate()}>
            {t('setup.save.do')}
          </Button>
        </>
      )}
      {save.data !== undefined && (
        <div className={styles.result} role="status">
          <p>{t('setup.saved', { file: save.data.file })}</p>
          <Code text={save.data.text} label={save.data.file} />
          <Button size="sm" variant="filled" loading={!isStarted} onClick={openSetUp}>
            {t('setup.open')}
          </Button>
        </div>
      )}
    </section>
  );
}
