import { fullJitter } from '../kit/backoff.ts';
import type { Failure } from './channel.ts';

export interface Try {
  /** Counts from 1. */
  readonly attempt: number;
  /** Epoch ms at which the message was committed. */
  readonly createdAt: number;
  readonly now: number;
  readonly random: () => number;
}

export type Decision =
  | { readonly kind: 'later'; readonly notBefore: number }
  /** The message is given up. */
  | { readonly kind: 'dead' }
  /** The channel waits until then; the message stays first in line. */
  | { readonly kind: 'hold'; readonly until: number };

const baseMs = 2000;
const capMs = 5 * 60_000;
const giveUpMs = 24 * 3_600_000;
/** A broken channel is tried again now and then: nobody tells us that the robot is back in its group. */
const brokenMs = 15 * 60_000;
/** "System busy: retry, at most three times" (WeCom -1). Then a pause; an alert is not thrown away for it. */
const busyTries = 3;

/** What becomes of a message that was not taken. Pure. */
export function decide(failure: Failure, about: Try): Decision {
  if (failure.kind === 'rejected' || failure.kind === 'shrink') return { kind: 'dead' };
  if (about.now - about.createdAt >= giveUpMs) return { kind: 'dead' };
  if (failure.kind === 'broken') return { kind: 'hold', until: about.now + brokenMs };
  const backoff =
    failure.code === '-1' && about.attempt % busyTries === 0
      ? capMs
      : fullJitter(about.attempt, { baseMs, capMs, random: about.random });
  const asked = failure.afterMs ?? 0;
  // Jitter on top of what was asked for, else everybody who was told the same comes back together.
  const waitMs = asked === 0 ? backoff : asked + Math.min(backoff, asked / 10);
  return { kind: 'later', notBefore: about.now + Math.max(1, Math.round(waitMs)) };
}
