import { createCipheriv, createDecipheriv, hkdfSync, randomBytes } from 'node:crypto';
import { promisify } from 'node:util';
import { deflateRaw, inflateRaw } from 'node:zlib';
import { CompactEncrypt, compactDecrypt, exportJWK, generateKeyPair, importJWK, type JWK } from 'jose';

const deflate = promisify(deflateRaw);
const inflate = promisify(inflateRaw);
const ivBytes = 12;
const tagBytes = 16;
/** What a batch, or what came of it, may be unpacked to. */
const mostBytes = 512 * 1024 * 1024;

export async function packed(value: unknown): Promise<Uint8Array> {
  return deflate(JSON.stringify(value));
}

export async function unpacked(bytes: Uint8Array): Promise<unknown> {
  return JSON.parse((await inflate(bytes, { maxOutputLength: mostBytes })).toString('utf8')) as unknown;
}

/** Keeps what is stored between a server and a worker from whoever reads the database. */
export class AtRest {
  readonly #key: Uint8Array;

  /** @param key Of the installation: the same in every server. */
  constructor(key: Uint8Array) {
    this.#key = new Uint8Array(hkdfSync('sha256', key, '', 'batches of workers', 32));
  }

  async seal(value: unknown): Promise<Uint8Array> {
    const iv = randomBytes(ivBytes);
    const cipher = createCipheriv('aes-256-gcm', this.#key, iv);
    const body = Buffer.concat([cipher.update(await packed(value)), cipher.final()]);
    return Buffer.concat([iv, cipher.getAuthTag(), body]);
  }

  /** Throws when it was sealed with another key. */
  async open(sealed: Uint8Array): Promise<unknown> {
    const bytes = Buffer.from(sealed);
    const decipher = createDecipheriv('aes-256-gcm', this.#key, bytes.subarray(0, ivBytes)).setAuthTag(
      bytes.subarray(ivBytes, ivBytes + tagBytes),
    );
    const body = decipher.update(bytes.subarray(ivBytes + tagBytes));
    return unpacked(Buffer.concat([body, decipher.final()]));
  }
}

/** RFC 8037: X25519. */
const curve = { crv: 'X25519', extractable: true } as const;
const agreement = 'ECDH-ES';

export interface KeyPair {
  readonly publicKey: JWK;
  readonly privateKey: JWK;
}

export async function makeKeyPair(): Promise<KeyPair> {
  const { publicKey, privateKey } = await generateKeyPair(agreement, curve);
  return { publicKey: await exportJWK(publicKey), privateKey: await exportJWK(privateKey) };
}

/** Whether it is the public half of a key pair that something can be sealed for. */
export function isPublicKey(key: JWK): boolean {
  return key.kty === 'OKP' && key.crv === 'X25519' && typeof key.x === 'string' && key.d === undefined;
}

/** Seals a value for whoever has the private key (RFC 7516, ECDH-ES). */
export async function sealFor(publicKey: string, value: unknown): Promise<string> {
  const key = await importJWK(JSON.parse(publicKey) as JWK, agreement);
  return new CompactEncrypt(await packed(value))
    .setProtectedHeader({ alg: agreement, enc: 'A256GCM' })
    .encrypt(key);
}

/** Throws when it was sealed for somebody else. */
export async function openSealed(privateKey: JWK, sealed: string): Promise<unknown> {
  const { plaintext } = await compactDecrypt(sealed, await importJWK(privateKey, agreement), {
    keyManagementAlgorithms: [agreement],
    contentEncryptionAlgorithms: ['A256GCM'],
  });
  return unpacked(plaintext);
}
