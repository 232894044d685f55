import { mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from '@photostructure/sqlite';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { ManualClock } from '../lib/time/clock.ts';
import { silentLogger } from '../lib/logger.ts';
import { openStore } from './open.ts';
import { check, pass, runCycle, t0 } from './stored.fixture.ts';
import type { Store } from './store.ts';

let folder: string;
let path: string;
let store: Store;

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'apipatrol-store-'));
  path = join(folder, 'data', 'patrol.db');
  store = await open();
});

afterEach(async () => {
  await store.close();
  rmSync(folder, { recursive: true });
});

function open(readOnly = false): Promise<Store> {
  return openStore(path, { clock: new ManualClock(t0), log: silentLogger, readOnly });
}

describe('the database file', () => {
  it('is created with its folder and readable by its owner alone', () => {
    expect(statSync(path).mode & 0o777).toBe(0o600);
    expect(statSync(join(folder, 'data')).mode & 0o777).toBe(0o700);
    expect(statSync(`${path}-wal`).mode & 0o777).toBe(0o600);
  });

  it('can be looked into by another process while this one writes, and not changed by it', async () => {
    const reader = await open(true);
    const id = await runCycle(store, t0, { results: [pass('a', 1)], checks: [check('a')] });
    expect(await reader.results(id)).toHaveLength(1);
    expect(await reader.checks()).toHaveLength(1);
    await expect(reader.beginCycle(t0, t0)).rejects.toMatchObject({ code: 'readonly', retry: false });
    await reader.close();
  });

  it.each([
    ['missing', 'nothing has been patrolled yet', (): void => rmSync(path)],
    ['missing', 'nothing has been patrolled yet', (): void => writeFileSync(path, '')],
    [
      'corrupt',
      'move the file away or put a backup in its place',
      (): void => writeFileSync(path, 'garbage '.repeat(1000)),
    ],
    ['foreign', 'choose another file', (): void => replaceWith('create table songs (title)')],
    ['newer', 'use the apipatrol that wrote it', (): void => change('pragma user_version = 999')],
    ['outdated', 'restart the daemon', (): void => change('pragma user_version = 0')],
  ])('that is %s is refused with what to do about it', async (code, hint, spoil) => {
    await store.close();
    spoil();
    await expect(open(true)).rejects.toMatchObject({ code, hint: expect.saying(hint) });
    rmSync(path, { force: true });
    store = await open();
  });

  it.each([
    ['corrupt', (): void => writeFileSync(path, 'garbage '.repeat(1000))],
    ['foreign', (): void => replaceWith('create table songs (title)')],
    ['newer', (): void => change('pragma user_version = 999')],
  ])('that is %s is not written to either', async (code, spoil) => {
    await store.close();
    spoil();
    await expect(open()).rejects.toMatchObject({ code, retry: false });
    rmSync(path);
    store = await open();
  });

  it('that another program keeps locked is an error that may pass, and nothing is half done', async () => {
    const { id } = await store.beginCycle(t0, t0);
    const other = new DatabaseSync(path);
    other.exec('begin immediate');
    await expect(store.appendResults(id, [pass('a', 1)], [check('a')])).rejects.toMatchObject({
      name: 'StoreError',
      code: 'busy',
      retry: true,
    });
    other.exec('rollback');
    other.close();
    await store.appendResults(id, [pass('a', 1)], [check('a')]);
    expect(await store.results(id)).toHaveLength(1);
  });

  function replaceWith(sql: string): void {
    rmSync(path);
    change(sql);
  }

  function change(sql: string): void {
    const database = new DatabaseSync(path);
    database.exec(sql);
    database.close();
  }
});
