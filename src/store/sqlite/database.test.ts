import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { busyTimeoutMs, Database } from './database.ts';
import { toStoreError } from './failure.ts';
import { ManualClock } from '../../lib/time/clock.ts';
import { silentLogger } from '../../lib/logger.ts';
import { openStore } from '../open.ts';
import { nextTurn } from '../sql/turns.ts';
import { StoreError } from '../store.ts';

let folder: string;
let database: Database;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'apipatrol-database-'));
  database = Database.open(join(folder, 'patrol.db'), { readOnly: false });
});

afterEach(async () => {
  await database.close();
  rmSync(folder, { recursive: true });
});

const insert = 'insert into check_ref (id, service, operation) values (?, ?, ?)';

function fill(rows: number): Promise<void> {
  return database.write(async () => {
    for (let no = 0; no < rows; no++) database.statement(insert).run(`${no}`, 'x'.repeat(2000), 'GET /');
  });
}

function rows(): number {
  return Number(database.statement('select count(*) as rows from check_ref').all()[0]?.rows);
}

describe('a write', () => {
  it('of a fraction of a millisecond stores the whole one, inside a transaction and alone', async () => {
    const at = Date.UTC(2026, 0, 1) + 0.25;
    const sql = 'insert into cycle (due_at, started_at) values (?, ?)';
    await database.write(async () => database.statement(sql).run(at, at + 0.5));
    await database.run(sql, at, at + 0.5);
    const stored = database.statement('select due_at, started_at from cycle').all();
    const one = { due_at: at - 0.25, started_at: at + 0.75 };
    expect(stored).toEqual([one, one]);
  });

  it('for which the disk has no room is undone as a whole, and the next one works again', async () => {
    database.statement('pragma max_page_count = 60').all();
    await expect(fill(1000)).rejects.toMatchObject({ name: 'StoreError', code: 'full', retry: true });
    expect(rows()).toBe(0);
    database.statement('pragma max_page_count = 100000').all();
    await fill(1000);
    expect(rows()).toBe(1000);
  });

  it('waits for the one before, although that one gives others a turn', async () => {
    const slow = database.write(async () => {
      database.statement(insert).run('a', 's', 'GET /a');
      await new Promise((resolve) => setImmediate(resolve));
      throw new Error('changed my mind');
    });
    const next = database.write(async () => database.statement(insert).run('b', 's', 'GET /b'));
    await expect(slow).rejects.toThrow('changed my mind');
    await next;
    expect(database.statement('select id from check_ref').all()).toEqual([{ id: 'b' }]);
  });

  it('alone waits for the transaction before it, and is not undone with it', async () => {
    const undone = database.write(async () => {
      database.statement(insert).run('a', 's', 'GET /a');
      await new Promise((resolve) => setImmediate(resolve));
      throw new Error('changed my mind');
    });
    const alone = database.run(insert, 'b', 's', 'GET /b');
    await expect(undone).rejects.toThrow('changed my mind');
    await alone;
    expect(database.statement('select id from check_ref').all()).toEqual([{ id: 'b' }]);
  });

  it('that is refused fails in the same words inside a transaction and alone', async () => {
    await database.run(insert, 'a', 's', 'o');
    const alone = () => database.run(insert, 'a', 's', 'o');
    const inside = () => database.write(async () => database.statement(insert).run('a', 's', 'o'));
    for (const again of [alone, inside]) {
      await expect(again()).rejects.toMatchObject({ name: 'StoreError', code: 'internal', retry: false });
      await expect(again()).rejects.toThrow('UNIQUE constraint failed');
    }
  });

  it('that cannot begin is not undone, and the next one works', async () => {
    const other = Database.open(database.path, { existing: true });
    other.statement('pragma busy_timeout = 0').all();
    const held = database.write(async () => {
      await expect(other.write(async () => undefined)).rejects.toMatchObject({ code: 'busy' });
    });
    await held;
    await expect(other.write(async () => 'done')).resolves.toBe('done');
    await other.close();
  });

  it('goes on in memory while another process has a lock, and nothing stands still meanwhile', async () => {
    await database.close();
    database = Database.open(database.path, { alone: true });
    database.takeReserve();
    const other = Database.open(database.path, { existing: true });
    const standstill = monitorEventLoopDelay({ resolution: 5 });
    await other.write(async () => {
      standstill.enable();
      const ids = Array.from({ length: 8 }, (_, at) => `id${at}`);
      await Promise.all(ids.map((id) => database.write((db) => db.run(insert, id, 's', 'o'))));
      standstill.disable();
    });
    expect(database.homeless?.why.code).toBe('busy');
    expect(await database.all('select count(*) as n from check_ref')).toEqual([{ n: 8 }]);
    expect(standstill.max / 1e6).toBeLessThan(busyTimeoutMs / 2);
    await database.returnHome(0);
    expect(await other.all('select count(*) as n from check_ref')).toEqual([{ n: 8 }]);
    await other.close();
  });

  it('waits for the short transaction of another process', async () => {
    await database.close();
    database = Database.open(database.path, { alone: true });
    const other = Database.open(database.path, { existing: true });
    let written: Promise<unknown> = Promise.resolve();
    await other.write(async () => {
      written = database.write((db) => db.run(insert, 'a', 's', 'o'));
      await nextTurn();
    });
    await written;
    expect(database.homeless).toBeUndefined();
    expect(await other.all('select count(*) as n from check_ref')).toEqual([{ n: 1 }]);
    await other.close();
  });

  it('shrinks the file again once things have been deleted', async () => {
    await fill(1000);
    database.checkpoint('passive');
    const pages = (): number =>
      Number(database.statement('select page_count from pragma_page_count').all()[0]?.page_count);
    const before = pages();
    await database.run('delete from check_ref');
    await database.shrink();
    expect(pages()).toBeLessThan(before / 5);
  });
});

describe('an error of the database', () => {
  it.each<[string, unknown, object]>([
    [
      'a failing disk',
      Object.assign(new Error('disk I/O error'), { errcode: 266 }),
      { code: 'io', retry: true },
    ],
    ['damage', new Error('database disk image is malformed'), { code: 'corrupt', retry: false }],
    [
      'a folder that may not be made',
      Object.assign(new Error('EACCES'), { syscall: 'mkdir' }),
      { code: 'io' },
    ],
    [
      'a disk too full to create the file',
      Object.assign(new Error('ENOSPC'), { syscall: 'open', code: 'ENOSPC' }),
      { code: 'full' },
    ],
    ['anything else', 'what?', { code: 'internal', message: 'database x.db: a statement failed (what?)' }],
  ])('%s is told with its kind and the file', (_, thrown, expected) => {
    expect(toStoreError(thrown, 'x.db')).toMatchObject(expected);
  });

  it('that has been explained is not explained twice', () => {
    const error = new StoreError({ code: 'busy', said: 'm', hint: 'h', retry: true });
    expect(toStoreError(error, 'x.db')).toBe(error);
  });

  it.each([{ alone: true }, { readOnly: true }, {}])(
    'of a folder in its place says what is there: %j',
    async (how) => {
      const opening = openStore(folder, { clock: new ManualClock(), log: silentLogger, ...how });
      await expect(opening).rejects.toThrow(`database ${folder}: it is a folder`);
    },
  );

  it('of a path that cannot be created says where', () => {
    expect(() => Database.open(join(folder, 'patrol.db', 'sub', 'x.db'), { readOnly: false })).toThrow(
      'the file cannot be read or written',
    );
  });
});
