import type * as toughCookie from 'tough-cookie';
import { lazy } from '../../lib/lazy.ts';

const library = lazy((require) => require('tough-cookie') as typeof toughCookie);

/** Cookies that are set on the way of one call (RFC 6265). */
export class RedirectCookies {
  #jar: toughCookie.CookieJar | undefined;

  /** Keeps what the answer of `url` sets. */
  keep(url: URL, lines: readonly string[]): void {
    if (lines.length === 0) return;
    // Internal host names have no dot, which public suffix rules would refuse.
    this.#jar ??= new (library().CookieJar)(undefined, { rejectPublicSuffixes: false });
    for (const line of lines) this.#jar.setCookieSync(line, url.href, { ignoreError: true });
  }

  /** The `cookie` header for `url`: `sent` with what was set since. */
  for(url: URL, sent: string | undefined): string | undefined {
    const set = this.#jar?.getCookiesSync(url.href) ?? [];
    const names = new Set(set.map(({ key }) => key));
    const kept = (sent ?? '')
      .split(/;\s*/)
      .filter((pair) => pair !== '' && !names.has(pair.split('=', 1)[0] ?? ''));
    const all = [...kept, ...set.map((cookie) => cookie.cookieString())];
    return all.length === 0 ? undefined : all.join('; ');
  }
}
