import { SegmentedControl } from '@mantine/core';
import { useMemo, useState } from 'react';
import type { Documented, OperationDetail, Result } from '../../../../src/server/api/operations.ts';
import { useTranslate } from '../../i18n/translate.ts';
import { Empty, Panel } from '../../kit/panel.tsx';
import { schemaLines } from './schema-lines.ts';
import styles from './operation.module.css';

/** The promised answers; beside the answer that came, with what it broke marked at its place. */
export function DocumentedPanel({ operation, result }: { operation: OperationDetail; result?: Result }) {
  const t = useTranslate();
  const { documented } = operation;
  if (documented === undefined) {
    return (
      <Panel title={t('documented.title')}>
        <Empty title={t('documented.gone')} />
      </Panel>
    );
  }
  return <Promised documented={documented} result={result} success={operation.promise?.success} />;
}

function Promised({
  documented,
  result,
  success,
}: {
  documented: Documented;
  result?: Result;
  success?: string;
}) {
  const t = useTranslate();
  const { responses } = documented;
  const [picked, setPicked] = useState<string>();
  const fitting = responses.find(({ status }) => fits(status, result?.status)) ?? responses[0];
  const response = responses.find(({ status }) => status === picked) ?? fitting;
  return (
    <Panel
      title={t('documented.title')}
      aside={
        responses.length > 1 ? (
          <SegmentedControl
            aria-label={t('documented.statuses')}
            data={[...new Set(responses.map(({ status }) => status))].slice(0, 6)}
            value={response?.status ?? ''}
            onChange={setPicked}
          />
        ) : (
          response?.status
        )
      }
    >
      {response === undefined ? (
        <Empty title={t('documented.nothing')} />
      ) : (
        <div className={styles.sections}>
          {success !== undefined && <p>{success}</p>}
          {response.description !== undefined && <p>{response.description}</p>}
          {response.media.map((media) => (
            <div key={media.contentType}>
              <h3>
                <code>{media.contentType}</code>
              </h3>
              {media.schema === undefined ? (
                <p className={styles.dim}>{t('documented.noSchema')}</p>
              ) : (
                <Schema
                  schema={media.schema}
                  documented={documented}
                  result={fits(response.status, result?.status) ? result : undefined}
                />
              )}
            </div>
          ))}
        </div>
      )}
    </Panel>
  );
}

/** Whether a documented status (`200`, `2XX`) is about an answer's; `default` is what is left. */
const fits = (documented: string, status: number | undefined): boolean =>
  status !== undefined &&
  (documented === String(status) || documented.toUpperCase() === `${Math.floor(status / 100)}XX`);

function Schema({
  schema,
  documented,
  result,
}: {
  schema: unknown;
  documented: Documented;
  result: Result | undefined;
}) {
  const t = useTranslate();
  const lines = useMemo(
    () => schemaLines(schema, documented.schemas, result?.findings ?? []),
    [schema, documented, result],
  );
  return (
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- what scrolls must be reachable by keyboard
    <div className={styles.schema} tabIndex={0} role="region" aria-label={t('documented.schema')}>
      {lines.map((line) => (
        <div
          key={line.key}
          className={styles.property}
          data-broken={line.broken !== undefined}
          style={{ paddingLeft: 10 + line.depth * 14 }}
        >
          {line.name !== '' && (
            <code>
              {line.name}
              {line.required && <b title={t('documented.required')}>*</b>}
            </code>
          )}{' '}
          <span className={styles.type}>{line.type}</span>
          {line.broken === undefined ? (
            line.note !== undefined && <span className={styles.dim}> {line.note}</span>
          ) : (
            <span className={styles.broken}> ← {line.broken}</span>
          )}
        </div>
      ))}
    </div>
  );
}
