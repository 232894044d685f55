import { expect, it } from 'vitest';
import { Secret } from '../secrets/secret.ts';
import { type LinkClaim, signLink, verifyLink } from './signed-link.ts';

const key = new Secret('0123456789abcdef0123456789abcdef');
const claim: LinkClaim = { action: 'ack', subject: 'A7F3', via: 'ops', nonce: 'n1', expiresAt: 1000 };

it('gives back what was signed, until it expires', () => {
  const text = signLink(key, claim);
  expect(verifyLink(key, text, 999)).toEqual({ ok: true, claim });
  expect(verifyLink(key, text, 1000)).toEqual({ ok: false, reason: 'expired' });
});

it('fits into a URL as it is', () => {
  const text = signLink(key, { ...claim, subject: '中文 / ?&', via: '值班群' });
  expect(encodeURIComponent(text)).toBe(text);
});

it.each([
  ['another key', signLink(new Secret('another key of the same length!!'), claim)],
  ['a changed claim', signLink(key, claim).replace(/^./, 'X')],
  ['a cut signature', signLink(key, claim).slice(0, -2)],
  ['something behind it', `${signLink(key, claim)}.x`],
  ['nothing', ''],
  ['no signature', 'abc'],
])('refuses %s', (_, text) => {
  expect(verifyLink(key, text, 0)).toEqual({ ok: false, reason: 'forged' });
});
