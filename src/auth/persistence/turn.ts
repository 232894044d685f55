import { SaidError } from '../../messages/said-error.ts';
import { sentence } from '../../messages/sentence.ts';
import { randomUUID } from 'node:crypto';
import type { Clock } from '../../lib/time/clock.ts';
import type { Sheet, SheetContent } from '../sheet.ts';

/** For so long a turn is another's without news of it: after this a killed process is no obstacle any more. */
export const turnMs = 10_000;
const renewEveryMs = 3000;
const lookEveryMs = 200;
/** A sign-in of several requests to an endpoint that answers at its last moment has ended by then. */
const patienceMs = 60_000;

/** Another process has been signing in for all the time that is waited. */
export class NotOurTurn extends SaidError {
  override readonly name = 'NotOurTurn';

  constructor() {
    super(sentence('otherProcessSignsIn'));
  }
}

/**
 * Lets the processes of one patrol sign in one after another. Whoever holds the turn says so every few seconds; a
 * process that was killed loses it after ten. Rejects with `NotOurTurn`.
 */
export async function inTurn<T>(
  sheet: Sheet,
  clock: Clock,
  signal: AbortSignal,
  work: () => Promise<T>,
): Promise<T> {
  const holder = randomUUID();
  await untilTaken(sheet, clock, holder, signal);
  const stop = new AbortController();
  const renewing = keepRenewing(sheet, clock, holder, stop.signal);
  try {
    return await work();
  } finally {
    stop.abort();
    await renewing;
    await sheet.change((content) => ({ content: without(content, holder), answer: undefined }));
  }
}

async function untilTaken(sheet: Sheet, clock: Clock, holder: string, signal: AbortSignal): Promise<void> {
  const giveUpAt = clock.monotonic() + patienceMs;
  while ((await take(sheet, clock, holder)) === false) {
    if (signal.aborted || clock.monotonic() >= giveUpAt) throw new NotOurTurn();
    await clock.sleep(lookEveryMs, signal);
  }
}

async function keepRenewing(sheet: Sheet, clock: Clock, holder: string, signal: AbortSignal): Promise<void> {
  for (;;) {
    await clock.sleep(renewEveryMs, signal);
    if (signal.aborted) return;
    await take(sheet, clock, holder);
  }
}

/** An end that lies further ahead than any turn lasts was written by a clock that has been put back since. */
function take(sheet: Sheet, clock: Clock, holder: string): Promise<boolean | undefined> {
  return sheet.change((content) => {
    const { turn } = content;
    const leftMs = turn === undefined ? 0 : turn.until - clock.now();
    const taken = turn !== undefined && turn.holder !== holder && leftMs > 0 && leftMs <= turnMs;
    if (taken) return { content, answer: false };
    return { content: { ...content, turn: { holder, until: clock.now() + turnMs } }, answer: true };
  });
}

function without(content: SheetContent, holder: string): SheetContent {
  return content.turn?.holder === holder ? { asked: content.asked } : content;
}
