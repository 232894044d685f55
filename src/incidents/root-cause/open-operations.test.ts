import { expect, it } from 'vitest';
import { all, check, World } from '../world.fixture.ts';

const closed = ['a', 'b', 'c', 'd', 'e'].map((id) => check(id, { credential: 'main' }));
const open = ['x', 'y', 'z'].map((id) => check(id, { credential: 'main', tokenOptional: true }));
const credentialFailures = [{ credential: 'main', message: 'locked', permanent: false }];

it('counts only those that a missing token keeps from being called', () => {
  const world = new World([...closed, ...open]);
  const results = { ...all(closed, 'blocked credential'), ...all(open, 'ok') };
  const { transitions, statistics } = world.play({ results, credentialFailures });
  expect(transitions).toMatchObject([
    { kind: 'opened', incident: { fingerprint: 'credential:main', members: { count: 5, of: 5 } } },
  ]);
  expect(statistics.counts).toMatchObject({ pass: 3, blocked: 5 });
  expect(world.tell({ results, credentialFailures })).toEqual([]);
  expect(world.tell({ results: all([...closed, ...open], 'ok') })).toEqual(['resolved credential:main']);
});

it('counts one that is turned away without a token as well', () => {
  const world = new World([...closed, ...open]);
  const results = {
    ...all([...closed, ...open.slice(0, 1)], 'blocked credential'),
    ...all(open.slice(1), 'ok'),
  };
  const { transitions } = world.play({ results, credentialFailures });
  expect(transitions).toMatchObject([{ incident: { members: { count: 6, of: 6 } } }]);
});

it('is not taken for a good token when what anybody may call answers', () => {
  const world = new World([...closed.slice(0, 3), ...open]);
  const told = world.tell({
    results: { ...all(closed.slice(0, 3), 'fail auth-rejected'), ...all(open, 'ok') },
  });
  expect(told).toEqual(['opened credential:main']);
});

it('says when it is tried again, as far as that is known now', () => {
  const world = new World([...closed, ...open]);
  const results = all(closed, 'blocked credential');
  world.play({ results, credentialFailures: credentialFailures.map((one) => ({ ...one, nextTryAt: 5 })) });
  expect(world.open).toMatchObject([{ nextTryAt: 5 }]);
  world.play({ results, credentialFailures });
  expect(world.open[0]).not.toHaveProperty('nextTryAt');
});
