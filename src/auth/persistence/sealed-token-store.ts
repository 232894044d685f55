import type { Sentence } from '../../model/sentence.ts';
import { SaidError } from '../../messages/said-error.ts';
import { sentence } from '../../messages/sentence.ts';
import { createCipheriv, createDecipheriv, randomBytes, scryptSync } from 'node:crypto';
import { open, readFile, stat } from 'node:fs/promises';
import { messageOf } from '../../lib/errors.ts';
import type { TokenStore } from '../ports.ts';

/** Keeps texts over restarts so that only the holder of the key can read them. */
export interface SealedTokenStore {
  /** `undefined` when there is nothing. Rejects with `Sealed` when it was sealed with another key. */
  load(name: string): Promise<string | undefined>;
  save(name: string, text: string): Promise<void>;
}

const keyBytes = 32;
const ivBytes = 12;
const tagBytes = 16;
const version = 'v1.';

/** What is kept was sealed with another key. */
export class Sealed extends SaidError {
  override readonly name = 'Sealed';
}

/** AES-256-GCM over a store; the name is authenticated with the text, so that rows cannot be swapped. */
export function createSealedTokenStore(store: TokenStore, key: Uint8Array): SealedTokenStore {
  return {
    async load(name) {
      const sealed = await store.load(name);
      if (sealed === undefined) return undefined;
      const text = unseal(sealed, name, key);
      if (text === undefined) throw new Sealed(sentence('sealedOtherwise'));
      return text;
    },
    save: (name, text) => store.save(name, seal(text, name, key)),
  };
}

/** For whoever has no key: neither reads nor replaces what the patrol keeps or is going to. */
export function lockedTokenStore(problem: Sentence): SealedTokenStore {
  const refuse = () => Promise.reject(new Sealed(problem));
  return { load: refuse, save: refuse };
}

/** @param name Authenticated with the text: a sealed one cannot stand in for another. */
export function seal(text: string, name: string, key: Uint8Array): string {
  const iv = randomBytes(ivBytes);
  const cipher = createCipheriv('aes-256-gcm', key, iv).setAAD(Buffer.from(name));
  const body = Buffer.concat([cipher.update(text, 'utf8'), cipher.final()]);
  return version + Buffer.concat([iv, cipher.getAuthTag(), body]).toString('base64url');
}

/** `undefined`: sealed with another key, or for another name. */
export function unseal(sealed: string, name: string, key: Uint8Array): string | undefined {
  if (!sealed.startsWith(version)) return undefined;
  const bytes = Buffer.from(sealed.slice(version.length), 'base64url');
  try {
    const decipher = createDecipheriv('aes-256-gcm', key, bytes.subarray(0, ivBytes))
      .setAAD(Buffer.from(name))
      .setAuthTag(bytes.subarray(ivBytes, ivBytes + tagBytes));
    return decipher.update(bytes.subarray(ivBytes + tagBytes), undefined, 'utf8') + decipher.final('utf8');
  } catch {
    return undefined;
  }
}

export type TokenStoreKey =
  | { readonly ok: true; readonly key: Uint8Array }
  | { readonly ok: false; readonly message: Sentence; readonly hint: Sentence };

/** The bytes of it, where there are any. */
export function keyOf(found: TokenStoreKey): Uint8Array | undefined {
  return found.ok ? found.key : undefined;
}

/** The key in `text` (`APIPATROL_KEY`), or else in `file`. */
export async function tokenStoreKey(place: {
  readonly text: string | undefined;
  readonly file: string;
  /** Default: yes. For whoever reads what another process has sealed, a new key is of no use. */
  readonly create?: boolean;
}): Promise<TokenStoreKey> {
  return place.text === undefined ? keyFromFile(place.file, place.create) : keyFromText(place.text);
}

/** The key in `text` (`APIPATROL_KEY`): 32 bytes in base64 or hex, or any passphrase of 16 characters and more. */
export function keyFromText(text: string): TokenStoreKey {
  for (const encoding of ['hex', 'base64', 'base64url'] as const) {
    const bytes = Buffer.from(text, encoding);
    if (bytes.length === keyBytes && bytes.toString(encoding) === text) return { ok: true, key: bytes };
  }
  if (text.length < 16) {
    const message = sentence('keyTooShort', { n: text.length });
    return { ok: false, message, hint: sentence('makeKey') };
  }
  return { ok: true, key: scryptSync(text, 'apipatrol token store', keyBytes) };
}

/** The key in a file that only its owner may read; made when it is missing, unless that is not wanted. */
export async function keyFromFile(file: string, mayCreate = true): Promise<TokenStoreKey> {
  const hint = sentence('giveKeyAccess');
  try {
    if (mayCreate) await create(file);
    const { mode } = await stat(file);
    if (process.platform !== 'win32' && (mode & 0o077) !== 0) {
      const message = sentence('keyReadableByOthers', { file, mode: (mode & 0o777).toString(8) });
      return { ok: false, message, hint: sentence('protectKey', { file }) };
    }
    const key = Buffer.from((await readFile(file, 'utf8')).trim(), 'base64');
    if (key.length === keyBytes) return { ok: true, key };
    const message = sentence('noKeyInFile', { file, n: keyBytes });
    return {
      ok: false,
      message,
      hint: sentence('deleteKey'),
    };
  } catch (error) {
    return { ok: false, message: sentence('keyFileUnusable', { why: messageOf(error) }), hint };
  }
}

/**
 * Writes the key of a file once more when the file is gone: what is sealed with it could not be read after a restart.
 * Rejects with what the file system says.
 */
export async function keepKey(
  place: { readonly text: string | undefined; readonly file: string },
  key: TokenStoreKey,
): Promise<void> {
  if (place.text === undefined && key.ok) await create(place.file, key.key);
}

async function create(file: string, key: Uint8Array = randomBytes(keyBytes)): Promise<void> {
  try {
    const handle = await open(file, 'wx', 0o600);
    await handle.writeFile(`${Buffer.from(key).toString('base64')}\n`);
    await handle.close();
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
  }
}
