import { Button } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { Download } from 'lucide-react';
import type { ReportFile } from '../../../../src/server/api/reports.ts';
import { api } from '../../api/client.ts';
import type { Period } from '../../api/queries.ts';
import { useTranslate } from '../../i18n/translate.ts';
import { Fault } from '../../kit/loaded.tsx';
import styles from './reports.module.css';

const forms = [
  ['html', 'HTML'],
  ['markdown', 'Markdown'],
  ['csv', 'CSV'],
  ['json', 'JSON'],
] as const;

/** The whole report as a file: more than the page has room for. */
export function Downloads({ range }: { range: Period }) {
  const t = useTranslate();
  const load = useMutation({
    mutationFn: (form: string) => api.get<ReportFile>('/reports/file', { ...range, form }),
    onSuccess: save,
  });
  return (
    <div className={styles.downloads} role="group" aria-label={t('reports.download')}>
      <Download size={13} aria-hidden />
      {forms.map(([form, name]) => (
        <Button
          key={form}
          loading={load.isPending && load.variables === form}
          disabled={load.isPending}
          onClick={() => load.mutate(form)}
        >
          {name}
        </Button>
      ))}
      {load.error !== null && <Fault error={load.error} />}
    </div>
  );
}

function save({ name, type, text }: ReportFile): void {
  const url = URL.createObjectURL(new Blob([text], { type }));
  const link = Object.assign(document.createElement('a'), { href: url, download: name });
  link.click();
  URL.revokeObjectURL(url);
}
