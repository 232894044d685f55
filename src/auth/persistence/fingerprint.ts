import { createHash } from 'node:crypto';
import { Secret } from '../../lib/secrets/secret.ts';
import type { CredentialSettings } from '../../model/settings.ts';
import { Guarded } from '../guarded.ts';

/** Equal for equal options, secrets included; leaves the process only encrypted. */
export function fingerprintOf({ scheme, options }: CredentialSettings): string {
  const text = JSON.stringify(
    [scheme, options],
    function reveal(this: Record<string, unknown>, key, value: unknown) {
      const original = this[key];
      return original instanceof Secret || original instanceof Guarded
        ? ['sealed', original.reveal()]
        : value;
    },
  );
  return createHash('sha256').update(text).digest('hex');
}
