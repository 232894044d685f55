import { randomBytes } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { ManualClock } from '../../lib/time/clock.ts';
import { silentLogger } from '../../lib/logger.ts';
import { sentence } from '../../messages/sentence.ts';
import type { Result } from '../../model/result.ts';
import { Database } from '../sqlite/database.ts';
import { inMemory } from '../sqlite/file/files.ts';
import { pruneByRow } from '../history/prune.ts';
import type { Place } from '../sql/sql-store.ts';
import type { SqlDatabase } from '../sql/sql.ts';
import { StoreError } from '../store.ts';
import { always, check, fail, incident, message, pass, runCycle, statistics, t0 } from '../stored.fixture.ts';
import { HoldingStore } from './holding-store.ts';

const clock = new ManualClock(t0);
let database: Database;
let store: HoldingStore;
/** What every statement fails with; absent: none fails. */
let trouble: StoreError | undefined;
/** So many transactions go through before it. */
let grace = 0;

function away(retry = true): StoreError {
  const said = sentence('databaseUnreachable');
  return new StoreError({ code: 'busy', said, hint: sentence('startDatabaseServer'), retry });
}

function opened(): HoldingStore {
  const unless = <T>(work: () => Promise<T>): Promise<T> => {
    if (trouble !== undefined && grace-- <= 0) return Promise.reject(trouble);
    return work();
  };
  const db: SqlDatabase = {
    all: (...given) => unless(() => database.all(...given)),
    run: (...given) => unless(() => database.run(...given)),
    read: (work) => unless(() => database.read(work)),
    write: (work) => unless(() => database.write(work)),
    version: () => database.version(),
    shrink: () => database.shrink(),
  };
  const place: Place = {
    database: db,
    mayPrune: true,
    isInPlace: true,
    pruneCycles: pruneByRow,
    settle: () => undefined,
    tidy: async () => undefined,
    onMove: () => undefined,
    watch: () => unless(async () => undefined),
    close: () => Promise.resolve(),
  };
  return new HoldingStore(place, { clock, log: silentLogger }, 32 << 10);
}

beforeEach(() => {
  [trouble, grace] = [undefined, 0];
  database = Database.open(inMemory, {});
  store = opened();
});
afterEach(async () => {
  trouble = undefined;
  await store.close();
  await database.close();
});

const opening = incident('operation:a');
const resolved = { ...opening, state: 'resolved', resolvedAt: t0 + 3, version: 2 } as const;

describe('a store whose server is away', () => {
  it('lets cycles go on, and has all that they found when it is back, in order', async () => {
    await runCycle(store, t0, { results: [pass('a', 1)], checks: [check('a')] });
    expect(await store.openIncidents()).toEqual([]);
    expect(await store.incidents({ from: t0 - 1000, to: t0 })).toEqual([]);
    const begun = await store.beginCycle(t0 + 1, t0 + 1);
    trouble = away();
    await store.closeCycle({
      statistics: statistics(begun.id, t0 + 1),
      results: [fail('a')],
      checks: [check('a')],
      open: [opening],
      transitions: [{ kind: 'opened', at: t0 + 1, incident: opening }],
      messages: [message('m1')],
    });
    expect(await store.openIncidents()).toEqual([opening]);
    await runCycle(store, t0 + 2, { results: [fail('a')], checks: [check('a')], open: [opening] });
    await store.record({
      open: [],
      transitions: [{ kind: 'resolved', at: t0 + 3, incident: resolved }],
      messages: [message('m2')],
      look: { at: t0 + 3, results: [pass('a', 2)], credentialFailures: [] },
    });
    expect(await store.openIncidents()).toEqual([]);
    expect(await store.incidents({ from: t0, to: t0 + 5 })).toEqual([resolved]);
    expect(await store.watch()).toBeUndefined();
    await clock.advance(60_000);
    await expect(store.watch()).rejects.toMatchObject({
      said: expect.saying('waits in memory'),
      since: clock.now() - 60_000,
    });
    trouble = undefined;
    expect(await store.watch()).toBeUndefined();
    const cycles = await store.cycles(always);
    expect(cycles.map(({ startedAt }) => startedAt)).toEqual([t0 + 2, t0 + 1, t0]);
    expect(cycles.every(({ cycleId }) => cycleId > 0)).toBe(true);
    expect((await store.history('a', always)).map(({ verdict }) => verdict)).toEqual([
      'fail',
      'fail',
      'pass',
    ]);
    expect((await store.transitions(always)).map(({ kind }) => kind)).toEqual(['resolved', 'opened']);
    expect(await store.openIncidents()).toEqual([]);
    expect((await store.outbox.waiting('ops')).map(({ dedupKey }) => dedupKey)).toEqual(['m1', 'm2']);
    expect(await store.past.looks(always)).toHaveLength(1);
  });

  it('gives messages of a cycle that was begun meanwhile its number', async () => {
    await store.openIncidents();
    trouble = away();
    const { id } = await store.beginCycle(t0, t0);
    const told = message('m');
    const content = { ...told.content, cycleId: id };
    const nothing = { results: [], checks: [], open: [], transitions: [] };
    await store.closeCycle({ ...nothing, statistics: statistics(id), messages: [{ ...told, content }] });
    trouble = undefined;
    await store.watch();
    const [cycle] = await store.cycles(always);
    expect((await store.outbox.waiting('ops')).map((one) => one.content.cycleId)).toEqual([cycle?.cycleId]);
  });

  it('stores nothing twice when it goes away again in the middle of that', async () => {
    await store.openIncidents();
    trouble = away();
    for (const at of [t0, t0 + 1, t0 + 2])
      await runCycle(store, at, {
        results: [pass('a', 1)],
        checks: [check('a')],
        messages: [message(`m${at}`)],
      });
    grace = 3;
    await store.watch();
    trouble = undefined;
    await store.watch();
    expect((await store.cycles(always)).map(({ startedAt }) => startedAt)).toEqual([t0 + 2, t0 + 1, t0]);
    expect(await database.all('select id from cycle')).toHaveLength(3);
    expect(await store.outbox.waiting('ops')).toHaveLength(3);
  });

  it('takes a cycle that closes after the server is back, and was begun before', async () => {
    trouble = away();
    const { id } = await store.beginCycle(t0, t0);
    trouble = undefined;
    await store.watch();
    const nothing = { checks: [check('a')], open: [], transitions: [], messages: [] };
    await expect(store.appendResults(id, [pass('a', 1)], [check('a')])).rejects.toThrow('no number');
    await store.closeCycle({ ...nothing, statistics: statistics(id), results: [pass('a', 1)] });
    expect(await store.history('a', always)).toHaveLength(1);
  });

  it('gives up the oldest results when there is no more room, and says how many; incidents and messages stay', async () => {
    await store.openIncidents();
    trouble = away();
    const large = (no: number): Result => ({
      ...fail('a'),
      evidence: { curl: '', excerpt: randomBytes(6 << 10).toString('base64') + no },
    });
    for (let no = 0; no < 6; no++)
      await runCycle(store, t0 + no, {
        results: [large(no)],
        checks: [check('a')],
        messages: [message(`m${no}`)],
      });
    await clock.advance(60_000);
    await expect(store.watch()).rejects.toMatchObject({
      said: expect.saying(/where \d results? had to be given up/),
    });
    trouble = undefined;
    await store.watch();
    const kept = await store.history('a', always);
    expect(kept.length).toBeGreaterThan(2);
    expect(kept.length).toBeLessThan(6);
    expect(await store.cycles(always)).toHaveLength(6);
    expect(await store.outbox.waiting('ops')).toHaveLength(6);
  });

  it('does not send twice what was sent when it went away', async () => {
    await store.outbox.insert([message('m')]);
    const leased = await store.outbox.lease('ops', t0, 60_000);
    trouble = away();
    await store.outbox.settle(leased?.id ?? 0, { state: 'sent', at: t0 });
    trouble = undefined;
    await store.watch();
    expect(await store.outbox.waiting('ops')).toEqual([]);
  });

  it('keeps silences, and tokens that were had meanwhile', async () => {
    const matcher = { subject: 'GET /a' };
    await store.desk.silence({ matcher, from: t0, until: t0 + 10, by: 'me', reason: '', createdAt: t0 });
    expect(await store.desk.silences(t0)).toHaveLength(1);
    trouble = away();
    expect(await store.desk.silences(t0 + 5)).toHaveLength(1);
    expect(await store.desk.silences(t0 + 10)).toEqual([]);
    await store.tokens.save('login', 'sealed');
    expect(await store.tokens.load('login')).toBe('sealed');
    expect(await store.tokens.change('login', () => ({ sheet: 's', answer: 1 }))).toBe(1);
    trouble = undefined;
    await store.watch();
    expect(await store.tokens.load('login')).toBe('sealed');
    expect(await database.all('select sheet from sign_in')).toEqual([{ sheet: 's' }]);
  });

  it('follows a wall clock that is set meanwhile', async () => {
    await runCycle(store, t0, { open: [opening] });
    await store.openIncidents();
    trouble = away();
    await store.shiftIncidents(3_600_000);
    const [shifted] = await store.openIncidents();
    expect(shifted?.openedAt).toBe(t0 + 3_600_000);
    await runCycle(store, t0 + 3_600_001, { open: await store.openIncidents() });
    trouble = undefined;
    await store.watch();
    expect(await store.openIncidents()).toEqual([shifted]);
  });

  it('drops what another patrol has decided since', async () => {
    await store.openIncidents();
    trouble = away();
    await runCycle(store, t0, { messages: [message('m')] });
    trouble = new StoreError({
      code: 'superseded',
      said: sentence('anotherLeads'),
      hint: sentence('followsNow'),
      retry: false,
    });
    await expect(store.watch()).rejects.toMatchObject({ retry: false });
    trouble = undefined;
    await store.watch();
    expect(await store.outbox.waiting('ops')).toEqual([]);
  });

  it('is told as it is when something else is wrong', async () => {
    trouble = away(false);
    await expect(store.beginCycle(t0, t0)).rejects.toMatchObject({ retry: false });
  });
});
