import { randomBytes, scrypt as scryptWith, type ScryptOptions, timingSafeEqual } from 'node:crypto';

/** RFC 7914; OWASP's second choice after Argon2, which Node 20 does not have. 32 MiB and some 60 ms each. */
const cost = { N: 32_768, r: 8, p: 1 };
const keyBytes = 32;
const maxmem = 128 * 1024 * 1024;

/** `scrypt$32768$8$1$<salt>$<key>`, base64url: what is kept in place of a password. */
export async function hashPassword(password: string): Promise<string> {
  const salt = randomBytes(16);
  const key = await scrypt(password, salt, keyBytes, { ...cost, maxmem });
  const { N, r, p } = cost;
  return ['scrypt', N, r, p, salt.toString('base64url'), key.toString('base64url')].join('$');
}

const form = /^scrypt\$(\d{4,7})\$(\d{1,2})\$(\d{1,2})\$([\w-]{16,86})\$([\w-]{22,86})$/;

export function isPasswordHash(text: string): boolean {
  return form.test(text);
}

/** False also for what is not a hash at all. */
export async function verifyPassword(password: string, hash: string): Promise<boolean> {
  const [, N, r, p, salt = '', key = ''] = form.exec(hash) ?? [];
  if (N === undefined) return false;
  const expected = Buffer.from(key, 'base64url');
  const options = { N: Number(N), r: Number(r), p: Number(p), maxmem };
  const given = await scrypt(password, Buffer.from(salt, 'base64url'), expected.length, options);
  return timingSafeEqual(given, expected);
}

function scrypt(password: string, salt: Buffer, length: number, options: ScryptOptions): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    scryptWith(password.normalize('NFKC'), salt, length, options, (error, key) =>
      error === null ? resolve(key) : reject(error),
    );
  });
}
