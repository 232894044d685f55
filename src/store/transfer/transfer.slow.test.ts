import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { DatabaseSync } from '@photostructure/sqlite';
import { afterAll, afterEach, beforeEach, describe, expect, it } from 'vitest';
import { ManualClock } from '../../lib/time/clock.ts';
import { silentLogger } from '../../lib/logger.ts';
import { openStore } from '../open.ts';
import { openNodes } from '../postgres/nodes.ts';
import { openPostgres } from '../postgres/place.ts';
import { startServer } from '../postgres/server.fixture.ts';
import type { Store } from '../store.ts';
import { always, check, fail, incident, message, pass, runCycle, t0 } from '../stored.fixture.ts';
import type { TransferReport } from './report.ts';
import { transfer, type TransferOptions } from './transfer.ts';
import type { Vault } from './vault.ts';

const server = await startServer();
const clock = new ManualClock(t0);
const given = { clock, log: silentLogger };
let folder: string;
let from: string;
let to: string;

beforeEach(async () => {
  folder = mkdtempSync(path.join(tmpdir(), 'apipatrol-transfer-'));
  from = path.join(folder, 'patrol.db');
  to = `${server?.url}?search_path=s${randomUUID().replaceAll('-', '')}`;
  const store = await openStore(from, given);
  await fill(store);
  await store.close();
});
afterEach(() => rmSync(folder, { recursive: true }));
afterAll(() => server?.remove());

async function fill(store: Store): Promise<void> {
  const one = incident('operation:a', { subjectLabel: 'a\0b' });
  for (let no = 0; no < 3; no++)
    await runCycle(store, t0 + no, {
      results: [pass('a', 1), fail('b')],
      checks: [check('a'), check('b')],
      open: [one],
      transitions: no === 0 ? [{ kind: 'opened', at: t0, incident: one }] : [],
      messages: [message(`m${no}`)],
    });
  const matcher = { subject: 'GET /a' };
  await store.desk.silence({ matcher, from: t0, until: t0 + 10, by: 'me', reason: '', createdAt: t0 });
  await store.tokens.save('login', 'old:secret');
  await store.tokens.save('gone', 'lost:secret');
}

/** `old:` and `new:` stand for what is sealed with either key. */
const otherKey: Vault = {
  isSameKey: (sealed) => sealed.every((one) => one.sealed.startsWith('new:')),
  reseal: ({ sealed }) => (sealed.startsWith('old:') ? `new:${sealed.slice(4)}` : undefined),
  isSame: (before, after) => after.sealed === `new:${before.sealed.slice(4)}`,
};

function bring(more: Partial<TransferOptions> = {}): Promise<TransferReport> {
  const options = { from, to, restart: false, vault: otherKey, progress: () => undefined };
  return transfer({ ...options, ...given, ...more });
}

/** Ended in the middle, as a process that is killed is, save that the lease is given back. */
function interrupted(): Promise<unknown> {
  const progress = ({ table }: { readonly table: string }): void => {
    if (table === 'result_block') throw new Error('ended');
  };
  return bring({ progress });
}

async function said(url: string) {
  const store = await openPostgres(url, { ...given, readOnly: true });
  try {
    return {
      cycles: await store.cycles(always),
      history: await store.history('b', always),
      incidents: await store.incidents(always),
      waiting: await store.outbox.waiting('ops'),
      silences: await store.desk.silences(t0),
      tokens: [await store.tokens.load('login'), await store.tokens.load('gone')],
    };
  } finally {
    await store.close();
  }
}

describe.skipIf(server === undefined)('bringing an embedded database into PostgreSQL', () => {
  it('brings all of it, and seals anew what can be read', async () => {
    const report = await bring();
    expect(report.tables.filter((one) => !one.isSame)).toEqual([]);
    expect(report.tables).toContainEqual(expect.objectContaining({ table: 'result_block', rows: 3 }));
    expect(report).toMatchObject({
      isResumed: false,
      isOtherKey: true,
      resealed: 1,
      signedInAnew: ['gone'],
    });
    const there = await said(to);
    expect(there).toMatchObject({ cycles: [{}, {}, {}], history: [{}, {}, {}], waiting: [{}, {}, {}] });
    expect(there.incidents).toMatchObject([{ subjectLabel: 'a\ufffdb' }]);
    expect(there.tokens).toEqual(['new:secret', undefined]);
  });

  it('gives out no number again', async () => {
    const writer = await openStore(from, given);
    const { id } = await writer.beginCycle(t0 + 9, t0 + 9);
    await writer.close();
    const sqlite = new DatabaseSync(from);
    sqlite.exec(`delete from cycle where id = ${id}`);
    sqlite.close();
    await bring();
    const store = await openPostgres(to, given);
    expect((await store.beginCycle(t0 + 10, t0 + 10)).id).toBe(id + 1);
    await runCycle(store, t0 + 11, { messages: [message('next')], open: [] });
    expect(await store.outbox.waiting('ops')).toHaveLength(4);
    await store.close();
  });

  it('goes on where it was ended, and lets nobody begin there meanwhile', async () => {
    await expect(interrupted()).rejects.toThrow('ended');
    for (const how of [{}, { existing: true }, { readOnly: true }])
      await expect(openPostgres(to, { ...given, ...how })).rejects.toMatchObject({
        said: expect.saying('half filled'),
        retry: false,
      });
    expect(await bring()).toMatchObject({ isResumed: true });
    expect((await said(to)).history).toHaveLength(3);
  });

  it('lets nobody lead who had opened it before it was begun', async () => {
    const nodes = await openNodes(to, given);
    await expect(interrupted()).rejects.toThrow('ended');
    await expect(nodes.lead({ services: [], configuration: '' })).rejects.toMatchObject({
      said: expect.saying('half filled'),
    });
    await nodes.close();
    expect(await bring()).toMatchObject({ isResumed: true });
  });

  it('does not mix two databases: one that has changed since has to begin anew', async () => {
    await expect(interrupted()).rejects.toThrow('ended');
    const writer = await openStore(from, { ...given, alone: true });
    await runCycle(writer, t0 + 5, { results: [fail('b')], checks: [check('b')] });
    await writer.close();
    await expect(bring()).rejects.toMatchObject({ code: 'foreign', hint: expect.saying('--restart') });
    expect(await bring({ restart: true })).toMatchObject({ isResumed: false });
    expect((await said(to)).history).toHaveLength(4);
  });

  it('adds nothing to what a patrol has stored, and deletes nothing of it', async () => {
    const nodes = await openNodes(to, given);
    const term = await nodes.lead({ services: [], configuration: '' });
    if (term === undefined) throw new Error('another one leads');
    await expect(bring()).rejects.toMatchObject({ code: 'busy', said: expect.saying('another patrol') });
    await runCycle(term.store, t0, { results: [fail('b')], checks: [check('b')] });
    await term.store.close();
    await nodes.close();
    for (const restart of [false, true])
      await expect(bring({ restart })).rejects.toMatchObject({
        code: 'foreign',
        said: expect.saying(/data of a patrol already: .*result_block \(1 row\)/),
      });
    expect((await said(to)).history).toHaveLength(1);
  }, 60_000);

  it('says when it has been done before', async () => {
    await bring();
    for (const restart of [false, true])
      await expect(bring({ restart })).rejects.toMatchObject({
        said: expect.saying('brought over into it at'),
      });
  });

  it('waits for nobody who patrols on the file, and names what is none', async () => {
    const patrol = await openStore(from, { ...given, alone: true });
    await expect(bring()).rejects.toMatchObject({ code: 'busy', said: expect.saying('another patrol') });
    await patrol.close();
    await expect(bring({ from: path.join(folder, 'none.db') })).rejects.toMatchObject({
      code: 'missing',
      hint: expect.saying('--from'),
    });
    const text = path.join(folder, 'text.db');
    writeFileSync(text, 'no database, '.repeat(100));
    await expect(bring({ from: text })).rejects.toMatchObject({
      code: 'corrupt',
      hint: expect.saying('--from'),
    });
  });

  it.each([
    ['older', 'outdated', 'pragma user_version = 1', 'start on that file once'],
    ['newer', 'newer', 'pragma user_version = 999', 'use the apipatrol that wrote it'],
    ['another program’s', 'foreign', 'pragma application_id = 7', '--from'],
  ])('refuses an %s file', async (_, code, sql, hint) => {
    const sqlite = new DatabaseSync(from);
    sqlite.exec(sql);
    sqlite.close();
    await expect(bring()).rejects.toMatchObject({ code, hint: expect.saying(hint) });
  });

  it('goes on when the server is started again in the middle', async () => {
    if (server?.isOwn !== true) return;
    let isDone = false;
    const progress = (): void => {
      if (isDone) return;
      isDone = true;
      server.stop();
      server.start();
    };
    const report = await bring({ progress });
    expect(report.tables.every(({ isSame }) => isSame)).toBe(true);
  }, 60_000);
});
