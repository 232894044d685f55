import { describe, expect, it } from 'vitest';
import { all, check, inShort, World } from '../world.fixture.ts';

const host = 'https://orders.example';
const four = ['a', 'b', 'c', 'd'].map((id) => check(id));

/** What is told of four operations that all come to the same, evaluation by evaluation; `?`: a look between two cycles. */
function told(outcomes: readonly string[]): readonly (readonly string[])[] {
  const world = new World(four, { recovery: { successes: 2 } });
  return outcomes.map((outcome) => {
    const results = all(four, outcome.replace('? ', ''));
    const { transitions } = world.play({ results, selection: outcome.startsWith('?'), afterMs: 10_000 });
    expect(new Set(world.open.map(({ id }) => id)).size).toBeLessThan(2);
    return transitions.map(inShort);
  });
}

describe('a host that is down in the middle of a failure', () => {
  it.each([
    ['fail 503', `gateway:${host}`],
    ['fail error', 'service:orders'],
  ])('and then fails as before (%s) has not recovered: one incident goes on', (outcome, fingerprint) => {
    const down = ['connect-refused', 'connect-refused', 'connect-refused'];
    const still = [outcome, `? ${outcome}`];
    const before = [`? ${outcome}`, `? ${outcome}`, outcome];
    const lines = told([outcome, ...down, ...before, ...still, 'connect-refused', ...before, '? ok', '? ok']);
    expect(lines.flat()).toEqual([
      `opened ${fingerprint}`,
      `changed origin:${host}`,
      `changed ${fingerprint}`,
      `resolved ${fingerprint}`,
    ]);
    expect(lines.at(-1)).toEqual([`resolved ${fingerprint}`]);
  });

  it('and then answers with errors alone is told to answer, and recovers with what works', () => {
    expect(
      told(['connect-refused', '? fail 503', '? fail 503', 'fail 503', '? ok', '? ok', 'ok']).flat(),
    ).toEqual([`opened origin:${host}`, `changed gateway:${host}`, `resolved gateway:${host}`]);
  });

  it('is over as soon as its operations work', () => {
    expect(told(['connect-refused', '? ok', '? ok']).at(-1)).toEqual([`resolved origin:${host}`]);
  });
});
