import { isSensitiveName } from './secret.ts';
import { isPlain, namesWhatLetsIn } from './sent-secrets.ts';

const mask = '***';
/** Enough to tell one document from another, and of a token next to nothing. */
const seen = 3;
const ending = /(?:\.[A-Za-z][A-Za-z0-9]{0,7})+$/;
const uuid = /[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}/i;
/** Twelve digits of hex and more, as digests and random bytes are written. */
const hex = /^(?=.*\d)(?=.*[a-f])(?:[0-9a-f]{12,}|[0-9A-F]{12,})$/i;
/** What stands behind it in an address is what lets in, if it is no word. */
const leadsToToken = /^(?:t|k|key|tok|tokens?|secrets?|share[ds]?|hooks?|webhooks?|invites?|sessions?)$/i;
const least = 10;

/** Addresses as paths of which whoever has them is let in: `/t/9f86d081884c/openapi.json`, as of shares and webhooks. */
export function tokensOfPath(pathname: string): readonly string[] {
  const segments = pathname.split('/');
  return segments.flatMap((segment, at) =>
    isToken(segment, segments[at - 1]) ? [segment.replace(ending, '')] : [],
  );
}

/** The path with a mask behind the beginning of each token in it. */
export function pathWithoutTokens(pathname: string): string {
  const segments = pathname.split('/');
  return segments
    .map((segment, at) => (isToken(segment, segments[at - 1]) ? maskedSegment(segment) : segment))
    .join('/');
}

/**
 * The path that was masked, given the addresses of which it may be, or of what stands below one of these; itself where it is
 * of none of them.
 */
export function pathWithTokens(shown: string, pathnames: readonly string[]): string {
  if (!shown.includes(mask)) return shown;
  const segments = shown.split('/');
  for (const pathname of pathnames) {
    const own = pathname.split('/');
    const masked = pathWithoutTokens(pathname).split('/');
    const isOf = segments.every((segment, at) => !segment.includes(mask) || segment === masked[at]);
    if (isOf) return segments.map((segment, at) => (segment.includes(mask) ? own[at] : segment)).join('/');
  }
  return shown;
}

/** The URL of which `shown` shows the path, given the addresses that it may be of, or below. */
export function meantUrl(shown: string, addresses: readonly string[]): string {
  if (!shown.includes(mask) || !URL.canParse(shown)) return shown;
  const url = new URL(shown);
  const own = addresses.filter((one) => URL.canParse(one)).map((one) => new URL(one));
  const paths = own.filter(({ origin }) => origin === url.origin).map(({ pathname }) => pathname);
  const meant = pathWithTokens(url.pathname, paths);
  if (meant === url.pathname) return shown;
  url.pathname = meant;
  return url.href;
}

function maskedSegment(segment: string): string {
  const end = ending.exec(segment)?.[0] ?? '';
  return `${segment.slice(0, seen)}${mask}${end}`;
}

function isToken(segment: string, before = ''): boolean {
  const name = decoded(segment).replace(ending, '');
  return (leadsToToken.test(before) && name.length >= 8 && !isPlain(name)) || hasToken(name);
}

function hasToken(name: string): boolean {
  return uuid.test(name) || name.split(/[-_~]/).some((part) => hex.test(part) || isRandom(part));
}

/** Headers of the protocol, whose values everybody sends. */
const openHeader =
  /^(?:accept(?:-\w+)*|content-(?:type|language|encoding|disposition)|user-agent|origin|referer|host|cache-control|pragma|connection|expect|date|range|prefer|dnt|if-[\w-]+|x-requested-with|sec-[\w-]+|upgrade-insecure-requests|traceparent|tracestate)$/i;

/**
 * Whether the value of a header that the configuration gives lets in: by its name, or because it looks like a token. Of a
 * sign-in all do but those of the protocol.
 */
export function isSecretHeader(name: string, text: string, signsIn: boolean): boolean {
  if (isSensitiveName(name)) return true;
  if (openHeader.test(name)) return false;
  return signsIn || namesWhatLetsIn(name) || hasToken(text);
}

function decoded(segment: string): string {
  try {
    return decodeURIComponent(segment);
  } catch {
    // No escapes, then.
    return segment;
  }
}

/** Letters and digits in turns, or letters that change their case more often than words do. */
function isRandom(part: string): boolean {
  if (part.length < least || !/^[A-Za-z0-9+=]+$/.test(part)) return false;
  const digits = part.match(/\d(?=[A-Za-z])|[A-Za-z](?=\d)/g)?.length ?? 0;
  const cases = part.match(/[a-z](?=[A-Z])|[A-Z](?=[a-z])/g)?.length ?? 0;
  return digits >= 4 || (digits >= 3 && cases >= 2) || (part.length >= 16 && cases * 2 >= part.length - 2);
}
