import type { DocumentRow } from '../../../src/server/api/documents.ts';
import { useTranslate } from '../i18n/translate.ts';
import { useFormat } from './format.ts';

/** Who changed a document last, and when. */
export function LastEdit({ edit }: { edit: NonNullable<DocumentRow['lastEdit']> }) {
  const t = useTranslate();
  const format = useFormat();
  const time = format.time(edit.at);
  return (
    <span title={format.full(edit.at)}>
      {edit.by === undefined ? time : t('edit.by', { by: edit.by, time })}
      {edit.uncommitted === true && ` (${t('edit.uncommitted')})`}
    </span>
  );
}
