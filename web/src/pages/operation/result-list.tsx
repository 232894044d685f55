import type { Result } from '../../../../src/server/api/operations.ts';
import { useTranslate } from '../../i18n/translate.ts';
import { useFormat } from '../../kit/format.ts';
import { Panel } from '../../kit/panel.tsx';
import tables from '../../kit/table.module.css';
import { VerdictLabel } from '../../kit/verdict.tsx';
import { Said } from '../../kit/said.tsx';
import styles from './operation.module.css';

/** The latest results; the one that is chosen is shown above. */
export function ResultList(props: {
  readonly results: readonly Result[];
  readonly shown: Result | undefined;
  readonly onChoose: (result: Result) => void;
}) {
  const { results, shown, onChoose } = props;
  const t = useTranslate();
  const format = useFormat();
  return (
    <Panel flush title={t('results.title')}>
      <table className={tables.table}>
        <thead>
          <tr>
            <th scope="col">{t('results.time')}</th>
            <th scope="col">{t('answer.verdict')}</th>
            <th scope="col" className={tables.wide}>
              {t('answer.status')}
            </th>
            <th scope="col" className={tables.number}>
              {t('phase.total')}
            </th>
            <th scope="col">{t('answer.reason')}</th>
          </tr>
        </thead>
        <tbody>
          {results.map((result) => (
            <tr
              key={result.at}
              aria-current={result.at === shown?.at ? 'true' : undefined}
              className={styles.result}
            >
              <td className={tables.time}>
                <button
                  type="button"
                  className={styles.choose}
                  data-row
                  onClick={() => {
                    onChoose(result);
                    document.querySelector('#main')?.scrollIntoView();
                  }}
                >
                  {format.time(result.at)}
                </button>
              </td>
              <td>
                <VerdictLabel mark={result.verdict} />
              </td>
              <td className={tables.wide}>{result.status ?? '–'}</td>
              <td className={tables.number}>
                {result.phases.totalMs === 0 ? '–' : format.ms(result.phases.totalMs)}
              </td>
              <td>
                <span className={styles.reason}>
                  {result.reason.code !== 'none' && <Said text={result.reason.message} />}
                </span>
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </Panel>
  );
}
