import { recheckSelection } from '../../incidents/root-cause/recheck-selection.ts';
import type { Conclusion } from './conclude.ts';
import type { Check } from '../../model/check.ts';
import type { Incident } from '../../model/incident.ts';
import type { Settings } from '../../model/settings.ts';
import type { Result } from '../../model/result.ts';
import type { Parts } from '../composition.ts';
import { preFlight } from './pre-flight.ts';

/**
 * A look between two cycles at what is wrong: a few checks for each open incident are called once, so that a
 * recovery is told within a minute or two; where many begin to answer well, one part after the other of all that failed. What
 * they say counts for incidents and not for statistics. Yields `undefined` when there was nothing to look at.
 */
export async function recheck(
  parts: Parts,
  settings: Settings,
  checks: readonly Check[],
  signal: AbortSignal,
  wantedOf: (open: readonly Incident[]) => readonly Incident[],
): Promise<Conclusion | undefined> {
  const open = wantedOf(await parts.store.openIncidents());
  const sweep = {
    unheard: parts.assessor.unheard(),
    perOrigin: perLook(settings.limits.ratePerOrigin),
  };
  const wanted = new Set(recheckSelection(open, checks, (checkId) => parts.recent.atLeast(checkId), sweep));
  const chosen = checks.filter(({ id }) => wanted.has(id));
  if (chosen.length === 0) return undefined;
  return (await call(parts, settings, chosen, signal)).conclusion;
}

/** Others that are wrong wait no longer for their own look than this. */
const lookMs = 10_000;

function perLook(ratePerS: number): number {
  return Math.max(1, Math.floor((ratePerS * lookMs) / 1000));
}

/** Calls one check because somebody asked: counts as a look does. `undefined` when there was no time for it. */
export async function callNow(
  parts: Parts,
  settings: Settings,
  one: Check,
  signal: AbortSignal,
): Promise<{ readonly result: Result; readonly conclusion?: Conclusion } | undefined> {
  const { results, conclusion } = await call(parts, settings, [one], signal);
  const [result] = results;
  if (result === undefined) return undefined;
  return { result, conclusion };
}

async function call(
  parts: Parts,
  settings: Settings,
  chosen: readonly Check[],
  signal: AbortSignal,
): Promise<{ readonly results: readonly Result[]; readonly conclusion: Conclusion | undefined }> {
  const ready = preFlight(parts, chosen, signal);
  const { graceMs } = settings;
  const results = await parts.runner.run(chosen, { signal, graceMs, ready, confirmAfterMs: [] });
  const conclusion = signal.aborted ? undefined : await parts.assessor.look(settings, results);
  return { results, conclusion };
}
