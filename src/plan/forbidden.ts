import type { OutgoingRequest } from '../model/check.ts';
import type { Operation } from '../model/document.ts';
import type { Candidate } from './candidate.ts';
import { blank, operationLines } from './hints.ts';
import type { Remark } from './remarks.ts';
import type { Rules } from './rules.ts';
import { type SkipNote, skip } from './skip.ts';

/** What a document may not put into a request, as it would be another request than the one that it describes. */

/** OpenAPI 3.1 §4.8.12.1: header parameters of these names mean nothing; the request has its own. */
const ownHeaders: ReadonlySet<string> = new Set(['accept', 'content-type', 'authorization', 'user-agent']);

/** By names with `-` for `_`, which servers take for the same (CGI, WSGI). */
const refusals = {
  connection: {
    names:
      /^(?:host|connection|keep-alive|proxy-connection|te|trailers?|transfer-encoding|upgrade|http2-settings|content-length|content-encoding|expect|via|max-forwards|proxy-.+)$/,
    why: 'it belongs to the connection, not to the document',
  },
  caller: {
    names:
      /^(?:forwarded|x-forwarded(?:-.+)?|(?:x-)?(?:real|client|cluster-client|remote|originating|azure-client|envoy-external|true-client|cf-connecting|fastly-client|proxyuser|appengine-user|coming-from)-?(?:ip|ipv6|addr|address|host)|true-client-ip|cf-connecting-ip(?:v6)?|x-proxyuser-ip|x-(?:original|real|host)-?(?:host|override)?)$/,
    why: 'it says for whom or through which host the request comes',
  },
  address: {
    names:
      /^x-(?:original|rewrite|request|http-destination|waws-unencoded)-(?:url|uri|path)$|^x-(?:accel-redirect|sendfile)$/,
    why: 'it says which address is meant',
  },
  cookie: { names: /^(?:set-)?cookie2?$/, why: 'it signs the request, which is for a credential to do' },
} as const;

/** Rails, Symfony, Express, Spring, OData and Google have a name each for it, as header, field or query parameter. */
const override =
  /^(?:x-)?(?:http-?)?(?:method|verb)-?override$|^(?:x-)?http-?(?:method|verb)$|^x-(?:original-|forwarded-|request-|tunnel(?:ed|led)?-)?(?:method|verb)$|^x-verb-tunnel(?:ing|ling)?$|^[-$](?:http-?)?method$/;

function plainName(name: string): string {
  return name.trim().toLowerCase().replaceAll('_', '-');
}

function isOverride(name: string): boolean {
  return override.test(plainName(name));
}

function refusalOf(header: string): (typeof refusals)[keyof typeof refusals] | undefined {
  return Object.values(refusals).find(({ names }) => names.test(plainName(header)));
}

/** A token (RFC 9110 §5.6.2) that a document may set, or one that the configuration gives a value for. */
export function isSendable(header: string, { params }: Rules): boolean {
  if (!/^[\w!#$%&'*+.^`|~-]+$/.test(header) || ownHeaders.has(header.toLowerCase())) return false;
  const refusal = refusalOf(header);
  if (refusal === refusals.connection) return false;
  return (refusal === undefined && !isOverride(header)) || Object.hasOwn(params, header);
}

/** Headers that a document wants sent and that are not; the operation is called without them. */
export function headersLeftOut({ parameters }: Operation, rules: Rules): readonly Remark[] {
  return parameters.flatMap(({ name, in: place, required }) => {
    const refusal = place === 'header' && required ? refusalOf(name) : undefined;
    if (refusal === undefined || isSendable(name, rules)) return [];
    if (Object.hasOwn(rules.headers, name.toLowerCase())) return [];
    return [
      {
        severity: 'notice',
        code: 'header-left-out',
        text: `the header ${name} is not sent: ${refusal.why}`,
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
  const names = [...wanted.map(({ name }) => name), ...fieldsOf(request)];
  const found = names.find((name) => isOverride(name) && !given.has(plainName(name)));
  if (found === undefined) return undefined;
  const reason = `its document has ${found} sent, which makes another method of it`;
  return skip(
    'unsafe-method',
    reason,
    operationLines(source.name, operation, { params: { [found]: blank } }),
  );
}

/** Names of everything that a server could take for a field: query, matrix parameters, a form. */
function fieldsOf({ url, body: bytes = '', headers }: OutgoingRequest): readonly string[] {
  const body = typeof bytes === 'string' ? bytes : new TextDecoder().decode(bytes);
  const type = headers['content-type'] ?? '';
  const form = type.startsWith('application/x-www-form-urlencoded') ? body : '';
  const pairs = `${url.replace(/^[^?;#]*/, '')}&${form}`.matchAll(/(?:^|[?&;#])([^=&;?#]+)/g);
  const parts = type.startsWith('multipart/') ? body.matchAll(/; name="([^"]*)"/g) : [];
  return [...pairs, ...parts].map(([, name = '']) => decoded(name));
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text.replaceAll('+', ' '));
  } catch {
    return text;
  }
}
