import { useState } from 'react';
import { Link } from 'wouter';
import type { IncidentDetail } from '../../../../src/server/api/incidents.ts';
import { useTranslate } from '../../i18n/translate.ts';
import { membersText } from '../../kit/members-text.ts';
import { Panel } from '../../kit/panel.tsx';
import tables from '../../kit/table.module.css';
import { VerdictMark } from '../../kit/verdict.tsx';
import styles from './incidents.module.css';

const shownAtFirst = 20;

/** Every operation that it is about, as it is now; the worst with what was wrong. */
export function Members({ incident }: { incident: IncidentDetail }) {
  const t = useTranslate();
  const [all, setAll] = useState(false);
  const { operations, worst, members } = incident;
  const messages = new Map(worst.map(({ operation, message }) => [operation, message]));
  const shown = all ? operations : operations.slice(0, shownAtFirst);
  const beyond = members.count - operations.length;
  return (
    <Panel flush title={t('incident.worst')} aside={membersText(members, t)}>
      <table className={tables.table}>
        <tbody>
          {shown.map(({ operation, label, service, state }) => (
            <tr key={operation}>
              <td>
                <Link href={`/operations/${operation}`} data-row className={styles.member}>
                  <VerdictMark mark={state} />
                  <code>{label}</code>
                </Link>{' '}
                <small>{service}</small>
                {messages.has(operation) && state !== 'pass' && (
                  <div className={styles.dim}>{messages.get(operation)}</div>
                )}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      {shown.length < operations.length && (
        <p className={styles.others}>
          <button type="button" className={styles.more} onClick={() => setAll(true)}>
            {t('incident.showAll', { count: operations.length })}
          </button>
        </p>
      )}
      {beyond > 0 && shown.length === operations.length && (
        <p className={styles.others}>{t('incident.others', { count: beyond })}</p>
      )}
    </Panel>
  );
}
