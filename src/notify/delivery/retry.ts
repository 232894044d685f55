import { fullJitter } from '../../lib/net/backoff.ts';
import type { Failure } from '../channels/channel.ts';

export interface Try {
  /** Counts from 1. */
  readonly attempt: number;
  /** Epoch ms at which the message was committed. */
  readonly createdAt: number;
  readonly now: number;
  readonly random: () => number;
  /** How often it may have arrived before. */
  readonly unclear: number;
  /** It tells of the beginning of something that goes on: it is never given up. */
  readonly matters: boolean;
}

export type Decision =
  | { readonly kind: 'later'; readonly notBefore: number }
  /** As `later`, but those behind it do not wait for it. */
  | { readonly kind: 'aside'; readonly why: 'refused' | 'unclear'; readonly notBefore: number }
  /** The message is given up. */
  | { readonly kind: 'undelivered' }
  /** The channel waits for so long; the message stays first in line. */
  | { readonly kind: 'hold'; readonly forMs: number };

const minuteMs = 60_000;
const baseMs = 2000;
/** So long after it is well again, a channel gets what has waited for it: nobody tells us that it is. */
const capMs = minuteMs;
const giveUpMs = 24 * 60 * minuteMs;
/** A day by a clock that may have been set is a day only when it was tried as often as one tries in a day. */
const giveUpTries = 90;
/** "System busy: retry, at most three times" (WeCom -1). Then a pause; an alert is not thrown away for it. */
const busyTries = 3;
/** What may have arrived is repeated a minute, five and thirty minutes after it was sent first. */
const unclearGapsMs = [minuteMs, 4 * minuteMs, 25 * minuteMs];
/** Then an incident that goes on is told again now and then, as a reminder would be. */
const unclearSlowMs = 60 * minuteMs;
/** What was refused in every form: at first it may have been the server's mistake, later it is the message. */
const refusedCapMs = 15 * minuteMs;

/** Whether what may have arrived so often before is repeated only as a reminder. */
export function isRepeatedOut(unclear: number): boolean {
  return unclear >= unclearGapsMs.length;
}

/** What becomes of a message that was not taken. Pure. */
export function decide(failure: Failure, about: Try): Decision {
  const isOld = about.now - about.createdAt >= giveUpMs && about.attempt >= giveUpTries;
  if (isOld && !about.matters) return { kind: 'undelivered' };
  switch (failure.kind) {
    case 'rejected':
    case 'shrink':
      if (!about.matters) return { kind: 'undelivered' };
      return aside('refused', about, Math.min(refusedCapMs, minuteMs * 2 ** Math.min(10, about.attempt - 1)));
    case 'unclear': {
      const gapMs = unclearGapsMs[about.unclear] ?? (about.matters ? unclearSlowMs : undefined);
      return gapMs === undefined ? { kind: 'undelivered' } : aside('unclear', about, gapMs);
    }
    case 'broken':
      return { kind: 'hold', forMs: failure.afterMs ?? capMs };
    case 'retry':
      return { kind: 'later', notBefore: about.now + Math.max(1, Math.round(backoff(failure, about))) };
  }
}

function aside(why: 'refused' | 'unclear', { now }: Try, waitMs: number): Decision {
  return { kind: 'aside', why, notBefore: now + waitMs };
}

function backoff(failure: Extract<Failure, { readonly kind: 'retry' }>, { attempt, random }: Try): number {
  const own =
    failure.code === '-1' && attempt % busyTries === 0
      ? capMs
      : fullJitter(attempt, { baseMs, capMs, random });
  const asked = failure.afterMs ?? 0;
  // Jitter on top of what was asked for, else everybody who was told the same comes back together.
  return asked === 0 ? own : asked + Math.min(own, asked / 10);
}
