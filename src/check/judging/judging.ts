import { createYielder } from '../../lib/yielder.ts';
import type { Clock } from '../../lib/time/clock.ts';
import { Effort, TooMuchWork } from '../../lib/effort.ts';
import type { Logger } from '../../lib/logger.ts';
import type { Check } from '../../model/check.ts';
import { LazyAnswer } from '../answer/answer.ts';
import { decodeBody } from '../answer/body.ts';
import { type Refusal, refusalBy } from '../envelope/refusal.ts';
import { EnvelopeMemory } from '../envelope/memory.ts';
import { FindingDedupe, type JudgeContext } from '../expectation.ts';
import { type Held, type Judgement, judge } from '../judge.ts';
import { AlwaysThere } from '../schema/always.ts';
import { SchemaJudge } from '../schema/judge.ts';
import { Habits } from '../schema/habits.ts';
import { Shapes } from '../schema/shape.ts';
import type { Reply } from '../http/port.ts';
import { inline } from './protocol.ts';
import { withoutCostly } from './costly.ts';
import { Queue } from './queue.ts';

/** An answer on its way to its verdict. */
export interface Case {
  readonly reply: Reply;
  readonly answer: LazyAnswer;
  readonly check: Check;
  readonly held: readonly Held[];
  readonly maxBytes: number;
  /** Aborts when there is no time left. */
  readonly signal: AbortSignal;
}

/** What is known from before this process began. */
interface Remembered {
  readonly broken?: ReadonlySet<string>;
  readonly always?: AlwaysThere;
}

/**
 * Holds answers against what is promised. Ordinary ones at once; what is large, or turns out to take much work, on a
 * thread of its own, so that no answer and no schema holds up the other checks. What is too much there as well is
 * said in the judgement, and is no failure.
 */
export class Judging {
  readonly #clock: Clock;
  readonly #effort = new Effort(0);
  readonly #news = new FindingDedupe();
  readonly #context: JudgeContext;
  readonly #queue: Queue;
  /** Checks whose answers have been too much to be judged at once. */
  readonly #large = new WeakSet<Check>();

  /** @param broken Checks of which people have been told that they break their schema. */
  constructor(clock: Clock, log: Logger, { broken, always = new AlwaysThere() }: Remembered = {}) {
    this.#clock = clock;
    this.#context = {
      schemas: new SchemaJudge({ effort: this.#effort, mostNodes: inline.nodes }),
      shapes: new Shapes(),
      effort: this.#effort,
      news: this.#news,
      envelopes: new EnvelopeMemory(),
      habits: new Habits(broken, always),
      always,
      now: () => clock.now(),
    };
    const monotonic = (): number => clock.monotonic();
    this.#queue = new Queue(monotonic, createYielder(monotonic), (problem) =>
      log.error('judging an answer broke inside the patrol', { error: problem }),
    );
  }

  judge(one: Case): Judgement | Promise<Judgement> {
    const { answer, check, held } = one;
    if (!this.#isLarge(one)) {
      try {
        this.#effort.refill(inline.steps);
        return judge(answer, check, held, this.#context);
      } catch (error) {
        if (!(error instanceof TooMuchWork)) throw error;
        this.#large.add(check);
      }
    }
    return this.#aside(one);
  }

  /** What the body says against whoever calls, whatever the status is. */
  refusal({ answer, check, held }: Pick<Case, 'answer' | 'check' | 'held'>): Refusal | undefined {
    this.#effort.refill(inline.steps);
    return refusalBy(answer, check, held, this.#context);
  }

  /** Whether a fact about a check has not been said yet. */
  isNews({ id }: Check, fact: string): boolean {
    return this.#news.isNew(id, fact);
  }

  /** Ends the threads; a later large answer starts new ones. */
  close(): Promise<void> {
    return this.#queue.close();
  }

  #isLarge({ answer, check, reply, maxBytes }: Case): boolean {
    if (this.#large.has(check) || reply.body.length > inline.bytes) return true;
    const encoding = answer.header('content-encoding');
    if (encoding === undefined) return false;
    // A megabyte is unpacked in a few milliseconds, but the limit may be anything.
    if (maxBytes > 8 * inline.bytes) return decodeBody(reply.body, encoding, inline.bytes).tooLong;
    return answer.plainBytes > inline.bytes;
  }

  async #aside({ reply, check, held, maxBytes, signal }: Case): Promise<Judgement> {
    const found = await this.#queue.judge(
      { check, reply, maxBytes, now: this.#clock.now(), known: this.#news.of(check.id) },
      signal,
    );
    if (found === undefined) {
      this.#effort.refill(inline.steps);
      // As if it had not been read to its end: nothing of it is unpacked or parsed here.
      const unread = new LazyAnswer({ ...reply, truncated: true }, maxBytes);
      return judge(unread, check, withoutCostly(held), this.#context);
    }
    for (const fact of found.news) this.#news.isNew(check.id, fact);
    return found.judgement;
  }
}
