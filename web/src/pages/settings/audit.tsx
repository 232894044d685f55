import { useAudit } from '../../api/queries.ts';
import { useTranslate } from '../../i18n/translate.ts';
import { auditText, subjectText, whoText } from '../../kit/audit-text.ts';
import { useFormat } from '../../kit/format.ts';
import { Empty, Panel } from '../../kit/panel.tsx';
import { Pages } from '../../kit/pages.tsx';
import tables from '../../kit/table.module.css';

/** Who did what to what, newest first. */
export function Audit() {
  const t = useTranslate();
  const format = useFormat();
  return (
    <Panel flush title={t('settings.audit')}>
      <Pages query={useAudit()} empty={<Empty title={t('audit.none')} />}>
        {(entries) => (
          <table className={tables.table}>
            <thead>
              <tr>
                <th scope="col">{t('results.time')}</th>
                <th scope="col">{t('silences.by')}</th>
                <th scope="col">{t('audit.what')}</th>
                <th scope="col">{t('ask.note')}</th>
              </tr>
            </thead>
            <tbody>
              {entries.map(({ at, by, action, subject, note }) => (
                <tr key={`${at} ${by} ${action} ${subject}`}>
                  <td className={tables.time} title={format.full(at)}>
                    {format.time(at)}
                  </td>
                  <td>{whoText(t, by)}</td>
                  <td>
                    {auditText(t, action)} <code>{subjectText(t, subject)}</code>
                  </td>
                  <td>{note}</td>
                </tr>
              ))}
            </tbody>
          </table>
        )}
      </Pages>
    </Panel>
  );
}
