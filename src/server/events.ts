import type { Clock } from '../kit/clock.ts';
import type { LiveEvent } from './api/overview.ts';
import type { Board } from './board.ts';
import type { Caller } from './caller.ts';
import { HttpProblem } from './http-problem.ts';

/** Proxies close what is silent for a minute. */
const pulseMs = 20_000;
const mostListeners = 500;

/** Server-sent events: everything the board tells, to everyone who listens. */
export class LiveEvents {
  readonly #board: Board;
  readonly #clock: Clock;
  readonly #closers = new Set<() => void>();

  constructor(board: Board, clock: Clock) {
    this.#board = board;
    this.#clock = clock;
  }

  /** A stream that ends when `gone` aborts or the server is closed. */
  open(caller: Caller, gone: AbortSignal): Response {
    if (this.#closers.size >= mostListeners)
      throw new HttpProblem(503, 'too many listen already', {}, { 'retry-after': '60' });
    const { writable, readable } = new TransformStream<Uint8Array, Uint8Array>();
    const writer = writable.getWriter();
    const send = (text: string): void => {
      writer.write(Buffer.from(text)).catch(close);
    };
    const tell = (event: LiveEvent): void => send(`event: ${event.kind}\ndata: ${JSON.stringify(event)}\n\n`);
    let cancelPulse = (): void => undefined;
    const pulse = (): void => {
      send(': still here\n\n');
      cancelPulse = this.#clock.after(pulseMs, pulse);
    };
    const forget = this.#board.listen((event) => tell(seenBy(caller, event)));
    const close = (): void => {
      if (!this.#closers.delete(close)) return;
      forget();
      cancelPulse();
      writer.close().catch(() => undefined);
    };
    this.#closers.add(close);
    gone.addEventListener('abort', close, { once: true });
    send('retry: 3000\n\n');
    tell({ kind: 'hello', at: this.#clock.now() });
    cancelPulse = this.#clock.after(pulseMs, pulse);
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
    for (const close of this.#closers) close();
  }
}

/** Whoever sees some services only learns that something has changed, and nothing of the others. */
function seenBy({ sources }: Caller, event: LiveEvent): LiveEvent {
  if (sources === undefined) return event;
  switch (event.kind) {
    case 'cycle-started':
      return { ...event, sources: event.sources.filter((name) => sources.includes(name)) };
    case 'cycle-closed':
      return { kind: event.kind, at: event.at };
    case 'incidents':
    case 'operations':
      return { ...event, ids: [] };
    case 'hello':
    case 'silences':
    case 'documents':
    case 'channels':
    case 'configuration':
      return event;
  }
}
