import type { TokenManager } from '../../auth/manager.ts';
import type { RunOptions } from '../../check/scheduling/run.ts';
import { messageOf } from '../../lib/errors.ts';
import type { Logger } from '../../lib/logger.ts';
import type { Check } from '../../model/check.ts';

/** A token that the pre-flight of a cycle finds good lasts at least this long. */
const tokenBudgetMs = 240_000;

interface PreFlightParts {
  readonly tokens: Pick<TokenManager, 'prepare'>;
  readonly log: Logger;
}

/**
 * Sees to it that no token ends between the first of these checks and the last. Each waits for its own credential: an
 * endpoint that takes its time holds up nobody who does not need it.
 */
export function preFlight(
  { tokens, log }: PreFlightParts,
  checks: readonly Check[],
  signal: AbortSignal,
): NonNullable<RunOptions['ready']> {
  const prepare = async (credential: string): Promise<void> => {
    try {
      await tokens.prepare([credential], tokenBudgetMs, signal);
    } catch (error) {
      log.error('a credential could not be looked after', { credential, problem: messageOf(error) });
    }
  };
  const names = new Set(checks.flatMap(({ credential }) => credential ?? []));
  const prepared = new Map([...names].map((name) => [name, prepare(name)]));
  return ({ credential }) => (credential === undefined ? undefined : prepared.get(credential));
}
