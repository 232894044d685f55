import { type TextKey, type Translate } from '../i18n/translate.ts';

const known: Readonly<Record<string, TextKey>> = {
  silence: 'audit.silence',
  'end-silence': 'audit.endSilence',
  acknowledge: 'audit.acknowledge',
  unacknowledge: 'audit.unacknowledge',
  comment: 'audit.comment',
  check: 'audit.check',
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
