import { useSlo } from '../../api/queries.ts';
import { useTranslate } from '../../i18n/translate.ts';
import { useFormat } from '../../kit/format.ts';
import { Loaded } from '../../kit/loaded.tsx';
import { Panel } from '../../kit/panel.tsx';
import tables from '../../kit/table.module.css';
import styles from './reports.module.css';

/** Objectives, what is left of their error budgets, how fast it goes. */
export function Objectives() {
  const t = useTranslate();
  const format = useFormat();
  return (
    <Loaded query={useSlo()}>
      {({ items }) =>
        items.length === 0 ? null : (
          <Panel flush title={t('slo.title')}>
            <table className={tables.table}>
              <thead>
                <tr>
                  <th scope="col">{t('slo.objective')}</th>
                  <th scope="col" className={`${tables.number} ${tables.wide}`}>
                    {t('slo.target')}
                  </th>
                  <th scope="col" className={tables.number}>
                    {t('slo.actual')}
                  </th>
                  <th scope="col">{t('slo.budget')}</th>
                  <th scope="col" className={`${tables.number} ${tables.wide}`}>
                    {t('slo.burn')}
                  </th>
                </tr>
              </thead>
              <tbody>
                {items.map(
                  ({ name, services = [], kind, target, windowMs, actual, budgetLeft, burnRate }) => (
                    <tr key={`${name} ${kind}`}>
                      <td>
                        {name}{' '}
                        <small>{[...services, t(`slo.${kind}`), format.span(windowMs)].join(' · ')}</small>
                      </td>
                      <td className={`${tables.number} ${tables.wide}`}>{format.share(target)}</td>
                      <td className={tables.number}>{format.share(actual)}</td>
                      <td>
                        <span className={styles.budget} data-left={levelOf(budgetLeft)}>
                          <span className={styles.track} aria-hidden>
                            <span style={{ width: `${Math.max(0, Math.min(1, budgetLeft ?? 0)) * 100}%` }} />
                          </span>
                          {levelOf(budgetLeft) === 'spent' ? t('slo.spent') : format.share(budgetLeft, 0)}
                        </span>
                      </td>
                      <td className={`${tables.number} ${tables.wide}`}>
                        {burnRate === undefined ? '–' : burnRate.toFixed(1)}
                      </td>
                    </tr>
                  ),
                )}
              </tbody>
            </table>
            <p className={styles.note}>{t('slo.note')}</p>
          </Panel>
        )
      }
    </Loaded>
  );
}

function levelOf(left: number | undefined): 'good' | 'low' | 'spent' | undefined {
  if (left === undefined) return undefined;
  if (left <= 0) return 'spent';
  return left < 0.25 ? 'low' : 'good';
}
