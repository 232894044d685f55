import type { Check } from '../model/check.ts';
import type { Finding } from '../model/result.ts';
import { LazyAnswer } from './answer/answer.ts';
import type { Attempt } from './attempt.ts';
import { type AttemptContext, send } from './send.ts';
import type { Held } from './judge.ts';

/** Sends the further requests that some promises need, after one that went well. */
export async function probe(
  check: Check,
  held: readonly Held[],
  context: AttemptContext,
  attempt: Attempt,
): Promise<Attempt> {
  if (attempt.verdict !== 'pass' && attempt.verdict !== 'degraded') return attempt;
  let result = attempt;
  for (const { kind } of held) {
    const request = kind.probe?.request(check);
    if (kind.probe === undefined || request === undefined) continue;
    const outcome = await send(check, request, context);
    const findings = outcome.ok ? kind.probe.judge(new LazyAnswer(outcome, context.maxBytes)) : [];
    result = withFindings({ ...result, sent: result.sent + outcome.sent }, findings, kind.code);
  }
  return result;
}

function withFindings(attempt: Attempt, found: readonly Finding[], code: Attempt['reason']['code']): Attempt {
  const [first] = found;
  if (first === undefined) return attempt;
  const findings = [...attempt.findings, ...found];
  return { ...attempt, verdict: 'fail', reason: { code, message: first.message }, findings };
}
