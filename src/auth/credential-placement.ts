import type { OutgoingRequest } from '../model/check.ts';
import { SaidError } from '../messages/said-error.ts';
import { sentence } from '../messages/sentence.ts';
import type { Token } from './scheme.ts';

export type PlacementKind = 'header' | 'query' | 'cookie';

/** Where on a request a value goes. */
export interface CredentialPlacement {
  readonly in: PlacementKind;
  readonly name: string;
}

/** Puts `value` there; what the request had in that place before is replaced. */
export function placeCredential(
  request: OutgoingRequest,
  where: CredentialPlacement,
  value: string,
): OutgoingRequest {
  switch (where.in) {
    case 'header':
      return withHeaders(request, { [where.name.toLowerCase()]: value });
    case 'query':
      return { ...request, url: withQuery(request.url, where.name, value) };
    case 'cookie':
      return withCookies(request, { [where.name]: value });
  }
}

export function withHeaders(
  request: OutgoingRequest,
  headers: Readonly<Record<string, string>>,
): OutgoingRequest {
  return { ...request, headers: { ...request.headers, ...headers } };
}

export function withCookies(
  request: OutgoingRequest,
  cookies: Readonly<Record<string, string>>,
): OutgoingRequest {
  const kept = (request.headers['cookie'] ?? '')
    .split(/;\s*/)
    .filter((pair) => pair !== '' && !Object.hasOwn(cookies, pair.split('=', 1)[0] ?? ''));
  const added = Object.entries(cookies).map(([name, value]) => `${name}=${value}`);
  return withHeaders(request, { cookie: [...kept, ...added].join('; ') });
}

/** Edits the text and not a `URL`, which would re-encode the parts that are to stay as they are. */
function withQuery(url: string, name: string, value: string): string {
  const [beforeHash, hash] = split(url, '#');
  const [path, query] = split(beforeHash, '?');
  const key = encodeURIComponent(name);
  const kept = (query ?? '').split('&').filter((pair) => pair !== '' && pair.split('=', 1)[0] !== key);
  const next = [...kept, `${key}=${encodeURIComponent(value)}`].join('&');
  return `${path}?${next}${hash === undefined ? '' : `#${hash}`}`;
}

function split(text: string, mark: string): readonly [string, string | undefined] {
  const at = text.indexOf(mark);
  return at < 0 ? [text, undefined] : [text.slice(0, at), text.slice(at + 1)];
}

/** Signing put something on a request with which it cannot be sent. */
export class UnfitForHeaders extends SaidError {
  override readonly name = 'UnfitForHeaders';
  readonly hint = sentence('checkTokenSource');
}

/**
 * Throws `UnfitForHeaders` when a header that signing has added or changed cannot be sent. Never tells its value.
 * Tokens are ASCII (RFC 6750 §2.1); names and cookies that servers themselves write in Latin-1 go through.
 */
export function demandFit(before: OutgoingRequest, signed: OutgoingRequest, most: 'ascii' | 'latin-1'): void {
  for (const [name, value] of Object.entries(signed.headers)) {
    const fault =
      before.headers[name] === value ? undefined : faultOf(value, name === 'cookie' ? 'latin-1' : most);
    if (fault === undefined) continue;
    throw new UnfitForHeaders(sentence('tokenUnfit', { fault: sentence(fault), header: name }));
  }
}

function faultOf(
  value: string,
  most: 'ascii' | 'latin-1',
): 'lineBreak' | 'controlCharacter' | 'notAscii' | undefined {
  if (/[\r\n]/.test(value)) return 'lineBreak';
  // oxlint-disable-next-line no-control-regex -- these are what is looked for
  if (/[\u0000-\u0008\u000b-\u001f\u007f]/.test(value)) return 'controlCharacter';
  const highest = most === 'ascii' ? 0x7f : 0xff;
  const isForeign = Array.from(value).some((one) => (one.codePointAt(0) ?? 0) > highest);
  return isForeign ? 'notAscii' : undefined;
}

/** Without the white space that files, pages and templates leave at the ends of a token. */
export function trimmed(token: Token): Token {
  const value = Object.entries(token.value).map(([name, text]) => [name, text.trim()] as const);
  return { ...token, value: Object.fromEntries(value) };
}
