import { expect, it } from 'vitest';
import { ManualClock } from '../../lib/time/clock.ts';
import { silentLogger } from '../../lib/logger.ts';
import { inLanguage } from '../../messages/in-language.ts';
import type { Incident, Transition } from '../../model/incident.ts';
import type { LocationNote, Result, Verdict } from '../../model/result.ts';
import type { Settings } from '../../model/settings.ts';
import type { Store } from '../../store/store.ts';
import type { StoredWorker, WorkStore } from '../../work/ports.ts';
import { LocationWatch } from './location-watch.ts';
import { OwnNotices } from '../daemon/own-notices.ts';

const usual = {
  services: [{ name: 'orders', locations: ['shanghai', 'beijing'] }],
  locations: { shanghai: { credentials: [] }, beijing: { credentials: [] } },
  channels: {},
  routes: [],
  language: 'zh',
};

/** The watch over a store in memory; `own` are incidents that an earlier process has told. */
function watched(own: readonly Incident[] = []) {
  const clock = new ManualClock();
  const told: string[] = [];
  const state = { settings: usual as unknown as Settings, workers: [] as StoredWorker[] };
  const store = {
    ownIncidents: () => Promise.resolve(own),
    outbox: {
      tell(happened: readonly Transition[]) {
        for (const { kind, incident } of happened)
          told.push(`${kind} ${incident.subjectLabel}: ${inLanguage(incident.reason.message, 'zh')}`);
        return Promise.resolve();
      },
    },
  } as unknown as Store;
  const notices = (prefix: string) =>
    new OwnNotices({
      prefix,
      store,
      settings: () => state.settings,
      clock,
      log: silentLogger,
      wake: () => undefined,
    });
  const work = {
    takeBack: () => Promise.resolve(0),
    workers: () => Promise.resolve(state.workers),
  } as unknown as WorkStore;
  const watch = new LocationWatch({
    work,
    silent: notices('location:'),
    alone: notices('from-location:'),
    settings: () => state.settings,
    clock,
    log: silentLogger,
  });
  const hear = (...locations: readonly string[]): void => {
    const others = state.workers.filter(({ location }) => !locations.includes(location));
    const heard = locations.map((location) => ({ location, seenAt: clock.now() }) as StoredWorker);
    state.workers = [...others, ...heard];
  };
  const news = (): readonly string[] => told.splice(0);
  return { clock, state, watch, hear, news };
}

function found(shanghai: string, beijing: string): Result {
  const notes = [shanghai, beijing].map((text, no): LocationNote => {
    const [verdict = '', code = verdict === 'fail' ? 'status' : 'none'] = text.split(' ');
    const location = no === 0 ? 'shanghai' : 'beijing';
    return { location, verdict: verdict as Verdict, code: code as 'none', totalMs: 1, message: 'HTTP 500' };
  });
  return {
    checkId: 'c',
    verdict: notes[0]?.verdict === 'fail' && notes[1]?.verdict === 'fail' ? 'fail' : 'pass',
    reason: { code: 'none', message: '' },
    locations: notes,
  } as unknown as Result;
}

const judged = (watch: LocationWatch, ...results: readonly Result[]): Promise<void> =>
  watch.judged('orders', results, [{ id: 'c', operation: 'GET /orders' }] as never);

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

it('what fails from one location alone is told once, and when it works from there', async () => {
  const { watch, news } = watched();
  await judged(watch, found('fail', 'pass'), found('pass', 'pass'));
  await judged(watch, found('fail', 'pass'), found('fail', 'pass'));
  expect(news()).toEqual([
    'opened 从 shanghai 访问 orders: 只有 shanghai 访问不到：2 个接口中有 1 个仅在那里失败，其他地点正常，例如 GET /orders：HTTP 500',
  ]);
  // Nobody could look.
  await judged(watch, found('unknown location', 'pass'));
  expect(news()).toEqual([]);
  await judged(watch, found('pass', 'pass'));
  expect(news()).toHaveLength(1);
});

it('what fails everywhere is the service’s, and nothing of a location', async () => {
  const { watch, news } = watched();
  await judged(watch, found('fail', 'fail'));
  expect(news()).toEqual([]);
});

it('a location from which nothing can be called is told with the reason', async () => {
  const { watch, news } = watched();
  await judged(watch, found('pass', 'unknown self'));
  expect(news()).toEqual(['opened 从 beijing 访问 orders: 从 beijing 无法发出任何调用：HTTP 500']);
});
