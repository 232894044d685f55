import { type TextKey, type Translate } from '../i18n/translate.ts';

const known: Readonly<Record<string, TextKey>> = {
  silence: 'audit.silence',
  'end-silence': 'audit.endSilence',
  acknowledge: 'audit.acknowledge',
  unacknowledge: 'audit.unacknowledge',
  comment: 'audit.comment',
  check: 'audit.check',
  'run-cycle': 'audit.runCycle',
  'test-channel': 'audit.testChannel',
  resend: 'audit.resend',
  'forget-tokens': 'audit.forgetTokens',
  'retry-sign-in': 'audit.retrySignIn',
  reload: 'audit.reload',
  configure: 'audit.configure',
  'add-user': 'audit.addUser',
  'change-user': 'audit.changeUser',
  'remove-user': 'audit.removeUser',
  'add-token': 'audit.addToken',
  'add-worker-token': 'audit.addWorkerToken',
  'remove-worker-token': 'audit.removeWorkerToken',
  'remove-worker': 'audit.removeWorker',
  'remove-token': 'audit.removeToken',
  'post-status': 'audit.postStatus',
  'change-status': 'audit.changeStatus',
  'remove-status': 'audit.removeStatus',
  'sign-in': 'audit.signIn',
  'sign-in-refused': 'audit.signInRefused',
  'sign-out': 'audit.signOut',
};

/** What somebody did, in words; an action that this page does not know keeps its name. */
export function auditText(t: Translate, action: string): string {
  const key = known[action];
  return key === undefined ? action : t(key);
}

const whole: Readonly<Record<string, TextKey>> = {
  configuration: 'settings.config',
  credentials: 'audit.allCredentials',
  session: 'audit.session',
  'all services': 'incidents.everyService',
};

/** What it was done to: `incident A7F3` is `#A7F3`, and what has a name has it after what it is. */
export function subjectText(t: Translate, subject: string): string {
  const key = whole[subject];
  if (key !== undefined) return t(key);
  const [, kind = '', name = ''] =
    /^(incident|silence|status post|credential|channel|message|user|token) (.+)$/.exec(subject) ?? [];
  switch (kind) {
    case 'incident':
      return `#${name}`;
    case 'silence':
    case 'credential':
    case 'channel':
    case 'message':
    case 'user':
    case 'token':
      return `${t(`subject.${kind}`)} ${name}`;
    case 'status post':
      return `${t('subject.statusPost')} ${name}`;
    default:
      return subject;
  }
}

/** Who did it: a name, or the way by which somebody came who has none (`page`, `cli:root`, `link:group`). */
export function whoText(t: Translate, by: string): string {
  if (by === 'page') return t('who.page');
  const [, way, name = ''] = /^(cli|link):(.+)$/.exec(by) ?? [];
  if (way === 'cli') return t('who.cli', { name });
  return way === 'link' ? t('who.link', { channel: name }) : by;
}
