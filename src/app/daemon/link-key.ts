import { createHmac } from 'node:crypto';
import type { TokenStoreKey } from '../../auth/persistence/sealed-token-store.ts';
import { Secret } from '../../lib/secrets/secret.ts';

/** What links in messages are signed with, made of the key of this installation; none when there is none. */
export function linkKey(key: TokenStoreKey): Secret | undefined {
  return key.ok
    ? new Secret(createHmac('sha256', key.key).update('links in messages').digest('base64url'))
    : undefined;
}
