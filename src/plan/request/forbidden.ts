import { sentence } from '../../messages/sentence.ts';
import type { Sentence } from '../../model/sentence.ts';
import { normalForm } from '../../lib/text/normal-form.ts';
import { isVerb } from '../../lib/wording/verbs.ts';
import { wordsIn } from '../../lib/wording/words.ts';
import type { OutgoingRequest } from '../../model/check.ts';
import type { Operation, Parameter } from '../../model/document.ts';
import type { Candidate } from '../candidate.ts';
import { fieldsOf } from '../values/fields.ts';
import { blank, operationLines } from '../config-snippets.ts';
import type { Remark } from '../remarks.ts';
import type { Rules } from '../rules.ts';
import { type SkipNote, skip } from '../skip.ts';

/** What a document may not put into a request, as it would be another request than the one that it describes. */

/** The request has its own: the body, the credential and the program say what they are. */
const ownHeaders: ReadonlySet<string> = new Set(['content-type', 'authorization', 'user-agent']);

type WhyNotSent =
  | 'ofConnection'
  | 'asksForPart'
  | 'saysForWhom'
  | 'saysWhoAsks'
  | 'saysWhichAddress'
  | 'partOfSignature'
  | 'ownTrace'
  | 'signsRequest';

interface Refusal {
  readonly names: RegExp;
  readonly why: Sentence;
}

/** Names as `plainName` gives them, with or without `x-` in front. */
function refusal(why: WhyNotSent, ...names: readonly string[]): Refusal {
  return { names: new RegExp(`^(?:x-)?(?:${names.join('|')})$`), why: sentence(why) };
}

const ofConnection = refusal(
  'ofConnection',
  'host|via|te|trailers?|upgrade|expect|max-forwards|alt-used|http2-settings',
  '(?:proxy-)?connection|keep-alive|transfer-encoding|accept-encoding|content-(?:length|encoding|range)',
  '(?:proxy|sec)-.+',
);

/**
 * Left out where a document requires them, as what makes them has its own: proxies and gateways invent new names all the time,
 * but each stays within its family.
 */
const refusals: readonly Refusal[] = [
  ofConnection,
  refusal('asksForPart', '(?:if-)?range'),
  refusal(
    'saysForWhom',
    'forwarded(?:-.+)?|coming-from|(?:url-)?scheme|front-end-https',
    '(?:.+-)?(?:client|remote|real)?ip(?:v[46]|addr|address)?(?:-.+)?',
    '(?:client|remote|real|peer|service)-?(?:addr|address|host|port)',
    '(?:original|real|http|server|backend|upstream)-host(?:-.+)?|host-.+',
  ),
  refusal(
    'saysWhoAsks',
    '(?:remote|proxy|logged-in)-?(?:user|name|email|groups?)(?:-.+)?',
    '(?:authenticated|auth-request|webauth|authentik|pomerium|tailscale|vouch|cf-access|impersonate)-.+',
    'goog-(?:authenticated|iap)-.+|ms-(?:client-principal|token)(?:-.+)?',
    '(?:consumer|credential)-(?:id|custom-id|username|identifier|groups?)|anonymous-consumer|userinfo',
    '(?:ssl|tls|mtls)(?:-client)?(?:-.+)?|(?:arr-)?client-?(?:cert|certificate|verify|dn|san|subject|issuer)(?:-.+)?',
  ),
  refusal(
    'saysWhichAddress',
    '(?:original|envoy|istio|accel|sendfile|lighttpd|litespeed|reproxy|middleware|nextjs|l5d|dapr)(?:-.+)?',
    '(?:rewrite|rewritten|request|replaced|matched|invoke|target|upstream|backend)-(?:url|uri|path|query)',
    'http-destination-url|waws-unencoded-url|base-url|path-info|script-name|destination',
  ),
  refusal('partOfSignature', 'amzn?-.+'),
  refusal(
    'ownTrace',
    'traceparent|tracestate|baggage|b3(?:-.+)?|uber-trace-id|uberctx-.+|sentry-trace|datadog-.+',
    'ot-span-context|cloud-trace-context|sw[368](?:-.+)?',
  ),
  refusal('signsRequest', '(?:set-)?cookie2?'),
];

/** What HTTP itself has for whoever asks, and what nothing but the kind of an answer hangs on. */
const negotiating =
  /^(?:accept(?:-.+)?|content-?(?:type|language)|if-(?:none-)?match|if-(?:un)?modified-since|cache-control|pragma|prefer|priority|dnt|save-data|x-requested-with|idempotency-key|x-(?:nonce|timestamp)|timestamp|nonce)$/;
/** Whose data is meant, which program asks, where it runs, and what a request is called. */
const subjects = wordSet(
  'tenant tenancy merchant org organization organisation company corp shop store site project workspace brand market',
  'country region area city zip postal currency locale lang language zone timezone tz',
  'app application product module channel device platform os client version api sdk build model screen source theme',
  'request correlation trace span transaction message',
);
const qualifiers = wordSet('x id ids name code no number type');
const glued = /^(tenant|app|device|client|request|trace|org|merchant|shop|store|site)(id|code|no)$/;
/** A vendor or a kind may stand in front of these: `X-GitHub-Api-Version`, `Node-RED-API-Version`, `xero-tenant-id`. */
const afterVendor = /^(?:version|(?:tenant|request|trace|correlation|transaction) id)$/;
/** In front of these as well it would say who asks, or for whom. */
const claiming =
  /^(?:.*(?:user|admin|login|role|auth|staff|owner|operator|employee|member|principal|identity|subject|group|account).*|as|act|acting|run|assume|behalf|delegate|effective|skip|bypass|trusted|privileged|forward|route|target|uid)$/;

function wordSet(...lines: readonly string[]): ReadonlySet<string> {
  return new Set(lines.join(' ').split(' '));
}

/**
 * Whether a header or cookie is of a kind that a document may give. Every other may tell a program who asks, what that one may do
 * or what is meant, under names without end: its value is for the configuration to give.
 */
function isHarmless(name: string): boolean {
  if (negotiating.test(plainName(name))) return true;
  const words = wordsIn(plainName(name)).flatMap((word) => glued.exec(word)?.slice(1) ?? [word]);
  const unknown = words.filter((word) => !subjects.has(word) && !qualifiers.has(word));
  const isAboutSubject = words.some((word) => subjects.has(word));
  if (unknown.length === 0) return isAboutSubject;
  const named = words.filter((word) => word !== 'x');
  const isInFront = unknown.every((word, index) => word === named[index]);
  const isKnownEnd = afterVendor.test(words.at(-1) ?? '') || afterVendor.test(words.slice(-2).join(' '));
  return (
    (unknown.length === 1 || words.at(-1) === 'version') &&
    isInFront &&
    isAboutSubject &&
    isKnownEnd &&
    !unknown.some((word) => claiming.test(word) || isVerb(word))
  );
}

/** A header or cookie that has to be sent and that a document may not give: the configuration gives it, or it is not called. */
export function refuseUnknownSender(
  { operation, rules, service }: Candidate,
  isCredential: (parameter: Parameter) => boolean,
): SkipNote | undefined {
  const found = operation.parameters.filter(
    (one) =>
      one.required &&
      isForConfiguration(one) &&
      !isCredential(one) &&
      !Object.hasOwn(rules.params, one.name) &&
      !Object.hasOwn(rules.headers, one.in === 'cookie' ? 'cookie' : one.name.toLowerCase()),
  );
  const [first] = found;
  if (first === undefined) return undefined;
  const { name, in: place } = first;
  const reason = sentence(place === 'cookie' ? 'needsCookie' : 'needsHeader', { name });
  const params = Object.fromEntries(found.map((one) => [one.name, blank]));
  const lines = operationLines(service.name, operation, { params });
  return { ...skip('no-value', reason, lines), needs: `${place} ${name}` };
}

function isForConfiguration({ name, in: place }: Parameter): boolean {
  if (isOverride(name)) return false;
  if (place === 'cookie') return !isHarmless(name);
  return (
    place === 'header' &&
    !ownHeaders.has(name.toLowerCase()) &&
    refusalOf(name) === undefined &&
    !isHarmless(name)
  );
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

/** A cookie, or a token (RFC 9110 §5.6.2) for a header, that a document may set or that the configuration gives a value for. */
export function isSendable(parameter: Pick<Parameter, 'name' | 'in'>, { params }: Rules): boolean {
  const { name, in: place } = parameter;
  if (place !== 'header' && place !== 'cookie') return true;
  if (Object.hasOwn(params, name) && place === 'cookie') return true;
  if (place === 'cookie') return isHarmless(name) || isOverride(name);
  if (!/^[\w!#$%&'*+.^`|~-]+$/.test(name) || ownHeaders.has(name.toLowerCase())) return false;
  const refused = refusalOf(name);
  if (refused === ofConnection) return false;
  return (refused === undefined && !isOverride(name) && isHarmless(name)) || Object.hasOwn(params, name);
}

/** Headers that a document wants sent and that are not; the operation is called without them. */
export function headersLeftOut({ parameters }: Operation, rules: Rules): readonly Remark[] {
  return parameters.flatMap(({ name, in: place, required }) => {
    const refused = place === 'header' && required ? refusalOf(name) : undefined;
    if (refused === undefined || isSendable({ name, in: place }, rules)) return [];
    if (Object.hasOwn(rules.headers, name.toLowerCase())) return [];
    return [
      {
        level: 'info',
        code: 'header-left-out',
        what: sentence('headerNotSent', { name, why: refused.why }),
        hint: sentence('setHeaderOfService'),
      },
    ];
  });
}

/**
 * An operation that its document makes another one by a header or a field: `X-HTTP-Method-Override: DELETE` on a GET.
 * Without it, it is not what is described; with it, it is not what is seen. So it is not called.
 */
export function refuseOverride(candidate: Candidate, request: OutgoingRequest): SkipNote | undefined {
  const { operation, rules, service } = candidate;
  const given = new Set([...Object.keys(rules.params), ...Object.keys(rules.headers)].map(plainName));
  const wanted = operation.parameters.filter(({ in: place, required }) => place === 'header' && required);
  const names = [...wanted.map(({ name }) => name), ...fieldsOf(request).map(({ name }) => name)];
  const found = names.find((name) => isOverride(name) && !given.has(plainName(name)));
  if (found === undefined) return undefined;
  const reason = sentence('makesOtherMethod', { name: found });
  return skip(
    'unsafe-method',
    reason,
    operationLines(service.name, operation, { params: { [found]: blank } }),
  );
}
