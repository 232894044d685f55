import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import pg from 'pg';
import { afterAll, afterEach, describe, expect, it } from 'vitest';
import { ManualClock } from '../../lib/time/clock.ts';
import { silentLogger } from '../../lib/logger.ts';
import type { Store } from '../store.ts';
import { always, runCycle, t0 } from '../stored.fixture.ts';
import { openNodes } from './nodes.ts';
import { openPostgres, type PostgresOptions } from './place.ts';
import { startServer } from './server.fixture.ts';

// One of our own: roles and databases are made, and it becomes a standby.
const server = await startServer({});
const base = server?.url ?? 'postgres://localhost/none';
const opened: Store[] = [];

afterEach(async () => {
  for (const store of opened.splice(0)) await store.close();
});

afterAll(() => server?.remove());

async function open(url: string, options: Partial<PostgresOptions> = {}): Promise<Store> {
  const store = await openPostgres(url, { clock: new ManualClock(t0), log: silentLogger, ...options });
  opened.push(store);
  return store;
}

async function say(...sql: readonly string[]): Promise<void> {
  const client = new pg.Client({ connectionString: base });
  await client.connect();
  for (const one of sql) await client.query(one);
  await client.end();
}

function as(user: string): string {
  return base.replace('patrol:test-password@', `${user}:guest-password@`);
}

function failing(sqlstate: string): string {
  return `create function fail() returns trigger language plpgsql as $$ begin
    raise exception 'told by the server' using errcode = '${sqlstate}'; end $$`;
}

describe.skipIf(server === undefined)('a server that will not', () => {
  it('is told so, where the user lacks rights', async () => {
    await say("create role guest login password 'guest-password'", 'create schema closed');
    for (const schema of ['closed', 'none']) {
      const refusal = open(`${as('guest')}?search_path=${schema}`);
      await expect(refusal).rejects.toMatchObject({
        code: 'readonly',
        retry: false,
        said: expect.saying('the user lacks a right that the patrol needs there'),
        hint: expect.saying('create and use tables'),
      });
    }
    await (await open(`${base}?search_path=ours`)).close();
    opened.splice(0);
    await expect(open(`${as('guest')}?search_path=ours`)).rejects.toMatchObject({ code: 'readonly' });
  });

  it('is told so, where there is no connection left, once that was waited for', async () => {
    await say(
      "create role crowd login password 'guest-password' connection limit 0",
      'create schema crowd authorization crowd',
    );
    await expect(open(`${as('crowd')}?search_path=crowd`)).rejects.toMatchObject({
      code: 'busy',
      retry: true,
      said: expect.saying('takes no more connections'),
      hint: expect.saying('max_connections'),
    });
    setTimeout(() => void say('alter role crowd connection limit 1'), 1000);
    const store = await open(`${as('crowd')}?search_path=crowd`);
    // More at once than it may have connections.
    const some = await Promise.all([1, 2, 3, 4].map(() => store.cycles(always)));
    expect(some).toEqual([[], [], [], []]);
  }, 20_000);

  it('is told so, where its disk is full', async () => {
    const store = await open(`${base}?search_path=full`);
    const client = new pg.Client({ connectionString: base });
    await client.connect();
    await client.query('set search_path to "full"');
    await client.query(failing('53100'));
    await client.query('create trigger fails before insert on cycle execute function fail()');
    await expect(store.beginCycle(t0, t0)).rejects.toMatchObject({
      code: 'full',
      retry: true,
      said: expect.saying('the disk is full (told by the server)'),
      hint: expect.saying('on the disk of the database server'),
    });
    await client.query('drop trigger fails on cycle');
    await client.end();
    await runCycle(store, t0);
    expect(await store.cycles(always)).toHaveLength(1);
  });

  it('is told so, where the tables have gone', async () => {
    const store = await open(`${base}?search_path=lost`);
    await say('drop schema lost cascade');
    await expect(store.beginCycle(t0, t0)).rejects.toMatchObject({
      code: 'missing',
      retry: false,
      said: expect.saying('are gone'),
    });
  });

  it('is told so, where the database has no room for all letters', async () => {
    await say("create database latin encoding 'LATIN1' lc_collate 'C' lc_ctype 'C' template template0");
    await expect(open(base.replace(/\/\w+$/, '/latin'))).rejects.toMatchObject({
      code: 'foreign',
      retry: false,
      said: expect.saying('has the encoding LATIN1; it has to be UTF8'),
      hint: expect.saying('createdb -E UTF8'),
    });
  });

  it('is told so, where it is a standby, which is looked at as another one', async () => {
    const url = `${base}?search_path=standby`;
    const store = await open(url);
    await runCycle(store, t0);
    await store.close();
    opened.splice(0);
    server?.stop();
    writeFileSync(join(server?.folder ?? '', 'data', 'standby.signal'), '');
    server?.start();
    const reader = await open(url, { readOnly: true });
    expect(await reader.cycles(always)).toHaveLength(1);
    const refused = {
      code: 'readonly',
      retry: true,
      said: expect.saying('only reads'),
      hint: expect.saying('primary'),
    };
    const nodes = await openNodes(url, { clock: new ManualClock(t0), log: silentLogger });
    await expect(nodes.lead({ services: [], configuration: '' })).rejects.toMatchObject(refused);
    await nodes.close();
    await expect(open(`${base}?search_path=fresh`)).rejects.toMatchObject(refused);
  }, 20_000);
});
