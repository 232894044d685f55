import { sentence } from '../../messages/sentence.ts';
import { randomBytes } from 'node:crypto';
import { Semaphore } from '../../lib/limits.ts';
import { HttpProblem } from '../http/http-problem.ts';
import { hashPassword, verifyPassword } from './password.ts';

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
