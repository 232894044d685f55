import { credentialsOf, tokenBudgetMs } from '../patrol.ts';
import { messageOf } from '../kit/errors.ts';
import type { Check } from '../model/check.ts';
import type { Result } from '../model/result.ts';
import type { Settings } from '../model/settings.ts';
import type { Parts } from '../parts.ts';

/** Calls a few operations beside the cycles; resolves when all of them have been, or could not be. */
export type Ask = (
  checks: readonly Check[],
  signal: AbortSignal,
  settled: (result: Result, check: Check) => void,
) => Promise<void>;

/** What fails is called once more before it counts. */
const confirmAfterMs = [2000];

export function askBy(
  { tokens, engine, refill, log }: Pick<Parts, 'tokens' | 'engine' | 'refill' | 'log'>,
  settings: () => Settings,
): Ask {
  return async (checks, signal, settled) => {
    const { graceMs } = settings();
    try {
      await tokens.prepare(credentialsOf(checks), tokenBudgetMs, signal);
      const called = refill(checks, settings());
      await engine.run(called, { signal, graceMs, confirmAfterMs, onResult: settled });
    } catch (error) {
      log.error('services that share a host could not be asked', { problem: messageOf(error) });
    }
  };
}
