import { cutBytes } from '../../kit/text.ts';

const longestBytes = 200;

/**
 * A name that somebody else gives a person, as it can be shown and written down: on one line, without what cannot be seen
 * or turns text around. `undefined`: nothing is left.
 */
export function nameFrom(given: unknown): string | undefined {
  if (typeof given !== 'string') return undefined;
  const name = given
    .normalize('NFC')
    .replaceAll(/[\p{Z}\s]+/gu, ' ')
    .replaceAll(/[\p{Cc}\p{Cf}\p{Cs}\p{Co}\p{Cn}]/gu, '')
    .trim();
  return name === '' ? undefined : cutBytes(name, longestBytes);
}
