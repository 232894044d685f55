import { z } from 'zod';
import type { Finding } from '../../model/result.ts';
import { defineExpectation } from '../expectation.ts';
import { promisedFor } from '../promise.ts';

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
    const promised = promisedFor(check, answer.status)?.schema;
    if (promised === undefined) return [];
    if (answer.truncated) return [cut(answer.bytes)];
    const body = answer.json();
    if (body === undefined) return [];
    const findings = context.schemas.judge(body, promised, check);
    return level === 'error' ? findings : findings.map((finding) => ({ ...finding, level: 'warning' }));
  },
});

function cut(bytes: number): Finding {
  const message = `the body is over the limit (${bytes} bytes had arrived): its schema was not checked`;
  return { kind: 'schema', level: 'info', message };
}
