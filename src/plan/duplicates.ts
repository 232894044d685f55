import type { Check, Plan, Skipped } from '../model/check.ts';

/** The same request described twice is sent once. */
export function withoutDuplicates(outcomes: readonly (Check | Skipped)[]): Pick<Plan, 'checks' | 'skipped'> {
  const first = new Map<string, Check>();
  const checks: Check[] = [];
  const left: Skipped[] = [];
  for (const outcome of outcomes) {
    if (!('request' in outcome)) {
      left.push(outcome);
      continue;
    }
    const key = requestKey(outcome);
    const earlier = first.get(key);
    if (earlier === undefined) {
      first.set(key, outcome);
      checks.push(outcome);
    } else left.push(repeated(outcome, earlier));
  }
  return { checks, skipped: left };
}

function requestKey({ source, request, credential }: Check): string {
  return [source, request.method, request.url, request.body ?? '', credential ?? ''].join('\0');
}

function repeated({ id, source, documentId, operation, tags }: Check, earlier: Check): Skipped {
  const where =
    earlier.documentId === documentId ? '' : ` of ${earlier.documentId.slice(earlier.source.length + 1)}`;
  return {
    id,
    source,
    documentId,
    operation,
    tags,
    code: 'duplicate',
    reason: `the same request as ${earlier.operation}${where}`,
  };
}
