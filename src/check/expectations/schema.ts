import { z } from 'zod';
import type { Finding } from '../../model/result.ts';
import { defineExpectation } from '../expectation.ts';
import { promisedFor } from '../promise.ts';
import { anyItem } from '../schema/violations.ts';
import { weigh } from '../schema/weigh.ts';

/** The body against the schema that the document gives for this status. */
export const schema = defineExpectation({
  kind: 'schema',
  summary: 'how strictly the documented schema of the body is taken: `error`, `warning` or `off`',
  code: 'schema',
  settings: z.enum(['error', 'warning', 'off']),
  standing: 'error',
  judge(answer, check, level, context): readonly Finding[] {
    if (level === 'off' || answer.bytes === 0 || check.method === 'HEAD') return [];
    // The schema of an answer that is wrong by its status says nothing that the status does not.
    if (answer.status >= 400) return [];
    const promised = promisedFor(check, answer.status);
    if (promised?.schema === undefined) return [];
    if (answer.truncated) return [cut(answer.bytes)];
    const body = answer.json();
    if (body === undefined) return [];
    const violations = context.schemas.judge(body, promised.schema, check);
    if (violations.length === 0) return violations;
    const shape = context.shapes.of([promised.schema], check.schemas);
    const findings = weigh(violations, body, shape, () => context.schemas.shownBy(promised, check));
    return findings.flatMap((finding) => {
      if (finding.level !== 'info') return [level === 'error' ? finding : { ...finding, level: 'warning' }];
      const { pointer = '', expected = finding.message } = finding;
      return context.news.isNew(check.id, `schema ${anyItem(pointer)} ${expected}`) ? [finding] : [];
    });
  },
});

function cut(bytes: number): Finding {
  const message = `the body is over the limit (${bytes} bytes had arrived): its schema was not checked`;
  return { kind: 'schema', level: 'info', message };
}
