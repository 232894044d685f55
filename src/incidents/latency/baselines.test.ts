import { describe, expect, it } from 'vitest';
import { histogramOf, type HourRollup } from '../../model/histogram.ts';
import { countVerdicts } from '../../model/cycle.ts';
import { Baselines, type Usual } from './baselines.ts';
import { driftOf } from '../evaluate/drift.ts';
import { all, check, cycleMs, World } from '../world.fixture.ts';

const hourMs = 3_600_000;
const now = Date.UTC(2026, 1, 9, 10, 20);

/** Four answers an hour for so many hours before now. */
async function* hours(count: number, msAt: (ago: number) => number): AsyncGenerator<HourRollup> {
  for (let ago = count; ago > 0; ago--) {
    const hour = Math.floor(now / hourMs) * hourMs - ago * hourMs;
    const ms = msAt(ago);
    const latency = histogramOf([0.9, 0.97, 1.03, 1.1].map((factor) => ms * factor));
    yield { hour, service: 'orders', checks: [{ checkId: 'a', counts: countVerdicts([]), latency }] };
  }
}

async function usualAt(at: number, count: number, msAt: (ago: number) => number): Promise<Usual | undefined> {
  const baselines = new Baselines();
  await baselines.learn('orders', hours(count, msAt), now);
  return baselines.usual('orders', 'a', at);
}

describe('a baseline', () => {
  it('is not there before 200 answers have been seen in a week', async () => {
    expect(await usualAt(now, 49, () => 100)).toBeUndefined();
    expect(await usualAt(now, 51, () => 100)).toMatchObject({ ms: expect.closeTo(100, -1) });
  });

  it('knows that some hours of the day are slower, after three days', async () => {
    const atNoon = (ago: number): number => (ago % 24 === 0 ? 400 : 100);
    const noon = await usualAt(now, 7 * 24, atNoon);
    const later = await usualAt(now + 2 * hourMs, 7 * 24, atNoon);
    expect(noon?.ms).toBeGreaterThan(370);
    expect(later?.ms).toBeCloseTo(100, -1);
  });

  it('knows that an hour of the week is, after three weeks', async () => {
    const onMondays = (ago: number): number => (ago % 168 === 0 ? 900 : 100);
    expect((await usualAt(now, 2 * 168, onMondays))?.ms).toBeCloseTo(100, -1);
    expect((await usualAt(now, 4 * 168, onMondays))?.ms).toBeCloseTo(900, -2);
  });

  it('is learnt again after a day', async () => {
    const baselines = new Baselines();
    expect(baselines.isDue('orders', now)).toBe(true);
    await baselines.learn(
      'orders',
      hours(60, () => 100),
      now,
    );
    expect(baselines.isDue('orders', now + 23 * hourMs)).toBe(false);
    expect(baselines.isDue('orders', now + 24 * hourMs)).toBe(true);
    expect(baselines.usual('pay', 'a', now)).toBeUndefined();
  });
});

const usual: Usual = { ms: 200, spread: 0.25 };
const repeat = (count: number, ms: number): number[] => Array.from({ length: count }, () => ms);

describe('slower than usual', () => {
  it.each<[string, readonly number[], ReturnType<typeof driftOf>]>([
    ['nothing is said of too few answers', repeat(4, 900), undefined],
    ['the usual is usual', repeat(24, 210), { kind: 'usual' }],
    ['one spike is not a shift', [...repeat(23, 200), 9000], { kind: 'usual' }],
    ['two in five are none either', [...repeat(20, 200), 900, 200, 900, 200], { kind: 'usual' }],
    [
      'three times slower for an hour and a quarter is one',
      [...repeat(19, 200), ...repeat(5, 600)],
      { kind: 'drifted', drift: { ratio: 3, nowMs: 600, usualMs: 200, answers: 5 } },
    ],
    [
      'three times slower for three quarters of an hour is not yet',
      [...repeat(19, 200), ...repeat(3, 600)],
      undefined,
    ],
    ['what has just answered as usual may be over', [...repeat(20, 600), 200], undefined],
    ['half as slow again is neither', [...repeat(10, 200), ...repeat(14, 320)], undefined],
  ])('%s', (_, answers, expected) => {
    expect(driftOf(answers, usual, 2000)).toEqual(expected);
  });

  it('by a few milliseconds is not worth a word', () => {
    expect(driftOf(repeat(10, 9), { ms: 2, spread: 0.2 }, 2000)).toBeUndefined();
  });

  const play = (world: World, checks: ReturnType<typeof check>[], ms: number, times: number) =>
    Array.from({ length: times }, () =>
      world.play({ results: all(checks, `ok ${ms}`), usual: () => usual }),
    ).flatMap(({ transitions }) => transitions);

  it('is told as degraded with since when, and ends when it is as usual again', () => {
    const a = check('a');
    const world = new World([a]);
    expect(play(world, [a], 200, 10)).toEqual([]);
    const [told, ...more] = play(world, [a], 640, 10);
    expect(more).toEqual([]);
    expect(told).toMatchObject({
      kind: 'opened',
      incident: {
        fingerprint: 'slower:a',
        severity: 'minor',
        verdict: 'degraded',
        reason: {
          code: 'slower',
          message: '3.2 × slower than usual at this hour: 640 ms in place of 200 ms',
        },
        expected: 'about 200 ms',
        found: '640 ms',
      },
    });
    const slowFor = (told?.at ?? 0) - (told?.incident.openedAt ?? 0);
    expect(Math.round(slowFor / cycleMs)).toBe(5);
    expect(play(world, [a], 200, 5).map(({ kind }) => kind)).toEqual(['resolved']);
  });

  it('as a whole origin is one incident', () => {
    const six = ['a', 'b', 'c', 'd', 'e', 'f'].map((id) => check(id));
    const world = new World(six);
    play(world, six, 200, 10);
    const told = play(world, six, 640, 10);
    expect(told.map(({ incident }) => incident.fingerprint)).toEqual(['slow:https://orders.example']);
  });

  it('and over the objective is told once, as over the objective', () => {
    const a = check('a');
    const world = new World([a]);
    play(world, [a], 200, 10);
    expect(play(world, [a], 4000, 10).map(({ incident }) => incident.fingerprint)).toEqual(['latency:a']);
  });
});
