import { readAlike, scriptsMixed } from '../../kit/names.ts';
import { cutBytes } from '../../kit/text.ts';
import { HttpProblem } from '../http-problem.ts';

const longestBytes = 200;

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
 * Throws for a name from elsewhere that people here would take for somebody else's.
 *
 * @param local Names of users who sign in here.
 */
export function requireOwnName(name: string, local: readonly string[]): void {
  const mixed = scriptsMixed(name);
  if (mixed !== undefined)
    throw new HttpProblem(403, `the name ${name} mixes ${mixed}, which look alike`, {
      hint: 'Have it changed where you sign in.',
    });
  const twin = readAlike(name);
  if (!local.some((one) => readAlike(one) === twin)) return;
  throw new HttpProblem(403, `a local user has the name ${name}, or one that reads the same`, {
    hint: 'Sign in with the password of that user, or have the user removed: apipatrol user remove.',
  });
}
