import type { Catalogue } from './entry.ts';

/** What is said of a call and its answer. */
export const callSentences = {
  stoppedBeforeSent: ['stopped before it was sent', '发出之前已停止'],
} as const satisfies Catalogue;
