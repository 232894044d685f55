import { cutBytes } from '../kit/text.ts';
import { isSensitiveName, type Redactor } from '../kit/secret.ts';
import type { OutgoingRequest } from '../model/check.ts';
import type { Evidence } from '../model/result.ts';
import type { Answer } from './expectation.ts';
import { isTraceOf, traceIdOf } from './trace.ts';

const excerptBytes = 2048;
const mask = '***';

/**
 * What a person needs to see it with their own eyes, without a secret in it.
 * @param planned The request before its credential was put on: whatever differs in `sent` is secret.
 * @param followed Redirects were followed.
 */
export function makeEvidence(
  planned: OutgoingRequest,
  sent: OutgoingRequest,
  answer: Answer | undefined,
  redactor: Redactor,
  followed = false,
): Evidence {
  const curl = redactor.scrub(toCurl(planned, sent, followed));
  const traceId = traceIdOf(sent);
  const call = traceId === undefined ? { curl } : { curl, traceId };
  if (answer === undefined) return call;
  return {
    ...call,
    responseHeaders: maskHeaders(answer.headers, redactor),
    ...(answer.bytes === 0 ? {} : { excerpt: redactor.scrub(cutBytes(answer.text(), excerptBytes)) }),
  };
}

/** A request that has not been sent, as a command. */
export function plannedCurl(request: OutgoingRequest, redactor: Redactor): string {
  return redactor.scrub(toCurl(request, request, false));
}

function toCurl(planned: OutgoingRequest, sent: OutgoingRequest, followed: boolean): string {
  // With `-b ''` cookies that are set on the way are sent on.
  const parts = followed ? ['curl', '-sSL', '-b', "''"] : ['curl', '-sS'];
  if (sent.method === 'HEAD') parts.push('-I');
  else if (sent.method !== 'GET') parts.push('-X', sent.method);
  for (const [name, value] of Object.entries(sent.headers)) {
    if (isTraceOf(planned, name)) continue;
    const secret = planned.headers[name] !== value || isSensitiveName(name);
    parts.push('-H', quote(`${name}: ${secret ? mask : value}`));
  }
  if (typeof sent.body === 'string')
    parts.push('--data-raw', quote(planned.body === sent.body ? sent.body : mask));
  else if (sent.body !== undefined) parts.push('--data-binary', '@body');
  parts.push(quote(maskUrl(planned.url, sent.url)));
  return parts.join(' ');
}

/** Masks the parameters that the credential added and those that are secret by their name. */
function maskUrl(planned: string, sent: string): string {
  const end = sent.indexOf('?');
  if (end === -1) return sent;
  const before = new Set(planned.slice(planned.indexOf('?') + 1).split('&'));
  const parameters = sent
    .slice(end + 1)
    .split('&')
    .map((pair) => {
      const name = pair.split('=', 1)[0] ?? pair;
      return before.has(pair) && !isSensitiveName(name) ? pair : `${name}=${mask}`;
    });
  return `${sent.slice(0, end)}?${parameters.join('&')}`;
}

function maskHeaders(
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

/** For a POSIX shell. */
function quote(text: string): string {
  return /^[\w@%+=:,./-]+$/.test(text) ? text : `'${text.replaceAll("'", `'\\''`)}'`;
}
