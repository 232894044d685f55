import { envelopeAnswerIn } from '../../messages/envelope.ts';
import { paramsOf } from '../../messages/sentence.ts';
import { isSentence, type Sentence } from '../../model/sentence.ts';
import type { Check } from '../../model/check.ts';
import { isObject } from '../../model/json.ts';
import type { LazyAnswer } from '../answer/answer.ts';
import type { JudgeContext } from '../expectation.ts';
import type { Held } from '../judge.ts';
import { messageIn } from './view.ts';
import { type RefusalKind, refusalIn } from './words.ts';

/** A body that says, whatever its status, that nobody is signed in or that a permission is missing. */
export interface Refusal {
  readonly kind: RefusalKind;
  /** `code is 401 ("未登录")` */
  readonly what: Sentence;
}

/** Refusals are short; packed ones are not unpacked when they may be long. */
const longest = { plain: 16_384, packed: 2048 };

/** What an envelope says against whoever calls; `undefined` where there is none, or it says nothing of that kind. */
export function refusalBy(
  answer: LazyAnswer,
  check: Check,
  held: readonly Held[],
  context: JudgeContext,
): Refusal | undefined {
  const most = answer.header('content-encoding') === undefined ? longest.plain : longest.packed;
  if (answer.status >= 300 || answer.bytes > most) return undefined;
  for (const { kind, prepared } of held) {
    if (kind.kind !== 'envelope') continue;
    for (const { message } of kind.judge(answer, check, prepared, context)) {
      const body = answer.json();
      const text = isObject(body) ? messageIn(body) : undefined;
      const refusal = refusalIn(envelopeAnswerIn(message)?.code ?? '', text);
      if (refusal !== undefined) return { kind: refusal, what: withoutWanted(message) };
    }
  }
  return undefined;
}

function withoutWanted(told: Sentence): Sentence {
  const what = (['envelopeDocumented', 'envelopeExpected', 'envelopeDenied'] as const)
    .map((code) => paramsOf(told, code)?.what)
    .find(isSentence);
  return what ?? told;
}
