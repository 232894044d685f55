import type { TextKey } from '../../i18n/translate.ts';

interface Usual {
  readonly label: TextKey;
  /** What nearly everybody fills in, in the order in which it is asked for; the rest is behind a fold. */
  readonly options: readonly string[];
}

const oauth2 = ['tokenUrl', 'clientId', 'clientSecret', 'scope'];

/** The ways to sign in that are known here; one that is new is called as in the configuration. */
const usual: Readonly<Record<string, Usual>> = {
  bearer: { label: 'scheme.bearer', options: ['token'] },
  'api-key': { label: 'scheme.api-key', options: ['name', 'value', 'in'] },
  basic: { label: 'scheme.basic', options: ['username', 'password'] },
  digest: { label: 'scheme.digest', options: ['username', 'password'] },
  login: { label: 'scheme.login', options: ['url', 'json', 'success', 'token', 'expiresIn'] },
  'oauth2-client-credentials': { label: 'scheme.oauth2-client-credentials', options: oauth2 },
  'oauth2-password': { label: 'scheme.oauth2-password', options: [...oauth2, 'username', 'password'] },
  'oauth2-refresh-token': { label: 'scheme.oauth2-refresh-token', options: [...oauth2, 'refreshToken'] },
  signature: { label: 'scheme.signature', options: ['preset', 'key', 'secret'] },
  'aws-sigv4': {
    label: 'scheme.aws-sigv4',
    options: ['accessKeyId', 'secretAccessKey', 'region', 'service'],
  },
  mtls: { label: 'scheme.mtls', options: ['cert', 'key', 'passphrase'] },
  exec: { label: 'scheme.exec', options: ['command'] },
};

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

/** What a field shows while it is empty. */
const examples: Readonly<Record<string, string>> = {
  'api-key name': 'X-Api-Key',
  'api-key in': 'header',
  'login url': 'https://admin.internal.example/auth/login',
  'login json': '{ "username": "patrol", "password": "…" }',
  'login success': '$.code == 0',
  'login token': '$.data.token',
  'login expiresIn': '$.data.expiresIn',
  tokenUrl: 'https://sso.internal.example/token',
};

export const schemeLabel = (kind: string): TextKey | undefined => usual[kind]?.label;
export const usualOptions = (kind: string): readonly string[] => usual[kind]?.options ?? [];
export const optionText = (kind: string, name: string): TextKey | undefined =>
  said[`${kind} ${name}`] ?? anywhere[name];
export const optionExample = (kind: string, name: string): string | undefined =>
  examples[`${kind} ${name}`] ?? examples[name];

/** What a document calls a way to sign in, as the configuration does. */
const bySecurity: Readonly<Record<string, string>> = {
  bearer: 'bearer',
  apiKey: 'api-key',
  basic: 'basic',
  digest: 'digest',
  oauth2: 'oauth2-client-credentials',
  openIdConnect: 'oauth2-client-credentials',
};

/** The way that the documents ask for, when they ask for one alone. */
export function schemeFor(securityKinds: readonly string[]): string | undefined {
  const [only, ...others] = new Set(securityKinds.flatMap((kind) => bySecurity[kind] ?? []));
  return others.length === 0 ? only : undefined;
}
