import type { Incident } from '../../model/incident.ts';
import type { Remainder } from '../narrowing.ts';

/** Incidents that go on as something else, and what goes on beside them; as in `News`. */
interface GoingOn {
  readonly becomes: ReadonlyMap<string, string>;
  readonly remains: ReadonlyMap<string, Remainder>;
}

/**
 * What is open after this has each fingerprint once. What another incident is and stays, of which people know, is not taken over
 * from it; of several that go on as the same, the oldest does. Those for which there is no place stay what they are.
 */
export function onceEach(open: readonly Incident[], { becomes, remains }: GoingOn): GoingOn {
  const accepted = new Map(becomes);
  const known = open.filter(({ state }) => state !== 'pending').toSorted((a, b) => a.openedAt - b.openedAt);
  for (;;) {
    const taken = new Set(known.flatMap((one) => (accepted.has(one.fingerprint) ? [] : [one.fingerprint])));
    const refused = known.filter(({ fingerprint }) => {
      const next = accepted.get(fingerprint);
      if (next === undefined) return false;
      const isRefused = taken.has(next);
      taken.add(next);
      return isRefused;
    });
    if (refused.length === 0)
      return { becomes: accepted, remains: new Map([...remains].filter(([one]) => !taken.has(one))) };
    for (const { fingerprint } of refused) accepted.delete(fingerprint);
  }
}
