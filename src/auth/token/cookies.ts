import type * as toughCookie from 'tough-cookie';
import { lazy } from '../../lib/lazy.ts';
import { secretsOfCookie } from '../../lib/secrets/given-secrets.ts';
import type { OutgoingRequest } from '../../model/check.ts';
import { withCookies } from '../credential-placement.ts';
import type { SchemeResponse } from '../scheme.ts';
import { linesOf } from './answer.ts';

const library = lazy((require) => require('tough-cookie') as typeof toughCookie);

/** Cookies over the requests of one login (RFC 6265). */
export interface Jar {
  /** Adds the cookies that belong to the request's address. */
  apply(request: OutgoingRequest): OutgoingRequest;
  /** Keeps what the answer sets. */
  keep(url: string, answer: SchemeResponse): void;
  /** Of a cookie by its name, wherever it belongs. */
  value(name: string): string | undefined;
  readonly size: number;
  /** For `applyCookies`; secret. */
  serialize(): string;
}

export function createJar(): Jar {
  // Internal host names have no dot, which public suffix rules would refuse.
  const jar = new (library().CookieJar)(undefined, { rejectPublicSuffixes: false });
  const all = () => (jar.serializeSync()?.cookies ?? []).map(stored).filter((one) => one !== undefined);
  return {
    apply: (request) => {
      const pairs = jar.getCookiesSync(request.url).map((one): [string, string] => [one.key, one.value]);
      return pairs.length === 0 ? request : withCookies(request, Object.fromEntries(pairs));
    },
    keep: (url, answer) => {
      for (const line of linesOf(answer, 'set-cookie')) jar.setCookieSync(line, url, { ignoreError: true });
    },
    value: (name) => all().findLast((one) => one.name === name)?.value,
    get size() {
      return all().length;
    },
    serialize: () => JSON.stringify(all()),
  };
}

interface StoredCookie {
  readonly name: string;
  readonly value: string;
  readonly domain: string;
  readonly path: string;
  readonly secure: boolean;
  readonly hostOnly: boolean;
}

/** `undefined` for a cookie that has ended: the server took it back. */
function stored(serialized: unknown): StoredCookie | undefined {
  const cookie = library().Cookie.fromJSON(serialized);
  if (cookie === undefined || cookie.TTL() <= 0) return undefined;
  const { key: name, value, domain, path, secure, hostOnly } = cookie;
  return { name, value, domain: domain ?? '', path: path ?? '/', secure, hostOnly: hostOnly === true };
}

/** What nobody may see of a jar that was serialized. */
export function secretsOfJar(serialized: string): readonly string[] {
  const cookies = JSON.parse(serialized) as readonly StoredCookie[];
  return cookies.flatMap(({ name, value }) => secretsOfCookie(name, value));
}

/** Puts the kept cookies on a request: those that belong to its address, or with `everywhere` all of them. */
export function applyCookies(
  request: OutgoingRequest,
  serialized: string,
  everywhere: boolean,
): OutgoingRequest {
  const cookies = JSON.parse(serialized) as readonly StoredCookie[];
  const { hostname, pathname, protocol } = new URL(request.url);
  const host = hostname.replace(/^\[|\]$/g, '');
  const fitting = cookies.filter(
    (cookie) =>
      everywhere ||
      ((cookie.hostOnly ? host === cookie.domain : library().domainMatch(host, cookie.domain) === true) &&
        library().pathMatch(pathname, cookie.path) &&
        (!cookie.secure || protocol === 'https:')),
  );
  if (fitting.length === 0) return request;
  return withCookies(request, Object.fromEntries(fitting.map((cookie) => [cookie.name, cookie.value])));
}
