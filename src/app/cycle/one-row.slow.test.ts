import { afterEach, describe, expect, it } from 'vitest';
import fc from 'fast-check';
import { sha256 } from '../../lib/text/text.ts';
import { aService, Rounds } from './rounds.fixture.ts';

const minute = 60_000;
let rounds: Rounds;

afterEach(() => rounds.end());

/** Of all calls, as by chance and always the same. */
function fails(share: number, of: string): boolean {
  return Number.parseInt(sha256(of).slice(0, 8), 16) % 1000 < share * 1000;
}

const outcomes = ['fail 500', 'fail 502', 'fail 503', 'connect-refused', 'reset', 'fail page'];
const service = fc.record({
  count: fc.integer({ min: 2, max: 5 }),
  offset: fc.integer({ min: 0, max: 19 }),
  isShared: fc.boolean(),
  share: fc.double({ min: 0.3, max: 0.6, noNaN: true }),
  /** So long it fails, or does not, until that is up to chance again. */
  lastingMs: fc.constantFrom(1, 7000, 15_000, 30_000),
  outcome: fc.constantFrom(...outcomes),
});

describe('what is open', () => {
  it('has each number and each fingerprint once, however unsteady services are', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(service, { minLength: 1, maxLength: 4 }), fc.nat(), async (scene, seed) => {
        const services = scene.map(({ count, offset, isShared }, no) =>
          aService(`s${no}x`, count, {
            offsetMs: offset * 500,
            origin: `https://${isShared ? 'shared' : `s${no}`}.example`,
          }),
        );
        rounds = await Rounds.begin(services);
        await rounds.pass(minute, () => 'ok');
        for (let turn = 0; turn < 40; turn++) {
          await rounds.pass(10_000, (id, at) => {
            const one = scene[Number(/^s(\d)/.exec(id)?.[1])];
            if (one === undefined) return 'ok';
            const { share, lastingMs, outcome } = one;
            return fails(share, `${seed} ${id} ${Math.floor(at / lastingMs)}`) ? outcome : 'ok';
          });
          const open = await rounds.store.openIncidents();
          expect(new Set(open.map(({ id }) => id)).size).toBe(open.length);
          expect(new Set(open.map(({ fingerprint }) => fingerprint)).size).toBe(open.length);
        }
        await rounds.pass(8 * minute, () => 'ok');
        const ends = rounds
          .told('everybody')
          .filter(({ what }) => what.startsWith('resolved'))
          .map(({ incident: { id, openedAt } }) => `${id} ${openedAt}`);
        expect(new Set(ends).size).toBe(ends.length);
        await rounds.end();
      }),
      { numRuns: 8 },
    );
  });
});
