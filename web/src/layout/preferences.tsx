import { useMantineColorScheme } from '@mantine/core';
import { Languages, type LucideIcon, Monitor, Moon, Sun } from 'lucide-react';
import { chooseLanguage, useLanguage, useTranslate } from '../i18n/translate.ts';
import styles from './shell.module.css';

const schemes = ['auto', 'light', 'dark'] as const;
const icons: Readonly<Record<(typeof schemes)[number], LucideIcon>> = {
  auto: Monitor,
  light: Sun,
  dark: Moon,
};

/** Language and colours; both are kept in this browser. */
export function Preferences() {
  const t = useTranslate();
  const language = useLanguage();
  const { colorScheme, setColorScheme } = useMantineColorScheme({
    // Else it would write a style element for the moment of the change.
    keepTransitions: true,
  });
  const Icon = icons[colorScheme];
  const next = schemes[(schemes.indexOf(colorScheme) + 1) % schemes.length] ?? 'auto';
  const other = language === 'zh' ? 'en' : 'zh';
  const scheme = `${t('scheme.title')}: ${t(`scheme.${colorScheme}`)}`;
  return (
    <div className={styles.preferences}>
      <button type="button" onClick={() => void chooseLanguage(other)} lang={other === 'zh' ? 'zh-CN' : 'en'}>
        <Languages size={14} aria-hidden />
        {other === 'zh' ? '中文' : 'English'}
      </button>
      <button type="button" onClick={() => setColorScheme(next)} aria-label={scheme} title={scheme}>
        <Icon size={14} aria-hidden />
      </button>
    </div>
  );
}
