import type { SignInProposal } from '../../../../src/server/api/setup.ts';
import type { TextKey } from '../../i18n/translate.ts';

export type Ask = SignInProposal['asks'][number];
export type Options = Readonly<Record<string, unknown>>;

/** A login that no document describes: everybody's names for its two fields, to be changed. */
export const ownLogin: SignInProposal = {
  credential: { scheme: 'login', options: {} },
  asks: [
    { path: ['url'], name: 'url', kind: 'value' },
    { path: ['json', 'username'], name: 'username', kind: 'username' },
    { path: ['json', 'password'], name: 'password', kind: 'password' },
  ],
};

/** What the pages in front of documents ask for. */
export const documentSignIns: readonly SignInProposal[] = [
  {
    credential: { scheme: 'basic', options: {} },
    asks: [
      { path: ['username'], name: 'username', kind: 'username' },
      { path: ['password'], name: 'password', kind: 'password' },
    ],
  },
  {
    credential: { scheme: 'bearer', options: {} },
    asks: [{ path: ['token'], name: 'token', kind: 'token' }],
  },
  {
    credential: { scheme: 'api-key', options: { in: 'header' } },
    asks: [
      { path: ['name'], name: 'name', kind: 'value' },
      { path: ['value'], name: 'value', kind: 'key' },
    ],
  },
  { ...ownLogin, asks: [...ownLogin.asks, { path: ['token'], name: 'token', kind: 'value' }] },
];

const labels: Partial<Readonly<Record<Ask['kind'], TextKey>>> = {
  username: 'setup.ask.username',
  password: 'setup.ask.password',
  token: 'setup.ask.token',
  key: 'setup.ask.key',
  'client-id': 'setup.ask.clientId',
  'client-secret': 'setup.ask.clientSecret',
};

/** Options of schemes themselves, by their path. */
const optionLabels: Readonly<Record<string, TextKey>> = {
  url: 'setup.ask.url',
  name: 'setup.ask.header',
  token: 'setup.ask.tokenPlace',
};

/** What a field is called; absent: as the document calls it. */
export const labelOf = (ask: Ask): TextKey | undefined => labels[ask.kind] ?? optionLabels[askKey(ask)];

/** The answer of a login shows where its token is, mostly. */
export const isOptionalAsk = (ask: Ask): boolean => ask.kind === 'value' && askKey(ask) === 'token';

export const isSecretAsk = ({ kind }: Ask): boolean =>
  kind !== 'username' && kind !== 'client-id' && kind !== 'value';

export const askKey = ({ path }: Ask): string => path.join('.');

/** The options with what has been given in its places; what was left empty is left out. */
export function filledOptions(
  { credential, asks }: SignInProposal,
  texts: Readonly<Record<string, string>>,
): Options {
  return asks.reduce<Options>(
    (options, ask) => placed(options, ask.path, texts[askKey(ask)] ?? ''),
    credential.options,
  );
}

function placed(options: Options, [name = '', ...inner]: readonly string[], text: string): Options {
  if (inner.length === 0) {
    const { [name]: _, ...others } = options;
    return text === '' ? others : { ...options, [name]: text };
  }
  const within = options[name];
  const below = typeof within === 'object' && within !== null ? (within as Options) : {};
  return { ...options, [name]: placed(below, inner, text) };
}
