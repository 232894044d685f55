import type { TextKey } from '../../i18n/translate.ts';

/** What each of them is; others keep the description that the configuration has. */
const said: Readonly<Record<string, TextKey>> = {
  'bearer token': 'option.token',
  'api-key name': 'option.name',
  'api-key value': 'option.value',
  'api-key in': 'option.in',
  'login url': 'option.url',
  'login json': 'option.json',
  'login success': 'option.success',
  'login token': 'option.path',
  'login expiresIn': 'option.expiresIn',
};

const anywhere: Readonly<Record<string, TextKey>> = {
  username: 'option.username',
  password: 'option.password',
  tokenUrl: 'option.tokenUrl',
  clientId: 'option.clientId',
  clientSecret: 'option.clientSecret',
  scope: 'option.scope',
};

export const optionText = (kind: string, name: string): TextKey | undefined =>
  said[`${kind} ${name}`] ?? anywhere[name];
