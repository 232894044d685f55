import { setMaxListeners } from 'node:events';

/** A signal for as long as something goes on; `done` has to be called when nobody waits for it any more. */
export interface BoundedSignal {
  readonly signal: AbortSignal;
  readonly done: () => void;
}

/**
 * A signal that ends when one of `signals` does. Not `AbortSignal.any`: on Node 20 it leaves a trace in each of them, and some
 * live as long as the program; and what it is made of, and that alone, may be collected, and then it never ends.
 */
export function whicheverEnds(...signals: readonly AbortSignal[]): BoundedSignal {
  const controller = new AbortController();
  const stop = (): void => controller.abort(signals.find(({ aborted }) => aborted)?.reason);
  if (signals.some(({ aborted }) => aborted)) stop();
  else for (const one of signals) listen(one, stop);
  return {
    signal: controller.signal,
    done: () => {
      for (const one of signals) one.removeEventListener('abort', stop);
    },
  };
}

/** A signal that ends when `signal` does, or after `ms` with a `TimeoutError`. */
export function withDeadline(signal: AbortSignal, ms: number): BoundedSignal {
  const controller = new AbortController();
  const stop = (): void => controller.abort(signal.reason);
  const timer = setTimeout(() => controller.abort(new DOMException('the time is up', 'TimeoutError')), ms);
  if (signal.aborted) stop();
  else listen(signal, stop);
  return {
    signal: controller.signal,
    done: () => {
      clearTimeout(timer);
      signal.removeEventListener('abort', stop);
    },
  };
}

/** Many may wait on a signal of the whole program: that is no leak to be warned of. */
function listen(signal: AbortSignal, stop: () => void): void {
  setMaxListeners(0, signal);
  signal.addEventListener('abort', stop, { once: true });
}
