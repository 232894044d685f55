import { useEffect, useRef } from 'react';
import { useTranslate } from '../../i18n/translate.ts';
import { Code, CopyButton } from '../../kit/code.tsx';
import { MethodName } from '../../kit/method-name.tsx';
import { Said } from '../../kit/said.tsx';
import { schemaLines } from '../operation/schema-lines.ts';
import { curlOf, type Endpoint, type Media, schemaOf } from './api-document.ts';
import { exampleOf } from './example-of.ts';
import styles from './api-docs.module.css';

/** What one endpoint takes and gives, and how it is called. Its address is that of the page with `#operationId`. */
export function ApiEndpoint(props: {
  readonly endpoint: Endpoint;
  readonly base: string;
  readonly pool: Readonly<Record<string, unknown>>;
}) {
  const { endpoint, base, pool } = props;
  const { method, path, operation } = endpoint;
  const t = useTranslate();
  const element = useRef<HTMLDetailsElement>(null);
  const { operationId } = operation;
  useEffect(() => {
    const open = (): void => {
      if (window.location.hash !== `#${operationId}` || element.current === null) return;
      element.current.open = true;
      element.current.scrollIntoView();
    };
    open();
    window.addEventListener('hashchange', open);
    return () => window.removeEventListener('hashchange', open);
  }, [operationId]);
  const [status, answer] =
    Object.entries(operation.responses ?? {}).find(([one]) => one.startsWith('2')) ?? [];
  const curl = curlOf(endpoint, base, pool);
  return (
    <details className={styles.endpoint} id={operationId} ref={element}>
      <summary>
        <MethodName method={method} /> <code>{path}</code>{' '}
        <span>
          <Said text={operation.summary ?? ''} />
        </span>
      </summary>
      <p>{operation.description}</p>
      <div className={styles.curl}>
        <Code label="curl" wrap text={curl} />
        <CopyButton text={curl} />
      </div>
      {operation.parameters !== undefined && operation.parameters.length > 0 && (
        <>
          <h3>{t('apiDocs.parameters')}</h3>
          <ul>
            {operation.parameters.map(({ name, in: place, required, description }) => (
              <li key={`${place} ${name}`}>
                <code>{name}</code> <small>{place}</small>
                {required === true && <b> {t('documented.required')}</b>}{' '}
                {description !== undefined && (
                  <span>
                    <Said text={description} />
                  </span>
                )}
              </li>
            ))}
          </ul>
        </>
      )}
      <Schema title={t('apiDocs.body')} media={operation.requestBody} pool={pool} />
      <Schema title={`${t('apiDocs.answer')} ${status ?? ''}`} media={answer} pool={pool} isShown />
    </details>
  );
}

function Schema(props: {
  readonly title: string;
  readonly media: Media | undefined;
  readonly pool: Readonly<Record<string, unknown>>;
  /** With a value as an example; that of the body stands in the curl line. */
  readonly isShown?: boolean;
}) {
  const { title, media, pool, isShown } = props;
  const t = useTranslate();
  const schema = schemaOf(media);
  if (schema === undefined) return null;
  return (
    <>
      <h3>{title}</h3>
      <ul>
        {schemaLines(schema, pool, []).map(({ key, depth, name, type, required, note }) => (
          <li key={key} style={{ paddingLeft: depth * 16 }}>
            <code>{name}</code> <small>{type}</small>
            {required && <b> {t('documented.required')}</b>}{' '}
            {note !== undefined && (
              <span>
                <Said text={note} />
              </span>
            )}
          </li>
        ))}
      </ul>
      {isShown === true && (
        <>
          <h3>{t('apiDocs.example')}</h3>
          <Code label={t('apiDocs.example')} text={JSON.stringify(exampleOf(schema, pool), undefined, 2)} />
        </>
      )}
    </>
  );
}
