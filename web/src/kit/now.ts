import { useSyncExternalStore } from 'react';

/** What the server's clock is ahead of the browser's, ms: countdowns go by the server's. */
let aheadMs = 0;
let current = Date.now();
const listeners = new Set<() => void>();
let timer: ReturnType<typeof setInterval> | undefined;

function tick(): void {
  current = Date.now() + aheadMs;
  for (const listener of listeners) listener();
}

function follow(listener: () => void): () => void {
  listeners.add(listener);
  timer ??= setInterval(tick, 1000);
  return () => {
    listeners.delete(listener);
    if (listeners.size > 0) return;
    clearInterval(timer);
    timer = undefined;
  };
}

export function setServerTime(serverNow: number): void {
  aheadMs = serverNow - Date.now();
}

export const now = (): number => Date.now() + aheadMs;

/** The server's time, once a second. */
export function useNow(): number {
  return useSyncExternalStore(follow, () => current);
}
