import { inEnglish } from '../../messages/in-language.ts';
import type { SignInSheets } from '../../auth/ports.ts';
import {
  createSealedTokenStore,
  type SealedTokenStore,
  type TokenStoreKey,
} from '../../auth/persistence/sealed-token-store.ts';
import type { Logger } from '../../lib/logger.ts';
import type { Store } from '../../store/store.ts';

/** Tokens are kept over restarts, sealed with a key that is not in the database; without one each start signs in anew. */
export function tokenStoreOf(
  key: TokenStoreKey,
  { tokens }: Store,
  log: Logger,
): { readonly vault?: SealedTokenStore; readonly sheets: SignInSheets } {
  if (key.ok) return { vault: createSealedTokenStore(tokens, key.key), sheets: tokens };
  log.warn('tokens are not kept over restarts', {
    problem: `${inEnglish(key.message)}; ${inEnglish(key.hint)}`,
  });
  return { sheets: tokens };
}
