import type { Document, SecurityScheme } from '../../model/document.ts';
import type { Candidate } from '../candidate.ts';
import { blank, serviceLines, yaml } from '../config-snippets.ts';
import { isAtHome } from '../../lib/net/places.ts';
import { ownPlaces } from './credential-hosts.ts';
import { answersToken, loginOptions } from './login-advice.ts';
import { goesBare, isOfLogin, ownPrefix, sendOptions, tokenPlaceOf } from './token-place.ts';
import type { Json } from '../../model/json.ts';
import type { SignIn } from '../../model/check.ts';

/** What to write into the configuration for a document that asks for a sign-in. */

/** A credential that is called like its scheme is used for what asks for that, at home: no host of the document alone is advised. */
export function schemeLines(
  name: string,
  scheme: SecurityScheme | undefined,
  candidate: Candidate,
  url: string,
): string {
  const options = credentialOptions(scheme, name, candidate, url);
  const target = new URL(url);
  const isHome = ownPlaces(candidate.service).some((place) => isAtHome(place, target));
  return yaml({ credentials: { [name]: { ...options, ...(isHome ? { hosts: [target.host] } : {}) } } });
}

type Options = Readonly<Record<string, Json>>;

export function credentialLines(service: string, name: string, options: Options): string {
  return `${yaml({ credentials: { [name]: options } })}\n${serviceLines(service, { credential: name })}`;
}

/** What a credential for a scheme that is called `name` needs; `url` is the server's, by which addresses are meant. */
export function credentialOptions(
  scheme: SecurityScheme | undefined,
  name: string,
  { document }: Pick<Candidate, 'document'>,
  url: string,
): Options {
  switch (scheme?.kind) {
    case 'apiKey':
      return (
        (isOfLogin(scheme, document) ? ownLogin(document, url, name, scheme) : undefined) ??
        keyOptions(scheme, name, document)
      );
    case 'basic':
    case 'digest':
      return { scheme: scheme.kind, ...userOptions(name) };
    case 'oauth2':
    case 'openIdConnect':
      return oauth2Options(scheme, name, (address) => addressOf(address, document, url));
    case 'mutualTls':
      return { scheme: 'mtls', cert: '${file:/path/client.crt}', key: '${file:/path/client.key}' };
    case undefined:
    case 'bearer':
    case 'awsSigV4':
    case 'other':
      return (
        ownLogin(document, url, name, scheme) ??
        (scheme === undefined ? tokenOptions(name, document) : bearerOptions(name))
      );
  }
}

/** The login of the document, its token put where the scheme, or else the rest of the document, has it. */
export function ownLogin(
  document: Document,
  url: string,
  name: string,
  scheme?: SecurityScheme,
): Options | undefined {
  return loginOptions(document, url, {
    secretOf: (suffix) => secretOf(name, suffix),
    place: tokenPlaceOf(scheme, document),
  });
}

/**
 * Of several ways to sign in the one that the document's own login is good for: no cookie of a session where it answers a token.
 *
 * @param names Of schemes; the first one counts where nothing speaks for another.
 */
export function bestScheme(names: readonly string[], document: Document): string | undefined {
  const [first] = names;
  const isCookie = (name: string): boolean => document.securitySchemes[name]?.in === 'cookie';
  if (first === undefined || !isCookie(first) || !answersToken(document)) return first;
  return names.find((name) => isForTokens(document.securitySchemes[name])) ?? first;
}

function isForTokens(scheme: SecurityScheme | undefined): boolean {
  return scheme?.kind === 'bearer' || (scheme?.kind === 'apiKey' && scheme.in !== 'cookie');
}

/** What to write where the document says nothing of signing in and the service asks for it: its own login, else a token. */
export function signInOf({ service, document }: Candidate, taken: readonly string[], url: string): SignIn {
  const name = freeName([service.name, `${service.name}-login`], taken);
  const options = ownLogin(document, url, name) ?? tokenOptions(name, document);
  return { credential: name, lines: yaml({ credentials: { [name]: options } }) };
}

/** The first of these names that no credential has: lines for one that is there would be written into somebody else's. */
export function freeName(names: readonly string[], taken: readonly string[]): string {
  const last = names.at(-1) ?? '';
  const numbered = taken.map((_, no) => `${last}-${no + 2}`);
  return [...names, ...numbered].find((name) => !taken.includes(name)) ?? last;
}

/** A token that somebody else gives, put where the document has it. */
function tokenOptions(name: string, document: Document): Options {
  return { ...bearerOptions(name), ...sendOptions(tokenPlaceOf(undefined, document)) };
}

export function bearerOptions(name: string): Options {
  return { scheme: 'bearer', token: secretOf(name, 'TOKEN') };
}

function userOptions(name: string): Options {
  return { username: secretOf(name, 'USERNAME'), password: secretOf(name, 'PASSWORD') };
}

function keyOptions(scheme: SecurityScheme, name: string, document: Document): Options {
  if (isAuthorization(scheme) && !goesBare(scheme))
    return {
      ...bearerOptions(name),
      ...(ownPrefix(scheme) === undefined ? {} : sendOptions(tokenPlaceOf(scheme, document))),
    };
  return {
    scheme: 'api-key',
    in: scheme.in ?? 'header',
    name: scheme.parameterName ?? blank,
    value: secretOf(name, 'KEY'),
  };
}

/** Of the flows that a scheme documents the best one that needs no person; `undefined` where each of them does. */
export function unattendedFlow({ kind, flows = [], tokenUrls = {} }: SecurityScheme): string | undefined {
  const known = new Set([...flows, ...Object.keys(tokenUrls)]);
  const first = ['clientCredentials', 'password'].find((flow) => known.has(flow));
  return first ?? (kind === 'oauth2' && known.size > 0 ? undefined : 'clientCredentials');
}

/** A user's password needs no client of its own (RFC 6749 §4.3.2). */
function oauth2Options(
  scheme: SecurityScheme,
  name: string,
  addressOf: (address: string) => string | undefined,
): Options {
  const flow = unattendedFlow(scheme);
  if (flow === undefined) return bearerOptions(name);
  const discovery = addressOf(scheme.discoveryUrl ?? '');
  const issuer =
    discovery?.endsWith(discoveryPath) === true ? discovery.slice(0, -discoveryPath.length) : undefined;
  const tokenUrl = addressOf(scheme.tokenUrls?.[flow] ?? '') ?? `https://${blank}`;
  const endpoint: Options = issuer === undefined ? { tokenUrl } : { issuer };
  if (flow === 'password') return { scheme: 'oauth2-password', ...endpoint, ...userOptions(name) };
  return {
    scheme: 'oauth2-client-credentials',
    ...endpoint,
    clientId: secretOf(name, 'CLIENT_ID'),
    clientSecret: secretOf(name, 'CLIENT_SECRET'),
  };
}

/** OpenID Connect Discovery 1.0 §4: stands behind the issuer. */
const discoveryPath = '/.well-known/openid-configuration';

/**
 * An address that a document has for signing in: relative to the server (OpenAPI 3.1 §4.6), and below it where the document
 * describes it there, as frameworks mean it that are told where they stand.
 */
function addressOf(address: string, { operations }: Document, server: string): string | undefined {
  if (address === '' || /[{}<>\s]/.test(address)) return undefined;
  const path = `/${address.replace(/^\.?\//, '')}`;
  if (operations.some((one) => one.method === 'POST' && one.path === path)) return `${server}${path}`;
  const url = URL.canParse(address, server) ? new URL(address, server) : undefined;
  return url?.protocol === 'https:' || url?.protocol === 'http:' ? url.href : undefined;
}

function secretOf(name: string, suffix: string): string {
  const secret = secretName(name);
  return `\${env:${secret.endsWith(suffix) ? secret : `${secret}_${suffix}`}}`;
}

/** `petstore auth` → `PETSTORE_AUTH`: a name for an environment variable. */
function secretName(name: string): string {
  const upper = name
    .replace(/([a-z0-9])([A-Z])/g, '$1_$2')
    .toUpperCase()
    .replace(/[^A-Z0-9]+/g, '_');
  return /^[A-Z]/.test(upper) ? upper.replace(/_+$/, '') : 'API';
}

/** Many documents describe `Authorization` as a bare header: whatever fills that header will do. */
export function isAuthorization({ kind, in: place, parameterName }: SecurityScheme): boolean {
  return (
    kind === 'apiKey' &&
    place !== 'query' &&
    place !== 'cookie' &&
    /^authorization$/i.test(parameterName ?? '')
  );
}
