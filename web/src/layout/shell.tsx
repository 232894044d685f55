import {
  Activity,
  BellRing,
  Ellipsis,
  FileText,
  Gauge,
  ListChecks,
  ListTree,
  type LucideIcon,
  Radio,
  Settings as SettingsIcon,
  Siren,
} from 'lucide-react';
import { type ReactNode, useState } from 'react';
import { Link, useLocation } from 'wouter';
import { useLive } from '../api/live.ts';
import { useOverview } from '../api/queries.ts';
import { type TextKey, useTranslate } from '../i18n/translate.ts';
import { TimeZone } from '../kit/time-zone.ts';
import { Countdown } from './countdown.tsx';
import { KeyHelp } from './key-help.tsx';
import { useKeys } from './keys.ts';
import { Preferences } from './preferences.tsx';
import styles from './shell.module.css';

interface Place {
  readonly href: string;
  readonly text: TextKey;
  readonly icon: LucideIcon;
}

export const places: readonly Place[] = [
  { href: '/', text: 'nav.overview', icon: Gauge },
  { href: '/operations', text: 'nav.operations', icon: ListTree },
  { href: '/incidents', text: 'nav.incidents', icon: Siren },
  { href: '/set-up', text: 'nav.setUp', icon: ListChecks },
  { href: '/documents', text: 'nav.documents', icon: FileText },
  { href: '/reports', text: 'nav.reports', icon: Activity },
  { href: '/channels', text: 'nav.channels', icon: BellRing },
  { href: '/settings', text: 'nav.settings', icon: SettingsIcon },
];

/** So many places have room below each other's icons on a phone. */
const onPhone = 4;

/** The frame around every page: where one is, how things stand, what comes next. */
export function Shell({ children }: { children: ReactNode }) {
  const t = useTranslate();
  const overview = useOverview();
  const connected = useLive();
  const [helping, setHelping] = useState(false);
  useKeys({ onHelp: () => setHelping(true) });
  const timeZone = overview.data?.timeZone ?? 'UTC';
  return (
    <TimeZone value={timeZone}>
      <a className={styles.skip} href="#main">
        {t('shell.skip')}
      </a>
      <div className={styles.shell}>
        <aside className={styles.side}>
          <Brand />
          <Navigation open={overview.data?.openCount ?? 0} />
          <div className={styles.foot}>
            <Preferences />
            <span title={t('shell.zone.title')}>{timeZone}</span>
          </div>
        </aside>
        <div className={styles.column}>
          <header className={styles.bar}>
            <Link href="/" className={styles.phoneBrand} aria-label="API Patrol">
              <Logo />
            </Link>
            {overview.data !== undefined && <Countdown overview={overview.data} />}
            <div className={styles.barEnd}>
              {!connected && (
                <span className={styles.lost} role="status">
                  <Radio size={13} aria-hidden />{' '}
                  {overview.data === undefined
                    ? t('shell.lost')
                    : t('shell.lostSince', { time: clockTime(overview.data.now, timeZone) })}
                </span>
              )}
              <button
                type="button"
                className={styles.keys}
                onClick={() => setHelping(true)}
                aria-label={t('keys.title')}
                title={t('keys.title')}
              >
                ?
              </button>
            </div>
          </header>
          <main id="main" className={styles.main} tabIndex={-1} data-lost={!connected}>
            {children}
          </main>
        </div>
      </div>
      <KeyHelp opened={helping} onClose={() => setHelping(false)} />
    </TimeZone>
  );
}

/** The frame stands outside of what knows the patrol's time zone. */
const clockTime = (at: number, timeZone: string): string =>
  new Date(at).toLocaleTimeString('sv-SE', { timeZone });

function Brand() {
  return (
    <Link href="/" className={styles.brand}>
      <Logo />
      API Patrol
    </Link>
  );
}

export function Logo() {
  return (
    <svg width="22" height="22" viewBox="0 0 32 32" aria-hidden className={styles.logo}>
      <path d="M16 3 27 7v9c0 6.500-4.500 11-11 13C9.500 27 5 22.500 5 16V7z" />
      <path d="M9 16.500h3.200l2-4.800 3.200 8.600 2.200-3.800H23" />
    </svg>
  );
}

/** On a phone there is room for the first few; the others are in a sheet above them, until one has gone somewhere. */
function Navigation({ open }: { open: number }) {
  const t = useTranslate();
  const [location] = useLocation();
  const [openedAt, setOpenedAt] = useState<string>();
  const isOpen = openedAt === location;
  const rest = places.slice(onPhone);
  return (
    <nav className={styles.nav} aria-label={t('shell.nav')}>
      {places.slice(0, onPhone).map((place) => (
        <Tab key={place.href} place={place} open={open} />
      ))}
      <button
        type="button"
        className={styles.more}
        aria-expanded={isOpen}
        aria-controls="more-places"
        data-active={rest.some(({ href }) => location.startsWith(href))}
        onClick={() => setOpenedAt(isOpen ? undefined : location)}
      >
        <Ellipsis size={16} aria-hidden />
        <span>{t('nav.more')}</span>
      </button>
      <div id="more-places" className={styles.rest} data-open={isOpen}>
        {rest.map((place) => (
          <Tab key={place.href} place={place} open={open} />
        ))}
      </div>
    </nav>
  );
}

function Tab({ place, open }: { place: Place; open: number }) {
  const t = useTranslate();
  const [location] = useLocation();
  const active = place.href === '/' ? location === '/' : location.startsWith(place.href);
  const count = place.href === '/incidents' ? open : 0;
  return (
    <Link href={place.href} className={styles.tab} aria-current={active ? 'page' : undefined}>
      <place.icon size={16} strokeWidth={1.75} aria-hidden />
      <span>{t(place.text)}</span>
      {count > 0 && (
        <b className={styles.badge}>
          {count}
          <em> {t('nav.open')}</em>
        </b>
      )}
    </Link>
  );
}
