import type { OperationDetail, Result } from '../../../../src/server/api/operations.ts';
import { useTranslate } from '../../i18n/translate.ts';
import { Code } from '../../kit/code.tsx';
import { Panel } from '../../kit/panel.tsx';
import tables from '../../kit/table.module.css';
import styles from './operation.module.css';

/** What is asked, with the origin of every value that the document left open. */
export function RequestPanel(props: {
  readonly operation: OperationDetail;
  /** What it came to when it was to be made; default: it would be made. */
  readonly result?: Result | undefined;
}) {
  const { operation, result } = props;
  const t = useTranslate();
  const { request } = operation;
  if (request === undefined) return null;
  const headers = Object.entries(request.headers).map(([name, value]) => `${name}: ${value}`);
  return (
    <Panel title={t(result?.attempts === 0 ? 'request.notMade' : 'request.title')}>
      <div className={styles.sections}>
        <Code
          text={[`${request.method} ${request.url}`, ...headers].join('\n')}
          label={t('request.title')}
          wrap
        />
        {request.values.length > 0 && (
          <table className={tables.table}>
            <thead>
              <tr>
                <th scope="col">{t('request.name')}</th>
                <th scope="col">{t('request.value')}</th>
                <th scope="col">{t('request.origin')}</th>
              </tr>
            </thead>
            <tbody>
              {request.values.map(({ name, in: place, value, origin, from }) => (
                <tr key={`${place} ${name}`}>
                  <td>
                    <code>{name}</code> <small>{place}</small>
                  </td>
                  <td>
                    <code>{typeof value === 'string' ? value : JSON.stringify(value)}</code>
                  </td>
                  <td>{from === undefined ? t(`origin.${origin}`) : t('origin.capturedFrom', { from })}</td>
                </tr>
              ))}
            </tbody>
          </table>
        )}
      </div>
    </Panel>
  );
}
