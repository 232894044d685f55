import { Button, PasswordInput, TextInput } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import type { Session } from '../../../../src/server/api/access.ts';
import type { Meta } from '../../../../src/server/api/overview.ts';
import { api, setCsrf } from '../../api/client.ts';
import { root } from '../../api/root.ts';
import { queryClient } from '../../api/queries.ts';
import { useTranslate } from '../../i18n/translate.ts';
import { Fault } from '../../kit/loaded.tsx';
import { Preferences } from '../../layout/preferences.tsx';
import { Logo } from '../../layout/shell.tsx';
import { useTitle } from '../../layout/title.ts';
import './sign-in-mantine.css';
import styles from './sign-in.module.css';

/** Name and password, or the way to the company's own sign-in. The address stays: one comes back to it. */
export function SignIn({ meta }: { meta: Meta }) {
  const t = useTranslate();
  useTitle(t('signIn.title'));
  const [name, setName] = useState('');
  const [password, setPassword] = useState('');
  const signIn = useMutation({
    mutationFn: () => api.post<Session>('/session', { name, password }),
    onSuccess: (session) => {
      setCsrf(session.csrf);
      queryClient.setQueryData(['session'], session);
    },
  });
  const back = encodeURIComponent(`${location.pathname}${location.search}`);
  return (
    <main className={styles.page}>
      <div className={styles.card}>
        <h1>
          <Logo /> API Patrol
        </h1>
        {meta.signIn.includes('local') && (
          <form
            className={styles.form}
            onSubmit={(event) => {
              event.preventDefault();
              signIn.mutate();
            }}
          >
            <TextInput
              label={t('signIn.name')}
              autoComplete="username"
              value={name}
              onChange={(event) => setName(event.currentTarget.value)}
              required
              withAsterisk={false}
            />
            <PasswordInput
              label={t('signIn.password')}
              autoComplete="current-password"
              value={password}
              onChange={(event) => setPassword(event.currentTarget.value)}
              required
              withAsterisk={false}
              visibilityToggleButtonProps={{ 'aria-label': t('signIn.show') }}
            />
            {signIn.error !== null && <Fault error={signIn.error} />}
            <Button type="submit" size="sm" variant="filled" loading={signIn.isPending}>
              {t('signIn.do')}
            </Button>
          </form>
        )}
        {meta.signIn.includes('oidc') && (
          <Button component="a" size="sm" href={`${root}/auth/oidc/login?back=${back}`}>
            {t('signIn.oidc')}
          </Button>
        )}
        {!meta.signIn.includes('local') && !meta.signIn.includes('oidc') && (
          <p className={styles.note}>{t('signIn.proxy')}</p>
        )}
      </div>
      <Preferences />
    </main>
  );
}
