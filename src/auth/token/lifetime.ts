const minuteMs = 60_000;

/** A token whose issuer says nothing is renewed after this long, and used until it has been or is refused. */
export const unknownLifeMs = 10 * minuteMs;

export interface Lifetime {
  /** From this age on it is renewed in the background, and used meanwhile. */
  readonly refreshAfterMs: number;
  /** From this age on it is not used; infinite when the issuer does not say. */
  readonly expireAfterMs: number;
}

/**
 * How long a token with `ttlMs` left is kept: it is renewed 20 % of its life or 60 s before its end, whichever is
 * less, varied by a tenth so that many patrols do not meet at the token endpoint.
 */
export function lifetimeOf(ttlMs: number | undefined, random: () => number): Lifetime {
  const variation = 0.9 + 0.2 * random();
  if (ttlMs === undefined) {
    return { refreshAfterMs: unknownLifeMs * variation, expireAfterMs: Number.POSITIVE_INFINITY };
  }
  const life = Math.max(0, ttlMs);
  return { refreshAfterMs: life - Math.min(life * 0.2, minuteMs) * variation, expireAfterMs: life };
}

/** Of a short life so much may be left when it is renewed ahead of time. */
const longestMarginShare = 0.25;
/** Ten seconds, less what rounding and the way take. A shorter life is none to patrol with: its login would never rest. */
const shortestLifeMs = 8000;

/** How long a token that lives `lifeMs` has to last yet so that it is not renewed for what takes `ms`. */
export function marginFor(ms: number, lifeMs: number): number {
  return Math.min(ms, lifeMs * longestMarginShare);
}

/** Whether a token that lives `lifeMs`, `leftMs` of it yet, has been good for as long as it could be. */
export function hasLivedOut(lifeMs: number, leftMs: number): boolean {
  return Number.isFinite(lifeMs) && lifeMs >= shortestLifeMs && leftMs <= lifeMs * longestMarginShare;
}

/** An endpoint that is back is found to be so within a minute, however long it was away. */
export const longestOutageWaitMs = minuteMs;

const backoffMs = [5000, 15_000, longestOutageWaitMs] as const;

/** Wait before the next request to a token endpoint that has failed `attempts` times in a row, ± 10 %. */
export function retryWaitMs(attempts: number, random: () => number): number {
  const base = backoffMs[Math.min(attempts, backoffMs.length) - 1] ?? backoffMs[0];
  return Math.min(longestOutageWaitMs, base * (0.9 + 0.2 * random()));
}

const hourMs = 60 * minuteMs;
const refusalWaitsMs = [minuteMs, 5 * minuteMs, 15 * minuteMs] as const;

/** Wait after the account was refused `refusals` times: that it is taken again is found within a quarter of an hour. */
export function refusalWaitMs(refusals: number): number {
  return refusalWaitsMs[Math.min(refusals, refusalWaitsMs.length) - 1] ?? refusalWaitsMs[0];
}

const banWaitsMs = [15 * minuteMs, hourMs, 6 * hourMs, 24 * hourMs] as const;

/** Wait after an answer that speaks of a ban, which every request prolongs: four on the first day, then one a day. */
export function banWaitMs(refusals: number): number {
  return banWaitsMs[Math.min(refusals, banWaitsMs.length) - 1] ?? banWaitsMs[0];
}
