import { expect, it } from 'vitest';
import { Redactor } from './secret.ts';

const secrets = [
  'kqxvzpmwjtrybdhc',
  'KQXVZPMWJTRYBDHC',
  'kqxvzpmw',
  'kqxvzpmwjtrybdhckqwvapmwjtxybdhz',
] as const;

const inPairs =
  (joint: string) =>
  (secret: string): string =>
    (secret.match(/../g) ?? []).join(joint);
const disguises: readonly [string, (secret: string) => string][] = [
  ['without its last letter', (secret) => secret.slice(0, -1)],
  ['without its first letter', (secret) => secret.slice(1)],
  ['in pairs', inPairs(' / ')],
  ['in pairs with words between', inPairs(' and ')],
  ['in pairs with signs between', inPairs('-')],
];

it.each(disguises.flatMap(([how, write]) => secrets.map((secret) => [how, secret, write] as const)))(
  'a secret of letters that no language writes so is hidden %s: %s',
  (_, secret, write) => {
    const redactor = new Redactor();
    redactor.add(secret);
    const shown = redactor.scrub(`auth code ${write(secret)}? refused`);
    expect(shown).toMatch(/^auth code ?\*\*\*\??/);
    expect(shown).not.toContain(write(secret).slice(0, 4));
  },
);

it('a secret that is a word hides no other word', () => {
  const redactor = new Redactor();
  redactor.add('correcthorse');
  const text = 'the correct horse, correctly, and influxql beside jsdelivr';
  expect(redactor.scrub(text)).toBe(text);
});
