import type { Document, Operation } from '../../model/document.ts';
import { isObject, type Json } from '../../model/json.ts';
import type { ServiceSettings } from '../../model/settings.ts';
import type { SignInAsk, SignInProposal } from '../../model/sign-in.ts';
import type { Refusal } from '../candidate.ts';
import { blank } from '../config-snippets.ts';
import { baseUrlOf, locate } from './base-url.ts';
import {
  bearerOptions,
  bestScheme,
  credentialOptions,
  ownLogin,
  unattendedFlow,
} from './credential-advice.ts';

/** The ways in which one may sign in to what documents describe, as they say it themselves: what is left is for a person to give. */

/** What the credential is called, and what the names of its environment variables begin with. */
const name = 'main';

/**
 * The best way first: a login of the document needs nothing but a name and a password.
 *
 * @param documents Those of `service`.
 */
export function signInProposals(
  documents: readonly Document[],
  service: ServiceSettings,
  refusal: Refusal | undefined,
): readonly SignInProposal[] {
  for (const document of documents) locate(document, service);
  const found = documents.flatMap((document) => {
    const [operation] = document.operations;
    if (operation === undefined) return [];
    const base = baseUrlOf({ service, document, documents, operation }, { refusal });
    return typeof base === 'string' ? proposalsOf(document, service, documents, operation, base) : [];
  });
  const byOptions = new Map(found.map((one) => [JSON.stringify([one.scheme, one.options]), one]));
  return [...byOptions.values()].toSorted((a, b) => rank(a) - rank(b));
}

/** A client of its own is made for programs; a fixed token ends one day. */
const order = [
  'login',
  'oauth2-client-credentials',
  'oauth2-password',
  'basic',
  'digest',
  'api-key',
  'mtls',
  'bearer',
];

function rank({ scheme }: SignInProposal): number {
  const at = order.indexOf(scheme);
  return at === -1 ? order.length : at;
}

function proposalsOf(
  document: Document,
  service: ServiceSettings,
  documents: readonly Document[],
  operation: Operation,
  base: string,
): readonly SignInProposal[] {
  const asked = Object.keys(document.securitySchemes).filter((key) => isAsked(key, document));
  const scheme = document.securitySchemes[bestScheme(asked, document) ?? ''];
  const login = ownLogin(document, base, name, scheme);
  const own =
    login === undefined ? [] : [proposal(login, { operation: `${methodOf(login)} ${pathOf(login, base)}` })];
  const named = Object.entries(document.securitySchemes)
    .filter(([scheme]) => isAsked(scheme, document))
    .flatMap(([securityScheme, described]) => {
      const candidate = { service, document, documents, operation };
      const options = credentialOptions(described, name, candidate, base);
      const needsPerson = unattendedFlow(described) === undefined;
      return [
        ...(options['scheme'] === 'login' || needsPerson ? [] : [proposal(options, { securityScheme })]),
        ...(described.kind === 'bearer' || needsPerson
          ? [proposal(bearerOptions(name), { securityScheme })]
          : []),
      ];
    });
  return [...own, ...named];
}

/** Of schemes that no operation asks for nothing is to be proposed; where none says what it asks for, each may be meant. */
function isAsked(scheme: string, { operations }: Document): boolean {
  const asked = operations.flatMap(({ security = [] }) => security.flatMap((one) => Object.keys(one)));
  return asked.length === 0 || asked.includes(scheme);
}

function methodOf({ method }: Readonly<Record<string, Json>>): string {
  return typeof method === 'string' ? method : 'POST';
}

function pathOf({ url }: Readonly<Record<string, Json>>, base: string): string {
  return typeof url === 'string' ? url.slice(base.length).replace(/\?.*/, '') : '';
}

function proposal(
  { scheme, ...options }: Readonly<Record<string, Json>>,
  source: Pick<SignInProposal, 'operation' | 'securityScheme'>,
): SignInProposal {
  return { ...source, scheme: typeof scheme === 'string' ? scheme : '', options, asks: asksIn(options, []) };
}

/** Where references and gaps stand in the options. */
function asksIn(value: Json, path: readonly string[]): readonly SignInAsk[] {
  if (isObject(value)) return Object.entries(value).flatMap(([key, item]) => asksIn(item, [...path, key]));
  if (typeof value !== 'string') return [];
  const [, variable] = /^\$\{(?:env|file):([^}]+)\}$/.exec(value) ?? [];
  const isGap = value.includes(blank);
  return variable === undefined && !isGap ? [] : [{ path, name: path.at(-1) ?? '', kind: kindOf(variable) }];
}

function kindOf(variable: string | undefined): SignInAsk['kind'] {
  if (variable === undefined) return 'value';
  const [, suffix] = /_(USERNAME|PASSWORD|TOKEN|KEY|CLIENT_ID|CLIENT_SECRET)$/.exec(variable) ?? [];
  return suffix === undefined ? 'value' : kinds[suffix as keyof typeof kinds];
}

const kinds = {
  USERNAME: 'username',
  PASSWORD: 'password',
  TOKEN: 'token',
  KEY: 'key',
  CLIENT_ID: 'client-id',
  CLIENT_SECRET: 'client-secret',
} as const;
