import { expect, it } from 'vitest';
import { hashPassword, isPasswordHash, verifyPassword } from './password.ts';

it('knows a password by its hash', async () => {
  const hash = await hashPassword('correct horse');
  expect(isPasswordHash(hash)).toBe(true);
  expect(await verifyPassword('correct horse', hash)).toBe(true);
  expect(await verifyPassword('Correct horse', hash)).toBe(false);
  expect(await hashPassword('correct horse')).not.toBe(hash);
});

it('takes the same letters in another encoding for the same password', async () => {
  expect(await verifyPassword('caf\u00E9', await hashPassword('cafe\u0301'))).toBe(true);
});

it.each(['', 'plain', 'scrypt$1$8$1$abc$def', 'bcrypt$x'])('refuses %o as a hash', async (hash) => {
  expect(isPasswordHash(hash)).toBe(false);
  expect(await verifyPassword('plain', hash)).toBe(false);
});
