import { createVault, type Vault, type VaultKey } from '../auth/vault.ts';
import type { Logger } from '../kit/logger.ts';
import type { Store } from '../store/store.ts';

/** Tokens are kept over restarts, sealed with a key that is not in the database; without one each start signs in anew. */
export function tokenVault(key: VaultKey, store: Store, log: Logger): { readonly vault?: Vault } {
  if (key.ok) return { vault: createVault(store.tokens, key.key) };
  log.warn('tokens are not kept over restarts', { problem: `${key.message}; ${key.hint}` });
  return {};
}
