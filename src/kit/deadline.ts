/**
 * A signal that ends when `signal` does, or after `ms` with a `TimeoutError`; `done` has to be called when nobody waits for it any
 * more. Not `AbortSignal.any`: what it is made of, and that alone, may be collected, and then it never ends.
 */
export function withDeadline(
  signal: AbortSignal,
  ms: number,
): { readonly signal: AbortSignal; readonly done: () => void } {
  const controller = new AbortController();
  const stop = (): void => controller.abort(signal.reason);
  const timer = setTimeout(() => controller.abort(new DOMException('the time is up', 'TimeoutError')), ms);
  if (signal.aborted) stop();
  else signal.addEventListener('abort', stop, { once: true });
  return {
    signal: controller.signal,
    done: () => {
      clearTimeout(timer);
      signal.removeEventListener('abort', stop);
    },
  };
}
