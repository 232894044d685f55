import { scriptsSentence } from '../../messages/network.ts';
import { sentence } from '../../messages/sentence.ts';
import { readAlike, scriptsMixed } from '../../lib/text/names.ts';
import { cutBytes, sha256 } from '../../lib/text/text.ts';
import type { Accounts } from '../../store/access/accounts.ts';
import { HttpProblem } from '../http/http-problem.ts';

const longestBytes = 200;
const markLength = 8;

/**
 * A name that somebody else gives a person, as it can be shown and written down: on one line, in one form, without what
 * cannot be seen or turns text around. `undefined`: nothing is left.
 */
export function nameFrom(given: unknown): string | undefined {
  if (typeof given !== 'string') return undefined;
  const name = given
    .normalize('NFKC')
    .replaceAll(/[\p{Z}\s]+/gu, ' ')
    .replaceAll(/[\p{Cc}\p{Cf}\p{Cs}\p{Co}\p{Cn}]/gu, '')
    .trim();
  return name === '' ? undefined : cutBytes(name, longestBytes);
}

/**
 * A name as somebody is called here who has come through a provider: the provider's own, unless it reads like that of
 * another one who was here before; then with a mark that is made of who they are there.
 *
 * @param subject Who they are at the provider, whatever they are called: `iss` and `sub` of OpenID Connect Core 5.7.
 */
export async function apartFrom(
  name: string,
  { issuer, subject }: { readonly issuer: string; readonly subject: string },
  people: Pick<Accounts, 'ownsName'>,
): Promise<string> {
  const who = sha256(`${issuer}\n${subject}`);
  return (await people.ownsName(readAlike(name), who)) ? name : `${name} (${who.slice(0, markLength)})`;
}

/**
 * Throws for a name from elsewhere that people here would take for somebody else's.
 *
 * @param local Names of users who sign in here.
 */
export function requireOwnName(name: string, local: readonly string[]): void {
  const mixed = scriptsMixed(name);
  if (mixed !== undefined)
    throw new HttpProblem(403, sentence('nameMixes', { name, scripts: scriptsSentence(mixed) }), {
      hint: sentence('changeName'),
    });
  const twin = readAlike(name);
  if (!local.some((one) => readAlike(one) === twin)) return;
  throw new HttpProblem(403, sentence('localUserHasName', { name }), {
    hint: sentence('useLocalUser'),
  });
}
