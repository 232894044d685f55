import { randomUUID } from 'node:crypto';
import { messageOf } from '../../lib/errors.ts';
import type { Logger } from '../../lib/logger.ts';
import type { Clock } from '../../lib/time/clock.ts';
import type { Json } from '../../model/json.ts';
import type { Result } from '../../model/result.ts';
import type { FoundPart, WorkStore } from '../../work/ports.ts';
import type { AtRest } from '../../work/sealing.ts';
import type { Found, Order } from '../../work/wire.ts';
import type { SentWith } from './order.ts';

/** How often what has come is asked for, where it came to another server. */
const pollMs = 500;
/** What pg-boss keeps of a batch that nobody drops. */
const expiryMarginMs = 600_000;

export interface BatchesOptions {
  readonly work: WorkStore;
  readonly atRest: AtRest;
  readonly clock: Clock;
  readonly log: Logger;
  /** Nobody is at work there. */
  readonly isSilent: (location: string) => boolean;
  /** Those that there are. */
  readonly locations: () => readonly string[];
  /** A batch was put in. */
  readonly put: () => void;
}

export interface Batch {
  readonly location: string;
  readonly origin: string;
  readonly credentials: readonly string[];
  readonly order: Order;
  readonly documents: readonly SentWith[];
  /** By then it has come to an end, or is given up. */
  readonly patienceMs: number;
  readonly signal: AbortSignal;
  readonly found: (result: Result, body: Json | undefined) => void;
  readonly waiting: (checkId: string, isAnswered: boolean) => void;
}

/** How a batch ended: everything has come, nobody wants it any more, nobody was there, or there was no time. */
export type BatchEnd = 'done' | 'cut' | 'silent' | 'late';

interface Pending {
  readonly batch: Batch;
  readonly giveUpAt: number;
  readonly end: (how: BatchEnd) => void;
  /** Parts that have been taken in: what could not be said to be here comes again. */
  readonly taken: Set<string>;
}

/** Batches that this process waits for. */
export class Batches {
  readonly #options: BatchesOptions;
  readonly #owner = randomUUID();
  readonly #pending = new Map<string, Pending>();
  #isPolling = false;
  #begun: Promise<void> | undefined;
  #wake = new AbortController();
  #isUntold = true;

  constructor(options: BatchesOptions) {
    this.#options = options;
  }

  /** Something has come: it is not waited until the next look. */
  wake(): void {
    this.#wake.abort();
  }

  /** Never rejects: what cannot be handed over is late. */
  async run(batch: Batch): Promise<BatchEnd> {
    const { clock } = this.#options;
    const giveUpAt = clock.monotonic() + batch.patienceMs;
    const id = await this.#put(batch, giveUpAt);
    if (id === undefined) return batch.signal.aborted ? 'cut' : 'late';
    const { signal } = batch;
    const how = await new Promise<BatchEnd>((end) => {
      this.#pending.set(id, { batch, giveUpAt, end, taken: new Set() });
      const cut = (): void => end('cut');
      if (signal.aborted) cut();
      else signal.addEventListener('abort', cut, { once: true });
      if (!this.#isPolling) void this.#poll();
    });
    this.#pending.delete(id);
    await this.#options.work.drop([id]).catch((error: unknown) => this.#complain(error));
    return how;
  }

  async #put(batch: Batch, giveUpAt: number): Promise<string | undefined> {
    const { work, atRest, clock } = this.#options;
    const { location, origin, credentials, order, documents, patienceMs, signal } = batch;
    const expireInS = Math.ceil((patienceMs + expiryMarginMs) / 1000);
    while (!signal.aborted && clock.monotonic() < giveUpAt) {
      try {
        await this.#begin();
        for (const { hash, data } of documents) await work.putDocument(hash, data, clock.now());
        const sealed = await atRest.seal(order);
        const id = await work.put({
          location,
          owner: this.#owner,
          origin,
          credentials,
          order: sealed,
          expireInS,
        });
        this.#options.put();
        return id;
      } catch (error) {
        this.#complain(error);
        await clock.sleep(pollMs, signal);
      }
    }
    return undefined;
  }

  /** What an earlier process waited for is nobody's. */
  #begin(): Promise<void> {
    const { work, locations } = this.#options;
    this.#begun ??= (async () => {
      await work.open(locations());
      await work.dropOthers(this.#owner);
    })().catch((error: unknown) => {
      this.#begun = undefined;
      throw error;
    });
    return this.#begun;
  }

  async #poll(): Promise<void> {
    const { clock, work } = this.#options;
    this.#isPolling = true;
    while (this.#pending.size > 0) {
      this.#wake = new AbortController();
      try {
        const parts = await work.parts(this.#owner);
        for (const part of parts) await this.#take(part);
        await work.hasParts(parts);
        this.#isUntold = true;
      } catch (error) {
        this.#complain(error);
      }
      this.#giveUp();
      await clock.sleep(pollMs, this.#wake.signal);
    }
    this.#isPolling = false;
  }

  async #take({ batch: id, attempt, no, data, isLast }: FoundPart): Promise<void> {
    const pending = this.#pending.get(id);
    const key = `${attempt} ${no}`;
    if (pending === undefined || pending.taken.has(key)) return;
    const { batch, end, taken } = pending;
    const { results, bodies, waiting } = (await this.#options.atRest.open(data)) as Found;
    taken.add(key);
    const answered = new Map(bodies);
    for (const [checkId, isAnswered] of waiting) batch.waiting(checkId, isAnswered);
    for (const result of results) batch.found(result, answered.get(result.checkId));
    if (isLast) end('done');
  }

  #giveUp(): void {
    const { clock, isSilent } = this.#options;
    for (const { batch, giveUpAt, end } of this.#pending.values()) {
      if (isSilent(batch.location)) end('silent');
      else if (clock.monotonic() > giveUpAt) end('late');
    }
  }

  #complain(error: unknown): void {
    if (this.#isUntold)
      this.#options.log.warn('batches for workers cannot be handed over', { problem: messageOf(error) });
    this.#isUntold = false;
  }
}
