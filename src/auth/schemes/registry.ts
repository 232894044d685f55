import type { Scheme } from '../scheme.ts';

/** Every way to sign in; the config's `scheme:` names one. */
export const schemes: readonly Scheme[] = [];
