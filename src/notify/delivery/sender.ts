import type { Clock } from '../../lib/time/clock.ts';
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
import { registerSecrets } from '../messages/secrets.ts';
import { MemoryTokenCache } from './memory-token-cache.ts';

/** What messages depend on. */
export type SenderSettings = Pick<Settings, 'channels' | 'language' | 'timeZone'> & {
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
  /** Draws the last day, PNG; absent: there are no pictures. */
  readonly picture?: DeliveryTools['picture'];
}

/** Brings the messages of the outbox to their channels: one at a time and in order for each channel. */
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
  #settings: SenderSettings;
  #lines: ReadonlyMap<string, Line> = new Map();
  #woken = new AbortController();

  constructor(options: SenderOptions) {
    const { outbox, redactor, post, clock, log, random = Math.random } = options;
    const send = { post, now: () => clock.now(), tokens: new MemoryTokenCache(clock) };
    const { linkKey, picture } = options;
    const tools = { outbox, redactor, send, linkKey, picture, settings: () => this.#settings };
    this.#options = options;
    this.#settings = options.settings;
    this.#health = new HealthBook(outbox);
    const relief = new Relief({
      outbox,
      language: () => this.#settings.language,
      channels: () => new Map([...this.#lines].map(([name, line]) => [name, line.settings])),
      isBroken: (channel) => this.#health.isBroken(channel),
      silent: options.beside === true,
    });
    this.#courier = new Courier({ tools, clock, log, random, health: this.#health, relief });
    this.#kinds = new Map((options.kinds ?? builtIn).map((kind) => [kind.kind, kind]));
    this.#startedAt = clock.now();
    this.#jump = new ClockJump(clock);
    this.reconfigure(options.settings);
  }

  wake(): void {
    this.#woken.abort();
  }

  async run(signal: AbortSignal): Promise<void> {
    const wake = () => this.wake();
    signal.addEventListener('abort', wake);
    while (!signal.aborted) {
      this.#woken = new AbortController();
      const woken = this.#woken.signal;
      const report = await this.#passWithoutThrowing(signal);
      if (signal.aborted) break;
      const wasBusy = report.sent + report.retrying + report.undelivered > 0;
      await this.#options.clock.sleep(await this.#waitMs(wasBusy ? 1 : idleMinMs), woken);
    }
    signal.removeEventListener('abort', wake);
  }

  async deliverDue(signal: AbortSignal): Promise<DeliveryReport> {
    // Waits are stored as wall times; they are as long as they were meant to be, whatever is done to the clock.
    const jumpMs = this.#jump.take();
    if (jumpMs !== 0) await this.#options.outbox.shift(jumpMs, this.#options.clock.now());
    await this.#health.load();
    const passes = [...this.#lines.values()].map((line) =>
      this.#passes.run(line.settings.name, () => this.#courier.deliverChannel(line, signal)),
    );
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

  async #passWithoutThrowing(signal: AbortSignal): Promise<DeliveryReport> {
    try {
      return await this.deliverDue(signal);
    } catch (error) {
      this.#options.log.error('the outbox fails; messages wait and are tried again', {
        error: messageOf(error),
      });
      return nothing;
    }
  }

  /** How long there is nothing to do. */
  async #waitMs(minMs: number): Promise<number> {
    const held: number[] = [];
    const free: string[] = [];
    for (const name of this.#lines.keys()) {
      const heldMs = this.#courier.heldFor(name);
      if (heldMs === undefined) free.push(...queuesOf(name));
      else held.push(heldMs);
    }
    const dueAt = await this.#options.outbox.nextDueAt(free).catch(() => undefined);
    const next = Math.min(...held, (dueAt ?? Infinity) - this.#options.clock.now());
    return Math.min(idleMaxMs, Math.max(minMs, next));
  }
}
