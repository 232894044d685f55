/** Each channel has queues of its own for what waits, so that it holds nothing up. */
const marks = { quiet: '~quiet', first: '~first' } as const;

/** What waits until morning. */
export function quietQueue(channel: string): string {
  return `${channel}${marks.quiet}`;
}

export function isQuietQueue(queue: string): boolean {
  return queue.endsWith(marks.quiet);
}

/** First reports, which wait a moment for those of other services. */
export function firstQueue(channel: string): string {
  return `${channel}${marks.first}`;
}

export function isFirstQueue(queue: string): boolean {
  return queue.endsWith(marks.first);
}

/** All queues of a channel, in the order in which they are sent. */
export function queuesOf(channel: string): readonly string[] {
  return [channel, firstQueue(channel), quietQueue(channel)];
}

export function channelOf(queue: string): string {
  const mark = Object.values(marks).find((one) => queue.endsWith(one));
  return mark === undefined ? queue : queue.slice(0, -mark.length);
}
