import { describe, expect, it } from 'vitest';
import { all, check, result, World } from '../world.fixture.ts';

const hosts = ['a', 'b', 'c', 'd'].map((id) =>
  check(id, { origin: `https://${id}.example`, service: `s-${id}` }),
);
const five = ['a', 'b', 'c', 'd', 'e'].map((id) => check(id));
const begunBeforeMs = 10_000;

/** What is told of calls that began ten seconds ago, when something had already been well for five. */
function late(world: World, outcomes: Readonly<Record<string, string>>, known = {}) {
  const afterMs = 5000;
  const at = (world.ended.at(-1)?.resolvedAt ?? 0) + afterMs - begunBeforeMs;
  const results = Object.entries(outcomes).map(([id, outcome]) => result(id, outcome, at));
  return world.playResults(results, { afterMs: 0, partial: true, ...known }).transitions;
}

describe('a call that began before the trouble that it shows was over', () => {
  it.each([
    ['our own network', hosts, 'unknown self', 'self:network'],
    ['a host', five, 'connect-refused', 'origin:https://orders.example'],
    ['a host that hangs', five, 'timeout', 'origin:https://orders.example'],
    ['a gateway', five, 'fail 502', 'gateway:https://orders.example'],
    [
      'a credential',
      five.map((one) => ({ ...one, credential: 'key' })),
      'fail auth-rejected',
      'credential:key',
    ],
    ['a service', five, 'fail 500', 'service:orders'],
  ])('begins nothing anew: %s', (_, checks, outcome, fingerprint) => {
    const world = new World(checks);
    expect(world.tell({ results: all(checks, outcome) })).toEqual([`opened ${fingerprint}`]);
    expect(world.tell({ results: all(checks, 'ok') })).toEqual([`resolved ${fingerprint}`]);
    expect(late(world, { a: outcome })).toEqual([]);
    expect(late(world, all(checks, outcome))).toEqual([]);
    expect(world.open).toEqual([]);
    expect(world.tell({ results: all(checks, outcome) })).toEqual([`opened ${fingerprint}`]);
  });

  it('says what else is wrong', () => {
    const world = new World(five);
    world.play({ results: all(five, 'connect-refused') });
    world.play({ results: all(five, 'ok') });
    expect(late(world, { a: 'fail 500' })).toMatchObject([
      { kind: 'opened', incident: { fingerprint: 'operation:a' } },
    ]);
  });
});

it('what began before a later call of the same operation changes nothing', () => {
  const world = new World(five);
  const { results } = world.play({ results: all(five, 'ok') });
  const newest = results.map((one) => ({ ...one, at: one.at + 2000 }));
  const before = newest.map(({ checkId, at }) => result(checkId, 'fail 500', at - begunBeforeMs));
  expect(world.playResults(before, { known: newest, afterMs: 0 }).transitions).toEqual([]);
  // The wall clock has been put back by an hour since.
  const ahead = newest.map((one) => ({ ...one, at: one.at + 3_600_000 }));
  expect(world.playResults(before, { known: ahead, afterMs: 0 }).open).toMatchObject([
    { fingerprint: 'service:orders' },
  ]);
});
