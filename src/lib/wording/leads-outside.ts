import { normalForm } from '../text/normal-form.ts';
import { formsOf } from './encoded.ts';
import { wordsIn } from './words.ts';

/** A parameter by what its document says of it. */
export interface Told {
  /** In normal form. */
  readonly name: string;
  readonly description?: string | undefined;
}

/** With the host behind it, whatever servers there speak. */
const absolute = /^(?:[a-z][a-z\d+.-]{0,20}:)?[\\/]{2}(?=[^\\/?#])/i;
/** `www.example.com/hook`, `203.0.113.9/hook`. */
const bareHost =
  /^(?:(?:[\w-]{1,63}\.){1,9}[a-z][a-z-]{1,24}|\d{1,3}(?:\.\d{1,3}){3})(?::\d{1,5})?(?=[/?#]|$)/i;

/** Parsers leave out or add slashes behind these (WHATWG URL §4.4): `http:/example.com`, `http:example.com`. */
const fewSlashes = /^(https?|ftp|wss?):[\\/]*(?=(?:[\w-]{1,63}\.){1,9}[a-z\d][\w-]{0,62}(?:[:/\\?#]|$))/i;
/** Around another address: `view-source:http://example.com`. */
const wrapping = /^(?:[a-z][a-z\d+.-]{0,20}:){1,3}(?=[a-z][a-z\d+.-]{0,20}:[\\/])/i;
/** As `git` and `scp` write it: `git@example.com:a/b.git`. */
const overSsh =
  /^[\w.+-]{1,64}@((?:[\w-]{1,63}\.){1,9}[a-z][a-z-]{1,24}|\d{1,3}(?:\.\d{1,3}){3}):(?=[^\s\d]|\d+\/)/i;
/** A part of a network is no path. */
const network = /^[\d.]+\/\d{1,2}$/;

/** Somebody is called there when something has happened: by the service itself, and not by a browser on its way. */
const called = /^(?:callbacks?|cb|webhooks?|hooks?|notify|notification|notifications|notifier|postback|ipn)$/;
/** A browser comes back there, and whoever is on the way asks it for nothing. */
const comesBack =
  /^(?:next|back|return|returns|redirect|redirected|redirection|to|continue|goto|service|success|fail|failure|error|cancel|cancelled|logout|login|referer|referrer|home|from|relaystate|origin)$/;
/** What an address is only the name of: of whom a token is, of a kind, of a thing in linked data. */
const names =
  /^(?:scopes?|iss|issuer|aud|audience|realm|profile|system|code|codes|type|types|kind|ns|namespace|xmlns|iri|concept|vocabulary|subject|predicate|object|graph|ontology|id|ids|identifier|doi|orcid|key|keys|ref|version|name|names)$/;
/** Something is looked for by it. */
const looksFor =
  /^(?:q|query|queries|keyword|keywords|kw|search|filter|filters|where|match|term|terms|contains|like|prefix|suffix|pattern|domain|domains|tag|tags|title|label|comment|remark|description)$/;
/** Where a host alone is an address as well. */
const addressing =
  /^(?:url|urls|uri|uris|u|link|links|href|endpoint|endpoints|proxy|upstream|forward|fetch|site|website|feed|rss|atom|wsdl|ping|probe|crawl|dest|destination|target)$/;

/** Where a host counts with its port or a path: things are looked for by the host alone. */
const reached =
  /^(?:server|servers|host|hosts|hostname|addr|address|gateway|peer|node|broker|brokers|backend|remote|port)$/;

/** The document says itself that the service goes there. */
const saysGone =
  /\b(?:fetch(?:es|ed|ing)?|crawl(?:s|ed|ing)?|scrap(?:e|es|ed|ing)|retriev(?:e|es|ed|ing) from|download(?:s|ed|ing)? from|web-?hook|server[- ]to[- ]server|(?:will be|is|gets?) (?:called|notified|requested|polled|pinged|posted|fetched|crawled)|(?:posts?|posted|pushe[sd]|sen[dt]s?|delivered|forwarded) (?:\w+ ){0,3}to (?:this|the|that|your) (?:url|uri|address|endpoint))\b|异步通知|通知地址|回调(?:通知|推送)|推送(?:到|地址)|抓取|爬取|拉取/i;

const mostLevels = 3;

/**
 * The host that a parameter has a service go to on its own, where that is none of the service's: what is fetched from there, or told
 * there, is somebody else's business each time. Where a browser comes back to, what is looked for, and addresses that only name
 * something lead nowhere, unless the document says that they do.
 *
 * @param isHome Whether a host is the service's own.
 */
export function leadsOutside(
  told: Told,
  value: string,
  isHome: (hostname: string) => boolean,
): string | undefined {
  return [value, normalForm(value)]
    .flatMap(formsOf)
    .map((form) => outsideIn(told, form.trim(), isHome, mostLevels))
    .find((host) => host !== undefined);
}

function outsideIn(
  told: Told,
  value: string,
  isHome: (hostname: string) => boolean,
  levels: number,
): string | undefined {
  const words = wordsIn(told.name);
  const url = addressIn(words, value);
  const host = url?.hostname.toLowerCase() ?? '';
  if (host !== '' && !isHome(host)) return isGoneTo(told, words) ? host : undefined;
  // What is the service's own may hand another address on.
  const own =
    url ??
    (value.startsWith('/') && URL.canParse(value, 'http://x') ? new URL(value, 'http://x') : undefined);
  if (own === undefined || levels === 0) return undefined;
  return [...own.searchParams]
    .map(([name, inner]) => outsideIn({ name }, inner, isHome, levels - 1))
    .find((found) => found !== undefined);
}

function addressIn(words: readonly string[], value: string): URL | undefined {
  const bare = value.replace(wrapping, '').replace(overSsh, 'ssh://$1/').replace(fewSlashes, '$1://');
  const plain = bare.replaceAll('\\', '/');
  if (/\s/.test(plain)) return undefined;
  const isAddress = absolute.test(bare);
  const host = bareHost.exec(plain)?.[0];
  if (!isAddress && (host === undefined || !isNamed(words, plain, host))) return undefined;
  const written = isAddress ? plain : `//${plain}`;
  return URL.canParse(written, 'http://x') ? new URL(written, 'http://x') : undefined;
}

/** Whether a host without a scheme is an address under that name. */
function isNamed(words: readonly string[], plain: string, host: string): boolean {
  const last = words.at(-1) ?? '';
  if (addressing.test(last)) return true;
  const isMore = plain !== host || /:\d+$/.test(host);
  if (reached.test(last) && isMore && !network.test(plain)) return true;
  // `callback=handle.result` is a function of whoever asks.
  return words.some((word) => called.test(word)) && plain !== host;
}

function isGoneTo({ description = '' }: Told, words: readonly string[]): boolean {
  if (saysGone.test(description) || words.some((word) => called.test(word))) return true;
  const last = words.at(-1) ?? '';
  return !(names.test(last) || looksFor.test(last) || words.some((word) => comesBack.test(word)));
}
