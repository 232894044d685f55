import { expect, it } from 'vitest';
import { all, check, cycleMs, start, World } from './world.fixture.ts';

const ten = Array.from({ length: 10 }, (_, no) => check(`c${no}`));
const [hung, well] = [ten.slice(0, 6), ten.slice(6)];

it('is counted of all that is planned, at the beginning as at the end', () => {
  const world = new World(ten);
  const { transitions } = world.play({ results: all(hung, 'timeout'), partial: true });
  const rest = world.play({ results: all(ten, 'timeout') });
  const { transitions: ends } = world.play({ results: all(ten, 'ok') });
  expect(
    [...transitions, ...rest.transitions, ...ends].map(({ kind, incident }) => [kind, incident.members]),
  ).toMatchObject([
    ['opened', { count: 6, of: 10 }],
    ['resolved', { count: 10, of: 10 }],
  ]);
});

it('goes on while its calls hang: that the others are well is not the end of it', () => {
  const world = new World(ten);
  const found = world.play({ results: { ...all(ten, 'ok'), ...all(hung, 'fail 500') } });
  expect(found.transitions).toMatchObject([{ kind: 'opened', incident: { fingerprint: 'service:orders' } }]);
  const rounds = new Map([['orders', { startedAt: start + cycleMs, isPaced: false }]]);
  const heldUp = new Set(hung.map(({ id }) => id));
  const known = found.results;
  expect(world.tell({ results: all(well, 'ok'), known, rounds, heldUp })).toEqual([]);
  expect(world.open).toMatchObject([{ state: 'firing', members: { count: 6, of: 10 } }]);
  expect(world.tell({ results: all(ten, 'ok'), known, rounds, heldUp: new Set() })).toEqual([
    'resolved service:orders',
  ]);
});

it('goes on while its calls hang after a restart: that as many others are well is not the end of it', () => {
  const world = new World(ten);
  world.play({ results: { ...all(ten, 'ok'), ...all(ten.slice(0, 5), 'fail 500') } });
  expect(world.open).toMatchObject([{ fingerprint: 'service:orders' }]);
  const underWay = new Set(ten.slice(0, 5).map(({ id }) => id));
  expect(world.tell({ results: all(ten.slice(5), 'ok'), partial: true, underWay })).toEqual([]);
  expect(world.tell({ results: all(ten.slice(5), 'ok'), underWay })).toEqual([]);
  expect(world.open).toMatchObject([{ state: 'firing' }]);
  expect(world.tell({ results: all(ten, 'ok') })).toEqual(['resolved service:orders']);
});
