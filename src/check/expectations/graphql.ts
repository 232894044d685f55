import { sentence } from '../../messages/sentence.ts';
import { z } from 'zod';
import { ellipsize } from '../../lib/text/text.ts';
import { isObject, type Json } from '../../model/json.ts';
import type { Finding } from '../../model/result.ts';
import { defineExpectation } from '../expectation.ts';
import { isQuery } from '../graphql-query.ts';

/** GraphQL over HTTP answers 200 also when the query failed, and lists why under `errors`. */
export const graphql = defineExpectation({
  kind: 'graphql',
  summary: 'whether a GraphQL query may come back with `errors`: `no-errors` (the default) or `off`',
  code: 'assertion',
  settings: z.enum(['no-errors', 'off']),
  standing: 'no-errors',
  prepare: (settings, check): boolean => settings !== 'off' && isQuery(check),
  judge(answer, _check, isOn): readonly Finding[] {
    const body = isOn && !answer.truncated ? answer.json() : undefined;
    const errors = isObject(body) && Array.isArray(body['errors']) ? (body['errors'] as readonly Json[]) : [];
    const [first] = errors;
    if (first === undefined) return [];
    const said =
      isObject(first) && typeof first['message'] === 'string' ? first['message'] : JSON.stringify(first);
    const hasData =
      isObject(body) && isObject(body['data']) && Object.values(body['data']).some((part) => part !== null);
    const told = sentence('queryError', { said: ellipsize(said, 200) });
    return [
      {
        kind: 'graphql',
        level: hasData ? 'warning' : 'error',
        message: errors.length > 1 ? sentence('andMore', { what: told, n: errors.length - 1 }) : told,
        pointer: '/errors/0',
        expected: sentence('noErrors'),
        found: ellipsize(said, 80),
      },
    ];
  },
});
