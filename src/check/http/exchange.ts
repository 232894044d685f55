import { SaidError } from '../../messages/said-error.ts';
import { sentence } from '../../messages/sentence.ts';
import type { Sentence } from '../../model/sentence.ts';
import type { Clock } from '../../lib/time/clock.ts';
import { formatDuration } from '../../lib/time/duration.ts';
import type { Phases, ReasonCode } from '../../model/result.ts';
import type { TimeoutSettings } from '../../model/settings.ts';
import { isStream } from '../../model/document.ts';
import type { Failure, Reply } from './port.ts';
import type { Connection } from './connection.ts';
import type { Opening } from './connector.ts';
import { diagnose } from './failure.ts';
import { headerOf, mediaType } from './raw-headers.ts';

/** So long a stream is listened to: many end by themselves. */
const streamMs = 1000;

export interface Landing {
  readonly outcome: Reply | Failure;
  /** The connection is whole and may carry the next request. */
  readonly reusable: boolean;
  /** No answer because a kept-alive connection had been closed by the server in the meantime. */
  readonly stale: boolean;
}

export interface ExchangeOptions {
  readonly clock: Clock;
  readonly connection: Connection;
  readonly timeouts: TimeoutSettings;
  readonly maxBytes: number;
  landed(landing: Landing): void;
}

/**
 * One request on one connection: undici's handler in its raw form, which alone tells of the answer's first byte
 * and does not build a header object that most answers never need.
 */
export class HttpExchange {
  readonly #options: ExchangeOptions;
  readonly #clock: Clock;
  readonly #begunAt: number;
  #opening: Opening | undefined;
  #sentAt: number | undefined;
  #firstByteAt: number | undefined;
  #abort: ((error?: Error) => void) | undefined;
  #cancelTotal: () => void;
  #cancelStep: () => void;
  #status = 0;
  #rawHeaders: readonly Uint8Array[] = [];
  #chunks: Buffer[] = [];
  #kept = 0;
  #bytes = 0;
  #landed = false;
  /** When the headers of a stream had come; absent: it is none. */
  #streamingSince: number | undefined;

  constructor(options: ExchangeOptions) {
    this.#options = options;
    this.#clock = options.clock;
    this.#begunAt = this.#clock.monotonic();
    const { totalMs, connectMs } = options.timeouts;
    this.#cancelTotal = afterPatience(this.#clock, totalMs, () => this.#timedOut(totalMs));
    this.#cancelStep = afterPatience(this.#clock, connectMs, () => {
      this.cut('connect-timeout', sentence('noConnectionWithin', { time: formatDuration(connectMs) }));
    });
  }

  cut(code: ReasonCode, message: Sentence): void {
    if (this.#landed) return;
    this.#fail(code, message, false);
    this.#abort?.(new SaidError(message));
  }

  onConnect(abort: (error?: Error) => void): void {
    if (this.#landed) {
      abort();
      return;
    }
    this.#abort = abort;
    this.#opening = this.#options.connection.opening;
    this.#sentAt = this.#clock.monotonic();
    this.#cancelStep();
    const { firstByteMs } = this.#options.timeouts;
    this.#cancelStep = afterPatience(this.#clock, firstByteMs, () => {
      const { heardAt } = this.#options.connection;
      const time = formatDuration(firstByteMs);
      this.cut(
        'timeout',
        sentence(heardAt === undefined ? 'noAnswerWithin' : 'onlyBeginningWithin', { time }),
      );
    });
  }

  onResponseStarted(): void {
    if (this.#firstByteAt !== undefined) return;
    this.#firstByteAt = this.#options.connection.heardAt ?? this.#clock.monotonic();
    this.#cancelStep();
  }

  onHeaders(status: number, rawHeaders: readonly Uint8Array[]): boolean {
    if (status < 200) return true;
    this.#status = status;
    this.#rawHeaders = rawHeaders;
    if (isStream(mediaType(headerOf(rawHeaders, 'content-type')) ?? '')) {
      this.#streamingSince = this.#clock.monotonic();
      this.#cancelStep = afterPatience(this.#clock, streamMs, () => this.#stop('endless'));
    }
    return true;
  }

  onData(chunk: Buffer): boolean {
    const room = this.#options.maxBytes - this.#kept;
    this.#bytes += chunk.length;
    if (chunk.length <= room) {
      this.#chunks.push(chunk);
      this.#kept += chunk.length;
      return true;
    }
    this.#chunks.push(chunk.subarray(0, room));
    this.#stop('too long');
    return true;
  }

  onComplete(): void {
    if (!this.#landed) this.#answer('whole');
  }

  onError(error: Error): void {
    if (this.#landed) return;
    const openingTls =
      this.#sentAt === undefined && this.#options.connection.opening?.connectedAt !== undefined;
    const { code, message } = diagnose(this.#options.connection.alert ?? error, openingTls);
    const stale = code === 'reset' && this.#status === 0 && this.#isReused();
    const what = this.#status === 0 ? message : sentence('afterBytes', { what: message, n: this.#bytes });
    const isSilent = code === 'reset' && this.#isSilentSinceHandshake();
    this.#fail(code, isSilent ? sentence('silentSinceHandshake', { what }) : what, stale);
  }

  #isSilentSinceHandshake(): boolean {
    return this.#opening?.securedAt !== undefined && this.#options.connection.heardAt === undefined;
  }

  #isReused(): boolean {
    return this.#sentAt !== undefined && this.#opening === undefined;
  }

  #timedOut(totalMs: number): void {
    if (this.#streamingSince !== undefined) {
      this.#stop('endless');
      return;
    }
    const time = formatDuration(totalMs);
    this.cut(
      'timeout',
      this.#firstByteAt === undefined
        ? sentence('noAnswerWithin', { time })
        : sentence('onlyBytesWithin', { n: this.#bytes, time }),
    );
  }

  #stop(why: 'endless' | 'too long'): void {
    if (this.#landed) return;
    this.#answer(why);
    this.#abort?.(new Error('the rest of the body is not wanted'));
  }

  #answer(body: 'whole' | 'endless' | 'too long'): void {
    const truncated = body !== 'whole';
    this.#end();
    const [only] = this.#chunks;
    const { certificate } = this.#options.connection;
    const outcome: Reply = {
      ok: true,
      certificate,
      status: this.#status,
      rawHeaders: this.#rawHeaders,
      body: this.#chunks.length === 1 && only !== undefined ? only : Buffer.concat(this.#chunks),
      bytes: this.#bytes,
      truncated,
      ...(body === 'endless' ? { endless: true } : {}),
      phases: this.#phases(body === 'endless' ? this.#streamingSince : undefined),
      sent: 1,
    };
    this.#options.landed({ outcome, reusable: !truncated && !this.#options.connection.isOdd, stale: false });
  }

  #fail(code: ReasonCode, message: Sentence, stale: boolean): void {
    this.#end();
    const outcome: Failure = {
      ok: false,
      code,
      message,
      bytes: this.#bytes,
      phases: this.#phases(),
      sent: 1,
    };
    this.#options.landed({ outcome, reusable: false, stale });
  }

  #end(): void {
    this.#landed = true;
    this.#cancelTotal();
    this.#cancelStep();
  }

  /** From the first step that concerned the server: waiting for our own event loop or connection is left out. */
  #phases(now = this.#clock.monotonic()): Phases {
    const opening =
      this.#opening ?? (this.#sentAt === undefined ? this.#options.connection.opening : undefined);
    const startedAt = opening?.startedAt ?? this.#sentAt ?? this.#begunAt;
    return {
      ...(opening === undefined ? {} : openingPhases(opening)),
      ...(this.#sentAt !== undefined && this.#firstByteAt !== undefined
        ? { firstByteMs: this.#firstByteAt - this.#sentAt, downloadMs: now - this.#firstByteAt }
        : {}),
      totalMs: now - startedAt,
    };
  }
}

function openingPhases(opening: Opening): Pick<Phases, 'dnsMs' | 'connectMs' | 'tlsMs'> {
  const { startedAt, lookedUpAt, connectedAt, securedAt } = opening;
  return {
    ...(lookedUpAt === undefined ? {} : { dnsMs: lookedUpAt - startedAt }),
    ...(connectedAt === undefined ? {} : { connectMs: connectedAt - (lookedUpAt ?? startedAt) }),
    ...(connectedAt === undefined || securedAt === undefined ? {} : { tlsMs: securedAt - connectedAt }),
  };
}

/** A timer this late woke up with the whole process. */
const lateMs = 250;
/** Enough to read what has been waiting in the sockets meanwhile. */
const graceMs = 200;

/**
 * As `clock.after`, but a limit that has passed while this process did not run gives what has arrived meanwhile the
 * time to be read: timers come before sockets.
 */
function afterPatience(clock: Clock, ms: number, work: () => void): () => void {
  const dueAt = clock.monotonic() + ms;
  let cancel = clock.after(ms, () => {
    if (clock.monotonic() - dueAt < lateMs) work();
    else cancel = clock.after(graceMs, work);
  });
  return () => cancel();
}
