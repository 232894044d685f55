import { createHash, randomBytes } from 'node:crypto';
import { z } from 'zod';
import { secretText } from '../../../lib/zod.ts';
import type { OutgoingRequest } from '../../../model/check.ts';
import { withHeaders } from '../../credential-placement.ts';
import { defineScheme } from '../../scheme.ts';
import { shared } from '../options.ts';

export const digest = defineScheme({
  kind: 'digest',
  title: { en: 'Name and password, HTTP Digest', zh: '用户名和密码，HTTP Digest' },
  summary: 'HTTP Digest (RFC 7616) with MD5, SHA-256 or SHA-512-256.',
  example: { username: 'patrol', password: '${env:API_PASSWORD}' },
  satisfies: ['digest'],
  options: z.strictObject({
    username: z.string().min(1).describe('User name.'),
    password: secretText.describe('Password.'),
    ...shared,
  }),
  meetChallenge(_options, header, previous) {
    const challenge = readDigestChallenge(header('www-authenticate') ?? '');
    if (challenge === undefined) return undefined;
    return {
      token: { value: { challenge: JSON.stringify(challenge) } },
      expected: previous === undefined || challenge.stale,
    };
  },
  apply(request, { username, password }, token, _clock, use) {
    // Without a challenge there is nothing to compute with: the server is asked for one by sending it unsigned.
    if (token === undefined) return request;
    const challenge = JSON.parse(token.value['challenge'] ?? '{}') as DigestChallenge;
    const answer = { username, password: password.reveal(), cnonce: randomBytes(16).toString('hex'), use };
    return withHeaders(request, { authorization: digestAuthorization(request, challenge, answer) });
  },
});

export interface DigestAnswer {
  readonly username: string;
  readonly password: string;
  readonly cnonce: string;
  /** How many requests have used the nonce, this one included. */
  readonly use: number;
}

/** The `Authorization` header (RFC 7616 §3.4). */
export function digestAuthorization(
  request: OutgoingRequest,
  { realm, nonce, opaque, algorithm, qop, userhash, charset }: DigestChallenge,
  { username, password, cnonce, use }: DigestAnswer,
): string {
  const hash = hashOf(algorithm);
  const { pathname, search } = new URL(request.url);
  const uri = `${pathname}${search}`;
  const count = use.toString(16).padStart(8, '0');
  const encode = (text: string) => Buffer.from(text, charset === 'UTF-8' ? 'utf8' : 'latin1');
  const secret = hash(encode(`${username}:${realm}:${password}`));
  const a1 = algorithm.endsWith('-sess') ? hash(`${secret}:${nonce}:${cnonce}`) : secret;
  const entity = qop === 'auth-int' ? `:${hash(Buffer.from(request.body ?? ''))}` : '';
  const a2 = hash(`${request.method}:${uri}${entity}`);
  const middle = qop === undefined ? [nonce] : [nonce, count, cnonce, qop];
  const parts = [
    userNameOf(userhash ? hash(encode(`${username}:${realm}`)) : username),
    `realm=${quoted(realm)}`,
    `nonce=${quoted(nonce)}`,
    `uri=${quoted(uri)}`,
    `algorithm=${algorithm}`,
    `response="${hash([a1, ...middle, a2].join(':'))}"`,
    ...(qop === undefined ? [] : [`qop=${qop}`, `nc=${count}`, `cnonce="${cnonce}"`]),
    ...(opaque === undefined ? [] : [`opaque=${quoted(opaque)}`]),
    ...(userhash ? ['userhash=true'] : []),
  ];
  return `Digest ${parts.join(', ')}`;
}

function hashOf(algorithm: string): (data: string | Uint8Array) => string {
  const names: Readonly<Record<string, string>> = { 'SHA-256': 'sha256', 'SHA-512-256': 'sha512-256' };
  const name = names[algorithm.replace(/-sess$/, '')] ?? 'md5';
  return (data) => createHash(name).update(data).digest('hex');
}

/** RFC 7616 §3.4: names that are not ASCII go into `username*`. */
function userNameOf(user: string): string {
  return /^[\x20-\x7e]*$/.test(user)
    ? `username=${quoted(user)}`
    : `username*=UTF-8''${encodeURIComponent(user)}`;
}

function quoted(text: string): string {
  return `"${text.replaceAll(/["\\]/g, '\\$&')}"`;
}

/** One `Digest` challenge (RFC 7616 §3.3). */
interface DigestChallenge {
  readonly realm: string;
  readonly nonce: string;
  readonly opaque?: string;
  /** As the server writes it; `MD5` when it does not say. */
  readonly algorithm: string;
  /** Absent: as in RFC 2069. */
  readonly qop?: 'auth' | 'auth-int';
  readonly stale: boolean;
  readonly userhash: boolean;
  readonly charset?: string;
}

/** Best first. */
const algorithms = ['SHA-512-256', 'SHA-512-256-sess', 'SHA-256', 'SHA-256-sess', 'MD5', 'MD5-sess'];

/** The strongest challenge in a `WWW-Authenticate` header that can be met. Several may stand in one header. */
export function readDigestChallenge(header: string): DigestChallenge | undefined {
  const met = header
    .split(/(?:^|,)\s*(?=(?:Digest|Basic|Bearer|Negotiate|NTLM)\b(?!\s*=))/i)
    .filter((part) => /^Digest\s/i.test(part))
    .map((part) => toChallenge(parametersOf(part.slice('Digest '.length))))
    .filter((challenge) => challenge !== undefined);
  return met.toSorted((a, b) => rank(a) - rank(b))[0];
}

function rank({ algorithm }: DigestChallenge): number {
  return algorithms.findIndex((known) => known.toLowerCase() === algorithm.toLowerCase());
}

function toChallenge(found: ReadonlyMap<string, string>): DigestChallenge | undefined {
  const { realm, nonce, opaque, charset } = Object.fromEntries(found);
  const algorithm = algorithms.find(
    (one) => one.toLowerCase() === (found.get('algorithm') ?? 'MD5').toLowerCase(),
  );
  if (realm === undefined || nonce === undefined || algorithm === undefined) return undefined;
  const offered = found.get('qop')?.split(/\s*,\s*/);
  const qop = offered?.find((one) => one === 'auth') ?? offered?.find((one) => one === 'auth-int');
  if (offered !== undefined && qop === undefined) return undefined;
  return {
    realm,
    nonce,
    algorithm,
    opaque,
    qop,
    stale: found.get('stale')?.toLowerCase() === 'true',
    userhash: found.get('userhash')?.toLowerCase() === 'true',
    charset: charset?.toUpperCase(),
  };
}

function parametersOf(text: string): ReadonlyMap<string, string> {
  const parameter = /([\w-]+)\s*=\s*(?:"((?:[^"\\]|\\.)*)"|([^\s,]+))/g;
  return new Map(
    [...text.matchAll(parameter)].map(([, name = '', quoted, bare = '']): [string, string] => [
      name.toLowerCase(),
      quoted === undefined ? bare : quoted.replace(/\\(.)/g, '$1'),
    ]),
  );
}
