import type { Clock } from '../kit/clock.ts';
import { HttpProblem } from './http-problem.ts';

interface First {
  readonly at: number;
  readonly asked: string;
  readonly answer: Promise<Response>;
}

const keptMs = 86_400_000;
const most = 1000;

/** The first answer to each `Idempotency-Key` of the last day, as long as this process lives. */
export class FirstAnswers {
  readonly #clock: Clock;
  readonly #known = new Map<string, First>();

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /** `asked` tells one request from another: the same key for another request is refused. */
  async take(key: string, asked: string, work: () => Promise<Response>): Promise<Response> {
    const now = this.#clock.monotonic();
    const known = this.#known.get(key);
    if (known !== undefined && now - known.at < keptMs) {
      if (known.asked !== asked)
        throw new HttpProblem(422, 'this Idempotency-Key has been used for another request', {
          hint: 'Use a new key for every request, and the same one to repeat it.',
        });
      return (await known.answer).clone();
    }
    const answer = work();
    this.#known.delete(key);
    this.#known.set(key, { at: now, asked, answer });
    if (this.#known.size > most) {
      const [oldest] = this.#known.keys();
      if (oldest !== undefined) this.#known.delete(oldest);
    }
    try {
      return (await answer).clone();
    } catch (error) {
      // What failed may be tried again with the same key.
      this.#known.delete(key);
      throw error;
    }
  }
}
