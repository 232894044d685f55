import { sentence } from '../messages/sentence.ts';
import type { Check, Plan, Skipped } from '../model/check.ts';

/** What becomes of operations, where the same request described twice is sent once. */
export class Outcomes implements Pick<Plan, 'checks' | 'skipped'> {
  readonly checks: Check[] = [];
  readonly skipped: Skipped[] = [];
  readonly #first = new Map<string, Check>();

  add(outcome: Check | Skipped): void {
    if (!('request' in outcome)) {
      this.skipped.push(outcome);
      return;
    }
    const key = requestKey(outcome);
    const earlier = this.#first.get(key);
    if (earlier === undefined) {
      this.#first.set(key, outcome);
      this.checks.push(outcome);
    } else this.skipped.push(repeated(outcome, earlier));
  }
}

function requestKey({ service, request, credential }: Check): string {
  return [service, request.method, request.url, request.body ?? '', credential ?? ''].join('\0');
}

function repeated({ id, service, documentId, operation, tags }: Check, earlier: Check): Skipped {
  return {
    id,
    service,
    documentId,
    operation,
    tags,
    code: 'duplicate',
    reason:
      earlier.documentId === documentId
        ? sentence('sameRequest', { operation: earlier.operation })
        : sentence('sameRequestOf', {
            operation: earlier.operation,
            document: earlier.documentId.slice(earlier.service.length + 1),
          }),
  };
}
