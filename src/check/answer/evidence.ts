import { cutBytes, ellipsize, shellWord } from '../../lib/text/text.ts';
import { isSensitiveName, type Redactor as AnyRedactor } from '../../lib/secrets/secret.ts';
import type { Check, OutgoingRequest } from '../../model/check.ts';
import { isObject, type Json } from '../../model/json.ts';
import type { Evidence } from '../../model/result.ts';
import type { Answer } from '../expectation.ts';
import { randomFillSync } from 'node:crypto';

const excerptBytes = 2048;
/** A body out of a document may have any length. */
const curlBytes = 32 * 1024;
/** Looked through for secrets: what is masked is shorter, and none of them is cut in two. */
const scrubbedBytes = 8 * excerptBytes;
const mask = '***';

type Redactor = Pick<AnyRedactor, 'scrub'>;

/** A request as it was planned and as it went out. */
export interface Shown {
  /** Before its credential was put on: whatever differs in `sent` is secret. */
  readonly planned: OutgoingRequest;
  readonly sent: OutgoingRequest;
  /** `GET /orders/{id}`: what stands there is no secret, whatever passwords there are. */
  readonly operation: string;
  /** Redirects were followed. */
  readonly followed: boolean;
}

/** What a person needs to see it with their own eyes, without a secret in it. */
export function makeEvidence(shown: Shown, answer: Answer | undefined, redactor: Redactor): Evidence {
  const curl = ellipsize(toCurl(shown, redactor), curlBytes);
  const traceId = traceIdOf(shown.sent);
  const call = traceId === undefined ? { curl } : { curl, traceId };
  if (answer === undefined) return call;
  return {
    ...call,
    responseHeaders: maskHeaders(answer.headers, redactor),
    ...(answer.bytes === 0 ? {} : { excerpt: excerptOf(answer.text(), redactor) }),
  };
}

function excerptOf(text: string, redactor: Redactor): string {
  return cutBytes(redactor.scrub(ellipsize(text, scrubbedBytes)), excerptBytes);
}

/** A request that has not been sent, as a command. */
export function plannedCurl(request: OutgoingRequest, operation: string, redactor: Redactor): string {
  return toCurl({ planned: request, sent: request, operation, followed: false }, redactor);
}

/** A check to show: its address as in a curl line, its values as they may be seen. */
export function maskedCheck(check: Check, redactor: Redactor): Check {
  const { request, operation, values } = check;
  return {
    ...check,
    request: { ...request, url: maskUrl(request.url, request.url, operation, redactor) },
    values: values.map((one) => ({
      ...one,
      value: isSensitiveName(one.name) ? mask : maskedJson(one.value, redactor),
    })),
  };
}

/** Fields that are secret by their name, and our secrets wherever they stand. */
export function maskedJson(value: Json, redactor: Redactor): Json {
  if (typeof value === 'string') return redactor.scrub(value);
  if (Array.isArray(value)) return value.map((item: Json) => maskedJson(item, redactor));
  if (!isObject(value)) return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, item]) => [
      name,
      isSensitiveName(name) ? mask : maskedJson(item, redactor),
    ]),
  );
}

/** Each part is masked before it is quoted: a mask in the middle of a quoted text, or outside of one, breaks the line. */
function toCurl({ planned, sent, operation, followed }: Shown, redactor: Redactor): string {
  // With `-b ''` cookies that are set on the way are sent on.
  const parts = followed ? ['curl', '-sSL', '-b', "''"] : ['curl', '-sS'];
  const add = (option: string, value: string): void => void parts.push(option, shellWord(value));
  if (sent.method === 'HEAD') parts.push('-I');
  else if (sent.method !== 'GET') parts.push('-X', sent.method);
  for (const [name, value] of Object.entries(sent.headers)) {
    if (isTraceOf(planned, name) || isOurOwn(name, value)) continue;
    const secret = planned.headers[name] !== value || isSensitiveName(name);
    add('-H', `${name}: ${secret ? mask : redactor.scrub(value)}`);
  }
  if (typeof sent.body === 'string')
    add('--data-raw', planned.body === sent.body ? redactor.scrub(sent.body) : mask);
  else if (sent.body !== undefined) parts.push('--data-binary', '@body');
  parts.push(shellWord(maskUrl(planned.url, sent.url, operation, redactor)));
  return parts.join(' ');
}

/** What every request of the patrol carries and no answer hangs on; what a configuration or a document asks for stays. */
function isOurOwn(name: string, value: string): boolean {
  return ownHeaders[name]?.test(value) === true;
}

/** As `plan/request/request.ts` writes them. */
const ownHeaders: Readonly<Record<string, RegExp>> = {
  'accept-language': /^(?:zh-CN,zh;q=0\.9,en;q=0\.5|en,zh-CN;q=0\.5)$/,
  'user-agent': /^apipatrol\/\S+(?: \(.*\))?$/,
  accept: /^(?:\*\/\*|application\/json, \*\/\*;q=0\.1)$/,
};

/**
 * Masks the parameters that the credential added, those that are secret by their name, and our secrets wherever a value
 * can stand. The host and what the document says itself stay, or nobody could tell what was called.
 */
function maskUrl(planned: string, sent: string, operation: string, redactor: Redactor): string {
  const [, scheme = '', authority = '', path = '', query] =
    /^([a-z]+:\/\/)?([^/?]*)([^?]*)(?:\?(.*))?$/is.exec(sent) ?? [];
  const host = authority.includes('@')
    ? `${mask}@${authority.slice(authority.lastIndexOf('@') + 1)}`
    : authority;
  const open = new Set(operation.split(/[ /]/));
  const segments = path.split('/').map((segment) => (open.has(segment) ? segment : redactor.scrub(segment)));
  const address = `${scheme}${host}${segments.join('/')}`;
  if (query === undefined) return address;
  const before = new Set(planned.slice(planned.indexOf('?') + 1).split('&'));
  const parameters = query.split('&').map((pair) => {
    const [name = pair] = pair.split('=', 1);
    if (!before.has(pair) || isSensitiveName(name)) return `${name}=${mask}`;
    return name === pair ? redactor.scrub(pair) : `${name}=${redactor.scrub(pair.slice(name.length + 1))}`;
  });
  return `${address}?${parameters.join('&')}`;
}

export function maskHeaders(
  headers: Readonly<Record<string, string>>,
  redactor: Redactor,
): Readonly<Record<string, string>> {
  return Object.fromEntries(
    Object.entries(headers).map(([name, value]) => [
      name,
      isSensitiveName(name) ? mask : redactor.scrub(value),
    ]),
  );
}

const header = 'traceparent';

/**
 * The request with a trace context of its own (W3C, https://www.w3.org/TR/trace-context/), so that the call can be
 * found in the traces of the system that answers it. One that the configuration gives is left as it is.
 */
export function traced(request: OutgoingRequest): OutgoingRequest {
  if (request.headers[header] !== undefined) return request;
  const ids = randomHex(24);
  const value = `00-${ids.slice(0, 32)}-${ids.slice(32)}-01`;
  return { ...request, headers: { ...request.headers, [header]: value } };
}

/** Drawn ahead: asking the system for each request costs more than all else that is done to it. */
const pool = Buffer.alloc(6 * 1024);
let used = pool.length;

function randomHex(bytes: number): string {
  if (used + bytes > pool.length) {
    randomFillSync(pool);
    used = 0;
  }
  used += bytes;
  return pool.toString('hex', used - bytes, used);
}

/** Of a request that was sent. */
export function traceIdOf({ headers }: OutgoingRequest): string | undefined {
  return /^[0-9a-f]{2}-([0-9a-f]{32})-/.exec(headers[header] ?? '')?.[1];
}

/** Whether a header is ours: to repeat the call takes none. */
export function isTraceOf(planned: OutgoingRequest, name: string): boolean {
  return name === header && planned.headers[header] === undefined;
}
