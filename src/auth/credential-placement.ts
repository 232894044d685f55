import type { OutgoingRequest } from '../model/check.ts';

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
