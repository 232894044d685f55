import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { check, result, start } from '../../incidents/world.fixture.ts';
import { ManualClock } from '../../lib/time/clock.ts';
import { Redactor } from '../../lib/secrets/secret.ts';
import { silentLogger } from '../../lib/logger.ts';
import type { UnreadableDocument } from '../../model/document.ts';
import type { OutboxEntry } from '../../model/message.ts';
import type { Result } from '../../model/result.ts';
import type { Settings } from '../../model/settings.ts';
import { foldFirstReports } from '../../notify/delivery/coalesce.ts';
import { openStore } from '../../store/open.ts';
import type { Store } from '../../store/store.ts';
import { SetUps } from './set-ups.ts';

const settings = {
  routes: [
    { to: ['critical'], severity: 'critical', causes: ['operation'], tags: ['vip'] },
    { to: ['users'], services: ['users'] },
  ],
  services: [
    { name: 'orders', owners: [] },
    { name: 'users', owners: [] },
  ],
} as unknown as Settings;

let store: Store;
let now: number;

beforeEach(async () => {
  now = start;
  store = await openStore(':memory:', { clock: new ManualClock(start), log: silentLogger });
});
afterEach(() => store.close());

const refused = (id: string): Result => ({
  ...result(id, 'fail 404', now),
  verdict: 'unknown',
  reason: { code: 'never-passed', message: 'HTTP 404' },
});

/** A cycle of a service, judged by a process that has just started: it knows what is stored. */
async function cycle(service: string, outcomes: readonly string[]): Promise<readonly OutboxEntry[]> {
  const setUps = new SetUps(await store.setUps());
  const checks = outcomes.map((_, no) => check(`${service}${no}`, { service }));
  const results = outcomes.map((outcome, no) =>
    outcome === 'refused' ? refused(`${service}${no}`) : result(`${service}${no}`, outcome, now),
  );
  const news = setUps.news(
    {
      services: [service],
      checks,
      skipped: [],
      results: new Map(results.map((one) => [one.checkId, one])),
      at: now,
    },
    settings,
  );
  const { id } = await store.beginCycle(now, now);
  const statistics = {
    cycleId: id,
    outcome: 'complete',
    dueAt: now,
    startedAt: now,
    durationMs: 0,
    latenessMs: 0,
    missed: 0,
    checked: 0,
    counts: { pass: 0, degraded: 0, fail: 0, blocked: 0, unknown: 0 },
    byService: {},
  } as const;
  await store.closeCycle({ statistics, results: [], checks, open: [], transitions: [], ...news });
  return news.messages;
}

const places = (messages: readonly OutboxEntry[]) => messages.map(({ channel }) => channel);

describe('the first report of a service', () => {
  it('comes once, whatever a route is for, and not again after a restart', async () => {
    const [report, ...more] = await cycle('orders', ['ok', 'refused']);
    expect(more).toEqual([]);
    expect(report).toMatchObject({
      channel: 'critical~first',
      content: {
        mentions: [],
        firstReports: [{ service: 'orders', waiting: 1, counts: { called: 2, pass: 1, refused: 1 } }],
      },
    });
    expect(await cycle('orders', ['refused', 'refused'])).toEqual([]);
    expect(await cycle('orders', ['ok', 'ok'])).toEqual([]);
  });

  it('waits until the service has answered', async () => {
    expect(await cycle('orders', ['blocked origin-down', 'blocked origin-down'])).toEqual([]);
    expect(places(await cycle('orders', ['ok', 'refused']))).toEqual(['critical~first']);
  });

  it('is not made where all works, and not later either', async () => {
    expect(await cycle('orders', ['ok', 'ok'])).toEqual([]);
    now += 5000;
    expect(await cycle('users', ['ok'])).toEqual([]);
    now += 900_000;
    expect(await cycle('orders', ['refused', 'ok'])).toEqual([]);
  });

  it('waits a minute for those of other services, and no longer than for the last of them', async () => {
    const [orders] = await cycle('orders', ['refused']);
    expect(orders?.notBefore).toBe(start + 60_000);
    now += 5000;
    expect(places(await cycle('users', ['refused']))).toEqual(['critical~first', 'users~first']);
    const leased = await store.outbox.lease('critical~first', now, 1000);
    expect(leased?.entry.content.firstReports?.map(({ service }) => service)).toEqual(['orders']);
  });

  it('does not wait for a service that is down, or has nothing to call', async () => {
    expect(await cycle('orders', ['blocked origin-down'])).toEqual([]);
    const [users] = await cycle('users', ['refused']);
    expect(users?.notBefore).toBe(start);
  });

  it('waits no longer when the last of the others turns out to be down', async () => {
    const [orders] = await cycle('orders', ['refused']);
    expect(orders?.notBefore).toBe(start + 60_000);
    now += 5000;
    expect(await cycle('users', ['blocked origin-down'])).toEqual([]);
    expect(await store.outbox.lease('critical~first', now, 1000)).toBeDefined();
  });

  it('says that there is nothing to call, once, and is made anew when there is', async () => {
    await cycle('orders', ['ok']);
    const [empty] = await cycle('users', []);
    expect(empty?.content.firstReports).toMatchObject([
      { service: 'orders', counts: { called: 1 } },
      { service: 'users', waiting: 0, counts: { called: 0, notCalled: {} } },
    ]);
    expect((await store.setUps()).map(({ service }) => service)).toContain('users');
    now += 900_000;
    expect(await cycle('users', [])).toEqual([]);
    const [full] = await cycle('users', ['ok', 'refused']);
    expect(full?.content.firstReports).toMatchObject([{ service: 'users', counts: { called: 2 } }]);
    expect(full?.dedupKey).not.toBe(empty?.dedupKey);
  });

  it('is one message with those that wait', async () => {
    const first = await cycle('orders', ['refused']);
    now += 5000;
    const [second] = await cycle('users', ['refused']);
    const folded = foldFirstReports([...first, ...(second === undefined ? [] : [second])]);
    expect(folded?.content.firstReports?.map(({ service }) => service)).toEqual(['orders', 'users']);
    expect(folded?.content.folded).toBeUndefined();
  });

  it('counts a service that was found to be well a moment before, wherever both may be told', async () => {
    expect(await cycle('orders', ['ok'])).toEqual([]);
    now += 5000;
    const messages = await cycle('users', ['refused']);
    expect(
      messages.map(({ channel, content }) => [channel, content.firstReports?.map(({ service }) => service)]),
    ).toEqual([
      ['critical~first', ['orders', 'users']],
      ['users~first', ['users']],
    ]);
  });

  it('counts a service once, however many messages speak of it', async () => {
    const first = await cycle('users', ['refused']);
    now += 5000;
    const [second] = await cycle('orders', ['ok', 'refused']);
    const [one] = first;
    if (one === undefined || second === undefined) throw new Error('both are told');
    expect(foldFirstReports([one, second, one])?.content.firstReports?.map(({ service }) => service)).toEqual(
      ['users', 'orders'],
    );
  });
});

it('what has to be set up is kept, with the time since when it is so', async () => {
  await cycle('orders', ['ok', 'refused']);
  now += 60_000;
  await cycle('orders', ['ok', 'refused']);
  const [kept] = await store.setUps();
  expect(kept).toMatchObject({ service: 'orders', since: start, groups: [{ kind: 'refused', count: 1 }] });
  await cycle('orders', ['ok', 'ok']);
  expect(await store.setUps()).toMatchObject([{ since: start + 60_000, groups: [] }]);
});

it('counts in messages what its list shows, also what waits without being called', async () => {
  const setUps = new SetUps([]);
  const checks = ['a', 'b'].map((id) => check(id, { service: 'orders' }));
  const results = new Map([
    ['a', result('a', 'ok', now)],
    ['b', refused('b')],
  ]);
  const left = (id: string, code: 'no-value' | 'unsafe-method') =>
    ({
      id,
      service: 'orders',
      documentId: 'd',
      operation: `GET /${id}`,
      tags: [],
      code,
      reason: code,
    }) as const;
  const skipped = [left('c', 'no-value'), left('d', 'unsafe-method')];
  const news = setUps.news({ services: ['orders'], checks, skipped, results, at: now }, settings);
  setUps.adopt(news.setUps);
  const [report] = news.messages[0]?.content.firstReports ?? [];
  expect(report?.waiting).toBe(2);
  expect(setUps.waitingAmong(checks, results)).toBe(2);
  expect(setUps.waitingAmong(checks, new Map([...results, ['b', result('b', 'ok', now)]]))).toBe(1);
  expect(setUps.waitingAmong([], new Map())).toBe(0);
});

describe('a document that has never been readable', () => {
  const uri = 'http://orders.internal/v3/api-docs';
  const one = {
    documentId: 'd',
    service: 'orders',
    uri,
    message: 'answers 401',
    hint: 'Give it a credential',
    neverRead: true,
  } as const;
  const kept = { uri, message: 'answers 401', hint: 'Give it a credential' };
  const checks = [check('a', { service: 'orders' })];
  const results = new Map([['a', result('a', 'ok', start)]]);
  const round = (unreadable: readonly UnreadableDocument[] | undefined, some = checks) => ({
    services: ['orders'],
    checks: some,
    skipped: [],
    results,
    ...(unreadable === undefined ? {} : { documents: { read: ['orders'], unreadable } }),
    at: now,
  });

  it('is told with the first report, is kept until it is read, and told once', () => {
    const setUps = new SetUps([]);
    const tell = (...of: Parameters<typeof round>) => {
      const news = setUps.news(round(...of), settings);
      setUps.adopt(news.setUps);
      return [news.messages[0]?.content.firstReports?.[0]?.unread, news.setUps[0]?.unread];
    };
    expect(tell([one], [])).toEqual([[kept], [kept]]);
    expect(tell(undefined, [])).toEqual([undefined, undefined]);
    expect(tell([one], [])).toEqual([undefined, undefined]);
    expect(tell([])).toEqual([undefined, undefined]);
    expect(tell([{ ...one, uri: `${uri}/2` }])[1]).toEqual([{ ...kept, uri: `${uri}/2` }]);
  });

  it('is told though all that is called works, and not when it has been readable before', () => {
    const told = (broken: UnreadableDocument) =>
      new SetUps([]).news(round([broken]), settings).messages.length;
    const { neverRead: _, ...readBefore } = one;
    expect([told(one), told(readBefore)]).toEqual([1, 0]);
  });
});

it('names no token of ours among the values that an operation was called with', () => {
  const redactor = new Redactor();
  redactor.add('sess-AbCdEf123456');
  const setUps = new SetUps([], redactor);
  const value = { name: 'tokenId', in: 'path', value: 'sess-AbCdEf123456', origin: 'captured' } as const;
  const checks = [
    check('a', { service: 'orders', values: [{ ...value, from: 'GET /monitor/online' }] }),
    check('b', { service: 'orders' }),
  ];
  const results = new Map([
    ['a', refused('a')],
    ['b', result('b', 'ok', now)],
  ]);
  const news = setUps.news({ services: ['orders'], checks, skipped: [], results, at: now }, settings);
  expect(news.messages).toHaveLength(1);
  expect(JSON.stringify(news)).not.toContain('sess-AbCdEf');
  expect(JSON.stringify(news)).toContain('tokenId=***');
});
