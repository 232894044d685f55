import { Link, useLocation } from 'wouter';
import { useTranslate } from '../i18n/translate.ts';
import { Empty, Panel } from '../kit/panel.tsx';
import { useTitle } from '../layout/title.ts';

export function NotFound() {
  const t = useTranslate();
  const [location] = useLocation();
  useTitle(t('notFound.title'));
  return (
    <Panel>
      <Empty title={t('notFound.title')}>
        <code>{location}</code>
        <p>
          <Link href="/">{t('notFound.back')}</Link>
        </p>
      </Empty>
    </Panel>
  );
}
