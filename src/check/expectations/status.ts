import { z } from 'zod';
import type { Check } from '../../model/check.ts';
import type { Finding } from '../../model/result.ts';
import { defineExpectation } from '../expectation.ts';
import { documentedStatuses } from '../promise.ts';

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
    if (settings === 'documented') return judgeDocumented(answer.status, check);
    const wanted = Array.isArray(settings) ? settings : [settings];
    if (wanted.some((pattern) => matches(pattern, answer.status))) return [];
    return [finding('error', answer.status, `expected: ${wanted.join(', ')}`, wanted.join(', '))];
  },
});

function judgeDocumented(status: number, check: Check): readonly Finding[] {
  const successes = check.promises.filter((promised) => /^[23]/.test(promised.status));
  const documented = documentedStatuses(check);
  if (status >= 400 || status < 200) {
    return [finding('error', status, `documented: ${documented}`, documented)];
  }
  if (successes.length === 0 || successes.some((promised) => matches(promised.status, status))) return [];
  // A redirect where a plain answer is promised is most often one to a sign-in page.
  const level = status < 300 ? 'warning' : 'error';
  return [finding(level, status, `documented: ${documented}`, documented)];
}

function matches(pattern: string | number, status: number): boolean {
  const text = String(pattern).toLowerCase();
  return text === String(status) || (text.endsWith('xx') && text[0] === String(status)[0]);
}

function finding(level: Finding['level'], status: number, rest: string, expected: string): Finding {
  return { kind: 'status', level, message: `HTTP ${status}, ${rest}`, expected, found: String(status) };
}
