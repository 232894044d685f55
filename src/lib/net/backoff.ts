/** Full jitter: a random wait between 0 and `min(cap, base · 2^(attempt-1))` ms; `attempt` counts from 1. */
export function fullJitter(
  attempt: number,
  options: { readonly baseMs: number; readonly capMs: number; readonly random?: () => number },
): number {
  const ceiling = Math.min(options.capMs, options.baseMs * 2 ** (attempt - 1));
  return Math.round((options.random ?? Math.random)() * ceiling);
}

/**
 * `Retry-After` (RFC 9110 §10.2.3) as a wait in ms from `now`, seconds or HTTP-date; `undefined` when it is
 * missing or unreadable. Never negative.
 */
export function parseRetryAfter(value: string | undefined, now: number): number | undefined {
  if (value === undefined) return undefined;
  if (/^\s*\d+\s*$/.test(value)) return Number(value) * 1000;
  const date = Date.parse(value);
  return Number.isNaN(date) ? undefined : Math.max(0, date - now);
}
