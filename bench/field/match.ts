import type { CheckedResult } from './checked.ts';
import type { Exchange } from './recorder.ts';
import { templateOf } from './truth.ts';
import type { DocumentedOperation, Validator } from './validator.ts';

/** What went over the wire for a result: the last answer to its address. */
export function exchangeOf(
  { url, operation }: CheckedResult,
  exchanges: readonly Exchange[],
): Exchange | undefined {
  const { pathname, search } = new URL(url);
  const [method = 'GET'] = operation.split(' ');
  const own = exchanges.filter((one) => one.method === method);
  return (
    own.findLast(({ target }) => target === pathname + search) ??
    // A key in the query is masked in a report.
    own.findLast(({ target }) => target.split('?')[0] === pathname)
  );
}

/** The operation of the document that a result is about. */
export function operationOf(
  { operation, url }: Pick<CheckedResult, 'operation' | 'url'>,
  { operations }: Validator,
): DocumentedOperation | undefined {
  const [method = 'GET', ...rest] = operation.split(' ');
  const path = rest.join(' ');
  const own = operations.filter((one) => one.method === method);
  return (
    own.find((one) => one.path === path) ??
    own.find((one) => path.endsWith(one.path)) ??
    own.find((one) => templateOf(one.path).test(new URL(url).pathname))
  );
}
