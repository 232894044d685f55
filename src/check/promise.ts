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

/** `200, 404`, as a person would say what is documented; `nothing` when nothing is. */
export function documentedStatuses(check: Check): string {
  return check.promises.length === 0 ? 'nothing' : check.promises.map(({ status }) => status).join(', ');
}
