import { chmod, mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { TokenStore } from '../ports.ts';
import { createSealedTokenStore, keepKey, keyFromFile, keyFromText } from './sealed-token-store.ts';

const key = new Uint8Array(32).fill(7);

function memory() {
  const rows = new Map<string, string>();
  const store: TokenStore = {
    load: (name) => Promise.resolve(rows.get(name)),
    save: (name, sealed) => Promise.resolve(void rows.set(name, sealed)),
    clear: () => Promise.resolve(0),
  };
  return { rows, store };
}

describe('the vault', () => {
  it('gives back what it was given, and keeps it unreadable', async () => {
    const { rows, store } = memory();
    const vault = createSealedTokenStore(store, key);
    await vault.save('a', '{"token":"密码"}');
    expect(await vault.load('a')).toBe('{"token":"密码"}');
    expect(await vault.load('b')).toBeUndefined();
    const sealed = rows.get('a') ?? '';
    expect(sealed).toMatch(/^v1\.[\w-]+$/);
    expect(Buffer.from(sealed.slice(3), 'base64url').toString()).not.toContain('token');
    await vault.save('a', '{"token":"密码"}');
    expect(rows.get('a')).not.toBe(sealed);
  });

  it.each<[string, (rows: Map<string, string>) => void]>([
    ['sealed with another key', (rows) => void rows.set('a', rows.get('other') ?? '')],
    ['moved from another credential', (rows) => void rows.set('a', rows.get('b') ?? '')],
    ['changed', (rows) => void rows.set('a', `${rows.get('a')?.slice(0, -4)}AAAA`)],
    ['cut off', (rows) => void rows.set('a', 'v1.AAAA')],
    ['of another format', (rows) => void rows.set('a', 'v9.AAAA')],
  ])('refuses a row that was %s', async (_, spoil) => {
    const { rows, store } = memory();
    await createSealedTokenStore(store, new Uint8Array(32).fill(8)).save('a', 'text');
    rows.set('other', rows.get('a') ?? '');
    const vault = createSealedTokenStore(store, key);
    await vault.save('a', 'text');
    await vault.save('b', 'text');
    spoil(rows);
    await expect(vault.load('a')).rejects.toThrow('sealed with another key');
  });
});

describe('a key', () => {
  it.each<[string, string]>([
    ['hex', Buffer.from(key).toString('hex')],
    ['base64', Buffer.from(key).toString('base64')],
    ['base64url', Buffer.from(key).toString('base64url')],
  ])('may be written as %s', (_, text) => {
    expect(keyFromText(text)).toEqual({ ok: true, key: Buffer.from(key) });
  });

  it('may be a passphrase, which makes the same key each time', () => {
    const made = keyFromText('correct horse battery staple');
    expect(made).toEqual(keyFromText('correct horse battery staple'));
    expect(made.ok && made.key).toHaveLength(32);
  });

  it('must not be short', () => {
    expect(keyFromText('secret')).toEqual({
      ok: false,
      message: 'APIPATROL_KEY has 6 characters; at least 16 are needed',
      hint: 'make one with: openssl rand -base64 32',
    });
  });
});

describe('a key file', () => {
  it('that is gone is written once more, with the same key', async () => {
    const place = { text: undefined, file: path.join(folder, 'key') };
    const made = await keyFromFile(place.file);
    await rm(place.file);
    await keepKey(place, made);
    expect(await keyFromFile(place.file)).toEqual(made);
    expect((await stat(place.file)).mode & 0o777).toBe(0o600);
  });

  it('is not written for a key that stands elsewhere', async () => {
    const place = { text: 'correct horse battery staple', file: path.join(folder, 'key') };
    await keepKey(place, keyFromText(place.text));
    await expect(stat(place.file)).rejects.toThrow('ENOENT');
  });

  let folder = '';
  beforeEach(async () => {
    folder = await mkdtemp(path.join(tmpdir(), 'vault-'));
  });
  afterEach(() => rm(folder, { recursive: true }));

  it('is made for its owner alone, once', async () => {
    const file = path.join(folder, 'key');
    const made = await keyFromFile(file);
    expect(made).toMatchObject({ ok: true });
    expect((await stat(file)).mode & 0o777).toBe(0o600);
    expect(await keyFromFile(file)).toEqual(made);
    expect(made.ok && Buffer.from(made.key).toString('base64')).toBe((await readFile(file, 'utf8')).trim());
  });

  it('is refused when others can read it', async () => {
    const file = path.join(folder, 'key');
    await keyFromFile(file);
    await chmod(file, 0o644);
    expect(await keyFromFile(file)).toEqual({
      ok: false,
      message: `${file} can be read by others (mode 644)`,
      hint: `chmod 600 ${file}`,
    });
  });

  it('is refused when it holds something else', async () => {
    const file = path.join(folder, 'key');
    await writeFile(file, 'hello', { mode: 0o600 });
    expect(await keyFromFile(file)).toMatchObject({
      ok: false,
      message: `${file} does not hold a key of 32 bytes in base64`,
    });
  });

  it('says why it cannot be used', async () => {
    expect(await keyFromFile(path.join(folder, 'none', 'key'))).toMatchObject({
      ok: false,
      message: expect.saying(/^the key file cannot be used: ENOENT/),
    });
  });
});
