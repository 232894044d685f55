import { sentence } from '../../messages/sentence.ts';
import type { Clock } from '../../lib/time/clock.ts';
import { messageOf } from '../../lib/errors.ts';
import type { Logger } from '../../lib/logger.ts';
import type { LiveEvent } from '../api/overview.ts';
import type { LiveState, Concerns } from './live-state.ts';
import type { Caller } from '../caller.ts';
import { HttpProblem } from '../http/http-problem.ts';

/** Proxies close what is silent for a minute. */
const pulseMs = 20_000;
const mostListeners = 500;
/** Each tab of a browser has one. */
const mostOfOne = 20;
/** Whoever reads so little of what is told is cut off. */
const mostUnreadBytes = 256 * 1024;

/** What streams depend on. */
export interface Watched {
  readonly board: Pick<LiveState, 'listen'>;
  readonly clock: Clock;
  readonly log: Logger;
  readonly identity: { watch(look: () => Promise<void>): void };
}

/** Where a stream goes. */
export interface Listener {
  /** Aborts when nobody reads any more. */
  readonly gone: AbortSignal;
  /** Who it is by now: rights are lost, also while somebody listens. */
  readonly again: () => Promise<Caller | undefined>;
}

interface Stream {
  readonly caller: Caller;
  readonly again: Listener['again'];
  readonly close: () => void;
}

/** Server-sent events: everything the board tells, to everyone who may hear it, as long as they may. */
export class LiveEvents {
  readonly #watched: Watched;
  /** The oldest first. */
  readonly #streams = new Set<Stream>();

  constructor(watched: Watched) {
    this.#watched = watched;
    watched.identity.watch(() => this.#recheck([...this.#streams]));
    // Users and ways to sign in stand in the configuration as well.
    watched.board.listen(({ kind }) => {
      if (kind === 'configuration') void this.#recheck([...this.#streams]);
    });
  }

  /** A stream that ends when nobody reads it, when its caller may not any more, or when the server is closed. */
  open(caller: Caller, { gone, again }: Listener): Response {
    this.#makeRoom(caller);
    const { board, clock } = this.#watched;
    const { writable, readable } = new TransformStream<Uint8Array, Uint8Array>();
    const writer = writable.getWriter();
    let unreadBytes = 0;
    const send = (text: string): void => {
      const bytes = Buffer.from(text);
      unreadBytes += bytes.length;
      if (unreadBytes > mostUnreadBytes) {
        close();
        // It would be kept for whoever does not read it.
        writer.abort().catch(() => undefined);
        return;
      }
      writer
        .write(bytes)
        .then(() => {
          unreadBytes -= bytes.length;
        })
        .catch(close);
    };
    const tell = (event: LiveEvent): void => send(`event: ${event.kind}\ndata: ${JSON.stringify(event)}\n\n`);
    let cancelPulse = (): void => undefined;
    const forget = board.listen((event, concerns) => {
      const seen = seenBy(caller, event, concerns);
      if (seen !== undefined) tell(seen);
    });
    const stream: Stream = {
      caller,
      again,
      close: () => {
        if (!this.#streams.delete(stream)) return;
        forget();
        cancelPulse();
        writer.close().catch(() => undefined);
      },
    };
    const { close } = stream;
    const pulse = (): void => {
      send(': still here\n\n');
      // Sessions and tokens expire by themselves.
      void this.#recheck([stream]);
      cancelPulse = clock.after(pulseMs, pulse);
    };
    this.#streams.add(stream);
    gone.addEventListener('abort', close, { once: true });
    send('retry: 3000\n\n');
    tell({ kind: 'hello', at: clock.now() });
    cancelPulse = clock.after(pulseMs, pulse);
    return new Response(readable, {
      headers: {
        'content-type': 'text/event-stream',
        'cache-control': 'no-store',
        // Nginx would hold events back.
        'x-accel-buffering': 'no',
      },
    });
  }

  close(): void {
    for (const { close } of this.#streams) close();
  }

  /** Nobody takes the places of others: who has too many gets no more, and who has the most gives way. */
  #makeRoom({ name, via }: Caller): void {
    const streams = [...this.#streams];
    const countOf = (one: string): number => streams.filter(({ caller }) => caller.name === one).length;
    // Where nobody has to sign in, everybody has the same name.
    if (via !== 'open' && countOf(name) >= mostOfOne)
      throw new HttpProblem(
        429,
        sentence('listensTooOften', { name, n: mostOfOne }),
        { hint: sentence('closePages') },
        { 'retry-after': '60' },
      );
    if (streams.length < mostListeners) return;
    const most = Math.max(...streams.map(({ caller }) => countOf(caller.name)));
    streams.find(({ caller }) => countOf(caller.name) === most)?.close();
  }

  async #recheck(streams: readonly Stream[]): Promise<void> {
    await Promise.all(
      streams.map(async ({ caller, again, close }) => {
        try {
          if (!isSame(caller, await again())) close();
        } catch (error) {
          // Who cannot be found out to be allowed is not.
          this.#watched.log.warn('a live stream was ended', { problem: messageOf(error) });
          close();
        }
      }),
    );
  }
}

function isSame(before: Caller, now: Caller | undefined): boolean {
  const rights = ({ name, role, services, scopes }: Caller): string =>
    JSON.stringify([name, role, services ?? null, scopes ?? null]);
  return now !== undefined && rights(now) === rights(before);
}

/** Whoever sees some services learns what is about these, and not even that something has happened to others. */
function seenBy({ services }: Caller, event: LiveEvent, concerns: Concerns): LiveEvent | undefined {
  if (services === undefined || concerns === 'everybody') return event;
  const own = concerns.filter((concern) => concern.services.some((name) => services.includes(name)));
  if (own.length === 0) return undefined;
  switch (event.kind) {
    case 'cycle-started':
      return { ...event, services: event.services.filter((name) => services.includes(name)) };
    case 'cycle-closed':
      return { kind: event.kind, at: event.at };
    case 'incidents':
    case 'operations':
      return { ...event, ids: own.flatMap(({ id }) => id ?? []) };
    case 'hello':
    case 'silences':
    case 'documents':
    case 'channels':
    case 'status-page':
    case 'configuration':
      return event;
  }
}
