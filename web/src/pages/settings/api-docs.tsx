import { useQuery } from '@tanstack/react-query';
import { api } from '../../api/client.ts';
import { useTranslate } from '../../i18n/translate.ts';
import { Code } from '../../kit/code.tsx';
import { Loaded } from '../../kit/loaded.tsx';
import { MethodName } from '../../kit/method-name.tsx';
import { Panel } from '../../kit/panel.tsx';
import { schemaLines } from '../operation/schema-lines.ts';
import styles from './api-docs.module.css';

interface Media {
  readonly content?: Readonly<Record<string, { readonly schema?: unknown }>>;
}

interface Operation {
  readonly operationId: string;
  readonly tags?: readonly string[];
  readonly summary?: string;
  readonly description?: string;
  readonly parameters?: readonly {
    readonly name: string;
    readonly in: string;
    readonly required?: boolean;
    readonly description?: string;
  }[];
  readonly requestBody?: Media;
  readonly responses?: Readonly<Record<string, Media>>;
}

/** What is read of the document that the patrol has of itself. */
interface ApiDocument {
  readonly servers: readonly { readonly url: string }[];
  readonly paths: Readonly<Record<string, Readonly<Record<string, Operation>>>>;
  readonly components: { readonly schemas: Readonly<Record<string, unknown>> };
}

interface Endpoint {
  readonly method: string;
  readonly path: string;
  readonly operation: Operation;
}

/** The API as its own document describes it: what programs can do, and what that takes. */
export function ApiDocs() {
  const query = useQuery({
    queryKey: ['api-document'],
    queryFn: () => api.get<ApiDocument>('/openapi.json'),
    staleTime: Number.POSITIVE_INFINITY,
  });
  return <Loaded query={query}>{(document) => <Found document={document} />}</Loaded>;
}

function Found({ document }: { document: ApiDocument }) {
  const t = useTranslate();
  const base = window.location.origin + (document.servers[0]?.url ?? '');
  const pool = Object.fromEntries(
    Object.entries(document.components.schemas).map(([name, schema]) => [
      `#/components/schemas/${name}`,
      schema,
    ]),
  );
  const byTag = new Map<string, Endpoint[]>();
  for (const [path, item] of Object.entries(document.paths))
    for (const [method, operation] of Object.entries(item)) {
      const tag = operation.tags?.[0] ?? '';
      byTag.set(tag, [...(byTag.get(tag) ?? []), { method: method.toUpperCase(), path, operation }]);
    }
  return (
    <div className={styles.page}>
      <p>
        {t('apiDocs.about')}
        <br />
        <a href={`${document.servers[0]?.url ?? ''}/openapi.json`}>openapi.json</a>
      </p>
      {[...byTag].map(([tag, endpoints]) => (
        <Panel key={tag} flush title={tag}>
          {endpoints.map((endpoint) => (
            <One key={endpoint.operation.operationId} endpoint={endpoint} base={base} pool={pool} />
          ))}
        </Panel>
      ))}
    </div>
  );
}

function One(props: {
  readonly endpoint: Endpoint;
  readonly base: string;
  readonly pool: Readonly<Record<string, unknown>>;
}) {
  const { endpoint, base, pool } = props;
  const { method, path, operation } = endpoint;
  const t = useTranslate();
  const answer = Object.entries(operation.responses ?? {}).find(([status]) => status.startsWith('2'));
  return (
    <details className={styles.endpoint} id={operation.operationId}>
      <summary>
        <MethodName method={method} /> <code>{path}</code> <span lang="en">{operation.summary}</span>
      </summary>
      {operation.description !== undefined && <p lang="en">{operation.description}</p>}
      <Code label="curl" wrap text={curlOf(method, base + path, operation.requestBody !== undefined)} />
      {operation.parameters !== undefined && operation.parameters.length > 0 && (
        <>
          <h3>{t('apiDocs.parameters')}</h3>
          <ul>
            {operation.parameters.map(({ name, in: place, required, description }) => (
              <li key={`${place} ${name}`}>
                <code>{name}</code> <small>{place}</small>
                {required === true && <b> {t('documented.required')}</b>} <span lang="en">{description}</span>
              </li>
            ))}
          </ul>
        </>
      )}
      <Schema title={t('apiDocs.body')} media={operation.requestBody} pool={pool} />
      <Schema title={`${t('apiDocs.answer')} ${answer?.[0] ?? ''}`} media={answer?.[1]} pool={pool} />
    </details>
  );
}

function Schema(props: {
  readonly title: string;
  readonly media: Media | undefined;
  readonly pool: Readonly<Record<string, unknown>>;
}) {
  const { title, media, pool } = props;
  const t = useTranslate();
  const schema = Object.values(media?.content ?? {})[0]?.schema;
  if (schema === undefined) return null;
  return (
    <>
      <h3>{title}</h3>
      <ul className={styles.schema}>
        {schemaLines(schema, pool, []).map(({ key, depth, name, type, required, note }) => (
          <li key={key} style={{ paddingLeft: depth * 16 }}>
            <code>{name}</code> <small>{type}</small>
            {required && <b> {t('documented.required')}</b>} <span lang="en">{note}</span>
          </li>
        ))}
      </ul>
    </>
  );
}

function curlOf(method: string, url: string, hasBody: boolean): string {
  const verb = method === 'GET' ? '' : ` -X ${method}`;
  const body = hasBody ? ` -H 'Content-Type: application/json' -d '{…}'` : '';
  return `curl${verb} -H "Authorization: Bearer $TOKEN"${body} '${url}'`;
}
