import { randomUUID } from 'node:crypto';
import pg from 'pg';
import { afterAll, afterEach, describe, expect, it } from 'vitest';
import { silentLogger } from '../../lib/logger.ts';
import { systemClock } from '../../lib/time/clock.ts';
import type { Nodes, Term } from '../nodes.ts';
import { always, check, pass, runCycle, t0 } from '../stored.fixture.ts';
import { openNodes } from './nodes.ts';
import { startServer } from './server.fixture.ts';

const server = await startServer();
const base = server?.url ?? 'postgres://localhost/none';
const opened: Nodes[] = [];
const claim = { services: ['shop'], configuration: 'a' };

afterEach(async () => {
  for (const nodes of opened.splice(0)) await nodes.close();
});

afterAll(() => server?.remove());

async function open(url: string): Promise<Nodes> {
  const nodes = await openNodes(url, { clock: systemClock, log: silentLogger });
  opened.push(nodes);
  return nodes;
}

async function leading(nodes: Nodes): Promise<Term> {
  const term = await nodes.lead(claim);
  if (term === undefined) throw new Error('another one leads');
  return term;
}

function newSchema(): string {
  return `s${randomUUID().replaceAll('-', '')}`;
}

/** As somebody else does it. */
async function say(...sql: readonly string[]): Promise<void> {
  const client = new pg.Client({ connectionString: base });
  await client.connect();
  for (const one of sql) await client.query(one);
  await client.end();
}

describe.skipIf(server === undefined)('processes on one database', () => {
  it('have one leader, whom all know, until it gives that back', async () => {
    const url = `${base}?search_path=${newSchema()}`;
    const [one, other] = [await open(url), await open(url)];
    const term = await leading(one);
    expect(await other.lead(claim)).toBeUndefined();
    const sight = await other.look();
    expect(sight.leader).toMatchObject({
      id: one.id,
      told: expect.stringContaining(`process ${process.pid}`),
      ...claim,
      epoch: 1,
    });
    expect(sight.leftMs).toBeGreaterThan(5000);
    await term.store.close();
    expect((await other.look()).leader).toBeUndefined();
    await leading(other);
    expect((await one.look()).leader).toMatchObject({ id: other.id, epoch: 2 });
  });

  it('write nothing as a leader once another one leads, and know it', async () => {
    const schema = newSchema();
    const url = `${base}?search_path=${schema}`;
    const [frozen, next] = [await open(url), await open(url)];
    const before = await leading(frozen);
    expect(await before.holds()).toBe(true);
    await say(`update ${schema}.patrol_lease set until = 0`);
    const term = await leading(next);
    await expect(before.store.beginCycle(t0, t0)).rejects.toMatchObject({ code: 'superseded', retry: false });
    expect(before.lost.aborted).toBe(true);
    expect(await before.holds()).toBe(false);
    await runCycle(term.store, t0);
    expect(await frozen.store.cycles(always)).toHaveLength(1);
    // What ends for having been left must not end what the next one has.
    await before.store.close();
    expect((await frozen.look()).leader).toMatchObject({ id: next.id });
  });

  it('take over although whoever led stands still in the middle of writing', async () => {
    const schema = newSchema();
    const url = `${base}?search_path=${schema}`;
    const [frozen, next] = [await open(url), await open(url)];
    const term = await leading(frozen);
    await term.store.close();
    const stuck = new pg.Client({ connectionString: `${base}?options=-csearch_path%3D${schema}` });
    stuck.on('error', () => undefined);
    await stuck.connect();
    await stuck.query(`begin; set local idle_in_transaction_session_timeout = 5000;
      select pg_advisory_xact_lock(hashtextextended('apipatrol write ' || current_schema(), 0))`);
    const began = performance.now();
    let taken: Term | undefined;
    while (taken === undefined) taken = await next.lead(claim);
    expect(performance.now() - began).toBeLessThan(15_000);
    await stuck.end().catch(() => undefined);
  }, 30_000);

  it('are known to one another with their signs of life, and how the lease went from one to another', async () => {
    const schema = newSchema();
    const url = `${base}?search_path=${schema}`;
    const [one, other] = [await open(url), await open(url)];
    await expect.poll(async () => (await one.members()).nodes).toHaveLength(2);
    const ofNobody = await one.members();
    expect([ofNobody.failovers, ofNobody.leading, ofNobody.leaseAgeMs]).toEqual([0, undefined, undefined]);
    const term = await leading(one);
    const before = await other.members();
    expect(before).toMatchObject({ failovers: 0, leading: { id: one.id } });
    expect(before.lastFailover).toBeUndefined();
    expect(before.leaseAgeMs).toBeLessThan(5000);
    for (const { lagMs, aheadMs } of before.nodes) {
      expect(lagMs).toBeLessThan(10_000);
      expect(Math.abs(aheadMs)).toBeLessThan(2000);
    }
    // Given back: nobody led for a moment.
    await term.store.close();
    await leading(other);
    const { failovers, lastFailover } = await one.members();
    expect(failovers).toBe(1);
    expect(lastFailover?.unledMs).toBeLessThan(2000);
    // Killed seven seconds after it was renewed last, and taken over as soon as that may be.
    await say(
      `update ${schema}.patrol_lease set until = (extract(epoch from clock_timestamp()) * 1000)::bigint - 10`,
    );
    const third = await open(url);
    await leading(third);
    const after = await third.members();
    expect(after.failovers).toBe(2);
    expect(after.lastFailover?.unledMs).toBeGreaterThanOrEqual(10_000);
    expect(after.lastFailover?.unledMs).toBeLessThan(12_000);
    await other.close();
    opened.splice(opened.indexOf(other), 1);
    await expect
      .poll(async () => (await third.members()).nodes.map(({ id }) => id).toSorted())
      .toEqual([one.id, third.id].toSorted());
  });

  it('take what leads without services, as a command does, for no patrol, and an older version for one', async () => {
    const schema = newSchema();
    const url = `${base}?search_path=${schema}`;
    const [one, other] = [await open(url), await open(url)];
    const command = await one.lead({ services: [], configuration: '' });
    await command?.store.close();
    await (await leading(other)).store.close();
    expect((await one.members()).lastFailover).toBeUndefined();
    // As an older version gives it back: since when is not known.
    await say(`update ${schema}.patrol_lease set until = 0, back_epoch = null, back_at = null`);
    await leading(one);
    expect(await one.members()).toMatchObject({ failovers: 1, lastFailover: { from: expect.any(String) } });
    expect((await one.members()).lastFailover?.unledMs).toBeUndefined();
  });

  it('succeed whoever was killed in the same folder, and forget a node after a day', async () => {
    const schema = newSchema();
    const url = `${base}?search_path=${schema}`;
    const one = await open(url);
    const insert = (id: string, place: string, agoMs: number): string =>
      `insert into ${schema}.patrol_node select '${id}', ${place}, host, told, version, 0, seen_at - ${agoMs}, 0
       from ${schema}.patrol_node where id = '${one.id}'`;
    await expect.poll(async () => (await one.members()).nodes).toHaveLength(1);
    await say(
      // It goes on since 25 s by now.
      `update ${schema}.patrol_node set began_at = began_at - 25000`,
      insert('killed', 'place', 30_000),
      insert('neighbour', 'place', 20_000),
      insert('beside', `'elsewhere'`, 20_000),
      insert('old', `'elsewhere'`, 90_000_000),
    );
    const shown = async (): Promise<readonly string[]> => (await one.members()).nodes.map(({ id }) => id);
    await expect.poll(shown, { timeout: 10_000 }).toEqual(expect.not.arrayContaining(['killed']));
    expect((await shown()).toSorted()).toEqual([one.id, 'beside', 'neighbour'].toSorted());
  });

  it('count what is tried on all of them, many at once as many one after another', async () => {
    const url = `${base}?search_path=${newSchema()}`;
    const one = await open(url);
    const other = await open(url);
    const limits = [
      { key: 'both', most: 5 },
      { key: 'place', most: 20 },
    ];
    const tries = Array.from({ length: 12 }, (_, no) =>
      (no % 2 === 0 ? one : other).tries.begin(limits, 60_000),
    );
    const begun = (await Promise.all(tries)).flatMap((begun) => ('id' in begun ? [begun.id] : []));
    expect(begun).toHaveLength(5);
    expect(await one.tries.begin(limits, 60_000)).toMatchObject({ waitMs: expect.any(Number) });
    await other.tries.forget(begun[0] ?? '', 'both');
    expect(await one.tries.begin(limits, 60_000)).toHaveProperty('id');
    // Of the other key only the one that was right is forgotten.
    expect(await one.tries.begin([{ key: 'place', most: 5 }], 60_000)).toHaveProperty('waitMs');
    expect(await one.tries.begin([{ key: 'both', most: 1 }], 1)).toHaveProperty('id');
  });

  it('know what whoever leads has kept', async () => {
    const url = `${base}?search_path=${newSchema()}`;
    const [one, other] = [await open(url), await open(url)];
    expect(await other.kept('shop')).toBeUndefined();
    const term = await leading(one);
    await term.keep('shop', { a: 1 });
    await term.keep('shop', { a: 2 });
    expect(await other.kept('shop')).toEqual({ a: 2 });
    expect(await other.kept('stock')).toBeUndefined();
  });

  it('tell one another what happens, each other’s things once, and nothing from before they came', async () => {
    const url = `${base}?search_path=${newSchema()}`;
    const one = await open(url);
    await one.tell('early');
    const other = await open(url);
    await other.look();
    await one.look();
    await one.tell('a');
    await other.tell('b');
    await one.tell('c');
    expect((await other.look()).happened).toEqual(['a', 'c']);
    expect((await one.look()).happened).toEqual(['b']);
    expect((await other.look()).happened).toEqual([]);
  });

  it('ask whoever leads, and hear what it says', async () => {
    const url = `${base}?search_path=${newSchema()}`;
    const [leader, follower] = [await open(url), await open(url)];
    const term = await leading(leader);
    await term.say('all is well', claim);
    expect((await follower.look()).said).toBe('all is well');
    expect((await follower.look()).said).toBeUndefined();
    expect((await leader.look()).asked).toEqual([]);
    const answer = follower.ask('how are you', AbortSignal.timeout(20_000));
    await expect.poll(async () => (await leader.look()).asked).toHaveLength(1);
    const [question] = (await leader.look()).asked;
    expect(question?.what).toBe('how are you');
    await term.answer(question?.id ?? 0, 'fine');
    expect(await answer).toBe('fine');
    expect((await leader.look()).asked).toEqual([]);
    expect(await follower.ask('anybody', AbortSignal.timeout(300))).toBeUndefined();
  });

  it('have what their leader has found while the server was away for longer', async () => {
    if (server?.isOwn !== true) return;
    const nodes = await open(`${base}?search_path=${newSchema()}`);
    const { store } = await leading(nodes);
    await store.openIncidents();
    server.stop();
    const found = { results: [pass('a', 1)], checks: [check('a')] };
    for (const at of [t0, t0 + 1000]) await runCycle(store, at, found);
    server.start();
    await expect.poll(async () => store.watch().then(() => store.cycles(always))).toHaveLength(2);
    expect(await store.history('a', always)).toHaveLength(2);
    await store.close();
  }, 60_000);

  it('go on with the grid of whoever led before', async () => {
    const url = `${base}?search_path=${newSchema()}`;
    const [one, other] = [await open(url), await open(url)];
    const first = await leading(one);
    expect(await first.grid.read()).toEqual([]);
    const whole = await runCycle(first.store, t0);
    const begun = { id: whole, service: 'shop', anchorAgeMs: 120_000, dueAgeMs: 60_000 };
    await first.grid.begun(begun, [10_000, 60_000]);
    const { id } = await first.store.beginCycle(t0, t0);
    await first.grid.begun({ ...begun, id, dueAgeMs: 0, intervalsMs: [10_000] }, [10_000, 60_000]);
    await first.store.close();
    const next = await leading(other);
    const slots = [...(await next.grid.read())].sort((a, b) => a.intervalMs - b.intervalMs);
    expect(slots.map(({ intervalMs, isWhole }) => ({ intervalMs, isWhole }))).toEqual([
      { intervalMs: 10_000, isWhole: false },
      { intervalMs: 60_000, isWhole: true },
    ]);
    expect(slots[1]?.dueAgeMs).toBeGreaterThanOrEqual(60_000);
    expect(slots[1]?.dueAgeMs).toBeLessThan(100_000);
    // What it takes to hand a grid on does not move it, however often that is done.
    const anchorAgeMs = slots[0]?.anchorAgeMs ?? 0;
    await next.grid.begun({ ...begun, id, anchorAgeMs: anchorAgeMs - 900 }, [60_000]);
    const handedOn = await next.grid.read();
    expect(handedOn).toHaveLength(1);
    expect(handedOn[0]?.anchorAgeMs).toBeGreaterThanOrEqual(anchorAgeMs);
  });
});
