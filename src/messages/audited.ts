import type { Sentence } from '../model/sentence.ts';
import { sentence } from './sentence.ts';

/** Who did something, as the audit keeps it: a name, or `page`, `cli:root`, `link:group` of whoever has none. */
export function whoSentence(by: string): Sentence {
  if (by === 'page') return sentence('who.page');
  const [, way, name = ''] = /^(cli|link):(.+)$/s.exec(by) ?? [];
  if (way === 'cli') return sentence('who.cli', { name });
  return way === 'link' ? sentence('who.link', { channel: name }) : by;
}

const named = {
  channel: 'audited.channel',
  credential: 'audited.credential',
  incident: 'audited.incident',
  message: 'audited.message',
  silence: 'audited.silence',
  'status post': 'audited.status-post',
  token: 'audited.token',
  user: 'audited.user',
} as const;
const whole = {
  'all services': 'audited.all-services',
  configuration: 'audited.configuration',
  credentials: 'audited.credentials',
  session: 'audited.session',
} as const;

/** What it was done to, as the audit keeps it: `incident A7F3`, `configuration`; an operation stands for itself. */
export function auditedSentence(subject: string): Sentence {
  if (isKeyOf(whole, subject)) return sentence(whole[subject]);
  const [, kind = '', name = ''] = /^(status post|[a-z]+) (.+)$/s.exec(subject) ?? [];
  return isKeyOf(named, kind) ? sentence(named[kind], { name }) : subject;
}

const isKeyOf = <T extends object>(table: T, key: string): key is string & keyof T =>
  Object.hasOwn(table, key);
