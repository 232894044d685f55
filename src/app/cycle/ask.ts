import { preFlight } from './pre-flight.ts';
import { messageOf } from '../../lib/errors.ts';
import type { Check } from '../../model/check.ts';
import type { Result } from '../../model/result.ts';
import type { Settings } from '../../model/settings.ts';
import type { TokenManager } from '../../auth/manager.ts';
import type { Runner } from '../../check/runner.ts';
import type { Logger } from '../../lib/logger.ts';

/** Calls a few operations beside the cycles; resolves when all of them have been, or could not be. */
export type Ask = (
  checks: readonly Check[],
  signal: AbortSignal,
  settled: (result: Result, check: Check) => void,
  /** `once`: what fails is not called again. */
  how?: { readonly once?: boolean },
) => Promise<void>;

interface AskParts {
  readonly tokens: Pick<TokenManager, 'prepare'>;
  readonly runner: Runner;
  readonly refill: (checks: readonly Check[], settings: Settings) => readonly Check[];
  readonly log: Logger;
}

/** What fails is called once more before it counts. */
const confirmAfterMs = [2000];

export function askBy({ tokens, runner, refill, log }: AskParts, settings: () => Settings): Ask {
  return async (checks, signal, settled, { once = false } = {}) => {
    const { graceMs } = settings();
    try {
      const ready = preFlight({ tokens, log }, checks, signal);
      const called = refill(checks, settings());
      const again = once ? [] : confirmAfterMs;
      await runner.run(called, { signal, graceMs, ready, confirmAfterMs: again, onResult: settled });
    } catch (error) {
      log.error('services that share a host could not be asked', { problem: messageOf(error) });
    }
  };
}
