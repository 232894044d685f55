import { inEnglish } from '../../messages/in-language.ts';
import { describe, expect, it } from 'vitest';
import { makeCheck } from '../../../test/support/check-harness.ts';
import { ManualClock } from '../../lib/time/clock.ts';
import { silentLogger } from '../../lib/logger.ts';
import { start, World } from '../../incidents/world.fixture.ts';
import type { CertificateSighting } from '../../model/certificate.ts';
import { CertificateWatch } from './certificate-watch.ts';

const minute = 60_000;
const never = new AbortController().signal;
const trouble = {
  verdict: 'fail',
  code: 'certificate',
  message: 'ends in 3 days',
  hasExpired: false,
} as const;

function world(
  origins: readonly string[] = ['https://a.example', 'https://a.example', 'http://b.example'],
  intervalMs = 15 * minute,
) {
  const clock = new ManualClock(start);
  const planned = origins.map((origin) => makeCheck(origin, '/', { intervalMs }));
  const incidents = new World(planned, { recovery: { successes: 2 } });
  /** When an incident ended, ms. */
  const ends: number[] = [];
  const looked: string[] = [];
  const told: string[] = [];
  const state = {
    trouble: undefined as CertificateSighting['trouble'] | undefined,
    failed: [] as string[],
    isStoreBroken: false,
  };
  const watch = new CertificateWatch({
    clock,
    log: silentLogger,
    engine: {
      certificateOf: ([check]) => {
        const origin = check?.origin ?? '';
        looked.push(origin);
        const at = clock.now();
        return Promise.resolve(
          state.trouble === undefined ? { origin, at } : { origin, at, trouble: state.trouble },
        );
      },
      takeUnconnected: () => new Set(state.failed.splice(0)),
    },
    checks: () => planned,
    conclude: (sightings) => {
      if (state.isStoreBroken) return Promise.reject(new Error('disk full'));
      told.push(...sightings.map((one) => `${one.origin} ${inEnglish(one.trouble?.message ?? 'is well')}`));
      const { transitions, open } = incidents.play({
        results: {},
        selection: true,
        afterMs: clock.now() - incidents.now,
        certificates: sightings,
      });
      ends.push(...transitions.filter(({ kind }) => kind === 'resolved').map(({ at }) => at - start));
      return Promise.resolve(open);
    },
  });
  return { clock, watch, looked, told, ends, state };
}

describe('the certificate of an origin', () => {
  it('is looked at every ten minutes, once for all its operations, and only where there is one', async () => {
    const { clock, watch, looked, told } = world();
    for (let passed = 0; passed <= 25; passed++) {
      await watch.look(never);
      await clock.advance(minute);
    }
    expect(looked).toEqual(['https://a.example', 'https://a.example', 'https://a.example']);
    expect(told).toEqual(['https://a.example is well']);
  });

  it('is looked at again after a connection could not be opened, no more often than once a minute', async () => {
    const { clock, watch, looked, state } = world();
    await watch.look(never);
    await clock.advance(10 * minute);
    for (let tick = 0; tick < 12; tick++) {
      state.failed.push('https://a.example');
      await watch.look(never);
      await clock.advance(10_000);
    }
    expect(looked).toHaveLength(3);
  });

  it('is looked at as often as calls are made, though none of them opens a connection', async () => {
    const { clock, watch, looked } = world(undefined, 10_000);
    for (let tick = 0; tick <= 12; tick++) {
      await watch.look(never);
      await clock.advance(5000);
    }
    expect(looked).toHaveLength(7);
  });

  it('is looked at each minute while it is wrong, so that its renewal is told soon, and once it is proven', async () => {
    const { clock, watch, told, state } = world();
    state.trouble = trouble;
    await watch.look(never);
    await clock.advance(minute);
    await watch.look(never);
    state.trouble = undefined;
    for (let passed = 0; passed < 5; passed++) {
      await clock.advance(minute);
      await watch.look(never);
    }
    expect(told).toEqual([
      'https://a.example ends in 3 days',
      'https://a.example ends in 3 days',
      'https://a.example is well',
      'https://a.example is well',
    ]);
  });

  it('is looked at once more ten seconds after it was well again, and only then it is over', async () => {
    const { clock, watch, looked, ends, state } = world();
    state.trouble = trouble;
    await watch.look(never);
    state.trouble = undefined;
    for (let passed = 0; passed < 120_000; passed += 5000) {
      await clock.advance(5000);
      await watch.look(never);
    }
    expect(looked).toHaveLength(3);
    // The evaluation is 5 s after what it judges.
    expect(ends).toEqual([70_000 + 5000]);
  });

  it('that comes and goes is looked at until it has stayed well', async () => {
    const { clock, watch, ends, state } = world();
    for (let passed = 0; passed < 40; passed++) {
      state.trouble = [0, 3, 6].includes(passed) ? trouble : undefined;
      if (state.trouble !== undefined) state.failed.push('https://a.example');
      await watch.look(never);
      await clock.advance(minute);
    }
    expect(ends.at(-1)).toBeGreaterThan(10 * minute);
    expect(ends.at(-1)).toBeLessThan(12 * minute);
  });

  it('is looked at again when what was seen could not be stored', async () => {
    const { clock, watch, told, state } = world();
    state.trouble = trouble;
    await watch.look(never);
    state.trouble = undefined;
    state.isStoreBroken = true;
    await clock.advance(minute);
    await expect(watch.look(never)).rejects.toThrow('disk full');
    state.isStoreBroken = false;
    await clock.advance(10_000);
    await watch.look(never);
    expect(told).toEqual(['https://a.example ends in 3 days', 'https://a.example is well']);
  });
});
