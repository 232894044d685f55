import { asksForPassword } from '../../lib/text/page.ts';
import { pageOf } from './target.ts';

/** Places at which people sign in, by their addresses and by what they show. */

const signInWord =
  /(?:^|[/._-])(?:(?:user|admin|member|to|do|no|not|need|go|re|un|web|wp|sys|is)?-?(?:log-?(?:ged-?)?in|log-?on)(?:page|view|form|index|required|expired|timeout)?|sign-?in|sign-?on|denglu|sso|cas|passport|oauth2?|oidc|adfs|authorize|authenticate|saml2?|idp|openid-connect|un-?auth(?:orized|enticated|orised)?|session-?(?:expired|timeout|timed-?out|invalid|lost)|sessions?\/new|kick-?out)(?:$|[/._-])|\/(?:auth|401)(?:\.\w+)?\/?$/i;
const signInParameter = /[?&](?:SAMLRequest|redirect_uri|response_type)=/;

/** `toLogin`, `sign_in`: one way to write them. */
function kebab(written: string): string {
  return written.replace(/([a-z\d])([A-Z])/g, '$1-$2').replaceAll('_', '-');
}

/** Whether an address is one of those at which people sign in. */
export function isSignInAddress(address: URL): boolean {
  const { hostname, search } = address;
  return namesSignIn(address) || signInWord.test(hostname) || signInParameter.test(search);
}

function namesSignIn(address: URL): boolean {
  return signInWord.test(kebab(address.pathname)) || signInWord.test(kebab(pageOf(address)));
}

/** `/login`, and not `/passport/users`. */
export function isSignInItself({ pathname, hash }: URL): boolean {
  return signInWord.test(kebab(pathname.replace(/\/$/, '').split('/').at(-1) ?? '')) || hash !== '';
}

/** What sends people back to where they came from names what it is called: `?next=/api/users`. */
const wayBack =
  /^(?:return(?:-?(?:url|to|path|uri))?|redirect(?:-?(?:url|to|uri))?|next|continue|service|goto|back(?:-?url)?|from|target|ref|origin(?:al)?-?url?|callback)$/i;

/** Whether whoever asked for `start` is sent to sign in when it is sent to `target`. */
export function isPlaceToSignIn(target: URL, start: URL): boolean {
  // Of what is called `/sso/users` itself only a plain `/login` is another place.
  if (isSignInAddress(start))
    return (
      target.pathname !== start.pathname &&
      /\/(?:log-?in|log-?on|sign-?in)(?:\.\w+)?\/?$/i.test(kebab(target.pathname))
    );
  return isSignInAddress(target);
}

/** Whether an address says to where it leads back, and that is `start`. */
export function leadsBackTo(start: URL, target: URL): boolean {
  if (start.pathname.length < 2 || target.pathname === start.pathname) return false;
  return [...target.searchParams].some(
    ([name, value]) => wayBack.test(kebab(name)) && value.includes(start.pathname),
  );
}

const signInTitle = /<title[^<>]*>[^<]*(?:log ?in|sign ?in|log ?on|登录|登陆|登入|统一身份认证)/i;

/** Whether a page asks whoever gets it to sign in. */
export function isSignInPage(html: string): boolean {
  const head = html.slice(0, 65_536);
  return asksForPassword(head) || signInTitle.test(head);
}
