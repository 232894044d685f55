import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync, type DatabaseSyncInstance } from '@photostructure/sqlite';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { silentLogger } from '../../lib/logger.ts';
import { ManualClock } from '../../lib/time/clock.ts';
import { openStore } from '../open.ts';
import { packVarints } from '../sql/packed.ts';
import { migrations } from '../sqlite/migrations.ts';

const t0 = Date.UTC(2026, 0, 5, 8);

let folder: string;
let path: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'apipatrol-rows-'));
  path = join(folder, 'patrol.db');
});

afterEach(() => rmSync(folder, { recursive: true }));

/** A database as version 0.2 has left it (2), or before its results were brought over (3), with two cycles. */
function old(upTo = 2): DatabaseSyncInstance {
  const sqlite = new DatabaseSync(path);
  for (const sql of migrations.slice(0, upTo)) sqlite.exec(sql);
  sqlite.exec(`pragma application_id = 1095780688; pragma user_version = ${upTo};
    insert into check_ref values (1, 'a', 'orders', 'GET /a'), (7, 'b', 'users', 'GET /b');
    insert into cycle (id, due_at, started_at, outcome) values (1, ${t0}, ${t0}, 'complete'),
      (2, ${t0 + 900_000}, ${t0 + 900_000}, 'complete')`);
  const insert = sqlite.prepare('insert into result values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)');
  insert.run(1, 1, 0, 0, 12, 200, 512, 203, 11, 220, null);
  insert.run(1, 7, 2, 2, 30, null, 0, null, null, 50_000, packVarints([3, 11, 0, 0]));
  insert.run(2, 1, 0, 0, 13, 204, 0, 100, null, 101, packVarints([1, 6, 21, 0]));
  return sqlite;
}

function open() {
  return openStore(path, { clock: new ManualClock(t0), log: silentLogger });
}

function tables(): readonly string[] {
  const sqlite = new DatabaseSync(path, { readOnly: true });
  const names = sqlite.prepare(`select name from sqlite_schema where name = 'result'`).all();
  sqlite.close();
  return names.map(({ name }) => String(name));
}

const passing = {
  verdict: 'pass',
  reason: { code: 'none', message: '' },
  attempts: 1,
  findings: [],
};
const first = [
  {
    ...passing,
    checkId: 'a',
    at: t0 + 1200,
    status: 200,
    bytes: 512,
    phases: { firstByteMs: 20.3, downloadMs: 1.1, totalMs: 22 },
  },
  {
    ...passing,
    checkId: 'b',
    at: t0 + 3000,
    verdict: 'fail',
    reason: { code: 'connect-refused', message: '' },
    bytes: 0,
    phases: { dnsMs: 1, totalMs: 5000 },
    attempts: 3,
  },
];
const second = [
  {
    ...passing,
    checkId: 'a',
    at: t0 + 901_300,
    status: 204,
    bytes: 0,
    phases: { dnsMs: 0.5, connectMs: 2, firstByteMs: 10, totalMs: 10.1 },
  },
];

it('results that an older version has stored are all there, and take no room a second time', async () => {
  old().close();
  const store = await open();
  expect([await store.results(1), await store.results(2)]).toEqual([first, second]);
  expect(await store.history('a', { from: 0, to: t0 * 2 })).toHaveLength(2);
  await store.close();
  expect(tables()).toEqual([]);
});

it('goes on where it was when the process had ended in the middle', async () => {
  const sqlite = old(3);
  sqlite.exec('delete from result where cycle_id = 2');
  sqlite.close();
  const half = await open();
  await half.close();
  const again = new DatabaseSync(path);
  again.exec(migrations[0]?.match(/create table result \([^;]*;/)?.[0] ?? '');
  again
    .prepare('insert into result values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)')
    .run(2, 1, 0, 0, 13, 204, 0, 100, null, 101, packVarints([1, 6, 21, 0]));
  again.close();
  const store = await open();
  expect([await store.results(1), await store.results(2)]).toEqual([first, second]);
  await store.close();
  expect(tables()).toEqual([]);
});

it('a database without results of an older version is opened as one that has none', async () => {
  const sqlite = old();
  sqlite.exec('delete from result');
  sqlite.close();
  const store = await open();
  expect(await store.results(1)).toEqual([]);
  await store.close();
  expect(tables()).toEqual([]);
});
