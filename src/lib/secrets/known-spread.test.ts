import { describe, expect, it } from 'vitest';
import { Redactor } from './secret.ts';

const secrets = (
  'vK9#tR2q Passw0rd! admin@123 Qwe!2345 ab12cd34 patrol2026 Xy_7-Kz.9 8f3a91c2 73920184 vk9tr2qw hunter2xyz ' +
  '巡检Pw#2026x sunflowers'
)
  .split(' ')
  .concat('correct horse battery');

function base32(text: string): string {
  const bits = Array.from(Buffer.from(text), (byte) => byte.toString(2).padStart(8, '0')).join('');
  const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';
  return (bits.match(/.{1,5}/g) ?? [])
    .map((five) => alphabet[Number.parseInt(five.padEnd(5, '0'), 2)])
    .join('');
}

const disguises: Readonly<Record<string, (secret: string) => string>> = {
  'is backwards': (secret) => Array.from(secret).toReversed().join(''),
  'is in groups of four': (secret) => (secret.match(/.{1,4}/gs) ?? []).join(' '),
  'is in hex': (secret) => Buffer.from(secret).toString('hex'),
  'is in hex with colons': (secret) =>
    Buffer.from(secret)
      .toString('hex')
      .replace(/(..)(?=.)/g, '$1:'),
  'is in base 32': base32,
  'is in base 32 behind something else': (secret) => base32(`u:${secret};`),
};

describe.each(secrets)('a secret of 8 characters or more: %s', (secret) => {
  it.each(Object.entries(disguises))('is not shown where it %s', (_, disguise) => {
    const redactor = new Redactor();
    redactor.add(secret);
    const shown = redactor.scrub(`denied for <${disguise(secret)}> now`);
    expect(shown).toMatch(/^denied for <.{0,4}\*\*\*.{0,4}> now$/);
    redactor.remove(secret);
    expect(redactor.scrub(disguise(secret))).toBe(disguise(secret));
  });
});

it('words and numbers beside each other are none', () => {
  const redactor = new Redactor();
  for (const secret of ['patrol2026', 'order-service', 'ordersfailed', 'correcthorse']) redactor.add(secret);
  const text = 'the patrol 2026 began; orders failed, order service too; the correct horse';
  expect(redactor.scrub(text)).toBe(text);
});
