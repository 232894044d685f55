import { randomUUID } from 'node:crypto';
import pg from 'pg';
import { afterAll, afterEach, describe, expect, it } from 'vitest';
import { ManualClock } from '../../lib/time/clock.ts';
import { silentLogger } from '../../lib/logger.ts';
import { Database } from '../sqlite/database.ts';
import { inMemory } from '../sqlite/file/files.ts';
import type { Store } from '../store.ts';
import { always, check, incident, pass, runCycle, t0 } from '../stored.fixture.ts';
import { openPostgres, type PostgresOptions } from './place.ts';
import { startServer } from './server.fixture.ts';

const server = await startServer();
const base = server?.url ?? 'postgres://localhost/none';
const opened: Store[] = [];

afterEach(async () => {
  for (const store of opened.splice(0)) await store.close();
});

afterAll(() => server?.remove());

async function open(url: string, options: Partial<PostgresOptions> = {}): Promise<Store> {
  const store = await openPostgres(url, {
    clock: new ManualClock(t0),
    log: silentLogger,
    ...options,
  });
  opened.push(store);
  return store;
}

function newSchema(): string {
  return `${base}?search_path=s${randomUUID().replaceAll('-', '')}`;
}

/** As somebody else does it. */
async function say(...sql: readonly string[]): Promise<void> {
  const client = new pg.Client({ connectionString: base });
  await client.connect();
  for (const one of sql) await client.query(one);
  await client.end();
}

function schemaOf(url: string): string {
  return new URL(url).searchParams.get('search_path') ?? '';
}

describe.skipIf(server === undefined)('a database on a server', () => {
  it.each([
    ['with a wrong password', 'foreign', 'pg_hba.conf', () => base.replace(':test-password@', ':wrong@')],
    ['that the server has not', 'missing', 'createdb', () => base.replace(/\/\w+$/, '/nothing')],
    ['of a server without encryption', 'foreign', 'sslmode', () => `${base}?sslmode=verify-full`],
  ])('%s is refused with what to do', async (_, code, hint, url) => {
    if (server?.isOwn !== true) return;
    const refusal = open(url());
    await expect(refusal).rejects.toMatchObject({ code, retry: false, hint: expect.saying(hint) });
    await expect(refusal).rejects.not.toThrow(/wrong|test-password/);
  });

  it('that cannot be reached is waited for by a patrol, and said so', async () => {
    await expect(open('postgres://u:geheim@127.0.0.1:1/d')).rejects.toMatchObject({
      code: 'busy',
      retry: true,
      said: expect.saying('postgres://u@127.0.0.1:1/d: the database server cannot be reached'),
    });
  }, 15_000);

  it('with tables of another program, or of a newer version, is not touched', async () => {
    const foreign = newSchema();
    await say(`create schema ${schemaOf(foreign)}`, `create table ${schemaOf(foreign)}.songs (title text)`);
    await expect(open(foreign)).rejects.toMatchObject({
      code: 'foreign',
      hint: expect.saying('?search_path='),
    });
    const newer = newSchema();
    await (await open(newer)).close();
    opened.splice(0);
    await say(`update ${schemaOf(newer)}.patrol_version set version = 999, works_from = 999`);
    await expect(open(newer)).rejects.toMatchObject({ code: 'newer', retry: false });
  });

  it('that may only be read is refused for a patrol', async () => {
    const url = newSchema();
    await (await open(url)).close();
    opened.splice(0);
    await say('alter role patrol set default_transaction_read_only = on');
    try {
      const reader = await open(url, { readOnly: true });
      expect(await reader.cycles(always)).toEqual([]);
      await expect(reader.beginCycle(t0, t0)).rejects.toMatchObject({ code: 'readonly' });
    } finally {
      await say('begin read write', 'alter role patrol reset default_transaction_read_only', 'commit');
    }
  });

  it('is looked into only when there is something, and not changed by who looks', async () => {
    const url = newSchema();
    await expect(open(url, { readOnly: true })).rejects.toMatchObject({ code: 'missing', retry: true });
    const writer = await open(url);
    const reader = await open(url, { readOnly: true });
    const id = await runCycle(writer, t0, { results: [pass('a', 1)], checks: [check('a')] });
    expect(await reader.results(id)).toHaveLength(1);
    expect(await reader.checks()).toHaveLength(1);
  });

  it('is made once by processes that start at the same moment', async () => {
    const url = newSchema();
    const stores = await Promise.all([open(url), open(url), open(url)]);
    await Promise.all(stores.map((store, no) => runCycle(store, t0 + no)));
    expect(await stores[0]?.cycles(always)).toHaveLength(3);
  });

  it('loses nothing when its server is started again in the middle of it', async () => {
    if (server?.isOwn !== true) return;
    const url = newSchema();
    const store = await open(url);
    const { id } = await store.beginCycle(t0, t0);
    server.stop();
    const appended = store.appendResults(id, [pass('a', 1)], [check('a')]);
    const read = store.openIncidents();
    server.start();
    await appended;
    expect(await read).toEqual([]);
    expect(await store.results(id)).toHaveLength(1);
  }, 30_000);

  it('has the tables of the embedded database, column by column', async () => {
    const url = newSchema();
    await open(url);
    const client = new pg.Client({ connectionString: base });
    await client.connect();
    // A partition has the columns of its table. Workers need a server: a file has nothing of them.
    const sql = `select c.relname || '.' || a.attname as name from pg_class c join pg_attribute a on a.attrelid = c.oid
      where c.relnamespace = $1::regnamespace and c.relkind in ('r', 'p') and not c.relispartition
        and a.attnum > 0 and not a.attisdropped and c.relname not like 'patrol%' and c.relname not like 'work%'`;
    const { rows } = await client.query<{ readonly name: string }>(sql, [schemaOf(url)]);
    await client.end();
    const embedded = Database.open(inMemory, {});
    const columns = await embedded.all(
      `select t.name || '.' || c.name as name from sqlite_master t, pragma_table_info(t.name) c
       where t.type = 'table' and t.name not like 'sqlite_%' and t.name not in ('file_mark', 'result')`,
    );
    await embedded.close();
    const names = (some: readonly { readonly name?: unknown }[]) =>
      some.map(({ name }) => String(name)).toSorted();
    expect(names(rows)).toEqual(names(columns));
  });

  it('keeps texts that PostgreSQL itself would refuse', async () => {
    const store = await open(newSchema());
    const odd = incident('operation:\0a', { subjectLabel: 'a\0b\ud800' });
    await runCycle(store, t0, { open: [odd], transitions: [{ kind: 'opened', at: t0, incident: odd }] });
    await runCycle(store, t0 + 1, { open: [odd] });
    const [kept] = await store.openIncidents();
    expect(kept?.subjectLabel).toBe('a\ufffdb\ufffd');
  });
});
