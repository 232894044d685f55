import type { SecurityRequirement, SecurityScheme } from '../../../model/document.ts';
import { isSensitiveName } from '../../../lib/secrets/secret.ts';
import type { Pair } from './url-template.ts';

/** How a client signs in, without its secrets. */
export type RecordedAuth =
  | { readonly kind: 'none' }
  | { readonly kind: 'basic' | 'bearer' | 'digest' | 'awsSigV4' | 'other' }
  | { readonly kind: 'oauth2'; readonly flow?: string; readonly tokenUrl?: string }
  | { readonly kind: 'apiKey'; readonly in: 'header' | 'query' | 'cookie'; readonly parameterName: string };

interface Pairs {
  readonly headers: readonly Pair[];
  readonly query: readonly Pair[];
}

export interface SplitSecrets extends Pairs {
  /** What the secrets say about how one signs in. */
  readonly auth: readonly RecordedAuth[];
}

const keyInQuery = /^(?:access[-_]?token|auth[-_]?token|token|api[-_]?key|app[-_]?key)$/i;

/** Takes secrets out of what is sent: those that sign in become auth, others a parameter without a value. */
export function splitSecrets({ headers, query }: Pairs): SplitSecrets {
  const auth: RecordedAuth[] = [];
  const keptHeaders: Pair[] = [];
  const keptQuery: Pair[] = [];
  for (const header of headers) {
    if (/^(?:cookie|set-cookie|proxy-authorization)$/i.test(header.name)) continue;
    if (/^authorization$/i.test(header.name)) auth.push(authorizationKind(header));
    else if (!isSensitiveName(header.name)) keptHeaders.push(header);
    else if (header.disabled !== true) {
      auth.push({ kind: 'apiKey', in: 'header', parameterName: header.name });
    }
  }
  for (const pair of query) {
    if (!isSensitiveName(pair.name)) keptQuery.push(pair);
    else if (keyInQuery.test(pair.name)) auth.push({ kind: 'apiKey', in: 'query', parameterName: pair.name });
    else keptQuery.push({ ...withoutText(pair), value: `{{${pair.name}}}` });
  }
  return { headers: keptHeaders, query: keptQuery, auth: auth.filter((one) => one.kind !== 'none') };
}

function withoutText({ written: _written, ...pair }: Pair): Pair {
  return pair;
}

function authorizationKind(header: Pair): RecordedAuth {
  if (header.disabled === true) return { kind: 'none' };
  const value = header.value.trim();
  if (/^bearer\b/i.test(value)) return { kind: 'bearer' };
  if (/^basic\b/i.test(value)) return { kind: 'basic' };
  if (/^digest\b/i.test(value)) return { kind: 'digest' };
  if (/^aws(?:4-hmac|\b)/i.test(value)) return { kind: 'awsSigV4' };
  return { kind: 'apiKey', in: 'header', parameterName: header.name };
}

export interface Security {
  readonly requirement?: SecurityRequirement;
  readonly schemes: Readonly<Record<string, SecurityScheme>>;
}

/** The schemes that a request goes with, all of them together; none when nothing is said about it. */
export function securityOf(auth: RecordedAuth | undefined, secrets: Pick<SplitSecrets, 'auth'>): Security {
  const explicit = auth === undefined || auth.kind === 'none' ? [] : [auth];
  const all = [...explicit, ...secrets.auth].filter(
    (one, index) => index === 0 || explicit.length === 0 || !replacesAuthorization(one),
  );
  if (all.length === 0) return { schemes: {} };
  const schemes = Object.fromEntries(all.map((one) => [schemeName(one), schemeOf(one)]));
  return {
    requirement: Object.fromEntries(Object.keys(schemes).map((name) => [name, []])),
    schemes,
  };
}

/** A client's own auth setting overrides an `Authorization` header. */
function replacesAuthorization(auth: RecordedAuth): boolean {
  return auth.kind !== 'apiKey' || /^authorization$/i.test(auth.parameterName);
}

function schemeName(auth: RecordedAuth): string {
  return auth.kind === 'apiKey' ? `apiKey ${auth.in} ${auth.parameterName.toLowerCase()}` : auth.kind;
}

function schemeOf(auth: RecordedAuth): SecurityScheme {
  switch (auth.kind) {
    case 'apiKey':
      return { kind: 'apiKey', in: auth.in, parameterName: auth.parameterName };
    case 'oauth2': {
      const { flow, tokenUrl } = auth;
      return {
        kind: 'oauth2',
        ...(flow === undefined ? {} : { flows: [flow] }),
        ...(tokenUrl === undefined ? {} : { tokenUrls: { [flow ?? 'clientCredentials']: tokenUrl } }),
      };
    }
    case 'none':
      return { kind: 'other' };
    case 'basic':
    case 'bearer':
    case 'digest':
    case 'awsSigV4':
    case 'other':
      return { kind: auth.kind };
  }
}
