import { expect, it } from 'vitest';
import { ManualClock } from '../../lib/time/clock.ts';
import { silentLogger } from '../../lib/logger.ts';
import type { Incident } from '../../model/incident.ts';
import type { StoredWorker, WorkStore } from '../../work/ports.ts';
import { LocationWatch } from './location-watch.ts';
import { noticesInMemory, usualSettings } from './notices.fixture.ts';

/** The watch over a store in memory; `own` are incidents that an earlier process has told. */
function watched(own: readonly Incident[] = []) {
  const clock = new ManualClock();
  const state = { settings: usualSettings, workers: [] as StoredWorker[] };
  const { notices, news, messages, incidents: told } = noticesInMemory(clock, () => state.settings, own);
  const work = {
    takeBack: () => Promise.resolve(0),
    workers: () => Promise.resolve(state.workers),
  } as unknown as WorkStore;
  const watch = new LocationWatch({
    work,
    silent: notices('location:'),
    settings: () => state.settings,
    clock,
    log: silentLogger,
    freed: () => undefined,
  });
  const hear = (...locations: readonly string[]): void => {
    const others = state.workers.filter(({ location }) => !locations.includes(location));
    const heard = locations.map((location) => ({ location, seenAt: clock.now() }) as StoredWorker);
    state.workers = [...others, ...heard];
  };
  return { clock, state, watch, hear, news, messages, told };
}

it('a location of which nobody is heard is told once, and when somebody is', async () => {
  const { clock, watch, hear, news } = watched();
  hear('beijing');
  await watch.look();
  expect([news(), watch.isSilent('shanghai')]).toEqual([[], false]);
  await clock.advance(31_000);
  hear('beijing');
  await watch.look();
  await watch.look();
  expect(news()).toEqual(['opened 地点 shanghai: shanghai 没有在线的执行器，接口无法从那里调用']);
  expect([watch.isSilent('shanghai'), watch.isSilent('beijing')]).toEqual([true, false]);
  hear('beijing', 'shanghai');
  await watch.look();
  expect([news(), watch.isSilent('shanghai')]).toEqual([
    ['resolved 地点 shanghai: shanghai 没有在线的执行器，接口无法从那里调用'],
    false,
  ]);
});

it('no cycle waits for one that is away, long before people are told', async () => {
  const { clock, watch, hear, news } = watched();
  await clock.advance(31_000);
  hear('beijing', 'shanghai');
  await clock.advance(13_000);
  hear('beijing');
  await watch.look();
  expect([news(), watch.isSilent('shanghai'), watch.isSilent('beijing')]).toEqual([[], true, false]);
  hear('shanghai');
  await watch.look();
  expect([news(), watch.isSilent('shanghai')]).toEqual([[], false]);
});

it('one that an earlier process has told of is not waited for', async () => {
  const before = { fingerprint: 'location:shanghai', reason: { code: 'location', message: '' } } as Incident;
  const { watch } = watched([before]);
  await watch.look();
  expect([watch.isSilent('shanghai'), watch.isSilent('beijing')]).toEqual([true, false]);
});

it('one that is not called from any more is over', async () => {
  const { clock, state, watch, news } = watched();
  await clock.advance(31_000);
  await watch.look();
  expect(news()).toHaveLength(2);
  state.settings = { ...state.settings, services: [] };
  await watch.look();
  expect(news()).toHaveLength(2);
});

it('what an earlier process has told is not told again', async () => {
  const before = { fingerprint: 'location:shanghai', reason: { code: 'location', message: '' } } as Incident;
  const { clock, watch, hear, news } = watched([before]);
  await clock.advance(31_000);
  hear('beijing');
  await watch.look();
  expect(news()).toEqual([]);
});

it('those that are gone at one time are one message, and so is their return', async () => {
  const { clock, watch, hear, news, messages, told } = watched();
  await clock.advance(31_000);
  hear('shanghai');
  await clock.advance(4000);
  hear('beijing');
  await watch.look();
  // The first one is silent for long enough, the other not yet.
  await clock.advance(22_000);
  await watch.look();
  expect(news()).toEqual([]);
  await clock.advance(4000);
  await watch.look();
  expect([news().length, messages()]).toEqual([2, 1]);
  // Each since its last sign of life.
  expect(told.map(({ openedAt }) => clock.now() - openedAt)).toEqual([30_000, 26_000]);
  hear('beijing', 'shanghai');
  await watch.look();
  expect([news().length, messages()]).toEqual([2, 1]);
});

it('one that is gone is told although others come and go', async () => {
  const { clock, watch, hear, news } = watched();
  await clock.advance(31_000);
  hear('shanghai', 'beijing');
  for (let s = 0; s < 40; s += 1) {
    await clock.advance(1000);
    if (s % 14 === 13) hear('beijing');
    await watch.look();
  }
  expect(news()).toEqual(['opened 地点 shanghai: shanghai 没有在线的执行器，接口无法从那里调用']);
});

it('who was silent before another leader began is silent, and is told no later for that', async () => {
  const { clock, state, watch, news } = watched();
  const seen = (location: string, agoMs: number) =>
    ({ location, seenAt: clock.now() - agoMs }) as StoredWorker;
  state.workers = [seen('shanghai', 24_000), seen('beijing', 3000)];
  await watch.look();
  expect([watch.isSilent('shanghai'), watch.isSilent('beijing'), news()]).toEqual([true, false, []]);
  await clock.advance(2000);
  await watch.look();
  expect(news()).toEqual(['opened 地点 shanghai: shanghai 没有在线的执行器，接口无法从那里调用']);
});

it('after a time without any server nobody is silent at once', async () => {
  const { clock, state, watch, news } = watched();
  state.workers = ['shanghai', 'beijing'].map(
    (location) => ({ location, seenAt: clock.now() - 60_000 }) as StoredWorker,
  );
  await watch.look();
  expect([watch.isSilent('shanghai'), watch.isSilent('beijing'), news()]).toEqual([false, false, []]);
});

it('after a start no cycle waits longer for one that is away than later on', async () => {
  const { clock, watch, news } = watched();
  await clock.advance(11_000);
  await watch.look();
  expect(watch.isSilent('shanghai')).toBe(false);
  await clock.advance(1000);
  await watch.look();
  expect([watch.isSilent('shanghai'), news()]).toEqual([true, []]);
});
