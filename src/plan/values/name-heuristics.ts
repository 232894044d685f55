import { dayOf, isoDate } from './days.ts';
import { wordsOf } from '../capture/resource.ts';

interface Named {
  readonly name: string;
  /** Epoch ms. */
  readonly now: number;
}

/** What names end in, and a text that such a parameter takes where its schema says nothing about it. */
const endings: readonly (readonly [name: RegExp, value: (now: number) => string])[] = [
  [/(?:^| )(?:date|日期)$/, (now) => isoDate(dayOf(now, -1))],
  [/(?:^| )(?:year|年份?)$/, yearOf],
  [/(?:^| )timestamp$/, (now) => String(dayOf(now) / 1000)],
  [/(?:^| )e?mail(?: address)?$/, () => 'a@example.com'],
  [/(?:^| )(?:url|uri|link|website)$/, () => 'https://example.com/'],
  [/(?:^| )(?:uuid|guid)$/, () => '00000000-0000-4000-8000-000000000001'],
  [/(?:^| )(?:lang|language|locale)(?: code)?$/, () => 'en'],
  [/(?:^| )currency(?: code)?$/, () => 'USD'],
  [/(?:^| )country(?: code)?$/, () => 'CN'],
  [/(?:^| )(?:timezone|time zone|tz)$/, () => 'UTC'],
  [/(?:^| )format$/, () => 'json'],
  [/(?:^| )namespace$/, () => 'default'],
  [/(?:^| )(?:ip|ip address)$/, () => '192.0.2.1'],
  [/(?:^| )(?:domain|domain name|hostname|host)$/, () => 'example.com'],
  [/(?:^| )(?:lat|latitude|lon|lng|longitude|amount|price|quantity|qty|count|version)$/, () => '1'],
];

/** `undefined` when the name tells nothing. */
export function textByName({ name, now }: Named): string | undefined {
  const words = wordsOf(name).join(' ');
  return endings.find(([ending]) => ending.test(words))?.[1](now);
}

/** The one number that counts from elsewhere than 1. */
export function numberByName({ name, now }: Named): number | undefined {
  return /(?:^| )year$/.test(wordsOf(name).join(' ')) ? Number(yearOf(now)) : undefined;
}

function yearOf(now: number): string {
  return isoDate(dayOf(now, -1)).slice(0, 4);
}
