import { sentence } from '../../messages/sentence.ts';
import { z } from 'zod';
import type { Finding } from '../../model/result.ts';
import { defineExpectation, promisedFor } from '../expectation.ts';

const shown = 5;

/** Fields that came without being documented: the document is behind, or two teams do not know of each other. */
export const drift = defineExpectation({
  kind: 'drift',
  summary: 'fields that the document does not know: `warning`, `info` (said once; the default) or `off`',
  code: 'drift',
  costly: 'tooLargeForDrift',
  settings: z.enum(['warning', 'info', 'off']),
  standing: 'info',
  judge(answer, check, level, context): readonly Finding[] {
    if (level === 'off' || answer.status >= 400 || answer.truncated || answer.bytes === 0) return [];
    const schema = promisedFor(check, answer.status)?.schema;
    if (typeof schema !== 'object') return [];
    const body = answer.json();
    if (body === undefined) return [];
    const found = context.shapes.of([schema], check.schemas).undocumented(body);
    // A field that comes and goes is told once, not with every answer that happens to have it.
    const fields =
      level === 'info' ? found.filter((field) => context.news.isNew(check.id, `drift ${field}`)) : found;
    if (fields.length === 0) return [];
    const list = fields.slice(0, shown).join(', ');
    const told = sentence('notDocumented', { fields: fields.slice(0, shown) });
    const rest = fields.length - shown;
    const message = rest > 0 ? sentence('andMore', { what: told, n: rest }) : told;
    const expected = sentence('noSuchField');
    return [{ kind: 'drift', level, message, pointer: fields[0] ?? '', expected, found: list }];
  },
});
