import { sentence } from '../../messages/sentence.ts';
import { inEnglish } from '../../messages/in-language.ts';
import type { Clock } from '../../lib/time/clock.ts';
import type { Logger } from '../../lib/logger.ts';
import { isFirstQueue, isQuietQueue, leaseMs, type OutboxEntry, queuesOf } from '../../model/message.ts';
import type { Failure } from '../channels/channel.ts';
import { asOfNow, type Known } from './as-of-now.ts';
import { eventsOf } from '../render/events.ts';
import { type Delivery, deliver, type DeliveryTools, type Line } from './deliver.ts';
import { foldFirstReports, foldHeld, foldMessages } from './coalesce.ts';
import type { HealthBook, Trouble } from './health.ts';
import type { LeasedMessage, Outbox } from '../ports.ts';
import { passedOn, type Relief } from './fallback.ts';
import { isEmpty } from './narrowed.ts';
import { overdueBeginnings, withoutUnheard } from './unheard.ts';
import { fullJitter } from '../../lib/net/backoff.ts';

/** What one pass over all channels did; counts messages. */
export interface DeliveryReport {
  readonly sent: number;
  /** Failed, will be tried again. */
  readonly retrying: number;
  /** Given up, kept as dead letters. */
  readonly undelivered: number;
}

export const nothing: DeliveryReport = { sent: 0, retrying: 0, undelivered: 0 };

export function add(a: DeliveryReport, b: DeliveryReport): DeliveryReport {
  return {
    sent: a.sent + b.sent,
    retrying: a.retrying + b.retrying,
    undelivered: a.undelivered + b.undelivered,
  };
}

export interface CourierOptions {
  readonly tools: DeliveryTools & Known;
  /** As it is now; `undefined` when there is no such channel any more. */
  readonly lineOf: (channel: string) => Line | undefined;
  readonly clock: Clock;
  readonly log: Logger;
  readonly random: () => number;
  readonly health: HealthBook;
  readonly relief: Relief;
}

/** Carries the messages of one channel at a time, in order, and writes down what became of each. */
export class Courier {
  readonly #options: CourierOptions;
  /** Channels that are left alone until then, on the monotonic clock. */
  readonly #heldUntil = new Map<string, number>();

  constructor(options: CourierOptions) {
    this.#options = options;
  }

  /** Everything of the channel that is due, until one has to wait or `signal` aborts. */
  async deliverChannel(name: string, signal: AbortSignal): Promise<DeliveryReport> {
    const { lineOf, clock, tools } = this.#options;
    let report = nothing;
    for (const queue of queuesOf(name)) {
      while (!signal.aborted && this.heldFor(name) === undefined) {
        const now = clock.now();
        await this.#fold(name, queue, now);
        // Settings may be new ones since the message before, which can have taken long.
        const line = lineOf(name);
        const message = line && (await tools.outbox.lease(queue, now, leaseMs));
        if (line === undefined || message === undefined) break;
        report = add(report, await this.#deliverMessage(line, message, signal));
      }
    }
    if (this.#options.health.isBroken(name)) await this.#forward(name);
    return report;
  }

  /** After an outage, or when the minute is used up, or in the morning: nobody reads fifty messages one by one. */
  async #fold(channel: string, queue: string, now: number): Promise<void> {
    const { tools, log, health, relief } = this.#options;
    const isBroken = health.isBroken(channel);
    // What waits for a broken channel is passed on one by one, and must not be again as a summary.
    if (isBroken && !relief.hasAllOf(channel)) return;
    if (isBroken) await this.#forward(channel);
    const merge = isQuietQueue(queue)
      ? await this.#morningMerge(channel, queue, now)
      : isFirstQueue(queue)
        ? foldFirstReports
        : (waiting: readonly OutboxEntry[]) => foldMessages(waiting, now);
    const messages =
      merge === undefined
        ? 0
        : await tools.outbox.fold(queue, now, (waiting) => {
            const folded = merge(waiting);
            return isBroken && folded !== undefined ? passedOn(folded) : folded;
          });
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

  /** How long the channel is still left alone, ms; `undefined` when it is not. */
  heldFor(channel: string): number | undefined {
    const until = this.#heldUntil.get(channel) ?? 0;
    const left = until - this.#options.clock.monotonic();
    return left > 0 ? left : undefined;
  }

  #hold(channel: string, forMs: number): void {
    this.#heldUntil.set(channel, this.#options.clock.monotonic() + forMs);
  }

  releaseAll(): void {
    this.#heldUntil.clear();
  }

  async #deliverMessage(line: Line, message: LeasedMessage, signal: AbortSignal): Promise<DeliveryReport> {
    // What was to be told has been told elsewhere meanwhile.
    if (isEmpty(message.entry.content)) return this.#leaveOut(message);
    const heard = await withoutUnheard(message, this.#options.tools.outbox);
    if (isEmpty(heard.entry.content)) {
      await this.#options.relief.passEnd(line.settings.name, message.entry);
      return this.#leaveOut(message);
    }
    const current = await asOfNow(heard, this.#options.tools, this.#options.clock.now());
    if (current === undefined) return this.#dropOldNews(message);
    const delivery = await deliver(line, current, this.#options.tools, signal);
    const now = this.#options.clock.now();
    switch (delivery.kind) {
      case 'sent':
        await this.#settleSent(line, message, delivery, now);
        return { ...nothing, sent: 1 };
      case 'limited':
        this.#hold(line.settings.name, delivery.freeAt - now);
        await this.#settlePending(message, delivery.freeAt, {
          code: 'limit',
          message: sentence('waitsForMinute'),
        });
        return nothing;
      case 'stopped':
        await this.#settlePending(message, now, {
          code: 'stopped',
          message: sentence('stoppedBeforeSending'),
        });
        return nothing;
      case 'failed':
        if (this.#isPast(line, delivery.failure)) return this.#tryAnew(message, delivery.failure);
        return this.#settleFailed(line, message, delivery.failure, now);
    }
  }

  /** What a channel says that the configuration has changed meanwhile says nothing of the one that there is now. */
  #isPast({ settings }: Line, { kind }: Failure): boolean {
    const isOther = this.#options.lineOf(settings.name)?.settings !== settings;
    return isOther && (kind === 'broken' || kind === 'retry');
  }

  async #tryAnew(message: LeasedMessage, failure: Failure): Promise<DeliveryReport> {
    await this.#settlePending(message, this.#options.clock.now(), problemOf(failure));
    return { ...nothing, retrying: 1 };
  }

  async #settleSent(
    { settings }: Line,
    message: LeasedMessage,
    delivery: Extract<Delivery, { readonly kind: 'sent' }>,
    now: number,
  ): Promise<void> {
    const { tools, health, log, relief } = this.#options;
    await tools.outbox.settle(message.id, { state: 'sent', at: now, receipt: delivery.receipt });
    const trouble = health.incidentOf(settings.name);
    if (trouble !== undefined) await relief.repaired(settings.name, trouble, now);
    await relief.passEnd(settings.name, message.entry);
    // What it cut before would wait for minutes, though it is well: what goes on might end untold meanwhile.
    if (health.isInTrouble(settings.name))
      for (const queue of queuesOf(settings.name)) await tools.outbox.hasten(queue, now);
    await health.sent(settings.name, now);
    const { attempt, entry } = message;
    for (const warning of delivery.warnings)
      log.warn('message sent with a warning', { channel: settings.name, warning: inEnglish(warning) });
    log.info('message sent', { channel: settings.name, cycle: entry.content.cycleId, attempt });
  }

  async #settleFailed(
    { settings }: Line,
    message: LeasedMessage,
    failure: Failure,
    now: number,
  ): Promise<DeliveryReport> {
    const { tools, random } = this.#options;
    const { attempt, entry, unclear } = message;
    const matters = (await this.#standingOf(message)).open.size > 0;
    const about = { attempt, createdAt: entry.createdAt, now, random, unclear, matters };
    const decision = decide(failure, about);
    this.#log(settings.name, failure, decision.kind === 'undelivered');
    await this.#noteTrouble(settings.name, failure, entry, now);
    const problem = problemOf(failure);
    await this.#tellElsewhere(settings.name, ...(await overdueBeginnings(settings.name, tools.outbox, now)));
    switch (decision.kind) {
      case 'undelivered':
        await this.#tellElsewhere(settings.name, entry);
        await tools.outbox.settle(message.id, { state: 'undelivered', ...problem });
        return { ...nothing, undelivered: 1 };
      case 'hold':
        // Due at once, so that a restart or a new key tries it at once; the hold itself is in memory.
        this.#hold(settings.name, decision.forMs);
        await this.#settlePending(message, now, problem);
        return { ...nothing, retrying: 1 };
      case 'later':
        await this.#settlePending(message, decision.notBefore, problem);
        return { ...nothing, retrying: 1 };
      case 'aside':
        // Whoever waits for it here hears of it there meanwhile.
        if (decision.why === 'refused' || isRepeatedOut(unclear))
          await this.#tellElsewhere(settings.name, entry);
        await tools.outbox.settle(message.id, {
          state: 'pending',
          notBefore: decision.notBefore,
          ...problem,
          aside: decision.why,
        });
        return { ...nothing, retrying: 1 };
    }
  }

  async #tellElsewhere(channel: string, ...entries: readonly OutboxEntry[]): Promise<void> {
    const messages = await this.#options.relief.passOn(channel, entries);
    if (messages > 0)
      this.#options.log.warn('a message that its channel does not take is told on others', { channel });
  }

  /** Of the incidents whose beginning it tells. */
  #standingOf({ entry }: LeasedMessage): ReturnType<Outbox['standing']> {
    const begun = eventsOf(entry.content).filter(({ kind }) => kind === 'opened');
    return this.#options.tools.outbox.standing(begun.map(({ incident }) => incident));
  }

  /** There is nothing to say. */
  async #leaveOut({ id }: LeasedMessage): Promise<DeliveryReport> {
    await this.#options.tools.outbox.settle(id, { state: 'sent', at: this.#options.clock.now() });
    return nothing;
  }

  async #dropOldNews(message: LeasedMessage): Promise<DeliveryReport> {
    const { id, unclear, attempt } = message;
    if (attempt === 1) return this.#leaveOut(message);
    const [code, why] =
      unclear > 0
        ? (['unclear', sentence('unclearAndOver')] as const)
        : (['refused', sentence('refusedAndOver')] as const);
    await this.#options.tools.outbox.settle(id, { state: 'undelivered', code, message: why });
    this.#options.log.warn('message given up; it is kept as a dead letter', { code, error: inEnglish(why) });
    return { ...nothing, undelivered: 1 };
  }

  #settlePending({ id }: LeasedMessage, notBefore: number, problem: Trouble): Promise<void> {
    return this.#options.tools.outbox.settle(id, { state: 'pending', notBefore, ...problem });
  }

  #log(channel: string, failure: Failure, dead: boolean): void {
    const { log, health } = this.#options;
    const { code, message, hint } = problemOf(failure);
    const error = inEnglish(message);
    const fields = { channel, code, error, ...(hint === undefined ? {} : { hint: inEnglish(hint) }) };
    if (failure.kind === 'broken' && !health.isBroken(channel))
      log.error('channel is broken: nothing goes through until it is repaired', fields);
    else if (!dead && failure.kind === 'unclear')
      log.warn('message may have arrived: no answer says so; it is repeated a few times', fields);
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

function problemOf(failure: Failure): Trouble {
  const { code, message } = failure;
  return { code, message, ...('hint' in failure ? { hint: failure.hint } : {}) };
}
interface Try {
  /** Counts from 1. */
  readonly attempt: number;
  /** Epoch ms at which the message was committed. */
  readonly createdAt: number;
  readonly now: number;
  readonly random: () => number;
  /** How often it may have arrived before. */
  readonly unclear: number;
  /** It tells of the beginning of something that goes on: it is never given up. */
  readonly matters: boolean;
}

type Decision =
  | { readonly kind: 'later'; readonly notBefore: number }
  /** As `later`, but those behind it do not wait for it. */
  | { readonly kind: 'aside'; readonly why: 'refused' | 'unclear'; readonly notBefore: number }
  /** The message is given up. */
  | { readonly kind: 'undelivered' }
  /** The channel waits for so long; the message stays first in line. */
  | { readonly kind: 'hold'; readonly forMs: number };

const minuteMs = 60_000;
const baseMs = 2000;
/** So long after it is well again, a channel gets what has waited for it: nobody tells us that it is. */
const capMs = minuteMs;
const giveUpMs = 24 * 60 * minuteMs;
/** A day by a clock that may have been set is a day only when it was tried as often as one tries in a day. */
const giveUpTries = 90;
/** "System busy: retry, at most three times" (WeCom -1). Then a pause; an alert is not thrown away for it. */
const busyTries = 3;
/** What may have arrived is repeated a minute, five and thirty minutes after it was sent first. */
const unclearGapsMs = [minuteMs, 4 * minuteMs, 25 * minuteMs];
/** Then an incident that goes on is told again now and then, as a reminder would be. */
const unclearSlowMs = 60 * minuteMs;
/** What was refused in every form: at first it may have been the server's mistake, later it is the message. */
const refusedCapMs = 15 * minuteMs;

/** Whether what may have arrived so often before is repeated only as a reminder. */
function isRepeatedOut(unclear: number): boolean {
  return unclear >= unclearGapsMs.length;
}

/** What becomes of a message that was not taken. Pure. */
export function decide(failure: Failure, about: Try): Decision {
  const isOld = about.now - about.createdAt >= giveUpMs && about.attempt >= giveUpTries;
  if (isOld && !about.matters) return { kind: 'undelivered' };
  switch (failure.kind) {
    case 'rejected':
    case 'shrink':
      if (!about.matters) return { kind: 'undelivered' };
      return aside('refused', about, Math.min(refusedCapMs, minuteMs * 2 ** Math.min(10, about.attempt - 1)));
    case 'unclear': {
      const gapMs = unclearGapsMs[about.unclear] ?? (about.matters ? unclearSlowMs : undefined);
      return gapMs === undefined ? { kind: 'undelivered' } : aside('unclear', about, gapMs);
    }
    case 'broken':
      return { kind: 'hold', forMs: failure.afterMs ?? capMs };
    case 'retry':
      return { kind: 'later', notBefore: about.now + Math.max(1, Math.round(backoff(failure, about))) };
  }
}

function aside(why: 'refused' | 'unclear', { now }: Try, waitMs: number): Decision {
  return { kind: 'aside', why, notBefore: now + waitMs };
}

function backoff(failure: Extract<Failure, { readonly kind: 'retry' }>, { attempt, random }: Try): number {
  const own =
    failure.code === '-1' && attempt % busyTries === 0
      ? capMs
      : fullJitter(attempt, { baseMs, capMs, random });
  const asked = failure.afterMs ?? 0;
  // Jitter on top of what was asked for, else everybody who was told the same comes back together.
  return asked === 0 ? own : asked + Math.min(own, asked / 10);
}
