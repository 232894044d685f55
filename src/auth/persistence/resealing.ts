import { seal, unseal } from './sealed-token-store.ts';

interface Kept {
  readonly credential: string;
  readonly sealed: string;
}

/** Takes what was sealed in one place to another one with a key of its own. `old`: of the file beside the old place, where there is one. */
export function createResealing(key: Uint8Array, old: Uint8Array | undefined) {
  const open = ({ credential, sealed }: Kept): string | undefined =>
    unseal(sealed, credential, key) ?? (old === undefined ? undefined : unseal(sealed, credential, old));
  return {
    /** Whether the old place had the same key, as far as what it has sealed shows it. */
    isSameKey(sealed: readonly Kept[]): boolean {
      if (sealed.length === 0) return old === undefined;
      return sealed.every((one) => unseal(one.sealed, one.credential, key) !== undefined);
    },
    reseal(kept: Kept): string | undefined {
      const text = open(kept);
      return text === undefined ? undefined : seal(text, kept.credential, key);
    },
    isSame(before: Kept, after: Kept): boolean {
      const text = unseal(after.sealed, after.credential, key);
      return text !== undefined && text === open(before);
    },
  };
}
