import { expect, it } from 'vitest';
import { AtRest, isPublicKey, makeKeyPair, openSealed, sealFor } from './sealing.ts';
import { mayWorkTogether, withOwnBody, withTextBody } from './wire.ts';

const value = { secret: 's3cret-token', list: [1, '二', null] };

it('what is sealed for one worker is read by no other', async () => {
  const [one, other] = [await makeKeyPair(), await makeKeyPair()];
  const sealed = await sealFor(JSON.stringify(one.publicKey), value);
  expect(sealed).not.toContain('s3cret');
  expect(await openSealed(one.privateKey, sealed)).toEqual(value);
  await expect(openSealed(other.privateKey, sealed)).rejects.toThrow('decryption operation failed');
  expect(isPublicKey(one.publicKey)).toBe(true);
  expect(isPublicKey(one.privateKey)).toBe(false);
});

it('what is kept sealed is read with the key of the installation alone', async () => {
  const [key, otherKey] = [new AtRest(new Uint8Array(32).fill(1)), new AtRest(new Uint8Array(32).fill(2))];
  const sealed = await key.seal(value);
  expect(await key.open(sealed)).toEqual(value);
  await expect(otherKey.open(sealed)).rejects.toThrow('unable to authenticate data');
  sealed[sealed.length - 1] = (sealed.at(-1) ?? 0) ^ 1;
  await expect(key.open(sealed)).rejects.toThrow('unable to authenticate data');
});

it.each([
  ['0.2.0', '0.2.9', true],
  ['0.2.0', '0.3.0', true],
  ['0.4.1', '0.3.0', true],
  ['0.2.0', '0.4.0', false],
  ['1.0.0', '0.9.0', false],
])('%s and %s understand each other: %s', (one, other, expected) => {
  expect(mayWorkTogether(one, other)).toBe(expected);
  expect(mayWorkTogether(other, one)).toBe(expected);
});

it('bodies of bytes survive as texts, and texts stay', () => {
  const request = { method: 'POST', url: 'http://a.example/', headers: {} } as const;
  const bytes = { ...request, body: new Uint8Array([0, 255, 13]) };
  const sent = JSON.parse(JSON.stringify(withTextBody(bytes))) as typeof bytes;
  expect(withOwnBody(sent)).toEqual(bytes);
  expect(withOwnBody(withTextBody({ ...request, body: 'bytes:' }))).toEqual({ ...request, body: 'bytes:' });
});
