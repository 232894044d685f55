import { Button, PasswordInput, TextInput } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import type { User } from '../../../../src/server/api/access.ts';
import type { Role } from '../../../../src/server/api/roles.ts';
import { api, part } from '../../api/client.ts';
import { queryClient, useOwnServices, useSession, useUsers } from '../../api/queries.ts';
import { useTranslate } from '../../i18n/translate.ts';
import { useFormat } from '../../kit/format.ts';
import { Fault, Loaded } from '../../kit/loaded.tsx';
import { Empty, Panel } from '../../kit/panel.tsx';
import tables from '../../kit/table.module.css';
import '../sign-in/sign-in-mantine.css';
import { RoleChoice } from './role-choice.tsx';
import styles from './settings.module.css';

/** With the first one there is somebody who has to sign in: who is here is asked for as well. */
const again = () =>
  Promise.all(['session', 'users'].map((key) => queryClient.invalidateQueries({ queryKey: [key] })));

/** Local users; those of the configuration are changed there alone. */
export function Users() {
  const t = useTranslate();
  return (
    <div className={styles.page}>
      <Panel flush title={t('settings.users')}>
        <Loaded query={useUsers()}>
          {({ items }) =>
            items.length === 0 ? (
              <Empty title={t('users.none')}>{t('users.none.more')}</Empty>
            ) : (
              <table className={tables.table}>
                <thead>
                  <tr>
                    <th scope="col">{t('signIn.name')}</th>
                    <th scope="col">{t('users.role')}</th>
                    <th scope="col">{t('users.from')}</th>
                    <th scope="col">{t('users.seen')}</th>
                    <th scope="col">{t('actions')}</th>
                  </tr>
                </thead>
                <tbody>
                  {items.map((user) => (
                    <Row key={user.name} user={user} />
                  ))}
                </tbody>
              </table>
            )
          }
        </Loaded>
      </Panel>
      <Panel title={t('users.new')}>
        <NewUser />
      </Panel>
    </div>
  );
}

function Row({ user }: { user: User }) {
  const t = useTranslate();
  const format = useFormat();
  const remove = useMutation({ mutationFn: () => api.delete(`/users/${part(user.name)}`), onSuccess: again });
  const change = useMutation({
    mutationFn: (role: string) => api.patch(`/users/${part(user.name)}`, { role }),
    onSuccess: again,
  });
  return (
    <tr>
      <td>
        {user.name} {user.services !== undefined && <small>{user.services.join(', ')}</small>}
      </td>
      <td>
        {user.from === 'config' ? (
          t(`role.${user.role}`)
        ) : (
          <RoleChoice
            label={t('users.roleOf', { name: user.name })}
            value={user.role}
            onChange={(role) => change.mutate(role)}
          />
        )}
      </td>
      <td>{t(`users.from.${user.from}`)}</td>
      <td>{user.lastSeenAt === undefined ? '–' : format.time(user.lastSeenAt)}</td>
      <td>
        {user.from === 'store' && (
          <Button loading={remove.isPending} onClick={() => remove.mutate()}>
            {t('remove')}
          </Button>
        )}
        {remove.error !== null && <Fault error={remove.error} />}
        {change.error !== null && <Fault error={change.error} />}
      </td>
    </tr>
  );
}

function NewUser() {
  const t = useTranslate();
  // Nobody has to sign in yet: from then on that user alone decides what others may.
  const isFirst = useSession().data?.via === 'open';
  const [name, setName] = useState('');
  const [password, setPassword] = useState('');
  const services = useOwnServices();
  const [chosen, setRole] = useState<Role>('viewer');
  const role = isFirst ? 'admin' : chosen;
  const create = useMutation({
    mutationFn: () => api.post('/users', { name, password, role, services }),
    onSuccess: async () => {
      setName('');
      setPassword('');
      await again();
    },
  });
  return (
    <form
      className={styles.inline}
      onSubmit={(event) => {
        event.preventDefault();
        create.mutate();
      }}
    >
      <TextInput
        label={t('signIn.name')}
        value={name}
        autoComplete="off"
        required
        withAsterisk={false}
        onChange={(event) => setName(event.currentTarget.value)}
      />
      <PasswordInput
        label={t('signIn.password')}
        value={password}
        autoComplete="new-password"
        minLength={10}
        required
        withAsterisk={false}
        onChange={(event) => setPassword(event.currentTarget.value)}
        visibilityToggleButtonProps={{ 'aria-label': t('signIn.show') }}
      />
      {!isFirst && <RoleChoice labelled label={t('users.role')} value={role} onChange={setRole} />}
      <Button type="submit" size="sm" variant="filled" loading={create.isPending}>
        {t('add')}
      </Button>
      {isFirst && <p className={styles.first}>{t('users.first')}</p>}
      {create.error !== null && <Fault error={create.error} />}
    </form>
  );
}
