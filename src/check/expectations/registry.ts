import type { ExpectationKind } from '../expectation.ts';

/** Every promise that an answer can be held against; the config's `expect:` keys name them. */
export const expectations: readonly ExpectationKind[] = [];
