import { z } from 'zod';
import type { Effort } from '../../lib/effort.ts';
import { messageOf } from '../../lib/errors.ts';
import type { Json } from '../../model/json.ts';
import type { Finding } from '../../model/result.ts';
import { type Answer, defineExpectation, type JudgeContext } from '../expectation.ts';
import { shownExactly, valueAt } from '../schema/violations.ts';
import { parseSentence, type Sentence } from './sentence.ts';

const sentences = z
  .union([z.string(), z.array(z.string())])
  .transform((written) => (typeof written === 'string' ? [written] : written))
  .superRefine((list, context) => {
    for (const text of list) {
      try {
        parseSentence(text);
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
  costly: 'too large to be held against the sentences of `that`',
  settings: sentences,
  prepare: (list): readonly Sentence[] => list.map(parseSentence),
  judge(answer, _check, prepared, context): readonly Finding[] {
    return prepared.flatMap((one) => judgeSentence(one, answer, context));
  },
});

function judgeSentence(sentence: Sentence, answer: Answer, context: JudgeContext): readonly Finding[] {
  const { subject } = sentence;
  const { effort } = context;
  const test = (value: Json | undefined): boolean => sentence.test(value, context.now(), effort);
  switch (subject.kind) {
    case 'header':
      return decide(sentence, test(answer.headers[subject.name]), answer.headers[subject.name]);
    case 'size':
      return decide(sentence, test(answer.bytes), answer.bytes);
    case 'body':
      return decide(sentence, test(answer.text()), answer.text());
    case 'path':
      if (answer.tooDeep) return [undecided(sentence)];
      return judgePath(sentence, subject, answer, { test, effort });
  }
}

function undecided({ text }: Sentence): Finding {
  return { kind: 'that', level: 'info', message: `not judged, the body is nested too deep: ${text}` };
}

function judgePath(
  sentence: Sentence,
  { find, some }: Extract<Sentence['subject'], { kind: 'path' }>,
  answer: Answer,
  { test, effort }: { readonly test: (value: Json | undefined) => boolean; readonly effort: Effort },
): readonly Finding[] {
  const [plain, exact] = [answer.json(), answer.exact()];
  const body = sentence.isOfType ? plain : exact;
  const located = body === undefined ? [] : find(body, effort);
  if (located.length === 0) return decide(sentence, test(undefined), undefined);
  const failing = located.filter(({ value }) => !test(value));
  const isMet = some ? failing.length < located.length : failing.length === 0;
  const [first] = failing;
  if (first === undefined) return decide(sentence, isMet, undefined);
  const at = first.pointer;
  return decide(sentence, isMet, valueAt(exact, at), { at, plain: valueAt(plain, at) });
}

function decide(
  sentence: Sentence,
  isMet: boolean,
  value: Json | undefined,
  place?: { readonly at: string; readonly plain: Json | undefined },
): readonly Finding[] {
  if (isMet) return [];
  const found = value === undefined ? 'nothing' : shownExactly(place?.plain, value);
  return [
    {
      kind: 'that',
      level: 'error',
      message: `expected: ${sentence.text}, found: ${found}`,
      ...(place === undefined ? {} : { pointer: place.at }),
      expected: sentence.predicate,
      found,
    },
  ];
}
