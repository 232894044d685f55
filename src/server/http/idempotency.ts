import { sentence } from '../../messages/sentence.ts';
import { createHmac, randomBytes } from 'node:crypto';
import { seal, unseal } from '../../auth/persistence/sealed-token-store.ts';
import type { Clock } from '../../lib/time/clock.ts';
import { messageOf } from '../../lib/errors.ts';
import type { Logger } from '../../lib/logger.ts';
import type { Secret } from '../../lib/secrets/secret.ts';
import type { IdempotencyKeys, TakenKey } from '../../store/access/idempotency-keys.ts';
import { HttpProblem } from './http-problem.ts';
import { Prepared } from './prepared.ts';

const keptMs = 86_400_000;
const longestKey = 255;

export interface FirstAnswersOptions {
  readonly answers: IdempotencyKeys;
  /** Answers may hold secrets. Without a key to seal them with, they are of use to this process alone. */
  readonly key: Secret | undefined;
  readonly clock: Clock;
  readonly log: Logger;
}

/** A request that brings an `Idempotency-Key`. */
export interface Repeatable {
  readonly key: string;
  /** Who asks: keys of others are others. */
  readonly caller: string;
  /** What is asked. */
  readonly asked: unknown;
}

/**
 * The first answer to each `Idempotency-Key` of the last day (draft-ietf-httpapi-idempotency-key-header). What was begun
 * and never answered, because the process was killed, is not done a second time.
 */
export class FirstAnswers {
  readonly #options: FirstAnswersOptions;
  readonly #key: Buffer;
  /** What is being worked on. */
  readonly #busy = new Set<string>();

  constructor(options: FirstAnswersOptions) {
    const { key } = options;
    this.#options = options;
    this.#key =
      key === undefined
        ? randomBytes(32)
        : createHmac('sha256', key.reveal()).update('first answers').digest();
  }

  /** The answer to the first such request, or else that of `work`. What fails may be tried again with the same key. */
  async take({ key, caller, asked }: Repeatable, work: () => Promise<unknown>): Promise<unknown> {
    if (key.length > longestKey) throw new HttpProblem(400, sentence('keyTooLong', { n: longestKey }));
    const { answers, clock } = this.#options;
    const [name, fingerprint] = [this.#hash([caller, key]), this.#hash(asked)];
    const now = clock.now();
    const taken = await answers.take(name, fingerprint, now + keptMs, now);
    if (taken !== undefined) return this.#again(name, fingerprint, taken);
    this.#busy.add(name);
    try {
      const answer = await work();
      await this.#keep(name, answer);
      return answer;
    } catch (error) {
      await answers.release(name);
      throw error;
    } finally {
      this.#busy.delete(name);
    }
  }

  #again(name: string, fingerprint: string, { asked, sealed }: TakenKey): Prepared {
    if (asked !== fingerprint)
      throw new HttpProblem(422, sentence('keyUsed'), { hint: sentence('useNewKey') });
    if (this.#busy.has(name))
      throw new HttpProblem(409, sentence('keyBusy'), {
        hint: sentence('askLater'),
      });
    const text = sealed === undefined ? undefined : unseal(sealed, name, this.#key);
    if (text !== undefined) return new Prepared(text);
    throw new HttpProblem(409, sentence('keyCutShort'), {
      hint: sentence('lookWhetherDone'),
    });
  }

  /** It has been done: that its answer cannot be kept must not look as if it had not. */
  async #keep(name: string, answer: unknown): Promise<void> {
    const text = answer instanceof Prepared ? answer.text : JSON.stringify(answer ?? null);
    try {
      await this.#options.answers.answer(name, seal(text, name, this.#key));
    } catch (error) {
      this.#options.log.warn('an answer could not be kept for a repetition', { problem: messageOf(error) });
    }
  }

  #hash(value: unknown): string {
    return createHmac('sha256', this.#key).update(JSON.stringify(value)).digest('base64url');
  }
}
