import { isSensitiveName } from '../../lib/secrets/secret.ts';
import { pathWithoutTokens } from '../../lib/secrets/token-segments.ts';

/** Gives a text without what is secret of it. */
type Scrub = (text: string) => string;

/**
 * A URL as it may be shown and stored: without user and password, and with a mask for the values of its query that are secret by
 * their name or by themselves, and for tokens in its path behind their first characters. Host and path stay but for that, so that
 * it is still known by them.
 *
 * @param scrub Takes out what the configuration keeps secret; default: nothing is.
 */
export function shownUrl(url: string, scrub: Scrub = (text) => text): string {
  if (!URL.canParse(url)) return scrub(url);
  const plain = withoutTokens(withoutUser(url));
  const shown = new URL(plain);
  const pairs = [...shown.searchParams];
  const clean = pairs.map(([name, value]): [string, string] => [
    scrub(name),
    isSensitiveName(name) ? '***' : scrub(value),
  ]);
  const isClean = pairs.every(([name, value], at) => clean[at]?.[0] === name && clean[at][1] === value);
  const hash = scrub(shown.hash);
  if (isClean && hash === shown.hash) return plain;
  if (!isClean) shown.search = new URLSearchParams(clean).toString();
  shown.hash = hash;
  return shown.href;
}

function withoutTokens(url: string): string {
  const parsed = new URL(url);
  const path = pathWithoutTokens(parsed.pathname);
  if (path === parsed.pathname) return url;
  parsed.pathname = path;
  return parsed.href;
}

export function withoutUser(url: string): string {
  const parsed = new URL(url);
  if (parsed.username === '' && parsed.password === '') return url;
  parsed.username = '';
  parsed.password = '';
  return parsed.href;
}
