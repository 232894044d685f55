import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Incident } from '../../model/incident.ts';
import { onceEach } from './once-each.ts';

const names = ['service:a', 'gateway:g', 'origin:o', 'operation:1', 'operation:2', 'operation:3'];
const name = fc.constantFrom(...names);

function incident(fingerprint: string, openedAt: number): Incident {
  return { id: fingerprint, fingerprint, openedAt, state: 'firing' } as Incident;
}

describe('incidents that go on as something else', () => {
  it('leave each fingerprint to one of them, whatever is found to become what', () => {
    fc.assert(
      fc.property(
        fc.uniqueArray(name, { minLength: 1 }),
        fc.array(fc.tuple(name, name)),
        fc.array(name),
        (fingerprints, pairs, left) => {
          const open = fingerprints.map((one, no) => incident(one, no));
          const becomes = new Map(pairs.filter(([from, to]) => fingerprints.includes(from) && from !== to));
          const whole = incident('service:a', 0);
          const remains = new Map(left.map((one) => [one, { whole, service: 'a' }]));
          const now = onceEach(open, { becomes, remains });
          const after = [...fingerprints.map((one) => now.becomes.get(one) ?? one), ...now.remains.keys()];
          expect(new Set(after).size).toBe(after.length);
        },
      ),
    );
  });

  it('may change places, and the oldest of several goes on', () => {
    const open = [incident('service:a', 2), incident('gateway:g', 1)];
    const swap = new Map([
      ['service:a', 'gateway:g'],
      ['gateway:g', 'service:a'],
    ]);
    expect(onceEach(open, { becomes: swap, remains: new Map() }).becomes).toEqual(swap);
    const same = new Map(open.map(({ fingerprint }) => [fingerprint, 'operation:1']));
    const { becomes } = onceEach(open, { becomes: same, remains: new Map() });
    expect([...becomes]).toEqual([['gateway:g', 'operation:1']]);
  });
});
