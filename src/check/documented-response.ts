import type { Check, Promised } from '../model/check.ts';

/**
 * What the document promises for a status: the exact one before its class before `default`. Beside a documented
 * success `default` describes errors, and says nothing of another success.
 */
export function promisedFor(check: Check, status: number): Promised | undefined {
  const exact = String(status);
  const family = `${exact[0]}XX`;
  let best: Promised | undefined;
  let hasSuccess = false;
  for (const promised of check.promises) {
    if (promised.status === exact) return promised;
    if (promised.status.startsWith('2')) hasSuccess = true;
    if (promised.status.toUpperCase() === family) best = promised;
    else if (promised.status === 'default') best ??= promised;
  }
  return best?.status === 'default' && hasSuccess && status < 400 ? undefined : best;
}

/** What counts as success, as a person would say it: `200, 201`; `2xx` where the document does not say. */
export function documentedSuccesses({ promises }: Check): string {
  const successes = promises.filter(({ status }) => /^[23]/.test(status));
  return successes.length === 0 ? '2xx' : successes.map(({ status }) => status.toLowerCase()).join(', ');
}
