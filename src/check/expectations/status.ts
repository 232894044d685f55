import { sentence } from '../../messages/sentence.ts';
import { z } from 'zod';
import type { Check } from '../../model/check.ts';
import type { Finding } from '../../model/result.ts';
import { type Answer, defineExpectation, documentedSuccesses } from '../expectation.ts';
import { showTarget, targetOf } from '../redirects/target.ts';

const one = z.union([
  z.int().min(100).max(599),
  z
    .string()
    .regex(/^[1-5](?:\d\d|xx)$/i, 'is not a status; write 200, 2xx or a list of them')
    .transform((text) => text.toLowerCase()),
]);

/**
 * Without settings: a documented success, else any 2xx or 3xx when the document says nothing about success. A
 * documented 4xx is an answer to a wrong call, and ours is a valid one.
 */
export const status = defineExpectation({
  kind: 'status',
  summary: 'HTTP status: `200`, `2xx` or a list; default: what the document gives as success',
  code: 'status',
  settings: z.union([one, z.array(one).min(1), z.literal('documented')]),
  standing: 'documented',
  judge(answer, check, settings): readonly Finding[] {
    if (settings === 'documented') return judgeDocumented(answer, check);
    const wanted = Array.isArray(settings) ? settings : [settings];
    if (wanted.some((pattern) => matches(pattern, answer.status))) return [];
    return [finding('error', answer, check, 'statusExpected', wanted.join(', '))];
  },
});

/** Whether this very status is named as one that the answer may have. */
export function isNamed(status: number, settings: unknown, check: Check): boolean {
  const wanted =
    settings === 'documented' ? check.promises.map((promised) => promised.status) : [settings].flat();
  return (wanted as readonly (string | number)[]).some((pattern) => matches(pattern, status));
}

function judgeDocumented(answer: Answer, check: Check): readonly Finding[] {
  const { status } = answer;
  const successes = check.promises.filter((promised) => /^[23]/.test(promised.status));
  const documented = documentedSuccesses(check);
  if (status >= 400 || status < 200) {
    return [finding('error', answer, check, 'statusExpected', documented)];
  }
  if (successes.length === 0 || successes.some((promised) => matches(promised.status, status))) return [];
  const isOther = status < 300 && check.promises.some((promised) => promised.status === 'default');
  if (isOther) return [];
  // A redirect where a plain answer is promised is most often one to a sign-in page.
  const level = status < 300 ? 'warning' : 'error';
  return [
    finding(level, answer, check, level === 'error' ? 'statusExpected' : 'statusDocumented', documented),
  ];
}

function matches(pattern: string | number, status: number): boolean {
  const text = String(pattern).toLowerCase();
  return text === String(status) || (text.endsWith('xx') && text[0] === String(status)[0]);
}

function finding(
  level: Finding['level'],
  { status, headers }: Answer,
  check: Check,
  code: 'statusExpected' | 'statusDocumented',
  expected: string,
): Finding {
  const target = targetOf(status, headers['location'], check.request.url);
  const found = `${status}${target === undefined ? '' : ` → ${showTarget(target)}`}`;
  return { kind: 'status', level, message: sentence(code, { status: found, expected }), expected, found };
}
