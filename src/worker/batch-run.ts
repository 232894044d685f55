import type { Engine } from '../check/engine.ts';
import { messageOf } from '../lib/errors.ts';
import type { Logger } from '../lib/logger.ts';
import type { Clock } from '../lib/time/clock.ts';
import { whicheverEnds } from '../lib/time/deadline.ts';
import type { Check } from '../model/check.ts';
import type { Json } from '../model/json.ts';
import { type Result, shiftResult } from '../model/result.ts';
import type { BatchHold } from '../work/ports.ts';
import { type Found, type Order, partAnswer, type SentDocument, withOwnBody } from '../work/wire.ts';
import { Refused, type ServerLink } from './server-link.ts';

const flushEveryMs = 1000;
const flushAt = 200;
const retryMs = 1000;

export interface BatchRunOptions {
  readonly hold: BatchHold;
  readonly order: Order;
  /** Places of checks that another worker has called already. */
  readonly done: readonly number[];
  /** How far the server's clock is ahead, ms. */
  readonly aheadMs: number;
  readonly engine: Engine;
  readonly document: (hash: string) => Promise<SentDocument>;
  readonly link: ServerLink;
  readonly bearer: string;
  readonly clock: Clock;
  readonly log: Logger;
}

/** One batch, from its first call until all that came of it has been handed over. */
export class BatchRun {
  readonly #options: BatchRunOptions;
  /** Nobody wants it any more. */
  readonly #lost = new AbortController();
  /** It is given back: what has come is handed over, the rest is for others. */
  readonly #stop = new AbortController();
  readonly #places: ReadonlyMap<string, number>;
  #results: Result[] = [];
  #bodies: [string, Json][] = [];
  #waiting: [string, boolean][] = [];
  #no = 0;
  #wake = new AbortController();

  constructor(options: BatchRunOptions) {
    this.#options = options;
    this.#places = new Map(options.order.checks.map(({ id }, place) => [id, place]));
  }

  get hold(): BatchHold {
    return this.#options.hold;
  }

  lose(): void {
    this.#lost.abort();
  }

  stop(): void {
    this.#stop.abort();
  }

  /** Never rejects. False: it has to be given back. */
  async run(): Promise<boolean> {
    const { log, hold } = this.#options;
    const over = new AbortController();
    const sending = this.#send(over.signal);
    try {
      await this.#call();
    } catch (error) {
      log.error('a batch could not be begun', { batch: hold.id, problem: messageOf(error) });
      this.stop();
    }
    over.abort();
    this.#wake.abort();
    await sending;
    return !this.#stop.signal.aborted;
  }

  async #call(): Promise<void> {
    const { order, engine, aheadMs } = this.#options;
    const checks = await this.#checks();
    const wanted = new Set(order.wanted);
    const { spread } = order;
    const either = whicheverEnds(this.#lost.signal, this.#stop.signal);
    try {
      await engine.run(checks, {
        signal: either.signal,
        graceMs: order.graceMs,
        confirmAfterMs: order.confirmAfterMs,
        spread: spread && { ...spread, fromEpochMs: spread.fromEpochMs - aheadMs },
        reader: {
          wants: (id) => wanted.has(id),
          observe: ({ id }, body) => void this.#bodies.push([id, body]),
        },
        onResult: (result) => {
          // Whoever goes on with the batch calls it again.
          if (either.signal.aborted && result.reason.code === 'interrupted') return;
          this.#results.push(shiftResult(result, aheadMs));
          if (this.#results.length >= flushAt) this.#wake.abort();
        },
        onWaiting: ({ id }, isAnswered) => void this.#waiting.push([id, isAnswered]),
      });
    } finally {
      either.done();
    }
  }

  async #checks(): Promise<readonly Check[]> {
    const { order, done, document } = this.#options;
    const others = new Set(done);
    const rest = order.checks.filter((_, place) => !others.has(place));
    return Promise.all(
      rest.map(async ({ document: hash, ...check }) => {
        const { schemas, dialect } = await document(hash);
        return { ...check, request: withOwnBody(check.request), schemas, dialect };
      }),
    );
  }

  /** Hands over what has come, in parts, until the calls are over. */
  async #send(over: AbortSignal): Promise<void> {
    const { clock } = this.#options;
    while (!over.aborted && !this.#lost.signal.aborted) {
      this.#wake = new AbortController();
      await clock.sleep(flushEveryMs, this.#wake.signal);
      if (!over.aborted && this.#results.length + this.#waiting.length > 0) await this.#sendPart(false);
    }
    if (!this.#lost.signal.aborted) await this.#sendPart(!this.#stop.signal.aborted);
  }

  async #sendPart(isLast: boolean): Promise<void> {
    const { hold, link, bearer, clock, log } = this.#options;
    const found: Found = { results: this.#results, bodies: this.#bodies, waiting: this.#waiting };
    [this.#results, this.#bodies, this.#waiting] = [[], [], []];
    const done = found.results.flatMap(({ checkId }) => this.#places.get(checkId) ?? []);
    const body = { ...hold, no: this.#no++, isLast, done, found };
    // A stopping worker has no time for a server that does not answer.
    while (!this.#lost.signal.aborted) {
      try {
        const { isYours } = partAnswer.parse(
          await link.json('/results', { body, bearer, signal: this.#lost.signal }),
        );
        if (!isYours) this.lose();
        return;
      } catch (error) {
        if (this.#lost.signal.aborted) return;
        if (error instanceof Refused) {
          log.warn('results were refused', { batch: hold.id, problem: error.message });
          return this.lose();
        }
        log.warn('results wait for a server', { problem: messageOf(error) });
        if (this.#stop.signal.aborted) return;
        await clock.sleep(retryMs, this.#lost.signal);
      }
    }
  }
}
