import type { Sentence } from '../../model/sentence.ts';
import type { ChannelHealth, ChannelNow } from '../../notify/ports.ts';
import type { QueuedMessage } from '../../store/outbox/gallery.ts';

/** What has not reached a channel. Times are epoch ms. */
export interface Queue {
  readonly waiting: number;
  readonly givenUp: number;
  /** Of the oldest that waits for more than quiet hours. */
  readonly waitsSince?: number;
  readonly nextTryAt?: number;
  /** The last refusal of what has not been taken, and what it means. */
  readonly refusal?: { readonly problem: Sentence; readonly hint?: Sentence };
}

export interface ChannelView extends Omit<ChannelHealth, 'state'>, Queue {
  /** `refusing`: it answers and does not take what it is sent. */
  readonly state: ChannelHealth['state'] | 'refusing';
}

/** How a channel is doing: what it answered last, and what has not got through. */
export function channelView(
  name: string,
  { nextTryAt: heldUntil, ...health }: ChannelNow,
  queued: readonly QueuedMessage[],
): ChannelView {
  const left = leftOver(name, queued, health.lastSentAt);
  const { nextTryAt, ...queue } = queueOf(name, left);
  const next = Math.max(nextTryAt ?? 0, heldUntil ?? 0);
  const isRefusing = health.state === 'ok' && left.some(({ refused }) => refused);
  return {
    ...health,
    ...(isRefusing ? { state: 'refusing' } : {}),
    ...queue,
    givenUp: queueOf(name, queued).givenUp,
    ...(next === 0 || queue.waitsSince === undefined ? {} : { nextTryAt: next }),
  };
}

/** What was given up before something was taken says nothing of how the channel is now. */
function leftOver(name: string, queued: readonly QueuedMessage[], lastSentAt = 0): readonly QueuedMessage[] {
  return queued.filter(
    ({ channel, state, createdAt }) => channel === name && (state === 'pending' || createdAt > lastSentAt),
  );
}

export function queueOf(name: string, queued: readonly QueuedMessage[]): Queue {
  const own = queued.filter(({ channel }) => channel === name);
  const waiting = own.filter(({ state }) => state === 'pending');
  const due = waiting.filter(({ held }) => !held);
  const tries = due.map(({ notBefore }) => notBefore).filter((at) => at > 0);
  const { problem, hint } = own.findLast((one) => one.problem !== undefined) ?? {};
  return {
    waiting: waiting.length,
    givenUp: own.length - waiting.length,
    ...(due.length === 0 ? {} : { waitsSince: Math.min(...due.map(({ createdAt }) => createdAt)) }),
    ...(tries.length === 0 ? {} : { nextTryAt: Math.min(...tries) }),
    ...(problem === undefined ? {} : { refusal: { problem, hint } }),
  };
}
