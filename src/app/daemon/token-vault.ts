import type { SignInSheets } from '../../auth/ports.ts';
import { createVault, type Vault, type VaultKey } from '../../auth/persistence/vault.ts';
import type { Logger } from '../../lib/logger.ts';
import type { Store } from '../../store/store.ts';

/** Tokens are kept over restarts, sealed with a key that is not in the database; without one each start signs in anew. */
export function tokenVault(
  key: VaultKey,
  { tokens }: Store,
  log: Logger,
): { readonly vault?: Vault; readonly sheets: SignInSheets } {
  if (key.ok) return { vault: createVault(tokens, key.key), sheets: tokens };
  log.warn('tokens are not kept over restarts', { problem: `${key.message}; ${key.hint}` });
  return { sheets: tokens };
}
