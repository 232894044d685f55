import { openVault, type Vault } from '../auth/vault.ts';
import type { LoadedConfig } from '../config/load.ts';
import type { Logger } from '../kit/logger.ts';
import type { Store } from '../store/store.ts';

/** Tokens are kept over restarts, sealed with a key that is not in the database. */
export async function tokenVault(
  {
    config,
    env,
    log,
  }: { readonly config: LoadedConfig; readonly env: NodeJS.ProcessEnv; readonly log: Logger },
  store: Store,
): Promise<{ readonly vault?: Vault }> {
  const { problem, ...vault } = await openVault(store.tokens, {
    text: env['APIPATROL_KEY'],
    file: `${config.settings.store.path}.key`,
  });
  if (problem !== undefined) log.warn('tokens are not kept over restarts', { problem });
  return vault;
}
