import { z } from 'zod';
import { messageOf } from '../../kit/errors.ts';
import { ellipsize } from '../../kit/text.ts';
import type { Json } from '../../model/json.ts';
import type { Finding } from '../../model/result.ts';
import { type Answer, defineExpectation } from '../expectation.ts';
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
  summary: 'sentences that must be true: `$.data.total > 0`, `$.items is not empty`, `header etag exists`',
  code: 'assertion',
  settings: sentences,
  prepare: (list): readonly Sentence[] => list.map(parseSentence),
  judge(answer, _check, prepared, context): readonly Finding[] {
    return prepared.flatMap((one) => judgeSentence(one, answer, context.now()));
  },
});

function judgeSentence(sentence: Sentence, answer: Answer, now: number): readonly Finding[] {
  const { subject, test } = sentence;
  switch (subject.kind) {
    case 'header':
      return decide(sentence, test(answer.headers[subject.name], now), answer.headers[subject.name]);
    case 'size':
      return decide(sentence, test(answer.bytes, now), answer.bytes);
    case 'body':
      return decide(sentence, test(answer.text(), now), answer.text());
    case 'path':
      if (answer.tooDeep) return [undecided(sentence)];
      return judgePath(sentence, subject, answer.json(), now);
  }
}

function undecided({ text }: Sentence): Finding {
  return { kind: 'that', level: 'info', message: `not judged, the body is nested too deep: ${text}` };
}

function judgePath(
  sentence: Sentence,
  { find, some }: Extract<Sentence['subject'], { kind: 'path' }>,
  body: Json | undefined,
  now: number,
): readonly Finding[] {
  const located = body === undefined ? [] : find(body);
  if (located.length === 0) return decide(sentence, sentence.test(undefined, now), undefined);
  const failing = located.filter(({ value }) => !sentence.test(value, now));
  const isMet = some ? failing.length < located.length : failing.length === 0;
  const [first] = failing;
  return decide(sentence, isMet, first?.value, first?.pointer);
}

function decide(
  sentence: Sentence,
  isMet: boolean,
  value: Json | undefined,
  pointer?: string,
): readonly Finding[] {
  if (isMet) return [];
  const found = value === undefined ? 'nothing' : ellipsize(JSON.stringify(value), 80);
  return [
    {
      kind: 'that',
      level: 'error',
      message: `expected: ${sentence.text}, found: ${found}`,
      ...(pointer === undefined ? {} : { pointer }),
      expected: sentence.predicate,
      found,
    },
  ];
}
