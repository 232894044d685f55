import { Button, TextInput } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import type { NewToken, Token } from '../../../../src/server/api/access.ts';
import { type Role, roles, type Scope, scopeNames, scopes } from '../../../../src/server/api/roles.ts';
import { api, part } from '../../api/client.ts';
import { queryClient, useOwnServices, useTokens } from '../../api/queries.ts';
import { useTranslate } from '../../i18n/translate.ts';
import { Code, CopyButton } from '../../kit/code.tsx';
import { whoText } from '../../kit/audit-text.ts';
import { useFormat } from '../../kit/format.ts';
import { Fault, Loaded } from '../../kit/loaded.tsx';
import { Empty, Panel } from '../../kit/panel.tsx';
import tables from '../../kit/table.module.css';
import { RoleChoice } from './role-choice.tsx';
import styles from './settings.module.css';

const again = () => queryClient.invalidateQueries({ queryKey: ['tokens'] });

/** Tokens for programs. One is shown once, when it is made. */
export function Tokens() {
  const t = useTranslate();
  return (
    <div className={styles.page}>
      <Panel flush title={t('settings.tokens')}>
        <Loaded query={useTokens()}>
          {({ items }) =>
            items.length === 0 ? (
              <Empty title={t('tokens.none')}>{t('tokens.none.more')}</Empty>
            ) : (
              <table className={tables.table}>
                <thead>
                  <tr>
                    <th scope="col">{t('tokens.name')}</th>
                    <th scope="col">{t('users.role')}</th>
                    <th scope="col">{t('silences.by')}</th>
                    <th scope="col" className={tables.wide}>
                      {t('tokens.used')}
                    </th>
                    <th scope="col">{t('actions')}</th>
                  </tr>
                </thead>
                <tbody>
                  {items.map((token) => (
                    <Row key={token.id} token={token} />
                  ))}
                </tbody>
              </table>
            )
          }
        </Loaded>
      </Panel>
      <Panel title={t('tokens.new')}>
        <MakeToken />
      </Panel>
    </div>
  );
}

function Row({ token }: { token: Token }) {
  const t = useTranslate();
  const format = useFormat();
  const remove = useMutation({ mutationFn: () => api.delete(`/tokens/${part(token.id)}`), onSuccess: again });
  return (
    <tr>
      <td>{token.name}</td>
      <td className={tables.time}>
        {t(`role.${token.role}`)}
        {token.scopes !== undefined && <div className={styles.origin}>{token.scopes.join(', ')}</div>}
      </td>
      <td>
        {whoText(t, token.by)}
        {token.isVoid === true && <div className={styles.origin}>{t('tokens.void')}</div>}
        {token.ended !== undefined && (
          <div className={styles.origin}>
            {t(`tokens.ended.${token.ended.because}`, {
              user: token.ended.user,
              at: format.time(token.ended.at),
            })}
          </div>
        )}
      </td>
      <td className={tables.wide}>
        {token.lastUsedAt === undefined ? t('channels.never') : format.time(token.lastUsedAt)}
      </td>
      <td>
        <Button loading={remove.isPending} onClick={() => remove.mutate()}>
          {t('remove')}
        </Button>
        {remove.error !== null && <Fault error={remove.error} />}
      </td>
    </tr>
  );
}

/** What a token of this role can be made for. */
function scopesOf(role: Role): readonly Scope[] {
  return scopeNames.filter((scope) => roles.indexOf(scopes[scope]) <= roles.indexOf(role));
}

function MakeToken() {
  const t = useTranslate();
  const [name, setName] = useState('');
  const [role, setRole] = useState<Role>('viewer');
  const [chosen, setChosen] = useState<readonly Scope[]>([]);
  const services = useOwnServices();
  const offered = scopesOf(role);
  const wanted = offered.filter((scope) => chosen.includes(scope));
  const make = useMutation({
    mutationFn: () =>
      api.post<NewToken>('/tokens', {
        name,
        role,
        services,
        ...(wanted.length === 0 ? {} : { scopes: wanted }),
      }),
    onSuccess: async () => {
      setName('');
      await again();
    },
  });
  return (
    <form
      className={styles.inline}
      onSubmit={(event) => {
        event.preventDefault();
        make.mutate();
      }}
    >
      <TextInput
        label={t('tokens.name')}
        value={name}
        required
        withAsterisk={false}
        onChange={(event) => setName(event.currentTarget.value)}
      />
      <RoleChoice labelled label={t('users.role')} value={role} onChange={setRole} />
      <fieldset className={styles.scopes}>
        <legend>{t('tokens.scopes')}</legend>
        {offered.map((scope) => (
          <label key={scope}>
            <input
              type="checkbox"
              checked={chosen.includes(scope)}
              onChange={({ currentTarget }) =>
                setChosen(currentTarget.checked ? [...chosen, scope] : chosen.filter((one) => one !== scope))
              }
            />
            <code>{scope}</code> {t(`scope.${scope}`)}
          </label>
        ))}
      </fieldset>
      <Button type="submit" size="sm" variant="filled" loading={make.isPending}>
        {t('tokens.make')}
      </Button>
      {make.error !== null && <Fault error={make.error} />}
      {make.data !== undefined && (
        <div className={styles.once} role="status">
          <p>{t('tokens.once')}</p>
          <Code text={make.data.token} label={t('tokens.once')} wrap />
          <CopyButton text={make.data.token} />
        </div>
      )}
    </form>
  );
}
