import type { Operation } from '../model/document.ts';
import { operationMatcher } from './match.ts';

/** Which operations a person asked for; each given list narrows further. */
export interface PlanFilter {
  /** `GET /orders*`, as in the config's `match`. */
  readonly only?: readonly string[];
  readonly tags?: readonly string[];
  readonly services?: readonly string[];
  /** Ids of checks. */
  readonly checks?: ReadonlySet<string>;
}

export function filterOf(
  filter: PlanFilter = {},
): (service: string, operation: Operation, id: string) => boolean {
  const only = filter.only?.map((pattern) => operationMatcher(pattern));
  return (service, operation, id) =>
    (filter.checks === undefined || filter.checks.has(id)) &&
    (filter.services === undefined || filter.services.includes(service)) &&
    (filter.tags === undefined || filter.tags.some((tag) => operation.tags.includes(tag))) &&
    (only === undefined || only.some((matches) => matches(operation)));
}
