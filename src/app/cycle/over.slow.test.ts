import fc from 'fast-check';
import { expect, it } from 'vitest';
import { check } from '../../incidents/world.fixture.ts';
import { sha256 } from '../../lib/text/text.ts';
import { Rounds, type Service } from './rounds.fixture.ts';

const minute = 60_000;
const [gateway, other] = ['https://gateway.example', 'https://other.example'];
const everyMs = 5 * minute;

function service(name: string, origins: readonly string[], offsetMs: number): Service {
  const checks = origins.map((origin, no) =>
    check(`${name}${no}`, { service: name, documentId: `${name}:x.yaml`, origin, intervalMs: everyMs }),
  );
  return { name, checks, everyMs, offsetMs };
}

const repeat = (origin: string, times: number): readonly string[] =>
  Array.from({ length: times }, () => origin);
const layouts: readonly (readonly Service[])[] = [
  [
    service('a', repeat(gateway, 4), 0),
    service('b', repeat(gateway, 4), 90_000),
    service('c', repeat(gateway, 4), 180_000),
    service('d', repeat(gateway, 1), 240_000),
  ],
  [
    service('a', repeat(gateway, 6), 0),
    service('b', repeat(gateway, 2), 100_000),
    service('c', [...repeat(gateway, 2), ...repeat(other, 4)], 200_000),
  ],
];

const fault = fc.record({
  hits: fc.constantFrom('', 'a', 'b', 'c', 'a0', 'b0', 'c0', 'c1', 'a1', 'b1'),
  outcome: fc.constantFrom('fail 502', 'fail 500', 'timeout', 'connect-refused', 'fail schema'),
  /** Of all calls, %; `first`: whoever asks again is answered. */
  share: fc.constantFrom<'first' | number>('first', 'first', 30, 50, 100),
  fromMs: fc.integer({ min: 1, max: 9 }).map((no) => no * 100_000),
  forMs: fc.integer({ min: 1, max: 9 }).map((no) => no * 100_000),
});
const upset = fc.record({
  layout: fc.constantFrom(...layouts),
  faults: fc.array(fault, { minLength: 1, maxLength: 4 }),
  /** Operations that their document describes no longer. */
  leave: fc.subarray(['a0', 'a1', 'a2', 'a3', 'b0', 'b1', 'c0', 'c1']),
  leaveAtMs: fc.integer({ min: 3, max: 16 }).map((no) => no * 100_000),
  killAtMs: fc.option(
    fc.integer({ min: 2, max: 16 }).map((no) => no * 70_000),
    { nil: undefined },
  ),
});

const lastFaultMs = 18 * 100_000;

it('once all is well nothing that was wrong stays open', async () => {
  await fc.assert(
    fc.asyncProperty(upset, async ({ layout, faults, leave, leaveAtMs, killAtMs }) => {
      const rounds = await Rounds.begin(layout);
      const start = rounds.clock.now();
      const world = (id: string, at: number): string =>
        faults.find(
          ({ hits, share, fromMs, forMs }) =>
            id.startsWith(hits) &&
            at >= start + fromMs &&
            at < start + fromMs + forMs &&
            isHit(share, id, at),
        )?.outcome ?? 'ok';
      try {
        const events: readonly (readonly [number, () => Promise<void> | void])[] = [
          [leaveAtMs, () => rounds.plan(without(layout, leave))],
          ...(killAtMs === undefined ? [] : [[killAtMs, () => rounds.kill()] as const]),
        ];
        for (const [atMs, happen] of events.toSorted(([a], [b]) => a - b)) {
          await rounds.pass(start + atMs - rounds.clock.now(), world);
          await happen();
        }
        await rounds.pass(start + lastFaultMs + 3 * everyMs - rounds.clock.now(), world);
        const open = await rounds.store.openIncidents();
        expect(open.map(({ fingerprint, state }) => `${state} ${fingerprint}`)).toEqual([]);
      } finally {
        await rounds.end();
      }
    }),
    { numRuns: 20, seed: 3 },
  );
}, 60_000);

function without(services: readonly Service[], left: readonly string[]): readonly Service[] {
  return services.map((one) => ({ ...one, checks: one.checks.filter(({ id }) => !left.includes(id)) }));
}

/** First calls are made at the beginning of full ten seconds. */
function isHit(share: 'first' | number, id: string, at: number): boolean {
  if (share === 'first') return at % 10_000 < 4000;
  return Number.parseInt(sha256(`${id} ${at}`).slice(0, 8), 16) % 100 < share;
}
