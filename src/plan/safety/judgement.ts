import type { Kind } from '../../lib/wording/sense.ts';

/** Where the word stood that decided. */
export type WordOrigin = 'path' | 'operationId' | 'title' | 'description' | 'answer' | 'section';

/** What a call does, as far as its document tells. */
export type Judgement =
  /** `explicit`: where a verb says so; absent: nothing speaks against it. */
  | { readonly answer: 'reads'; readonly explicit?: WordOrigin }
  | { readonly answer: 'changes'; readonly kind: Kind; readonly word: string; readonly place: WordOrigin }
  | { readonly answer: 'unsure'; readonly word: string; readonly place: WordOrigin };
