import type { ServiceSetUp } from '../../model/set-up.ts';

/** Services that everybody has been told of. */
export function introduced(names: readonly string[]): readonly ServiceSetUp[] {
  const none = { called: 0, pass: 0, failing: 0, differ: 0, value: 0, permission: 0, refused: 0 };
  return names.map((service) => ({
    service,
    since: 0,
    introducedAt: 0,
    counts: { ...none, notCalled: {} },
    groups: [],
  }));
}
