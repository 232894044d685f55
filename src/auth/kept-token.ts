import { messageOf } from '../kit/errors.ts';
import type { Logger } from '../kit/logger.ts';
import type { KeptToken } from './slot.ts';
import type { Vault } from './vault.ts';

/**
 * Keeps one credential's token over restarts. A token of another configuration (`fingerprint`) is not given back.
 * A vault that does not work costs one sign-in, so it is logged and nothing else.
 */
export function keeperOf(
  vault: Vault | undefined,
  log: Logger,
  credential: string,
  fingerprint: string,
  scrub: (text: string) => string,
) {
  const warn = (message: string, error: unknown) =>
    log.warn(message, { credential, reason: scrub(messageOf(error)) });
  return {
    async keep(kept: KeptToken): Promise<void> {
      try {
        await vault?.save(credential, JSON.stringify({ for: fingerprint, ...kept }));
      } catch (error) {
        warn('a token could not be kept for the next start', error);
      }
    },
    async restore(): Promise<KeptToken | undefined> {
      try {
        const text = await vault?.load(credential);
        const kept =
          text === undefined ? undefined : (JSON.parse(text) as KeptToken & { readonly for: string });
        return kept?.for === fingerprint ? kept : undefined;
      } catch (error) {
        warn('the token of the last run could not be read', error);
        return undefined;
      }
    },
  };
}
