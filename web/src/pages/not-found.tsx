import { Link, useLocation } from 'wouter';
import { useTranslate } from '../i18n/translate.ts';
import { Empty, PageHead, Panel } from '../kit/panel.tsx';
import { useTitle } from '../layout/title.ts';

export function NotFound() {
  const t = useTranslate();
  const [location] = useLocation();
  useTitle(t('notFound.title'));
  return (
    <>
      <PageHead title={t('notFound.title')} />
      <Panel>
        <Empty title={<code>{location}</code>}>
          <Link href="/">{t('notFound.back')}</Link>
        </Empty>
      </Panel>
    </>
  );
}
