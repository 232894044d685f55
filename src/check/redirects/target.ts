import type { RedirectPolicy } from '../../model/settings.ts';

const redirects: ReadonlySet<number> = new Set([301, 302, 303, 307, 308]);

/** Where an answer sends whoever asked for `url`; absent when it sends nobody anywhere. */
export function targetOf(status: number, location: string | undefined, url: string): URL | undefined {
  if (!redirects.has(status) || location === undefined || location === '') return undefined;
  // Servers write what they mean in bytes of UTF-8, which headers carry as Latin-1.
  const written = Buffer.from(location, 'latin1').toString('utf8');
  const target = URL.canParse(written, url) ? new URL(written, url) : undefined;
  if (target === undefined) return undefined;
  target.hash = '';
  target.username = '';
  target.password = '';
  return target;
}

/** As a person may see it: a query may carry tickets and codes. */
export function showTarget(target: URL): string {
  return `${target.origin === 'null' ? target.protocol : target.origin}${target.pathname}${target.search === '' ? '' : '?…'}`;
}

/**
 * What was meant for one may go to the other: the same origin, or the step up to https on the usual ports, never the step
 * down. Another port of the host may be somebody else's.
 */
export function isSameSite(from: URL, to: URL): boolean {
  if (from.hostname !== to.hostname) return false;
  if (from.protocol === to.protocol) return from.port === to.port;
  return from.protocol === 'http:' && to.protocol === 'https:' && from.port === '' && to.port === '';
}

export function mayFollow(policy: RedirectPolicy, from: URL, to: URL): boolean {
  if (policy === 'off' || !/^https?:$/.test(to.protocol)) return false;
  return policy === 'follow' || isSameSite(from, to);
}

const signInWord =
  /(?:^|[/._-])(?:log-?in|log-?on|sign-?in|sign-?on|sso|cas|passport|oauth2?|authorize|authenticate|saml2?|idp|openid-connect)(?:$|[/._-])/i;
const signInParameter = /[?&](?:SAMLRequest|redirect_uri|response_type)=/;

/** Whether an address is one of those at which people sign in. */
export function isSignInAddress({ hostname, pathname, search }: URL): boolean {
  return signInWord.test(pathname) || signInWord.test(hostname) || signInParameter.test(search);
}

const passwordField = /<input\b[^>]*\btype\s*=\s*["']?password/i;
const signInTitle = /<title[^>]*>[^<]*(?:log ?in|sign ?in|log ?on|登录|登陆|登入|统一身份认证)/i;

/** Whether a page asks whoever gets it to sign in. */
export function isSignInPage(html: string): boolean {
  const head = html.slice(0, 65_536);
  return passwordField.test(head) || signInTitle.test(head);
}
