import { hasDotSegments, normalForm } from '../normal-form.ts';
import { verbClasses } from './english-words.ts';
import { senseOfPath } from './path.ts';
import { senseOfChinese } from './chinese.ts';
import { senseOfWords } from './english.ts';
import { isHarm, type Sense } from './sense.ts';
import { fixedParts, wordsIn } from './words.ts';

/** An address or what of it counts here. */
type Address = Pick<URL, 'pathname' | 'search'>;

/**
 * The word by which an address that nobody has described does more than read: asked of where lists and redirects lead.
 * Downloads and signing in are no change; signing out is. Its last part is judged as an operation's is, the others as
 * those of a service's base.
 */
export function changingWord({ pathname, search }: Address): string | undefined {
  if (hasDotSegments(pathname)) return '..';
  const path = plainPath(pathname);
  const [last = '', before] = fixedParts(path).toReversed();
  const said = senseOfPath(`/${last}`, { hasWrites: false });
  if (isChange(said) && !signsIn(said, before)) return said.word;
  return changingBase(path) ?? changingQuery(search);
}

/** `/sso/start` begins to sign in. */
function signsIn({ strength }: Sense, before: string | undefined): boolean {
  return (
    strength === 'soft' &&
    /^(?:sso|cas|saml2?|oidc|oauth2?|auth|log-?in|sign-?in|passport)$/i.test(before ?? '')
  );
}

/** In front of the name of a service: said by gateways, and by everybody. */
const places =
  /^(?:v\d+.*|(?:[a-z]+-)?api|apis|rest|open|openapi|admin|app|web|public|internal|gateway|gw|services?)$/i;

/**
 * The word by which the path that stands before a whole service does more than read. A service may be named after what it does
 * (`/pay`, `/send-mail/api`), so that a verb counts there when it is nothing else, and stands alone or is about removing.
 */
export function changingBase(path: string): string | undefined {
  const parts = plainPath(path)
    .split('/')
    .filter((part) => part !== '');
  const name = parts.findIndex((part) => !places.test(part));
  for (const [index, part] of parts.entries()) {
    for (const piece of part.split(/[,=]/)) {
      const words = wordsIn(piece);
      const said = senseOfChinese(piece) ?? senseOfWords(words);
      const counts = words.length > 1 ? removes(said.word) : index > name || said.strength === 'hard';
      if (isChange(said) && counts && !signsIn(said, parts[index - 1])) return said.word;
    }
  }
  return undefined;
}

/** Parameters that say what is done rather than to what. */
const actionName =
  /^(?:action|act|cmd|command|do|op|oper|operation|operate|oper(?:ate|ation)?_?type|action_?type|opt|func|function|method|control|handle|ctrl)$/i;

export function namesAction(name: string): boolean {
  return actionName.test(name);
}

function changingQuery(search: string): string | undefined {
  for (const pair of normalForm(search.replaceAll('+', ' ')).split(/[?&;]/)) {
    const at = pair.indexOf('=');
    const words = wordsIn(pair.slice(at + 1));
    const said = senseOfWords(words);
    const isCertain =
      said.strength === 'hard' && (words.length === 1 || (words[0] === said.word && removes(said.word)));
    if (isChange(said) && (isCertain || namesAction(pair.slice(0, Math.max(at, 0))))) return said.word;
  }
  return undefined;
}

function isChange(said: Sense): boolean {
  return isHarm(said) && (said.says === 'change' || /^(?:logout|signout)$/.test(said.word));
}

/** Names of services hold other verbs. */
function removes(word: string): boolean {
  return (
    verbClasses[0]?.verbs.has(word) === true ||
    /^(?:shutdown|reboot|terminate|revoke|logout|signout)$/.test(word)
  );
}

/** As a forgiving server reads it; what stands behind `;` is a part like any other. */
export function plainPath(path: string): string {
  return normalForm(path)
    .replace(/[?#].*$/s, '')
    .replaceAll(';', '/');
}
