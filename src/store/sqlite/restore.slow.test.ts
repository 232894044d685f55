import { execFileSync } from 'node:child_process';
import {
  closeSync,
  copyFileSync,
  existsSync,
  openSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  truncateSync,
  writeFileSync,
  writeSync,
} from 'node:fs';
import { mkdtemp, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { DatabaseSync, type DatabaseSyncInstance } from '@photostructure/sqlite';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { ManualClock } from '../../lib/time/clock.ts';
import { silentLogger } from '../../lib/logger.ts';
import type { Incident } from '../../model/incident.ts';
import type { OutboxEntry } from '../../model/message.ts';
import { Database } from './database.ts';
import { toStoreError } from './failure.ts';
import { openStore } from '../open.ts';
import type { Store, StoreError } from '../store.ts';

let folder: string;
let file: string;
let store: Store;
const clock = new ManualClock();

beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'apipatrol-restore-'));
  file = path.join(folder, 'data', 'patrol.db');
  store = await openStore(file, { clock, log: silentLogger, alone: true });
  await note('before');
});
afterEach(async () => {
  await store.close();
  await rm(folder, { recursive: true });
});

/** A thread has to start, and to read. */
const polled = { timeout: 20_000 };

const note = (subject: string) => store.desk.note({ at: clock.now(), by: 'test', action: 'check', subject });
async function storedSubjects(): Promise<readonly string[]> {
  const reader = await openStore(file, { clock, log: silentLogger, readOnly: true });
  const entries = await reader.desk.audit({ from: 0, to: Number.MAX_SAFE_INTEGER });
  await reader.close();
  return entries.map(({ subject }) => subject).toSorted();
}

describe('a database in use', () => {
  it('is let be while it is in its place', async () => {
    expect(await store.watch()).toBeUndefined();
  });

  it('keeps its log when another program opens it and closes it again', async () => {
    await store.watch();
    const look = `const { DatabaseSync } = require('@photostructure/sqlite');
      const sqlite = new DatabaseSync(${JSON.stringify(file)});
      sqlite.prepare('select * from cycle').all();
      sqlite.close();`;
    execFileSync(process.execPath, ['-e', look]);
    expect(readdirSync(path.dirname(file))).toContain('patrol.db-wal');
    expect(await store.watch()).toBeUndefined();
  });

  it.each([
    ['that is deleted', () => rmSync(file)],
    [
      'whose files are all deleted',
      () => {
        for (const name of readdirSync(path.dirname(file))) rmSync(path.join(path.dirname(file), name));
      },
    ],
    ['whose folder is deleted', () => rmSync(path.dirname(file), { recursive: true })],
    ['whose folder is moved away', () => renameSync(path.dirname(file), path.join(folder, 'elsewhere'))],
  ])('%s is put back with everything in it, also what came meanwhile', async (_, remove) => {
    remove();
    await note('meanwhile');
    expect(await store.watch()).toEqual({ was: 'deleted' });
    await note('after');
    expect(await storedSubjects()).toEqual(['after', 'before', 'meanwhile']);
    expect((await stat(file)).mode & 0o777).toBe(0o600);
    expect(await store.watch()).toBeUndefined();
    await expect(openStore(file, { clock, log: silentLogger, alone: true })).rejects.toThrow(
      'another patrol',
    );
  });

  it.each([
    ['by nothing', ''],
    ['by something else', 'not a database'],
  ])('that is replaced %s is put back, and what stood there is kept', async (_, text) => {
    rmSync(file);
    writeFileSync(file, text);
    const restored = await store.watch();
    expect(restored).toMatchObject({ was: 'replaced' });
    expect(restored?.was === 'replaced' && existsSync(restored.aside)).toBe(true);
    await note('after');
    expect(await storedSubjects()).toEqual(['after', 'before']);
  });

  it('that cannot be put back is told, and goes on until it can be', async () => {
    rmSync(path.dirname(file), { recursive: true });
    writeFileSync(path.dirname(file), 'in the way');
    await expect(store.watch()).rejects.toMatchObject({ code: 'io' });
    await note('meanwhile');
    rmSync(path.dirname(file));
    expect(await store.watch()).toEqual({ was: 'deleted' });
    expect(await storedSubjects()).toEqual(['before', 'meanwhile']);
  });
});

describe('a database that is written into while it is in use', () => {
  const at = clock.now();
  const incident = {
    id: 'A7F3',
    fingerprint: 'orders',
    cause: { level: 'service', subject: 'orders' },
    openedAt: at,
    state: 'firing',
    version: 1,
  } as Incident;
  const entry = (key: string): OutboxEntry => ({
    dedupKey: key,
    channel: 'ops',
    createdAt: at,
    content: { cycleId: 1, transitions: [], totals: { failing: 0, checks: 1 }, mentions: [] },
  });
  const waiting = async () => (await store.outbox.waiting('ops')).map(({ dedupKey }) => dedupKey);

  async function otherDatabase(): Promise<string> {
    const other = path.join(folder, 'other.db');
    const another = await openStore(other, { clock, log: silentLogger, alone: true });
    await another.close();
    return other;
  }

  async function backup(): Promise<string> {
    const older = path.join(folder, 'older.db');
    copyFileSync(file, older);
    for (let no = 0; no < 50; no++) await note(`later ${no} ${'x'.repeat(500)}`);
    await store.prune(0);
    return older;
  }

  beforeEach(async () => {
    const opened = { kind: 'opened', at, incident } as const;
    await store.record({ open: [incident], transitions: [opened], messages: [entry('a'), entry('b')] });
    const sent = await store.outbox.lease('ops', at, 1000);
    await store.outbox.settle(sent?.id ?? 0, { state: 'sent', at });
    await store.watch();
  });

  it.each<readonly [string, () => Promise<void> | void]>([
    ['emptied', () => writeFileSync(file, '')],
    ['cut short', () => truncateSync(file, 8192)],
    ['overwritten by rubbish', () => writeFileSync(file, 'rubbish '.repeat(9999))],
    ['overwritten by that of another patrol', async () => copyFileSync(await otherDatabase(), file)],
    ['overwritten by a backup of itself', async () => copyFileSync(await backup(), file)],
  ])('%s: a new one goes on with what is open and waits', async (_, damage) => {
    await damage();
    const stood = readFileSync(file);
    const restored = await store.watch();
    expect(restored).toMatchObject({ was: 'damaged' });
    const aside = restored?.was === 'damaged' ? restored.aside : undefined;
    expect(readFileSync(aside ?? '')).toEqual(stood);
    expect(await waiting()).toEqual(['b']);
    expect((await store.openIncidents()).map(({ id }) => id)).toEqual(['A7F3']);
    await note('after');
    expect(await storedSubjects()).toEqual(['after']);
    expect(await store.watch()).toBeUndefined();
    const next = await store.beginCycle(at, at);
    await store.record({ open: [incident], transitions: [], messages: [entry(`of ${next.id}`)] });
    expect(await waiting()).toHaveLength(2);
  });

  it('and cannot be put aside goes on in memory, and is put in its place when it can be', async () => {
    writeFileSync(file, '');
    rmSync(path.dirname(file), { recursive: true });
    writeFileSync(path.dirname(file), 'in the way');
    await expect(store.watch()).rejects.toMatchObject({ code: 'io' });
    await store.outbox.insert([entry('c')]);
    rmSync(path.dirname(file));
    await store.watch();
    expect(await waiting()).toEqual(['b', 'c']);
    expect(await store.watch()).toBeUndefined();
  });

  it('without its log is put back whole', async () => {
    rmSync(`${file}-wal`);
    rmSync(`${file}-shm`);
    await note('after');
    expect(await store.watch()).toEqual({ was: 'deleted' });
    expect(await storedSubjects()).toEqual(['after', 'before']);
    expect(readdirSync(path.dirname(file)).filter((name) => name.includes('replaced'))).toEqual([]);
  });
});

describe('a database that another process holds', () => {
  let other: DatabaseSyncInstance;
  const at = clock.now();
  const waiting = async () => (await store.outbox.waiting('ops')).map(({ dedupKey }) => dedupKey);
  const entry = (key: string): OutboxEntry => ({
    dedupKey: key,
    channel: 'ops',
    createdAt: at,
    content: { cycleId: 1, transitions: [], totals: { failing: 0, checks: 1 }, mentions: [] },
  });

  beforeEach(async () => {
    await store.outbox.insert([entry('a')]);
    await store.watch();
    other = new DatabaseSync(file);
    other.exec('begin exclusive');
  });
  afterEach(() => other.close());

  it('goes on in memory, and has all of it once when it is let go', async () => {
    await note('meanwhile');
    await store.outbox.insert([entry('b')]);
    const sent = await store.outbox.lease('ops', at, 1000);
    await store.outbox.settle(sent?.id ?? 0, { state: 'sent', at });
    expect(await waiting()).toEqual(['b']);
    const { id } = await store.beginCycle(at, at);
    const began = performance.now();
    await expect(store.watch()).rejects.toMatchObject({
      code: 'busy',
      said: expect.saying('goes on in memory'),
    });
    expect(performance.now() - began).toBeLessThan(1500);
    other.exec('rollback');
    expect(await store.watch()).toBeUndefined();
    expect(await waiting()).toEqual(['b']);
    expect((await store.beginCycle(at, at)).id).toBeGreaterThan(id);
    await note('after');
    expect(await storedSubjects()).toEqual(['after', 'before', 'meanwhile']);
    expect(readdirSync(path.dirname(file)).filter((name) => /replaced|damaged/.test(name))).toEqual([]);
  });

  it('has what was told meanwhile after a start, also when it was held to the end', async () => {
    await store.outbox.insert([entry('b')]);
    await store.close();
    other.exec('rollback');
    store = await openStore(file, { clock, log: silentLogger, alone: true });
    expect(await waiting()).toEqual(['a', 'b']);
  });
});

describe('a database that is emptied', () => {
  const empty = (): void => {
    for (const name of ['', '-wal']) writeFileSync(`${file}${name}`, '');
  };

  it.each([
    ['is told', () => undefined],
    ['after it was put back is told again', () => rmSync(path.dirname(file), { recursive: true })],
  ])('%s, also when something was to be stored before anybody looked', async (_, before) => {
    before();
    await store.watch();
    empty();
    await note('meanwhile');
    expect(await store.watch()).toMatchObject({ was: 'damaged' });
    expect(await store.watch()).toBeUndefined();
    await note('after');
    expect(await storedSubjects()).toContain('after');
  });
});

describe('trouble that hinders no writing', () => {
  const pages = [30, 31, 32, 33, 34];
  const found = () =>
    store.watch().then(
      () => 'nothing',
      (error: unknown) => (error as StoreError).code,
    );

  /** Returns what puts them back. */
  function overwritePages(): () => void {
    const before = readFileSync(file);
    const put = (bytes: (at: number) => Buffer): void => {
      const handle = openSync(file, 'r+');
      for (const page of pages) writeSync(handle, bytes(page * 4096), 0, 4096, page * 4096);
      closeSync(handle);
    };
    put(() => Buffer.alloc(4096, 0xa5));
    return () => put((at) => before.subarray(at, at + 4096));
  }

  beforeEach(async () => {
    for (let no = 0; no < 500; no++) await note(`${no} ${'x'.repeat(200)}`);
  });

  it('is seen at the start when pages in the middle were overwritten, and told while it lasts', async () => {
    await store.close();
    overwritePages();
    store = await openStore(file, { clock, log: silentLogger, alone: true });
    await expect.poll(found, polled).toBe('corrupt');
    await expect(store.watch()).rejects.toMatchObject({ hint: expect.saying('backup') });
  });

  it('is seen within a day when it comes while the patrol runs, and its end soon', async () => {
    await store.prune(0);
    const heal = overwritePages();
    await store.watch();
    await expect.poll(found, polled).toBe('corrupt');
    heal();
    expect(await found()).toBe('corrupt');
    await clock.advance(10 * 60_000);
    await expect.poll(found, polled).toBe('nothing');
    overwritePages();
    await clock.advance(23 * 3_600_000);
    expect(await found()).toBe('nothing');
    await clock.advance(3_600_000);
    await expect.poll(found, polled).toBe('corrupt');
  });

  it('is told when the log cannot be moved into the file, and over when it can', async () => {
    const checkpoint = vi.spyOn(Database.prototype, 'checkpoint').mockImplementation(() => {
      throw toStoreError(new Error('disk I/O error'), file);
    });
    const warned: string[] = [];
    await store.close();
    store = await openStore(file, {
      clock,
      log: { ...silentLogger, warn: (text: string) => void warned.push(text) },
      alone: true,
    });
    for (let time = 0; time < 3; time++) await store.prune(0, 0);
    await expect(store.watch()).rejects.toMatchObject({ code: 'io' });
    expect(warned).toHaveLength(1);
    checkpoint.mockRestore();
    expect(await store.watch()).toBeUndefined();
  });
});
