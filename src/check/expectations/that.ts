import { sentence } from '../../messages/sentence.ts';
import { z } from 'zod';
import type { Effort } from '../../lib/effort.ts';
import { messageOf } from '../../lib/errors.ts';
import type { Json } from '../../model/json.ts';
import type { Finding } from '../../model/result.ts';
import { type Answer, defineExpectation, type JudgeContext } from '../expectation.ts';
import { valueAt } from '../schema/violations.ts';
import { shownExactly } from '../schema/wording.ts';
import { type Assertion, parseAssertion } from './assertion.ts';

const assertions = z
  .union([z.string(), z.array(z.string())])
  .transform((written) => (typeof written === 'string' ? [written] : written))
  .superRefine((list, context) => {
    for (const text of list) {
      try {
        parseAssertion(text);
      } catch (error) {
        context.addIssue({ code: 'custom', message: `"${text}" ${messageOf(error)}` });
      }
    }
  });

/** Whatever else must be true of an answer, as a person would say it. */
export const that = defineExpectation({
  kind: 'that',
  summary: 'assertions that must hold: `$.data.total > 0`, `$.items is not empty`, `header etag exists`',
  code: 'assertion',
  costly: 'tooLargeForThat',
  settings: assertions,
  prepare: (list): readonly Assertion[] => list.map(parseAssertion),
  judge(answer, _check, prepared, context): readonly Finding[] {
    return prepared.flatMap((one) => judgeAssertion(one, answer, context));
  },
});

function judgeAssertion(assertion: Assertion, answer: Answer, context: JudgeContext): readonly Finding[] {
  const { subject } = assertion;
  const { effort } = context;
  const test = (value: Json | undefined): boolean => assertion.test(value, context.now(), effort);
  switch (subject.kind) {
    case 'header':
      return decide(assertion, test(answer.headers[subject.name]), answer.headers[subject.name]);
    case 'size':
      return decide(assertion, test(answer.bytes), answer.bytes);
    case 'body':
      return decide(assertion, test(answer.text()), answer.text());
    case 'path':
      if (answer.tooDeep) return [undecided(assertion)];
      return judgePath(assertion, subject, answer, { test, effort });
  }
}

function undecided({ text }: Assertion): Finding {
  return { kind: 'that', level: 'info', message: sentence('assertionTooDeep', { assertion: text }) };
}

function judgePath(
  assertion: Assertion,
  { find, some }: Extract<Assertion['subject'], { kind: 'path' }>,
  answer: Answer,
  { test, effort }: { readonly test: (value: Json | undefined) => boolean; readonly effort: Effort },
): readonly Finding[] {
  const [plain, exact] = [answer.json(), answer.exact()];
  const body = assertion.isOfType ? plain : exact;
  const located = body === undefined ? [] : find(body, effort);
  if (located.length === 0) return decide(assertion, test(undefined), undefined);
  const failing = located.filter(({ value }) => !test(value));
  const isMet = some ? failing.length < located.length : failing.length === 0;
  const [first] = failing;
  if (first === undefined) return decide(assertion, isMet, undefined);
  const at = first.pointer;
  return decide(assertion, isMet, valueAt(exact, at), { at, plain: valueAt(plain, at) });
}

function decide(
  assertion: Assertion,
  isMet: boolean,
  value: Json | undefined,
  place?: { readonly at: string; readonly plain: Json | undefined },
): readonly Finding[] {
  if (isMet) return [];
  const found = value === undefined ? sentence('nothing') : shownExactly(place?.plain, value);
  return [
    {
      kind: 'that',
      level: 'error',
      message: sentence('assertionFailed', { expected: assertion.text, found }),
      ...(place === undefined ? {} : { pointer: place.at }),
      expected: assertion.predicate,
      found,
    },
  ];
}
