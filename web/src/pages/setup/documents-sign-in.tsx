import { Button } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { SignInScheme } from '../../../../src/server/api/setup.ts';
import { api } from '../../api/client.ts';
import { useTranslate } from '../../i18n/translate.ts';
import { Choice } from '../../kit/choice.tsx';
import type { Credential } from './draft.ts';
import { documentSignIns, filledOptions } from './proposals.ts';
import styles from './setup.module.css';
import { ProposalFields } from './sign-in-fields.tsx';

/** Where a document is not shown to everybody: by what it is to be read. */
export function DocumentsSignIn(props: {
  readonly isPending: boolean;
  readonly give: (credential: Credential) => void;
}) {
  const { isPending, give } = props;
  const t = useTranslate();
  const schemes = useQuery({
    queryKey: ['schemes'],
    queryFn: () => api.get<{ readonly items: readonly SignInScheme[] }>('/setup/schemes'),
  });
  const [scheme, choose] = useState('basic');
  const [texts, setTexts] = useState<Readonly<Record<string, string>>>({});
  const proposal = documentSignIns.find(({ credential }) => credential.scheme === scheme);
  if (proposal === undefined) return null;
  return (
    <form
      className={styles.form}
      aria-label={t('setup.locked')}
      onSubmit={(event) => {
        event.preventDefault();
        give({ scheme, options: filledOptions(proposal, texts) });
      }}
    >
      <p>
        <b>{t('setup.locked')}</b>
      </p>
      <Choice
        labelled
        label={t('setup.locked.scheme')}
        value={scheme}
        onChange={(value) => {
          choose(value);
          setTexts({});
        }}
        options={documentSignIns.map(({ credential: { scheme: kind } }) => [
          kind,
          schemes.data?.items.find((one) => one.kind === kind)?.title ?? kind,
        ])}
      />
      <ProposalFields
        proposal={proposal}
        texts={texts}
        set={(name, value) => setTexts((before) => ({ ...before, [name]: value }))}
      />
      <Button type="submit" size="sm" variant="filled" loading={isPending}>
        {t('setup.locked.read')}
      </Button>
    </form>
  );
}
