import i18next from 'i18next';
import { useCallback, useSyncExternalStore } from 'react';
import type { en } from './en.ts';

export type Language = 'en' | 'zh';
/** Plural forms (`_one`, `_other`) are picked by `count`. */
type Base<Key> = Key extends `${infer Stem}_${'one' | 'other'}` ? Stem : Key;
export type TextKey = Base<keyof typeof en>;
export type Texts = Readonly<Record<keyof typeof en, string>>;
export type Translate = (key: TextKey, values?: Readonly<Record<string, string | number>>) => string;

const storageKey = 'apipatrol.language';
const loaders: Readonly<Record<Language, () => Promise<Texts>>> = {
  en: async () => (await import('./en.ts')).en,
  zh: async () => (await import('./zh.ts')).zh,
};

const isLanguage = (value: unknown): value is Language => value === 'en' || value === 'zh';

/** What was chosen before, else the first language of the browser that there is, else English. */
export function preferredLanguage(): Language {
  const kept = localStorage.getItem(storageKey);
  if (isLanguage(kept)) return kept;
  return navigator.languages.map((tag) => tag.slice(0, 2).toLowerCase()).find(isLanguage) ?? 'en';
}

async function show(language: Language): Promise<void> {
  if (!i18next.hasResourceBundle(language, 'translation')) {
    i18next.addResourceBundle(language, 'translation', await loaders[language]());
  }
  await i18next.changeLanguage(language);
  document.documentElement.lang = language === 'zh' ? 'zh-CN' : 'en';
}

export async function startTranslation(): Promise<void> {
  await i18next.init({
    resources: {},
    keySeparator: false,
    nsSeparator: false,
    fallbackLng: false,
    interpolation: { escapeValue: false, prefix: '{', suffix: '}' },
  });
  await show(preferredLanguage());
}

export async function chooseLanguage(language: Language): Promise<void> {
  localStorage.setItem(storageKey, language);
  await show(language);
}

const currentLanguage = (): Language => (i18next.language === 'zh' ? 'zh' : 'en');

export function onLanguage(changed: () => void): () => void {
  i18next.on('languageChanged', changed);
  return () => i18next.off('languageChanged', changed);
}

export function useLanguage(): Language {
  return useSyncExternalStore(onLanguage, currentLanguage);
}

/** The function changes with the language, so that what it is a dependency of is made anew. */
export function useTranslate(): Translate {
  const language = useLanguage();
  return useCallback((key, values) => i18next.getFixedT(language)(key, values ?? {}), [language]);
}
