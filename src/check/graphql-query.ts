import { jsonOf } from '../lib/json/json-of.ts';
import type { Check, OutgoingRequest } from '../model/check.ts';
import { isObject } from '../model/json.ts';

/** Whether a check asks in GraphQL, whose answers have an expectation of their own. */
export function isQuery({ request }: Check): boolean {
  if (request.method === 'GET') return /[?&]query=(?:query|mutation|subscription|%7B|\{)/i.test(request.url);
  return request.method === 'POST' && /^\s*(?:query|mutation|\{)/.test(queryIn(request) ?? '');
}

function queryIn({ body, headers }: OutgoingRequest): string | undefined {
  if (typeof body !== 'string') return undefined;
  if (headers['content-type']?.startsWith('application/graphql') === true && !body.startsWith('{"'))
    return body;
  const parsed = jsonOf(body);
  const query = isObject(parsed) ? parsed['query'] : undefined;
  return typeof query === 'string' ? query : undefined;
}
