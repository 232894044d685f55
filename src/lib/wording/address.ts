import { hasDotSegments, normalForm } from '../text/normal-form.ts';
import { senseOfChinese } from './chinese.ts';
import { senseOfWords } from './english.ts';
import { senseOfPath } from './path.ts';
import { isHarm, nothing, type Sense, sense } from './sense.ts';
import { inPlainCase, isChange, removes, senseOfCostly } from './value.ts';
import { fixedParts, wordsIn } from './words.ts';

/**
 * What the path of an address that nobody has described does more than read. Downloads and signing in are no change; signing out
 * is. Its last part is judged as an operation's is, the others as those of a service's base.
 */
export function senseOfAddressPath(pathname: string): Sense {
  if (hasDotSegments(pathname)) return sense('change', '..');
  const path = plainPath(pathname).replace(/\/+$/, '').replace(documentEnd, '');
  const costly = senseOfCostly(path);
  if (isHarm(costly)) return costly;
  const [last = '', before] = fixedParts(path).toReversed();
  const id = ofRecord.test(path) && !isOften.test(last) ? '/{id}' : '';
  const said = senseOfPath(`${id}/${inPlainCase(last)}`, { hasWrites: false });
  if (isChange(said) && !signsIn(said, before)) return said;
  const base = changingBase(path);
  return base === undefined ? nothing : sense('change', base);
}

/** The last part stands behind a number of one: `/vote/1/up` is what is done to it. */
const ofRecord = /\/(?:vote|\d+|[\da-f]{24,}|[\da-f]{8}-[\da-f-]{27})\/[^/]+$/i;
/** What a record is asked for as often. */
const isOften = /^(?:report|default|mirror|credit|light|water|online|offline)$/i;

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
      const words = wordsIn(inPlainCase(piece));
      const said = senseOfChinese(piece) ?? senseOfWords(words);
      const counts = words.length > 1 ? removes(said.word) : index > name || said.strength === 'hard';
      if (isChange(said) && counts && !signsIn(said, parts[index - 1])) return said.word;
    }
  }
  return undefined;
}

/** What a document may end in: `/orders/cancel.yaml` is `/orders/cancel` to many a server. */
const documentEnd = /\.(?:json[5c]?|ya?ml|mdx?|markdown|graphqls?|gql|apib|har|http|bru|xml)$/i;

/** As a forgiving server reads it; what stands behind `;` is a part like any other. */
export function plainPath(path: string): string {
  return normalForm(path)
    .replace(/[?#].*$/s, '')
    .replaceAll(';', '/');
}
