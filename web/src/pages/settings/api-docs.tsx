import { TextInput } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useMemo, useState } from 'react';
import { Link } from 'wouter';
import { api, apiPath } from '../../api/client.ts';
import { useMay } from '../../api/queries.ts';
import { useLanguage, useTranslate } from '../../i18n/translate.ts';
import { Code, CopyButton } from '../../kit/code.tsx';
import { Loaded } from '../../kit/loaded.tsx';
import { Empty, Panel } from '../../kit/panel.tsx';
import { type ApiDocument, groupsOf, poolOf } from './api-document.ts';
import { ApiEndpoint } from './api-endpoint.tsx';
import styles from './api-docs.module.css';

/** The API as its own document describes it: what programs can do, and what that takes. */
export function ApiDocs() {
  const language = useLanguage();
  const query = useQuery({
    queryKey: ['api-document', language],
    queryFn: () => api.get<ApiDocument>('/openapi.json'),
    staleTime: Number.POSITIVE_INFINITY,
  });
  return <Loaded query={query}>{(document) => <Found document={document} />}</Loaded>;
}

function Found({ document }: { document: ApiDocument }) {
  const t = useTranslate();
  const [wanted, setWanted] = useState('');
  const base = window.location.origin + apiPath('');
  const pool = useMemo(() => poolOf(document), [document]);
  const groups = useMemo(() => groupsOf(document, wanted), [document, wanted]);
  return (
    <div className={styles.page}>
      <Access base={base} />
      <TextInput
        type="search"
        value={wanted}
        onChange={(event) => setWanted(event.currentTarget.value)}
        placeholder={t('apiDocs.search')}
        aria-label={t('apiDocs.search')}
      />
      {groups.length === 0 && <Empty title={t('apiDocs.none', { text: wanted })} />}
      {groups.map(({ title, endpoints }) => (
        <Panel key={title} flush title={title}>
          {endpoints.map((endpoint) => (
            <ApiEndpoint key={endpoint.operation.operationId} endpoint={endpoint} base={base} pool={pool} />
          ))}
        </Panel>
      ))}
    </div>
  );
}

/** How a program is let in, and where the document is. */
function Access({ base }: { base: string }) {
  const t = useTranslate();
  const mayAdminister = useMay('admin');
  const first = `TOKEN=apt_…\ncurl -H "Authorization: Bearer $TOKEN" "${base}/overview"`;
  return (
    <Panel
      title={t('apiDocs.access')}
      aside={
        <a href={apiPath('/openapi.json')} target="_blank" rel="noopener">
          openapi.json
        </a>
      }
    >
      <p>
        {t('apiDocs.about')} {t('apiDocs.token')}{' '}
        {mayAdminister ? (
          <Link href="/settings/tokens" style={{ textDecoration: 'underline' }}>
            {t('apiDocs.makeToken')}
          </Link>
        ) : (
          t('apiDocs.askForToken')
        )}
      </p>
      <div className={styles.curl}>
        <Code label="curl" wrap text={first} />
        <CopyButton text={first} />
      </div>
      <p>{t('apiDocs.conventions')}</p>
    </Panel>
  );
}
