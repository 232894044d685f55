import type { Clock } from '../kit/clock.ts';
import type { Logger } from '../kit/logger.ts';
import type { MessageContent, OutboxEntry } from '../model/message.ts';
import type { Failure } from './channel.ts';
import { type Delivery, deliver, type DeliveryTools, type Line } from './delivery.ts';
import { foldHeld, foldMessages } from './fold.ts';
import type { HealthBook } from './health.ts';
import type { LeasedMessage, Outbox } from './ports.ts';
import type { Relief } from './relief.ts';
import { decide } from './retry.ts';
import { isQuietQueue, quietQueue } from './routing.ts';

/** What one pass over all channels did; counts messages. */
export interface DeliveryReport {
  readonly sent: number;
  /** Failed, will be tried again. */
  readonly retrying: number;
  /** Given up, kept as dead letters. */
  readonly dead: number;
}

export const nothing: DeliveryReport = { sent: 0, retrying: 0, dead: 0 };

export function add(a: DeliveryReport, b: DeliveryReport): DeliveryReport {
  return { sent: a.sent + b.sent, retrying: a.retrying + b.retrying, dead: a.dead + b.dead };
}

export interface CourierOptions {
  readonly tools: DeliveryTools & { readonly outbox: Outbox };
  readonly clock: Clock;
  readonly log: Logger;
  readonly random: () => number;
  readonly health: HealthBook;
  readonly relief: Relief;
}

/** Longer than the slowest send of all parts of a message (`post.ts`). */
const leaseMs = 60_000;

/** Carries the messages of one channel at a time, in order, and writes down what became of each. */
export class Courier {
  readonly #options: CourierOptions;
  /** Channels that are left alone until then, epoch ms. */
  readonly #heldUntil = new Map<string, number>();

  constructor(options: CourierOptions) {
    this.#options = options;
  }

  /** Everything of the channel that is due, until one has to wait or `signal` aborts. */
  async deliverChannel(line: Line, signal: AbortSignal): Promise<DeliveryReport> {
    const { name } = line.settings;
    let report = nothing;
    for (const queue of [name, quietQueue(name)]) {
      while (!signal.aborted && this.heldUntil(name) === undefined) {
        const now = this.#options.clock.now();
        // What waits for a broken channel has been passed on one by one, and must not be again as a digest.
        if (!this.#options.health.isBroken(name)) await this.#fold(name, queue, now);
        const message = await this.#options.tools.outbox.lease(queue, now, leaseMs);
        if (message === undefined) break;
        report = add(report, await this.#deliverMessage(line, message, signal));
      }
    }
    if (this.#options.health.isBroken(name)) await this.#forward(name);
    return report;
  }

  /** After an outage, or when the minute is used up, or in the morning: nobody reads fifty messages one by one. */
  async #fold(channel: string, queue: string, now: number): Promise<void> {
    const { tools, log } = this.#options;
    const merge = isQuietQueue(queue)
      ? await this.#morningMerge(channel, queue, now)
      : (waiting: readonly OutboxEntry[]) => foldMessages(waiting, now);
    const messages = merge === undefined ? 0 : await tools.outbox.fold(queue, now, merge);
    if (messages > 1) log.info('waiting messages folded into one', { channel, messages });
  }

  /** What was held is told without what has been told since. */
  async #morningMerge(channel: string, queue: string, now: number) {
    const { outbox } = this.#options.tools;
    const [oldest] = await outbox.waiting(queue);
    if (oldest === undefined) return undefined;
    const since = await outbox.entriesSince(channel, oldest.createdAt);
    return (waiting: readonly OutboxEntry[]) => foldHeld(waiting, since, now);
  }

  async #forward(channel: string): Promise<void> {
    const messages = await this.#options.relief.forward(channel);
    if (messages > 0)
      this.#options.log.info('messages passed on to the fallback of a broken channel', { channel, messages });
  }

  heldUntil(channel: string): number | undefined {
    const until = this.#heldUntil.get(channel) ?? 0;
    return until > this.#options.clock.now() ? until : undefined;
  }

  releaseAll(): void {
    this.#heldUntil.clear();
  }

  async #deliverMessage(line: Line, message: LeasedMessage, signal: AbortSignal): Promise<DeliveryReport> {
    if (isEmpty(message.entry.content)) {
      await this.#options.tools.outbox.settle(message.id, { state: 'sent', at: this.#options.clock.now() });
      return nothing;
    }
    const delivery = await deliver(line, message, this.#options.tools, signal);
    const now = this.#options.clock.now();
    switch (delivery.kind) {
      case 'sent':
        await this.#settleSent(line, message, delivery, now);
        return { ...nothing, sent: 1 };
      case 'limited':
        this.#heldUntil.set(line.settings.name, delivery.freeAt);
        await this.#settlePending(message, delivery.freeAt, 'limit', 'waits for its place in the minute');
        return nothing;
      case 'stopped':
        await this.#settlePending(message, now, 'stopped', 'the program stopped before it was sent');
        return nothing;
      case 'failed':
        return this.#settleFailed(line, message, delivery.failure, now);
    }
  }

  async #settleSent(
    { settings }: Line,
    message: LeasedMessage,
    delivery: Extract<Delivery, { readonly kind: 'sent' }>,
    now: number,
  ): Promise<void> {
    const { tools, health, log, relief } = this.#options;
    const receipt = delivery.receipt === undefined ? {} : { receipt: delivery.receipt };
    await tools.outbox.settle(message.id, { state: 'sent', at: now, ...receipt });
    const trouble = health.incidentOf(settings.name);
    if (trouble !== undefined) await relief.repaired(settings.name, trouble, now);
    await health.sent(settings.name, now);
    const { attempt, entry } = message;
    for (const warning of delivery.warnings)
      log.warn('message sent with a warning', { channel: settings.name, warning });
    log.info('message sent', { channel: settings.name, cycle: entry.content.cycleId, attempt });
  }

  async #settleFailed(
    { settings }: Line,
    message: LeasedMessage,
    failure: Failure,
    now: number,
  ): Promise<DeliveryReport> {
    const { tools, random } = this.#options;
    const { attempt, entry } = message;
    const decision = decide(failure, { attempt, createdAt: entry.createdAt, now, random });
    this.#log(settings.name, failure, decision.kind === 'dead');
    await this.#noteTrouble(settings.name, failure, entry, now);
    const { code } = failure;
    switch (decision.kind) {
      case 'dead':
        await tools.outbox.settle(message.id, { state: 'dead', code, message: failure.message });
        return { ...nothing, dead: 1 };
      case 'hold':
        // Due at once, so that a restart or a new key tries it at once; the hold itself is in memory.
        this.#heldUntil.set(settings.name, decision.until);
        await this.#settlePending(message, now, code, failure.message);
        return { ...nothing, retrying: 1 };
      case 'later':
        await this.#settlePending(message, decision.notBefore, code, failure.message);
        return { ...nothing, retrying: 1 };
    }
  }

  #settlePending(message: LeasedMessage, notBefore: number, code: string, text: string): Promise<void> {
    return this.#options.tools.outbox.settle(message.id, {
      state: 'pending',
      notBefore,
      code,
      message: text,
    });
  }

  #log(channel: string, failure: Failure, dead: boolean): void {
    const { log, health } = this.#options;
    const { code, message } = failure;
    const hint = failure.kind === 'retry' ? {} : { hint: failure.hint };
    const fields = { channel, code, error: message, ...hint };
    if (failure.kind === 'broken' && !health.isBroken(channel))
      log.error('channel is broken: nothing goes through until it is repaired', fields);
    else if (!dead) log.warn('message not sent; it will be tried again', fields);
    if (dead) log.error('message given up; it is kept as a dead letter', fields);
  }

  /** What is wrong with one message says nothing of its channel. */
  async #noteTrouble(channel: string, failure: Failure, first: OutboxEntry, now: number): Promise<void> {
    const { health, relief } = this.#options;
    if (failure.kind === 'rejected' || failure.kind === 'shrink') return;
    const { code, message } = failure;
    const told = health.incidentOf(channel);
    if (failure.kind === 'broken') {
      const trouble = { code, message, hint: failure.hint };
      const incident = told ?? (await relief.broken(channel, trouble, first, now));
      await health.failed(channel, trouble, now, incident);
    } else if (told === undefined) await health.failed(channel, { code, message }, now);
  }
}

/** What was to be told has been told elsewhere meanwhile. */
function isEmpty({ transitions, followUps = [], omitted, digest, breakingChanges }: MessageContent): boolean {
  const parts = [omitted, digest, breakingChanges];
  return transitions.length === 0 && followUps.length === 0 && parts.every((part) => part === undefined);
}
