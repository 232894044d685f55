import { randomUUID } from 'node:crypto';
import pg from 'pg';
import { afterAll, afterEach, describe, expect, it } from 'vitest';
import { ManualClock } from '../../lib/time/clock.ts';
import { silentLogger } from '../../lib/logger.ts';
import type { Store } from '../store.ts';
import { always, check, fail, pass, runCycle, t0 } from '../stored.fixture.ts';
import { migrations } from './migrations.ts';
import { openPostgres } from './place.ts';
import { startServer } from './server.fixture.ts';

const server = await startServer();
const base = server?.url ?? 'postgres://localhost/none';
const dayMs = 86_400_000;
const opened: Store[] = [];

afterEach(async () => {
  for (const store of opened.splice(0)) await store.close();
});

afterAll(() => server?.remove());

async function open(schema: string, clock = new ManualClock(t0), log = silentLogger): Promise<Store> {
  const store = await openPostgres(`${base}?search_path=${schema}`, { clock, log });
  opened.push(store);
  return store;
}

function newSchema(): string {
  return `s${randomUUID().replaceAll('-', '')}`;
}

/** As somebody else does it. */
async function ask(schema: string, ...sql: readonly string[]): Promise<readonly unknown[]> {
  const client = new pg.Client({ connectionString: base });
  await client.connect();
  await client.query(`set search_path to ${schema}`);
  let rows: readonly unknown[] = [];
  for (const one of sql) ({ rows } = await client.query(one));
  await client.end();
  return rows;
}

/** What holds results, with how many rows it has. */
async function partitions(schema: string, table = 'result_block'): Promise<readonly string[]> {
  const names = (await ask(
    schema,
    `select c.relname as name from pg_inherits i join pg_class c on c.oid = i.inhrelid
     where i.inhparent = '${table}'::regclass order by 1`,
  )) as readonly { readonly name: string }[];
  const told: string[] = [];
  for (const { name } of names) {
    const [row] = (await ask(schema, `select count(*)::int as n from ${name}`)) as readonly { n: number }[];
    told.push(`${name.slice(table.length + 1)}: ${row?.n}`);
  }
  return told;
}

/** One with a pass and a failure. */
function cycleAt(store: Store, at: number): Promise<number> {
  return runCycle(store, at, { results: [pass('a', 1), fail('b')], checks: [check('a'), check('b')] });
}

describe.skipIf(server === undefined)('results of a database on a server', () => {
  it('lie in a partition for each day, and go with it', async () => {
    const schema = newSchema();
    const clock = new ManualClock(t0);
    const store = await open(schema, clock);
    for (const hours of [0, 12, 24, 36, 48]) {
      clock.jump(t0 + hours * 3_600_000 - clock.now());
      await cycleAt(store, clock.now());
      await store.prune(0, 0);
    }
    expect(await partitions(schema)).toEqual(['0_3: 2', '3_5: 2', 'open: 1']);
    expect(await partitions(schema, 'result_detail')).toEqual(['0_3: 2', '3_5: 2', 'open: 1']);
    expect(await store.prune(t0 + 12 * 3_600_000, 0)).toBe(3);
    expect(await partitions(schema)).toEqual(['0_3: 2', '3_5: 2', 'open: 1']);
    expect(await store.prune(t0 + dayMs, 0)).toBe(3);
    expect(await partitions(schema)).toEqual(['3_5: 2', 'open: 1']);
    expect(await partitions(schema, 'result_detail')).toEqual(['3_5: 2', 'open: 1']);
    expect((await store.history('b', always)).map(({ verdict }) => verdict)).toEqual([
      'fail',
      'fail',
      'fail',
    ]);
  });

  it('are stored whatever the clock shows', async () => {
    const schema = newSchema();
    const clock = new ManualClock(t0);
    const store = await open(schema, clock);
    for (const days of [0, 4000, 0, -1, 0, 1, -700, 1]) {
      clock.jump(t0 + days * dayMs - clock.now());
      await cycleAt(store, clock.now());
    }
    await store.prune(0, 0);
    expect(await partitions(schema)).toEqual(['0_2: 1', '2_3: 1', '3_6: 3', '6_7: 1', '7_8: 1', 'open: 1']);
    expect(await store.history('a', always)).toHaveLength(8);
  });

  it('of an older version are divided at the start, and by the next one where that was cut short', async () => {
    const schema = newSchema();
    const [first = ''] = migrations;
    await ask(
      schema,
      `create schema ${schema}`,
      first,
      'create table patrol_version (version bigint not null)',
      'insert into patrol_version values (1)',
    );
    const started = (day: number, part: number): string => String(t0 + day * dayMs + part * 3_600_000);
    const rows = Array.from(
      { length: 12 },
      (_, no) => [started(Math.floor(no / 3), no % 3), no + 1] as const,
    );
    for (const [at, id] of rows)
      await ask(
        schema,
        `insert into cycle (due_at, started_at, outcome) values (${at}, ${at}, 'complete')`,
        `insert into result_block select ${id}, part, 1, 1, 1, 0, '\\x0001' from generate_series(0, 4) part`,
        `insert into result_detail values (${id}, 1, '\\x00')`,
      );
    const log = { ...silentLogger, info: () => expect.fail('the process ends') };
    await expect(open(schema, new ManualClock(t0), log)).rejects.toThrow('the process ends');
    expect(await partitions(schema)).toEqual(['0_10: 45', 'open: 15']);
    const store = await open(schema);
    expect(await partitions(schema)).toEqual(['0_4: 15', '4_7: 15', '7_10: 15', 'open: 15']);
    expect(await partitions(schema, 'result_detail')).toEqual(['0_4: 3', '4_7: 3', '7_10: 3', 'open: 3']);
    await cycleAt(store, t0 + 4 * dayMs);
    await store.prune(0, 0);
    expect(await partitions(schema)).toEqual(['0_4: 15', '10_13: 15', '4_7: 15', '7_10: 15', 'open: 1']);
  });

  it('are stored and read while somebody reads for long, and divided when that is over', async () => {
    const schema = newSchema();
    const clock = new ManualClock(t0);
    const store = await open(schema, clock);
    await cycleAt(store, t0);
    const reader = new pg.Client({ connectionString: base });
    await reader.connect();
    await reader.query(`begin; set local search_path to ${schema}; select count(*) from result_block`);
    clock.jump(dayMs);
    const id = await cycleAt(store, clock.now());
    await store.prune(0, 0);
    expect(await partitions(schema)).toEqual(['open: 2']);
    expect(await store.results(id)).toHaveLength(2);
    await reader.query('commit');
    await reader.end();
    await store.prune(0, 0);
    expect(await partitions(schema)).toEqual(['0_2: 1', 'open: 1']);
  });
});
