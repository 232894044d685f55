import { isIP } from 'node:net';
import { splitUrl } from './url-template.ts';

/** Suffixes below which every name has another owner: `acme.com.cn`. */
const secondLevel = /^(?:com|net|org|gov|edu|co|ac)$/;
/** Where guides fetch programs, packages and maps from. */
const commonHosts =
  /^(?:github\.com|githubusercontent\.com|gitee\.com|gitlab\.com|npmjs\.org|npmmirror\.com|pypi\.org|docker\.(?:com|io)|rustup\.rs|google\.com|googleapis\.com|baidu\.com|jsdelivr\.net|unpkg\.com|apache\.org|sonatype\.org|aliyuncs\.com)$/;

/**
 * The site that a URL is of: `acme.cn` for `https://api.acme.cn/x`. `undefined` where no public host is named: a path, a
 * variable, an address, a name without a domain.
 */
export function siteOf(url: string): string | undefined {
  const host = /^(?:https?:\/\/)?(?:[^/@]*@)?([^/:?#]+)/i.exec(splitUrl(url).base)?.[1]?.toLowerCase();
  if (host === undefined || isIP(host) !== 0 || !/^[a-z\d-]+(?:\.[a-z\d-]+)+$/.test(host)) return undefined;
  const labels = host.split('.');
  return labels.slice(secondLevel.test(labels.at(-2) ?? '') ? -3 : -2).join('.');
}

/** Whether a URL leads to a site that is none of the service's own; without any of its own, to one that guides use. */
export function isForeign(url: string, own: ReadonlySet<string>): boolean {
  const site = siteOf(url);
  return site !== undefined && (own.size > 0 ? !own.has(site) : commonHosts.test(site));
}

/** The site of most of the URLs, where any has one. */
export function mainSite(urls: readonly string[]): string | undefined {
  const counts = new Map<string, number>();
  for (const url of urls) {
    const site = siteOf(url);
    if (site !== undefined) counts.set(site, (counts.get(site) ?? 0) + 1);
  }
  return [...counts].toSorted(([, a], [, b]) => b - a)[0]?.[0];
}
