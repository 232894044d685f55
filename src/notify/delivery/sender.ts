import type { Clock } from '../../lib/time/clock.ts';
import type { Known } from './as-of-now.ts';
import { ClockJump } from '../../lib/time/clock-jump.ts';
import { messageOf } from '../../lib/errors.ts';
import type { Logger } from '../../lib/logger.ts';
import type { Redactor, Secret } from '../../lib/secrets/secret.ts';
import { SingleFlight } from '../../lib/single-flight.ts';
import type { Settings } from '../../model/settings.ts';
import type { ChannelKind, Post } from '../channels/channel.ts';
import { channels as builtIn } from '../channels/registry.ts';
import { add, Courier, type DeliveryReport, nothing } from './channel-worker.ts';
import type { DeliveryTools, Line } from './deliver.ts';
import { HealthBook } from './health.ts';
import type { ChannelNow, Outbox } from '../ports.ts';
import { Relief } from './fallback.ts';
import { queuesOf } from '../../model/message.ts';
import type { Addressed } from '../messages/own-addresses.ts';
import { registerSecrets } from '../messages/secrets.ts';
import { MemoryTokenCache } from './memory-token-cache.ts';

/** What messages depend on. */
export type SenderSettings = Addressed &
  Pick<Settings, 'channels' | 'language' | 'timeZone'> & {
    readonly server?: Pick<Settings['server'], 'url'>;
  };

export interface SenderOptions {
  readonly outbox: Outbox;
  readonly settings: SenderSettings;
  /** Default: all that are registered. */
  readonly kinds?: readonly ChannelKind[];
  readonly clock: Clock;
  readonly log: Logger;
  readonly redactor: Redactor;
  readonly post: Post;
  readonly random?: () => number;
  /** Signs what links in messages allow; absent: they only lead to the page. */
  readonly linkKey?: Secret;
  /** It sends beside another one, which tells of channels that are broken. */
  readonly beside?: boolean;
  readonly hushed?: Known['hushed'];
  /** Draws the last day, PNG; absent: there are no pictures. */
  readonly picture?: DeliveryTools['picture'];
}

/** Brings the messages of the outbox to their channels: one at a time and in order for each channel, all channels side by side. */
export interface Sender {
  /** Something was committed: look now. */
  wake(): void;
  /** Delivers whatever becomes due until `signal` aborts; a send in flight is finished first. */
  run(signal: AbortSignal): Promise<void>;
  /** One pass: everything that is due now. Rejects when the outbox cannot be read or written. */
  deliverDue(signal: AbortSignal): Promise<DeliveryReport>;
  /** New settings: every channel is tried again at once, broken ones too. */
  reconfigure(settings: SenderSettings): void;
  health(): Readonly<Record<string, ChannelNow>>;
}

/** The shortest pause after a pass that found nothing: a guard against spinning, whatever the outbox says. */
const idleMinMs = 1000;
/** How often the outbox is looked at although nobody called: another process may have put something in. */
const idleMaxMs = 10_000;

export function createSender(options: SenderOptions): Sender {
  return new OutboxSender(options);
}

class OutboxSender implements Sender {
  readonly #options: SenderOptions;
  readonly #courier: Courier;
  readonly #kinds: ReadonlyMap<string, ChannelKind>;
  readonly #health: HealthBook;
  readonly #passes = new SingleFlight<DeliveryReport>();
  readonly #startedAt: number;
  readonly #jump: ClockJump;
  /** The pass that a channel is in the middle of; it never rejects. */
  readonly #underWay = new Map<string, Promise<void>>();
  /** When a channel is looked at again at the earliest, whatever the outbox says, on the monotonic clock. */
  readonly #restUntil = new Map<string, number>();
  /** How often somebody has called. */
  #calls = 0;
  /** What was said last of an outbox that fails. */
  #failure: string | undefined;
  #settings: SenderSettings;
  #lines: ReadonlyMap<string, Line> = new Map();
  #woken = new AbortController();

  constructor(options: SenderOptions) {
    const { outbox, redactor, post, clock, log, random = Math.random } = options;
    const send = { post, now: () => clock.now(), tokens: new MemoryTokenCache(clock) };
    const { linkKey, picture, hushed } = options;
    const tools = { outbox, redactor, send, linkKey, picture, hushed, settings: () => this.#settings };
    this.#options = options;
    this.#settings = options.settings;
    this.#health = new HealthBook(outbox);
    const relief = new Relief({
      outbox,
      language: () => this.#settings.language,
      channels: () => new Map([...this.#lines].map(([name, line]) => [name, line.settings])),
      isBroken: (channel) => this.#health.isBroken(channel),
      silent: options.beside === true,
      told: () => this.wake(),
    });
    const lineOf = (name: string): Line | undefined => this.#lines.get(name);
    this.#courier = new Courier({ tools, lineOf, clock, log, random, health: this.#health, relief });
    this.#kinds = new Map((options.kinds ?? builtIn).map((kind) => [kind.kind, kind]));
    this.#startedAt = clock.now();
    this.#jump = new ClockJump(clock);
    this.reconfigure(options.settings);
  }

  wake(): void {
    this.#calls++;
    this.#restUntil.clear();
    this.#woken.abort();
  }

  async run(signal: AbortSignal): Promise<void> {
    const wake = () => this.wake();
    signal.addEventListener('abort', wake);
    while (!signal.aborted) {
      this.#woken = new AbortController();
      const woken = this.#woken.signal;
      await this.#beginPasses(signal);
      if (signal.aborted) break;
      await this.#options.clock.sleep(await this.#waitMs(), woken);
    }
    signal.removeEventListener('abort', wake);
    await Promise.all(this.#underWay.values());
  }

  async deliverDue(signal: AbortSignal): Promise<DeliveryReport> {
    await this.#prepare();
    const passes = [...this.#lines.keys()].map((name) => this.#pass(name, signal));
    return (await Promise.all(passes)).reduce(add, nothing);
  }

  reconfigure(settings: SenderSettings): void {
    const lines = new Map<string, Line>();
    for (const [name, channel] of Object.entries(settings.channels)) {
      const kind = this.#kinds.get(channel.kind);
      if (kind === undefined) throw new Error(`channel "${name}": there is no kind "${channel.kind}"`);
      registerSecrets(channel.options, this.#options.redactor);
      lines.set(name, { settings: channel, kind });
    }
    this.#settings = settings;
    this.#lines = lines;
    this.#courier.releaseAll();
    this.wake();
  }

  health(): Readonly<Record<string, ChannelNow>> {
    const health = this.#health.of(this.#lines.keys(), this.#startedAt);
    const now = this.#options.clock.now();
    return Object.fromEntries(
      Object.entries(health).map(([name, one]) => {
        const heldMs = this.#courier.heldFor(name);
        return [name, heldMs === undefined ? one : { ...one, nextTryAt: Math.round(now + heldMs) }];
      }),
    );
  }

  async #prepare(): Promise<void> {
    // Waits are stored as wall times; they are as long as they were meant to be, whatever is done to the clock.
    const jumpMs = this.#jump.take();
    if (jumpMs !== 0) await this.#options.outbox.shift(jumpMs, this.#options.clock.now());
    await this.#health.load();
  }

  #pass(name: string, signal: AbortSignal): Promise<DeliveryReport> {
    return this.#passes.run(name, () => this.#courier.deliverChannel(name, signal));
  }

  /** Of every channel that is not in the middle of one: whoever takes long to answer holds up nobody else. */
  async #beginPasses(signal: AbortSignal): Promise<void> {
    try {
      await this.#prepare();
    } catch (error) {
      if (!signal.aborted) this.#tellOfFailure(error);
      return;
    }
    for (const name of this.#lines.keys())
      if (!this.#underWay.has(name) && this.#restMs(name) === 0)
        this.#underWay.set(name, this.#passThenRest(name, signal));
  }

  async #passThenRest(name: string, signal: AbortSignal): Promise<void> {
    const calls = this.#calls;
    const { sent, retrying, undelivered } = await this.#passWithoutThrowing(name, signal);
    this.#underWay.delete(name);
    const restMs = sent + retrying + undelivered > 0 ? 1 : idleMinMs;
    // Who called while it went on may have put something in behind its back.
    if (calls === this.#calls) this.#restUntil.set(name, this.#options.clock.monotonic() + restMs);
    this.#woken.abort();
  }

  async #passWithoutThrowing(name: string, signal: AbortSignal): Promise<DeliveryReport> {
    try {
      const report = await this.#pass(name, signal);
      this.#failure = undefined;
      return report;
    } catch (error) {
      // What ends this may be that another process sends now.
      if (!signal.aborted) this.#tellOfFailure(error);
      return nothing;
    }
  }

  /** Once, however many channels find it. */
  #tellOfFailure(cause: unknown): void {
    const error = messageOf(cause);
    if (error === this.#failure) return;
    this.#failure = error;
    this.#options.log.error('the outbox fails; messages wait and are tried again', { error });
  }

  #restMs(name: string): number {
    return Math.max(0, (this.#restUntil.get(name) ?? 0) - this.#options.clock.monotonic());
  }

  /** How long there is nothing to do. A pass that ends calls. */
  async #waitMs(): Promise<number> {
    const resting = [...this.#lines.keys()].filter((name) => !this.#underWay.has(name));
    const { outbox, clock } = this.#options;
    const waits = resting.map(async (name) => {
      const dueAt = await outbox.nextDueAt(queuesOf(name)).catch(() => undefined);
      const untilDueMs = this.#courier.heldFor(name) ?? (dueAt ?? Infinity) - clock.now();
      return Math.max(this.#restMs(name), untilDueMs);
    });
    return Math.min(idleMaxMs, Math.max(1, Math.min(...(await Promise.all(waits)))));
  }
}
