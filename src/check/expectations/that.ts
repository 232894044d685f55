import { type Condition, parseCondition, unmet, type Unmet } from '../../lib/condition/condition.ts';
import { conditionTexts } from '../../lib/zod.ts';
import { sentence } from '../../messages/sentence.ts';
import type { Finding } from '../../model/result.ts';
import type { Sentence } from '../../model/sentence.ts';
import { type Answer, defineExpectation, type JudgeContext } from '../expectation.ts';
import { valueAt } from '../schema/violations.ts';
import { shownExactly } from '../schema/wording.ts';

/** Whatever else must be true of an answer, as a person would say it. */
export const that = defineExpectation({
  kind: 'that',
  summary: 'conditions that must all hold: `$.data.total > 0`, `$.items is not empty`, `header etag exists`',
  code: 'assertion',
  costly: 'tooLargeForThat',
  settings: conditionTexts,
  prepare: (list): readonly Condition[] => list.map(parseCondition),
  judge(answer, _check, prepared, context): readonly Finding[] {
    return prepared.flatMap((one) => judgeCondition(one, answer, context));
  },
});

function judgeCondition(condition: Condition, answer: Answer, context: JudgeContext): readonly Finding[] {
  const { subject, text } = condition;
  if (subject.kind === 'path' && answer.tooDeep)
    return [{ kind: 'that', level: 'info', message: sentence('assertionTooDeep', { assertion: text }) }];
  const wrong = unmet(condition, answer, { now: context.now(), effort: context.effort });
  return wrong === undefined ? [] : [findingOf(condition, wrong, answer)];
}

function findingOf({ text, predicate }: Condition, { value, pointer }: Unmet, answer: Answer): Finding {
  const found = foundAt(value, pointer, answer);
  return {
    kind: 'that',
    level: 'error',
    message: sentence('assertionFailed', { expected: text, found }),
    pointer,
    expected: predicate.text,
    found,
  };
}

function foundAt(value: Unmet['value'], pointer: string | undefined, answer: Answer): Sentence {
  if (value === undefined) return sentence('nothing');
  if (pointer === undefined) return shownExactly(undefined, value);
  return shownExactly(valueAt(answer.json(), pointer), valueAt(answer.exact(), pointer) ?? value);
}
