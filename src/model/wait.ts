/** What was tried waits no longer for its next try, save what was set aside (`notify/retry.ts`). */
export const longestWaitMs = 17 * 60_000;
export const longestAsideMs = 61 * 60_000;
/** The quiet hours of a calendar end within so many days (`notify/calendar.ts`). */
const longestQuietMs = 10 * 86_400_000;

/** What an outbox knows of how long a message waits. Times are epoch ms. */
export interface Wait {
  /** 0: it waits for what was asked for when it was put in, else for a time of the sender's. */
  readonly attempt: number;
  readonly aside: boolean;
  readonly notBefore: number;
  readonly leaseUntil: number;
}

/**
 * Whether the wait is over. The wall clock may have been set back since it began: what would wait longer than
 * anything is ever made to wait has waited long enough.
 */
export function isDue(
  { attempt, aside, notBefore, leaseUntil }: Wait,
  now: number,
  leaseMs: number,
): boolean {
  const longest = attempt === 0 ? longestQuietMs : aside ? longestAsideMs : longestWaitMs;
  return isOver(notBefore, now, longest) && isOver(leaseUntil, now, leaseMs);
}

function isOver(until: number, now: number, longestMs: number): boolean {
  return until <= now || until - now > longestMs;
}

/** How long the sender holds a message while it sends it: longer than the slowest send of all parts (`notify/post.ts`). */
export const leaseMs = 60_000;

/**
 * Whether a waiting message can be told together with others: it is due, and nobody may have read it yet. What may have arrived
 * is only ever repeated as it was.
 */
export function isFoldable(wait: Wait & { readonly unclear: number }, now: number): boolean {
  return wait.unclear === 0 && isDue(wait, now, leaseMs);
}
