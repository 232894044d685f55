import {
  constants,
  createCipheriv,
  createHmac,
  createPublicKey,
  createSign,
  hash as oneShotHash,
  publicEncrypt,
} from 'node:crypto';
import { formatTime } from './time.ts';

/** Turns a text into another one; `argument` is the value of what stands after the colon. */
export type Filter = (text: string, argument: string) => string;

function hashing(algorithm: string): Filter {
  return (text) => oneShotHash(algorithm, text);
}

function hmac(algorithm: string): Filter {
  return (text, key) => createHmac(algorithm, key).update(text).digest('hex');
}

/** For keys that are themselves the result of an HMAC. */
function hmacHexKey(algorithm: string): Filter {
  return (text, key) => createHmac(algorithm, Buffer.from(key, 'hex')).update(text).digest('hex');
}

/** As login pages encrypt a password: the result is base64. */
function rsa(padding: number, oaepHash?: string): Filter {
  return (text, key) =>
    publicEncrypt(
      { key: publicKey(key), padding, ...(oaepHash === undefined ? {} : { oaepHash }) },
      Buffer.from(text),
    ).toString('base64');
}

/** Pages hand the key out as PEM or as its base64 alone (SubjectPublicKeyInfo). */
function publicKey(text: string) {
  if (text.includes('-----BEGIN')) return createPublicKey(text);
  return createPublicKey({ key: Buffer.from(text, 'base64'), format: 'der', type: 'spki' });
}

/** AES as crypto-js does it with a parsed key: PKCS#7 padding, base64; `key` or, for CBC, `key,iv`, 16 to 32 bytes. */
function aes(mode: 'cbc' | 'ecb'): Filter {
  return (text, argument) => {
    const [key = '', iv = key.slice(0, 16)] = argument.split(',');
    const bytes = Buffer.from(key);
    const vector = mode === 'ecb' ? null : Buffer.from(iv);
    const cipher = createCipheriv(`aes-${bytes.length * 8}-${mode}`, bytes, vector);
    return Buffer.concat([cipher.update(text, 'utf8'), cipher.final()]).toString('base64');
  };
}

/** What may stand after a `|` in a template beside the filters of Liquid. Hashes are in lower-case hex. */
export const filters: Readonly<Record<string, Filter>> = {
  md5: hashing('md5'),
  sha1: hashing('sha1'),
  sha256: hashing('sha256'),
  sha512: hashing('sha512'),
  sm3: hashing('sm3'),
  hmac_md5: hmac('md5'),
  hmac_sha1: hmac('sha1'),
  hmac_sha256: hmac('sha256'),
  hmac_sha256_hexkey: hmacHexKey('sha256'),
  hmac_sm3: hmac('sm3'),
  rsa_sha256: (text, key) => createSign('sha256').update(text).sign(key, 'base64'),
  seconds: (text) => String(Math.floor(Number(text) / 1000)),
  time: (text, argument) => formatTime(Number(text), argument),
  hex_to_base64: (text) => Buffer.from(text, 'hex').toString('base64'),
  hex_to_base64url: (text) => Buffer.from(text, 'hex').toString('base64url'),
  // RFC 3986: `encodeURIComponent` leaves five reserved characters alone.
  percent_encode: (text) =>
    encodeURIComponent(text).replace(/[!'()*]/g, (one) => `%${one.charCodeAt(0).toString(16).toUpperCase()}`),
  end_with: (text, end) => (text.endsWith(end) ? text : text + end),
  with_query: (text, query) => (query === '' ? text : `${text}?${query}`),
  rsa: rsa(constants.RSA_PKCS1_PADDING),
  rsa_oaep: rsa(constants.RSA_PKCS1_OAEP_PADDING, 'sha1'),
  rsa_oaep_sha256: rsa(constants.RSA_PKCS1_OAEP_PADDING, 'sha256'),
  aes_cbc: aes('cbc'),
  aes_ecb: aes('ecb'),
};

/** Filters that mean nothing without an argument. */
export const needsArgument: ReadonlySet<string> = new Set([
  'hmac_md5',
  'hmac_sha1',
  'hmac_sha256',
  'hmac_sha256_hexkey',
  'hmac_sm3',
  'rsa_sha256',
  'time',
  'end_with',
  'with_query',
  'rsa',
  'rsa_oaep',
  'rsa_oaep_sha256',
  'aes_cbc',
  'aes_ecb',
]);
