import type { Sentence } from '../model/sentence.ts';
import type { AuditEntry } from '../model/silence.ts';
import { inLanguage } from './in-language.ts';
import { sentence } from './sentence.ts';

/** Who did something, as the audit keeps it: a name, or `page`, `cli:root`, `link:group` of whoever has none. */
export function whoSentence(by: string): Sentence {
  if (by === 'page') return sentence('who.page');
  const [, way, name = ''] = /^(cli|link):(.+)$/s.exec(by) ?? [];
  if (way === 'cli') return sentence('who.cli', { name });
  return way === 'link' ? sentence('who.link', { channel: name }) : by;
}

/** The reason of a silence: a link has none of a person's, and what was kept for it is in the language of then. */
export function reasonSentence(by: string, reason: string): Sentence {
  const channel = /^link:(.+)$/s.exec(by)?.[1];
  if (channel === undefined) return reason;
  const own = sentence('linkReason', { channel });
  return (['en', 'zh'] as const).some((language) => inLanguage(own, language) === reason) ? own : reason;
}

const roleNames = { admin: 'role.admin', operator: 'role.operator', viewer: 'role.viewer' } as const;

/** What is noted beside it: of what the patrol itself has noted the sentence, else what a person wrote. */
export function notedSentence({
  action,
  by,
  note,
}: Pick<AuditEntry, 'action' | 'by' | 'note'>): Sentence | undefined {
  if (note === undefined) return undefined;
  switch (action) {
    case 'sign-in':
    case 'sign-in-refused': {
      const address = /^from (.+)$/s.exec(note)?.[1];
      return address === undefined ? note : sentence('noted.from', { address });
    }
    case 'remove-token': {
      const name = /^made by (.+)$/s.exec(note)?.[1];
      return name === undefined ? note : sentence('noted.madeBy', { name });
    }
    case 'configure':
      return note === 'undo' ? sentence('noted.undone') : note;
    case 'add-user':
    case 'add-token':
    case 'change-user':
      return isKeyOf(roleNames, note) ? sentence(roleNames[note]) : note;
    case 'silence':
      return reasonSentence(by, note);
    default:
      return note;
  }
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
