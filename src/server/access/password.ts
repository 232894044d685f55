import { randomBytes, scrypt as scryptWith, type ScryptOptions, timingSafeEqual } from 'node:crypto';
import { sentence } from '../../messages/sentence.ts';
import { Semaphore } from '../../lib/limits.ts';
import { HttpProblem } from '../http/http-problem.ts';

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

/** A hash takes 32 MiB and some 60 ms of a processor. */
const atOnce = 2;
const mostWaiting = 50;

/** Works on passwords, a few at a time, however many ask. */
export class Hasher {
  readonly #places = new Semaphore(atOnce);
  #asking = 0;
  /** Takes as long to refuse as a real one, so that nobody learns which names there are. */
  readonly #nobodys = hashPassword(randomBytes(16).toString('hex'));

  hash(password: string): Promise<string> {
    return this.#inTurn(() => hashPassword(password));
  }

  /** @param hash Absent: there is no such user. */
  async verify(password: string, hash: string | undefined): Promise<boolean> {
    const against = hash ?? (await this.#nobodys);
    return (await this.#inTurn(() => verifyPassword(password, against))) && hash !== undefined;
  }

  async #inTurn<T>(work: () => Promise<T>): Promise<T> {
    if (this.#asking >= atOnce + mostWaiting)
      throw new HttpProblem(503, sentence('signInsAtOnce'), {}, { 'retry-after': '5' });
    this.#asking++;
    const release = await this.#places.acquire();
    try {
      return await work();
    } finally {
      this.#asking--;
      release();
    }
  }
}
