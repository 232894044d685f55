import { lazy, Suspense } from 'react';
import { Link } from 'wouter';
import { useMay, useOverview, useSession } from '../../api/queries.ts';
import { type TextKey, useTranslate } from '../../i18n/translate.ts';
import { Empty, PageHead, Panel } from '../../kit/panel.tsx';
import { Preferences } from '../../layout/preferences.tsx';
import { useTitle } from '../../layout/title.ts';
import { Audit } from './audit.tsx';
import { Configuration } from './configuration.tsx';
import { Nodes } from './nodes.tsx';
import { SessionLine } from './session-line.tsx';
import { Silences } from './silences.tsx';
import { StatusPage } from './status-page.tsx';
import { Tokens } from './tokens.tsx';
import { Users } from './users.tsx';
import styles from './settings.module.css';

const ApiDocs = lazy(async () => ({ default: (await import('./api-docs.tsx')).ApiDocs }));

const tabs = ['config', 'nodes', 'silences', 'status', 'users', 'tokens', 'api', 'audit'] as const;
type Tab = (typeof tabs)[number];
const texts: Readonly<Record<Tab, TextKey>> = {
  config: 'settings.config',
  nodes: 'settings.nodes',
  silences: 'settings.silences',
  status: 'settings.status',
  users: 'settings.users',
  tokens: 'settings.tokens',
  api: 'settings.api',
  audit: 'settings.audit',
};

const forAdmins: ReadonlySet<Tab> = new Set<Tab>(['users', 'tokens']);

/** On a phone not all tabs have room beside each other. */
const intoView = (tab: HTMLElement | null): void =>
  tab?.scrollIntoView({ block: 'nearest', inline: 'center' });

/** The configuration in use and who may do what; each tab has its address. */
export function Settings({ tab: given }: { tab: string | undefined }) {
  const t = useTranslate();
  useTitle(t('nav.settings'));
  const mayOperate = useMay('operator');
  const mayAdminister = useMay('admin');
  const session = useSession();
  const isOneOfSeveral = useOverview().data?.node !== undefined;
  const open = tabs.filter((tab) => {
    if (tab === 'nodes') return isOneOfSeveral;
    if (tab === 'silences' || tab === 'status' || tab === 'api') return true;
    return forAdmins.has(tab) ? mayAdminister : mayOperate;
  });
  const closed = tabs.find((one) => one === given && one !== 'nodes' && !open.includes(one));
  const tab = closed ?? open.find((one) => one === given) ?? open[0] ?? 'silences';
  return (
    <>
      <PageHead
        title={t('nav.settings')}
        actions={
          <div className={styles.personal}>
            <Preferences />
            {session.data !== undefined && session.data !== null && <SessionLine session={session.data} />}
          </div>
        }
      />
      <nav className={styles.tabs} aria-label={t('nav.settings')}>
        {open.map((one) => (
          <Link
            key={one}
            href={`/settings/${one}`}
            aria-current={one === tab ? 'page' : undefined}
            ref={one === tab ? intoView : undefined}
          >
            {t(texts[one])}
          </Link>
        ))}
      </nav>
      {closed !== undefined && session.data !== undefined && (
        <Panel>
          <Empty
            title={t(forAdmins.has(closed) ? 'settings.adminsAlone' : 'settings.notYours', {
              what: t(texts[closed]),
            })}
          />
        </Panel>
      )}
      {tab === 'config' && mayOperate && <Configuration />}
      {tab === 'nodes' && isOneOfSeveral && <Nodes />}
      {tab === 'silences' && <Silences />}
      {tab === 'status' && <StatusPage />}
      {tab === 'users' && mayAdminister && <Users />}
      {tab === 'tokens' && mayAdminister && <Tokens />}
      {tab === 'api' && (
        <Suspense fallback={null}>
          <ApiDocs />
        </Suspense>
      )}
      {tab === 'audit' && mayOperate && <Audit />}
    </>
  );
}
