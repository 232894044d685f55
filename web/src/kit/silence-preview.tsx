import { useQuery } from '@tanstack/react-query';
import type { SilenceMatcher, SilencePreview } from '../../../src/server/api/incidents.ts';
import { api } from '../api/client.ts';
import { useTranslate } from '../i18n/translate.ts';
import styles from './silence-preview.module.css';

const mostNamed = 5;

/** What a silence would keep quiet, before somebody begins it. */
export function SilencePreviewText({ matcher }: { matcher: SilenceMatcher }) {
  const t = useTranslate();
  const isGiven = Object.keys(matcher).length > 0;
  const { data } = useQuery({
    queryKey: ['silences', 'preview', matcher],
    queryFn: () => api.post<SilencePreview>('/silences/preview', { matcher }),
    enabled: isGiven,
  });
  if (!isGiven || data === undefined) return null;
  const { incidents, operations } = data;
  const more = incidents.length - mostNamed;
  return (
    <div className={styles.preview} aria-live="polite">
      <p>
        {t('silence.preview', { count: incidents.length })}
        {operations > 0 && `${t('list.comma')}${t('silence.operations', { count: operations })}`}
      </p>
      <ul>
        {incidents.slice(0, mostNamed).map(({ id, label, services }) => (
          <li key={id}>
            <code>#{id}</code> {services.join(t('list.comma'))} · {label}
          </li>
        ))}
        {more > 0 && <li>{t('silence.preview.more', { count: more })}</li>}
      </ul>
    </div>
  );
}
