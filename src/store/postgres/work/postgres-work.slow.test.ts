import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import { afterAll, beforeEach, describe, expect, it } from 'vitest';
import { ManualClock } from '../../../lib/time/clock.ts';
import { silentLogger } from '../../../lib/logger.ts';
import type { BatchPart, StoredWorker } from '../../../work/ports.ts';
import type { Store } from '../../store.ts';
import { t0 } from '../../stored.fixture.ts';
import { openNodes } from '../nodes.ts';
import { openPostgres } from '../place.ts';
import { startServer } from '../server.fixture.ts';
import type { PostgresWork } from './postgres-work.ts';

const server = await startServer();
const opened: Store[] = [];
let work: PostgresWork;

afterAll(async () => {
  for (const store of opened) await store.close();
  server?.remove();
});

beforeEach(async () => {
  if (server === undefined) return;
  const url = `${server.url}?search_path=s${randomUUID().replaceAll('-', '')}`;
  const store = await openPostgres(url, { clock: new ManualClock(t0), log: silentLogger });
  opened.push(store);
  work = store.work as PostgresWork;
});

const bytes = (text: string): Uint8Array => Buffer.from(text);
const batch = { owner: 'o1', origin: 'http://a.example', credentials: ['sso'], expireInS: 60 };

function put(location = 'shanghai', owner = 'o1'): Promise<string> {
  return work.put({ ...batch, location, owner, order: bytes('order') });
}

function part(id: string, attempt: number, more: Partial<BatchPart> = {}): BatchPart {
  return { id, attempt, no: 0, done: [0], data: bytes(`part ${attempt}`), isLast: false, ...more };
}

async function found(owner = 'o1'): Promise<readonly string[]> {
  const parts = await work.parts(owner);
  await work.hasParts(parts);
  return parts.map(({ data, isLast }) => `${Buffer.from(data).toString()}${isLast ? ' last' : ''}`);
}

const joining = (id: string, location = 'shanghai') => ({
  id,
  location,
  name: 'host',
  publicKey: '{}',
  secretHash: `hash of ${id}`,
  version: '0.2.0',
  joinedAt: t0,
});

describe.skipIf(server === undefined)('batches in PostgreSQL', () => {
  it('come again until it is said that they are there', async () => {
    const id = await put();
    await work.take('shanghai', 'w1', 5000);
    await work.addPart('w1', part(id, 1));
    const [first] = await work.parts('o1');
    expect(await work.parts('o1')).toEqual([first]);
    expect(await found()).toEqual(['part 1']);
    expect(await work.parts('o1')).toEqual([]);
  });

  it('are put in and dropped by nobody who leads no more', async () => {
    const url = `${server?.url ?? ''}?search_path=s${randomUUID().replaceAll('-', '')}`;
    const clock = new ManualClock(t0);
    const nodes = await Promise.all([1, 2].map(() => openNodes(url, { clock, log: silentLogger })));
    const [one, other] = nodes;
    const claim = { services: ['a'], configuration: 'c' };
    const before = await one?.lead(claim);
    const order = { ...batch, location: 'shanghai', order: bytes('order') };
    await before?.store.work?.put(order);
    const client = new pg.Client({ connectionString: url });
    await client.connect();
    // It stood still for longer than its lease.
    const schema = new URL(url).searchParams.get('search_path') ?? '';
    await client.query(`update "${schema}".patrol_lease set until = 1`);
    await client.end();
    const after = await other?.lead(claim);
    await after?.store.work?.put({ ...order, owner: 'o2' });
    await expect(before?.store.work?.put(order)).rejects.toMatchObject({ code: 'superseded' });
    await expect(before?.store.work?.dropOthers('o1')).rejects.toMatchObject({ code: 'superseded' });
    await after?.store.work?.dropOthers('o2');
    expect(await other?.store.work?.queues()).toMatchObject([{ location: 'shanghai', waiting: 1, held: 0 }]);
    for (const term of [before, after]) await term?.store.close();
    for (const node of nodes) await node.close();
  });

  it('are given out once, at their location, in the order in which they came', async () => {
    const [first, second] = [await put(), await put()];
    expect(await work.take('beijing', 'w1', 5000)).toBeUndefined();
    expect(await work.take('shanghai', 'w1', 5000)).toMatchObject({ id: first, attempt: 1, done: [] });
    expect(await work.take('shanghai', 'w2', 5000)).toMatchObject({ id: second, attempt: 1 });
    expect(await work.take('shanghai', 'w2', 5000)).toBeUndefined();
    expect(await work.held('w1', { id: first, attempt: 1 })).toEqual({
      location: 'shanghai',
      origin: 'http://a.example',
      credentials: ['sso'],
    });
    expect(await work.held('w2', { id: first, attempt: 1 })).toBeUndefined();
  });

  it('are brought back in parts, each kept once', async () => {
    const id = await put();
    await work.take('shanghai', 'w1', 5000);
    expect(await work.addPart('w1', part(id, 1))).toBe(true);
    expect(await work.addPart('w1', part(id, 1))).toBe(true);
    expect(await found('other')).toEqual([]);
    expect(await found()).toEqual(['part 1']);
    const last = part(id, 1, { no: 1, isLast: true });
    expect(await work.addPart('w1', last)).toBe(true);
    expect(await found()).toEqual(['part 1 last']);
    // The answer was lost on its way.
    expect(await work.addPart('w1', last)).toBe(true);
    expect(await found()).toEqual([]);
    expect(await work.renew('w1', [{ id, attempt: 1 }], 5000)).toEqual([id]);
  });

  it('are another worker’s when their holder is not heard of, whose results are then no more', async () => {
    const id = await put();
    await work.take('shanghai', 'w1', 50);
    expect(await work.addPart('w1', part(id, 1, { done: [0, 2] }))).toBe(true);
    expect(await work.renew('w1', [{ id, attempt: 1 }], 300)).toEqual([]);
    expect(await work.takeBack()).toBe(0);
    await sleep(400);
    expect(await work.takeBack()).toBe(1);
    expect(await work.take('shanghai', 'w2', 5000)).toMatchObject({ id, attempt: 2, done: [0, 2] });
    expect(await work.addPart('w1', part(id, 1, { no: 1 }))).toBe(false);
    expect(await work.renew('w1', [{ id, attempt: 1 }], 5000)).toEqual([id]);
    expect(await work.addPart('w2', part(id, 2, { isLast: true }))).toBe(true);
    expect(await found()).toEqual(['part 1', 'part 2 last']);
  });

  it('that are given back go on with somebody else at once', async () => {
    const id = await put();
    await work.take('shanghai', 'w1', 5000);
    await work.release('w2', [{ id, attempt: 1 }]);
    expect(await work.take('shanghai', 'w2', 5000)).toBeUndefined();
    await work.release('w1', [{ id, attempt: 1 }]);
    expect(await work.take('shanghai', 'w2', 5000)).toMatchObject({ id, attempt: 2 });
  });

  it('that nobody waits for any more are nobody’s', async () => {
    const [mine, others] = [await put(), await put('shanghai', 'o0')];
    await work.take('shanghai', 'w1', 5000);
    await work.dropOthers('o1');
    expect(await work.take('shanghai', 'w2', 5000)).toBeUndefined();
    await work.drop([mine, others]);
    expect(await work.addPart('w1', part(mine, 1))).toBe(false);
    expect(await work.renew('w1', [{ id: mine, attempt: 1 }], 5000)).toEqual([mine]);
  });

  it('of two schemas do not meet', async () => {
    await put();
    const other = await openPostgres(`${server?.url}?search_path=s${randomUUID().replaceAll('-', '')}`, {
      clock: new ManualClock(t0),
      log: silentLogger,
    });
    opened.push(other);
    expect(await other.work?.take('shanghai', 'w1', 5000)).toBeUndefined();
  });
});

describe.skipIf(server === undefined)('workers in PostgreSQL', () => {
  it('join once with a token of their location, while it is good', async () => {
    const add = (hash: string, expiresAt = t0 + 1000) =>
      work.addJoinToken({ hash, location: 'shanghai', by: 'root', expiresAt }, t0);
    await add('good');
    await add('late', t0 - 1);
    expect(await work.join('none', joining('a'))).toBe('unknown');
    expect(await work.join('late', joining('a'))).toBe('expired');
    expect(await work.join('good', joining('a', 'beijing'))).toEqual({ meantFor: 'shanghai' });
    expect(await work.join('good', joining('a'))).toBeUndefined();
    expect(await work.join('good', joining('b'))).toBe('used');
    const { secretHash: _, ...stored } = joining('a');
    const worker: StoredWorker = { ...stored, skewMs: 0, batches: 0 };
    expect(await work.workers()).toEqual([worker]);
    expect(await work.worker('a', 'hash of a')).toEqual(worker);
    expect(await work.worker('a', 'hash of b')).toBeUndefined();
  });

  it('are let in by no token that was revoked', async () => {
    const tokens = [
      { hash: 'later', location: 'shanghai', by: 'root', expiresAt: t0 + 2000 },
      { hash: 'sooner', location: 'beijing', by: 'ann', expiresAt: t0 + 1000 },
    ];
    for (const one of tokens) await work.addJoinToken(one, t0);
    expect(await work.joinTokens(t0)).toEqual(tokens.toReversed());
    expect(await work.joinTokens(t0 + 1500)).toEqual(tokens.slice(0, 1));
    expect(await work.removeJoinToken('later')).toBe(true);
    expect(await work.removeJoinToken('later')).toBe(false);
    expect(await work.join('later', joining('a'))).toBe('unknown');
    await work.join('sooner', joining('a', 'beijing'));
    expect(await work.joinTokens(t0)).toEqual([]);
    expect(await work.removeJoinToken('sooner')).toBe(false);
  });

  it('that are removed are let in no more, and what they hold goes on', async () => {
    await work.addJoinToken({ hash: 't', location: 'shanghai', by: 'root', expiresAt: t0 + 1 }, t0);
    await work.join('t', joining('a'));
    const id = await put();
    await work.take('shanghai', 'a', 60_000);
    await work.seen('a', { at: t0 + 5, skewMs: 1500.4, version: '0.3.0' });
    expect(await work.workers()).toMatchObject([
      { seenAt: t0 + 5, skewMs: 1500, version: '0.3.0', batches: 1 },
    ]);
    expect(await work.removeWorker('a')).toBe(true);
    expect(await work.removeWorker('a')).toBe(false);
    expect(await work.worker('a', 'hash of a')).toBeUndefined();
    expect(await work.takeBack()).toBe(1);
    expect(await work.take('shanghai', 'b', 5000)).toMatchObject({ id, attempt: 2 });
  });

  it('find documents by their hash', async () => {
    await work.putDocument('h1', bytes('document'), t0);
    await work.putDocument('h1', bytes('document'), t0 + 1);
    expect(Buffer.from((await work.document('h1')) ?? []).toString()).toBe('document');
    expect(await work.document('h2')).toBeUndefined();
  });
});
