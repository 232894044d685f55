import { describe, expect, it } from 'vitest';
import { all, check, World } from '../world.fixture.ts';

const checks = Array.from({ length: 10 }, (_, no) => check(`o${no}`));
const [few, most] = [checks.slice(0, 2), checks.slice(0, 7)];
const minute = { afterMs: 60_000 };

describe('operations that people know and that turn out to be part of something wider', () => {
  const grown = (): World => {
    const world = new World(checks);
    world.play({ results: { ...all(checks, 'ok'), ...all(few, 'fail status') }, ...minute });
    world.play({ results: { ...all(checks, 'ok'), ...all(few, 'fail status') }, ...minute });
    expect(world.tell({ results: { ...all(checks, 'ok'), ...all(most, 'fail status') }, ...minute })).toEqual(
      ['opened service:orders'],
    );
    return world;
  };

  it('end once, with that, and its end names their numbers', () => {
    const world = grown();
    const known = world.open.filter(({ cause }) => cause.level === 'operation').map(({ id }) => id);
    const { transitions, open } = world.play({ results: all(checks, 'ok'), ...minute });
    const told = transitions.filter(({ suppressed }) => suppressed === undefined);
    expect(told).toMatchObject([{ kind: 'resolved', incident: { fingerprint: 'service:orders' } }]);
    expect(told[0]?.incident.closes?.map(({ id }) => id)).toEqual(known);
    expect(open).toEqual([]);
  });

  it('have no end of their own while the others go on', () => {
    const world = grown();
    const others = { ...all(checks, 'ok'), ...all(most, 'fail status'), ...all(few, 'ok') };
    for (let no = 0; no < 3; no++) expect(world.tell({ results: others, ...minute })).toEqual([]);
    expect(world.tell({ results: all(checks, 'ok'), ...minute })).toContain('resolved service:orders');
    expect(world.open).toEqual([]);
  });

  it('go on under their numbers when they alone still fail', () => {
    const world = grown();
    const left = { ...all(checks, 'ok'), o0: 'fail status' };
    expect(world.tell({ results: left, ...minute })).toEqual([
      '(resolved operation:o1: part)',
      'resolved service:orders',
    ]);
    expect(world.tell({ results: all(checks, 'ok'), ...minute })).toEqual(['resolved operation:o0']);
  });
});
