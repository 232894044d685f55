import { mapTexts, type Sentence } from '../model/sentence.ts';
import { ellipsize } from '../lib/text/text.ts';
import type { SkipCode } from '../model/check.ts';

/** Why one operation is not called, before it is known whose it is. */
export interface SkipNote {
  readonly code: SkipCode;
  readonly reason: Sentence;
  readonly hint?: Sentence;
  readonly needs?: string;
}

/** A document may give it. */
const longestReason = 500;

export function skip(code: SkipCode, reason: Sentence, hint?: Sentence): SkipNote {
  return {
    code,
    reason: mapTexts(reason, (text) => ellipsize(text, longestReason)),
    hint,
  };
}

/** Steps of the planner return what they made or a note why they could not. */
export function isSkip(step: object | string | undefined): step is SkipNote {
  return typeof step === 'object' && 'code' in step && 'reason' in step;
}
