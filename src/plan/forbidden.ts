import { normalForm } from '../kit/normal-form.ts';
import { wordsIn } from '../kit/wording/words.ts';
import type { OutgoingRequest } from '../model/check.ts';
import type { Operation, Parameter } from '../model/document.ts';
import type { Candidate } from './candidate.ts';
import { fieldsOf } from './fields.ts';
import { blank, operationLines } from './hints.ts';
import type { Remark } from './remarks.ts';
import type { Rules } from './rules.ts';
import { type SkipNote, skip } from './skip.ts';

/** What a document may not put into a request, as it would be another request than the one that it describes. */

/** OpenAPI 3.1 §4.8.12.1: header parameters of these names mean nothing; the request has its own. */
const ownHeaders: ReadonlySet<string> = new Set(['accept', 'content-type', 'authorization', 'user-agent']);

interface Refusal {
  readonly names: RegExp;
  readonly why: string;
}

/** Names as `plainName` gives them, with or without `x-` in front. */
function refusal(why: string, ...names: readonly string[]): Refusal {
  return { names: new RegExp(`^(?:x-)?(?:${names.join('|')})$`), why };
}

const ofConnection = refusal(
  'it belongs to the connection, not to the document',
  'host|via|te|trailers?|upgrade|expect|max-forwards|alt-used|http2-settings',
  '(?:proxy-)?connection|keep-alive|transfer-encoding|accept-encoding|content-(?:length|encoding|range)',
  '(?:proxy|sec)-.+',
);

/**
 * Proxies and gateways invent new names all the time, but each stays within its family. What services ask for themselves
 * (tenant, version, language, client, id of a request) is in none.
 */
const refusals: readonly Refusal[] = [
  ofConnection,
  refusal('it asks for a part of the answer', '(?:if-)?range'),
  refusal(
    'it says for whom or through which host the request comes',
    'forwarded(?:-.+)?|coming-from|(?:url-)?scheme|front-end-https',
    '(?:.+-)?(?:client|remote|real)?ip(?:v[46]|addr|address)?(?:-.+)?',
    '(?:client|remote|real|peer|source)-?(?:addr|address|host|port)',
    '(?:original|real|http|server|backend|upstream)-host(?:-.+)?|host-.+',
  ),
  refusal(
    'it says who asks',
    '(?:remote|proxy|logged-in)-?(?:user|name|email|groups?)(?:-.+)?',
    '(?:authenticated|auth-request|webauth|authentik|pomerium|tailscale|vouch|cf-access|impersonate)-.+',
    'goog-(?:authenticated|iap)-.+|ms-(?:client-principal|token)(?:-.+)?',
    '(?:consumer|credential)-(?:id|custom-id|username|identifier|groups?)|anonymous-consumer|userinfo',
    '(?:ssl|tls|mtls)(?:-client)?(?:-.+)?|(?:arr-)?client-?(?:cert|certificate|verify|dn|san|subject|issuer)(?:-.+)?',
  ),
  refusal(
    'it says which address is meant',
    '(?:original|envoy|istio|accel|sendfile|lighttpd|litespeed|reproxy|middleware|nextjs|l5d|dapr)(?:-.+)?',
    '(?:rewrite|rewritten|request|replaced|matched|invoke|target|upstream|backend)-(?:url|uri|path|query)',
    'http-destination-url|waws-unencoded-url|base-url|path-info|script-name|destination',
  ),
  refusal('it is a part of a signature, which is for a credential to make', 'amzn?-.+'),
  refusal(
    'each call has a trace of its own',
    'traceparent|tracestate|baggage|b3(?:-.+)?|uber-trace-id|uberctx-.+|sentry-trace|datadog-.+',
    'ot-span-context|cloud-trace-context|sw[368](?:-.+)?',
  ),
  refusal('it signs the request, which is for a credential to do', '(?:set-)?cookie2?'),
];

/**
 * The words of names by which programs learn who asks, what that one may do, or which address is meant. Such a value is for the
 * configuration to give.
 */
const askedFor =
  /^(?:super)?(?:users?|uid|login|logon|roles?|admin|administrator|groups?|accounts?|principal|identity|subject|jwt|claims?|permissions?|privileges?|authori[sz]ation|authentication|impersonate|sudo|urls?|uris?|upstream|destination|rewrite|origin|referr?er)$|^(?:user|login|account|role)(?:id|info|name|no|code|type|s)?$|(?:user|url|uri)$/;
/** Beside these alone `method` is that of the request: a payment has one as well. */
const ofRequest = /^(?:x|http|real|request|original|orig|actual|client|method|verb)$/;

/** Whether a header says who asks or what is asked for, by the words of its name. */
function isForConfiguration(name: string): boolean {
  const plain = normalForm(name).trim();
  if (isOverride(plain) || ownHeaders.has(plain.toLowerCase())) return false;
  const words = wordsIn(plain.replace(/user-?agent/gi, ''));
  const isMethod = words.some((word) => /^(?:method|verb)$/.test(word));
  return (
    words.some((word) => askedFor.test(word)) || (isMethod && words.every((word) => ofRequest.test(word)))
  );
}

/** A header that has to be sent and says who asks: the configuration gives it, or the operation is not called. */
export function refuseIdentity(
  { operation, rules, source }: Candidate,
  isCredential: (parameter: Parameter) => boolean,
): SkipNote | undefined {
  const found = operation.parameters.find(
    (one) =>
      one.in === 'header' &&
      one.required &&
      isForConfiguration(one.name) &&
      refusalOf(one.name) === undefined &&
      !isCredential(one) &&
      !Object.hasOwn(rules.params, one.name) &&
      !Object.hasOwn(rules.headers, one.name.toLowerCase()),
  );
  if (found === undefined) return undefined;
  const { name } = found;
  const reason = `needs the header ${name}, which says who asks or what is asked for: its document does not give it`;
  const lines = operationLines(source.name, operation, { params: { [name]: blank } });
  return { ...skip('no-value', reason, lines), needs: `header ${name}` };
}

/** Rails, Symfony, Express, Spring, OData and Google have a name each for it, as header, field or query parameter. */
const override =
  /^(?:x-)?(?:http-?)?(?:method|verb)-?override$|^(?:x-)?http-?(?:method|verb)$|^x-(?:original-|forwarded-|request-|tunnel(?:ed|led)?-)?(?:method|verb)$|^x-verb-tunnel(?:ing|ling)?$|^[-$](?:http-?)?method$/;

/** With `-` for `_` and without an index, which servers take for the same (CGI, WSGI, PHP). */
function plainName(name: string): string {
  return normalForm(name).trim().toLowerCase().replaceAll('_', '-').replace(/\[.*$/s, '');
}

function isOverride(name: string): boolean {
  return override.test(plainName(name));
}

function refusalOf(header: string): Refusal | undefined {
  const name = plainName(header);
  return refusals.find(({ names }) => names.test(name));
}

/** A token (RFC 9110 §5.6.2) that a document may set, or one that the configuration gives a value for. */
export function isSendable(header: string, { params }: Rules): boolean {
  if (!/^[\w!#$%&'*+.^`|~-]+$/.test(header) || ownHeaders.has(header.toLowerCase())) return false;
  const refused = refusalOf(header);
  if (refused === ofConnection) return false;
  const isOrdinary = refused === undefined && !isOverride(header) && !isForConfiguration(header);
  return isOrdinary || Object.hasOwn(params, header);
}

/** Headers that a document wants sent and that are not; the operation is called without them. */
export function headersLeftOut({ parameters }: Operation, rules: Rules): readonly Remark[] {
  return parameters.flatMap(({ name, in: place, required }) => {
    const refused = place === 'header' && required ? refusalOf(name) : undefined;
    if (refused === undefined || isSendable(name, rules)) return [];
    if (Object.hasOwn(rules.headers, name.toLowerCase())) return [];
    return [
      {
        severity: 'notice',
        code: 'header-left-out',
        text: `the header ${name} is not sent: ${refused.why}`,
        hint: 'If the service needs it, set it under `headers` of the source.',
      },
    ];
  });
}

/**
 * An operation that its document makes another one by a header or a field: `X-HTTP-Method-Override: DELETE` on a GET.
 * Without it, it is not what is described; with it, it is not what is seen. So it is not called.
 */
export function refuseOverride(candidate: Candidate, request: OutgoingRequest): SkipNote | undefined {
  const { operation, rules, source } = candidate;
  const given = new Set([...Object.keys(rules.params), ...Object.keys(rules.headers)].map(plainName));
  const wanted = operation.parameters.filter(({ in: place, required }) => place === 'header' && required);
  const names = [...wanted.map(({ name }) => name), ...fieldsOf(request).map(({ name }) => name)];
  const found = names.find((name) => isOverride(name) && !given.has(plainName(name)));
  if (found === undefined) return undefined;
  const reason = `its document has ${found} sent, which makes another method of it`;
  return skip(
    'unsafe-method',
    reason,
    operationLines(source.name, operation, { params: { [found]: blank } }),
  );
}
