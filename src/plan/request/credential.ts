import { sentence } from '../../messages/sentence.ts';
import type { Sentence } from '../../model/sentence.ts';
import { isSensitiveName } from '../../lib/secrets/secret.ts';
import type { Check, OutgoingRequest } from '../../model/check.ts';
import type { Document, Parameter, SecurityRequirement, SecurityScheme } from '../../model/document.ts';
import { isObject } from '../../model/json.ts';
import { type CredentialSettings, noCredential } from '../../model/settings.ts';
import type { Candidate, PlanContext } from '../candidate.ts';
import { isAtHome } from '../../lib/net/places.ts';
import { ownPlaces } from './credential-hosts.ts';
import { operationLines, serviceLines, yaml } from '../config-snippets.ts';
import {
  bearerOptions,
  credentialLines,
  credentialOptions,
  freeName,
  isAuthorization,
  bestScheme,
  schemeLines,
  unattendedFlow,
} from './credential-advice.ts';
import { own } from '../values/schema.ts';
import { type SkipNote, skip } from '../skip.ts';
import { carriesToken, isTokenName } from './token-name.ts';

/** Who signs an operation's requests; no `name` when nobody does. */
export interface Signing {
  readonly name?: string;
  /** Not asked for by its document: without a token it is sent as it is. */
  readonly isOptional?: true;
}

const unsigned: Signing = {};

/**
 * The operation's own setting, else the service's credential, else the configured one that the document's security
 * asks for, by name before kind, if it may be sent to `url`. What the document calls public is sent as it is; what it asks nothing of,
 * or leaves open, is signed while there is a token.
 */
export function credentialOf(candidate: Candidate, context: PlanContext, url: string): Signing | SkipNote {
  const { rules, service, operation } = candidate;
  if (rules.credential !== undefined) return configured(rules.credential, candidate, context);
  const alternatives = operation.security;
  if (alternatives?.length === 0) return unsigned;
  if (service.credential !== undefined)
    return asDocumented(configured(service.credential, candidate, context), candidate);
  if (alternatives === undefined) return impliedCredential(candidate, context, url);
  const all = Object.keys(context.credentials);
  const matchingOf = (names: readonly string[]): readonly string[] =>
    alternatives.flatMap((requirement) => matching(requirement, names, candidate, context) ?? []);
  const [name] = matchingOf(all.filter((one) => context.hosts.mayGo(one, service, url)));
  if (name !== undefined) return asDocumented({ name }, candidate);
  if (alternatives.some(isEmpty)) return unsigned;
  const meant = all.filter((one) => context.hosts.isMeantFor(one, service, url));
  const [away] = matchingOf(meant);
  if (away !== undefined) return notSent(away, candidate, context, url);
  return needsCredential(alternatives, candidate, { context, url, meant });
}

function asDocumented(signing: Signing | SkipNote, { document, operation }: Candidate): Signing | SkipNote {
  if (!('name' in signing)) return signing;
  const isOptional = operation.security?.some(isEmpty) ?? asksOfSome(document);
  return isOptional ? { ...signing, isOptional } : signing;
}

function isEmpty(requirement: SecurityRequirement): boolean {
  return Object.keys(requirement).length === 0;
}

const askingOfSome = new WeakMap<Document, boolean>();

/** Whoever writes down which of them ask for a credential, means that the others do not. */
function asksOfSome(document: Document): boolean {
  const known = askingOfSome.get(document);
  if (known !== undefined) return known;
  const is = document.operations.some(({ security = [] }) => security.some((one) => !isEmpty(one)));
  askingOfSome.set(document, is);
  return is;
}

/** Why what signs the requests must not be sent to `url`; `undefined` when it may. */
export function refuseHost(
  { name }: Signing,
  candidate: Candidate,
  context: PlanContext,
  url: string,
): SkipNote | undefined {
  if (name === undefined) return refuseToken(candidate, url);
  return context.hosts.mayGo(name, candidate.service, url)
    ? refuseToken(candidate, url)
    : notSent(name, candidate, context, url);
}

/** Headers and parameters of the config may sign requests as well as a credential does. */
function refuseToken({ service, rules }: Candidate, url: string): SkipNote | undefined {
  const entries = [service, ...service.overrides];
  const headers = entries.flatMap((entry) => Object.keys(entry.headers ?? {}).filter(isSensitiveName));
  const params = entries.flatMap((entry) => Object.keys(entry.params ?? {}).filter(isTokenName));
  const sent =
    headers.find((name) => Object.hasOwn(rules.headers, name)) ??
    params.find((name) => Object.hasOwn(rules.params, name));
  const target = new URL(url);
  if (sent === undefined || ownPlaces(service).some((place) => isAtHome(place, target))) return undefined;
  const reason = sentence('settingNotSent', { name: sent, host: target.host });
  return skip('foreign-host', reason, serviceLines(service.name, { baseUrl: target.origin }));
}

function notSent(name: string, { service }: Candidate, { hosts }: PlanContext, url: string): SkipNote {
  const target = new URL(url);
  const owners = hosts.ownersOf(name);
  const isOwn = owners.length === 0 || owners.includes(service.name);
  const isNobodys = !hosts.isClaimed(name) && ownPlaces(service).some((place) => isAtHome(place, target));
  const reason = isNobodys
    ? sentence('credentialOfNobody', { name })
    : isOwn
      ? sentence('credentialNotSent', { name, host: target.host })
      : sentence('credentialOfOthers', { name, owners, host: target.host });
  const isHome = ownPlaces(service).some((place) => isAtHome(place, target));
  const lines = isHome
    ? serviceLines(service.name, { credential: name })
    : yaml({ credentials: { [name]: { hosts: [target.host] } } });
  return skip('foreign-host', reason, lines);
}

function configured(name: string, { service }: Candidate, context: PlanContext): Signing | SkipNote {
  if (Object.hasOwn(context.credentials, name)) return { name };
  if (name === noCredential) return unsigned;
  return skip(
    'no-credential',
    sentence('noSuchCredential', { name }),
    credentialLines(service.name, name, bearerOptions(name)),
  );
}

/**
 * The configured credential for one requirement: called like a scheme, or the only one of its kind that is not for another scheme of
 * the document. Several schemes at once are met only by one credential that satisfies all of them.
 */
function matching(
  requirement: SecurityRequirement,
  names: readonly string[],
  candidate: Candidate,
  context: PlanContext,
): string | undefined {
  const schemes = Object.keys(requirement);
  if (schemes.length === 0) return undefined;
  const fitting = names.filter((name) => schemes.every((scheme) => fits(name, scheme, candidate, context)));
  return fitting.find((name) => schemes.includes(name)) ?? (fitting.length === 1 ? fitting[0] : undefined);
}

function fits(credential: string, scheme: string, { document }: Candidate, context: PlanContext): boolean {
  if (credential === scheme) return true;
  const described = own(document.securitySchemes, scheme);
  const kinds = described === undefined ? [] : kindsOf(described);
  const others = Object.entries(document.securitySchemes).filter(([name]) => name !== scheme);
  const isFor = (one: SecurityScheme): boolean => fillsPlaceOf(context.credentials[credential], one);
  const isForAnother = others.some(([, one]) => isFor(one));
  if (isForAnother && described !== undefined && !isFor(described)) return false;
  return context.satisfies(credential).some((kind) => kinds.includes(kind));
}

/** Whether it is a key that goes where the scheme says. */
function fillsPlaceOf(credential: CredentialSettings | undefined, scheme: SecurityScheme): boolean {
  if (credential?.scheme !== 'api-key' || scheme.kind !== 'apiKey' || !isObject(credential.options))
    return false;
  const { in: place = 'header', name } = credential.options;
  const isNamed = typeof name === 'string' && name.toLowerCase() === scheme.parameterName?.toLowerCase();
  return isNamed && place === (scheme.in ?? 'header');
}

/** Many documents describe `Authorization` as a bare header: whatever fills that header will do. */
function kindsOf(scheme: SecurityScheme): readonly SecurityScheme['kind'][] {
  return isAuthorization(scheme)
    ? ['apiKey', 'bearer', 'basic', 'oauth2', 'openIdConnect', 'digest']
    : [scheme.kind];
}

function needsCredential(
  alternatives: readonly SecurityRequirement[],
  candidate: Candidate,
  {
    context,
    url,
    meant,
  }: { readonly context: PlanContext; readonly url: string; readonly meant: readonly string[] },
): SkipNote {
  const single = alternatives.flatMap((one) => (Object.keys(one).length === 1 ? Object.keys(one) : []));
  const best = bestScheme(single, candidate.document);
  const asked = alternatives[0] ?? {};
  const schemes =
    best !== undefined && single[0] !== undefined && single[0] in asked ? [best] : Object.keys(asked);
  const first = schemes[0] ?? 'credential';
  const several = meant.filter((name) => fits(name, first, candidate, context));
  const [alternative = '', ...others] = alternatives.map((requirement) =>
    Object.keys(requirement).join(' and '),
  );
  const wanted = others.reduce<Sentence>((one, other) => sentence('orElse', { one, other }), alternative);
  if (schemes.length === 1 && several.length > 1) {
    const reason = sentence('wantsOneOf', { wanted, names: several });
    const { service, operation, document } = candidate;
    const keys = { credential: several[0] };
    const lines = asksForSeveral(document)
      ? operationLines(service.name, operation, keys)
      : serviceLines(service.name, keys);
    return skip('no-credential', reason, lines);
  }
  const scheme = own(candidate.document.securitySchemes, first);
  const isForPerson = scheme !== undefined && unattendedFlow(scheme) === undefined;
  return skip(
    'no-credential',
    isForPerson
      ? sentence('wantsBrowser', { wanted, schemes: unattendedSchemes })
      : sentence('wantsCredential', { wanted }),
    newCredential(first, scheme, { candidate, context, url }),
  );
}

/** Called like the scheme, which finds it by that; where another service has one that is called so, after its own service as well. */
function newCredential(
  name: string,
  scheme: SecurityScheme | undefined,
  {
    candidate,
    context,
    url,
  }: { readonly candidate: Candidate; readonly context: PlanContext; readonly url: string },
): string {
  const { service, operation, document } = candidate;
  const isOfSome = asksForSeveral(document);
  const own = freeName([name, `${service.name}-${name}`], Object.keys(context.credentials));
  if (isOfSome && own === name) return schemeLines(name, scheme, candidate, url);
  const options = credentialOptions(scheme, own, candidate, url);
  if (!isOfSome) return credentialLines(service.name, own, options);
  return `${yaml({ credentials: { [own]: options } })}\n${operationLines(service.name, operation, { credential: own })}`;
}

const unattendedSchemes = ['oauth2-refresh-token', 'oauth2-password', 'oauth2-client-credentials'];

const asking = new WeakMap<Document, boolean>();

/** Not all operations are signed in the same way: a credential of the whole service would be the wrong one for some. */
function asksForSeveral(document: Document): boolean {
  const known = asking.get(document);
  if (known !== undefined) return known;
  const wanted = document.operations.flatMap(({ security }) => {
    const names = Object.keys(security?.[0] ?? {});
    return names.length === 0 ? [] : [names.join(' ')];
  });
  const is = new Set(wanted).size > 1;
  asking.set(document, is);
  return is;
}

/** Documents that describe signing in as an ordinary header do not say `security`: made-up tokens help nobody. */
function impliedCredential(candidate: Candidate, context: PlanContext, url: string): Signing | SkipNote {
  const { operation, rules, service } = candidate;
  const header = operation.parameters.find(
    (parameter) =>
      parameter.required && carriesToken(parameter) && !Object.hasOwn(rules.params, parameter.name),
  );
  if (header === undefined || rules.headers[header.name.toLowerCase()] !== undefined) return unsigned;
  const place = header.in === 'path' ? 'header' : header.in;
  const { name: parameterName, description } = header;
  const scheme: SecurityScheme = { kind: 'apiKey', parameterName, in: place, description };
  const own = freeName([service.name, `${service.name}-login`], Object.keys(context.credentials));
  const options = credentialOptions(scheme, own, candidate, url);
  return skip(
    'no-credential',
    sentence('wantsTokenIn', { place: header.in, name: header.name }),
    credentialLines(service.name, own, options),
  );
}

/**
 * True for parameters that the credential puts in: made-up values beside it would only get in its way. A token in the query or in a
 * cookie that it does not put there is somebody's to give.
 */
export function credentialParameters(
  { document, operation }: Candidate,
  { credentials }: Pick<PlanContext, 'credentials'>,
  signing: Signing,
): (parameter: Parameter) => boolean {
  if (signing.name === undefined) return () => false;
  const puts = placesOf(credentials[signing.name]);
  const schemes = (operation.security ?? []).flatMap((requirement) => Object.keys(requirement));
  const keys = schemes
    .map((name) => own(document.securitySchemes, name))
    .filter((scheme) => scheme?.kind === 'apiKey');
  return (parameter) =>
    (carriesToken(parameter) && puts(parameter)) ||
    keys.some(
      (key) => key?.in === parameter.in && key.parameterName?.toLowerCase() === parameter.name.toLowerCase(),
    );
}

/**
 * The header in which the operation's document has a token: by the only kind of security that it asks for, else as an ordinary
 * parameter. Only one that is called like a secret: others are logged on their way.
 */
function documentedHeader({ document, operation }: Candidate): string | undefined {
  const names = new Set((operation.security ?? []).flatMap((requirement) => Object.keys(requirement)));
  const schemes = [...names].map((name) => own(document.securitySchemes, name));
  const parameter = operation.parameters.find((one) => one.in === 'header' && carriesToken(one));
  const name = names.size === 0 ? parameter?.name : keyHeader(schemes);
  const isFit = name !== undefined && /^[\w-]+$/.test(name) && !/^(?:set-)?cookie$/i.test(name);
  return isFit && isSensitiveName(name) ? name : undefined;
}

function keyHeader([first, ...others]: readonly (SecurityScheme | undefined)[]): string | undefined {
  const isKey = first?.kind === 'apiKey' && first.in === 'header' && others.length === 0;
  return isKey ? first.parameterName : undefined;
}

/** Where a credential's token is to go on a request: what the document says counts as far as the settings say nothing. */
export function tokenHeaderOf(
  { name }: Signing,
  candidate: Candidate,
  context: PlanContext,
): Pick<OutgoingRequest, 'tokenHeader'> & Pick<Check, 'otherHeader'> {
  const header = name === undefined ? undefined : documentedHeader(candidate);
  if (name === undefined || header === undefined) return {};
  const options = context.credentials[name]?.options;
  const send = isObject(options) ? options['send'] : undefined;
  if (!isObject(send) || isSame(send['name'], header)) return {};
  const isFree = send['isUsual'] === true && context.satisfies(name).includes('apiKey');
  return isFree ? { tokenHeader: header } : { otherHeader: header };
}

function isSame(name: unknown, header: string): boolean {
  return typeof name === 'string' && name.toLowerCase() === header.toLowerCase();
}

/** Whether a credential may put something there; of schemes that sign a request as a whole it is not known. */
function placesOf(credential: CredentialSettings | undefined): (parameter: Parameter) => boolean {
  const options = isObject(credential?.options) ? credential.options : {};
  const stated = [options['send'], ...(Array.isArray(options['keys']) ? (options['keys'] as unknown[]) : [])];
  const own = credential?.scheme === 'api-key' ? [options] : [];
  const places = [...stated, ...own].filter((one) => isObject(one));
  if (places.length === 0 && !/^(?:basic|digest)$/.test(credential?.scheme ?? '')) return () => true;
  return ({ in: place, name }) => {
    if (place !== 'query' && place !== 'cookie') return true;
    return places.some(
      (one) =>
        one['in'] === place &&
        typeof one['name'] === 'string' &&
        one['name'].toLowerCase() === name.toLowerCase(),
    );
  };
}
