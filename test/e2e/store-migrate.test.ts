import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { demoEnvironment } from '../../demo/config.ts';
import { startPatrol } from '../../demo/patrol-process.ts';
import { loadConfig } from '../../src/config/load.ts';
import { silentLogger } from '../../src/lib/logger.ts';
import { Redactor } from '../../src/lib/secrets/secret.ts';
import { ManualClock } from '../../src/lib/time/clock.ts';
import { endpoints } from '../../src/server/api/endpoints.ts';
import { localApi } from '../../src/server/local.ts';
import { openStoreAt } from '../../src/store/open.ts';
import { openPostgres } from '../../src/store/postgres/place.ts';
import { startServer } from '../../src/store/postgres/server.fixture.ts';
import type { Store } from '../../src/store/store.ts';
import { main } from '../support/cli.ts';
import { setStage, type Stage } from '../support/stage.ts';

const server = await startServer();
const schema = 'moved';
const url = `${server?.url ?? 'postgres://localhost/none'}?search_path=${schema}`;
const key = { APIPATROL_KEY: 'a key of this test and no other' };
let stage: Stage;
let database: string;

beforeAll(async () => {
  stage = await setStage();
  database = path.join(stage.folder, '.apipatrol/patrol.db');
});

afterAll(async () => {
  await stage.close();
  server?.remove();
});

const digest = (file: string): string => createHash('sha256').update(readFileSync(file)).digest('hex');

const migrate = (...args: readonly string[]) => stage.cliWith(key, 'store', 'migrate', '--to', url, ...args);

/** Everything that the page asks for and takes no parameter, save who asks; and each incident and operation. */
async function answersOf(store: Store, now: number): Promise<Readonly<Record<string, unknown>>> {
  const config = await loadConfig(stage.config, { env: demoEnvironment });
  if (!config.ok) throw new Error('the configuration is refused');
  const clock = new ManualClock(now);
  const common = { configFile: stage.config, log: silentLogger, redactor: new Redactor() };
  const api = localApi({ store, config, clock, ...common });
  const ids = (await store.incidents({ from: 0, to: now })).map(({ id }) => `/incidents/${id}`);
  const checks = (await store.checks()).map(({ id }) => `/operations/${encodeURIComponent(id)}`);
  const plain = Object.values(endpoints)
    .filter(({ method, path: at }) => method === 'get' && !at.includes('{') && at !== '/session')
    .map(({ path: at }) => at);
  const answers: Record<string, unknown> = {};
  for (const at of [...plain, ...ids, ...checks]) {
    const answer = await api(new Request(`http://patrol/api/v1${at}`));
    answers[at] = [answer.status, await answer.text()];
  }
  return answers;
}

async function told(place: { readonly path: string; readonly url?: { reveal(): string } }, now: number) {
  const clock = new ManualClock(now);
  const store = await openStoreAt(place, { clock, log: silentLogger, readOnly: true });
  try {
    const checks = await store.checks();
    const range = { from: 0, to: now };
    return {
      answers: await answersOf(store, now),
      histories: await Promise.all(checks.map(({ id }) => store.history(id, range))),
      transitions: await store.transitions(range),
      audit: await store.desk.audit(range),
      users: await store.people.accounts(),
    };
  } finally {
    await store.close();
  }
}

/** As somebody else does it; what the last one answers. */
async function say(...sql: readonly string[]): Promise<readonly unknown[]> {
  const client = new pg.Client({ connectionString: server?.url });
  await client.connect();
  let rows: readonly unknown[] = [];
  for (const one of sql) ({ rows } = await client.query<Record<string, unknown>>(one));
  await client.end();
  return rows;
}

describe.skipIf(server === undefined)('store migrate', () => {
  it('refuses while a patrol is at work on the file', async () => {
    const patrol = stage.patrol();
    await patrol.logged('cycle closed', 1);
    await stage.system.faults.set('payments-down', true);
    for (const round of [2, 3, 4]) {
      patrol.runNow();
      await patrol.logged('cycle closed', round);
    }
    await expect.poll(() => stage.wecom.messages.map(({ content }) => content).join()).toContain('payments');
    await stage.cli('silence', '--subject', 'GET /nothing', '--for', '1h', '--reason', 'test');
    const { code, err } = await migrate();
    expect(code).toBe(2);
    expect(err).toMatch(/another patrol is at work on the database .*patrol\.db\n {2}→ stop it first/);
    patrol.signal('SIGKILL');
    await patrol.exited;
  });

  it('is killed in the middle, and until it is through no patrol begins there', async () => {
    const before = digest(database);
    const clock = new ManualClock(Date.now());
    await (await openPostgres(url, { clock, log: silentLogger })).close();
    await say(
      `create function ${schema}.rest() returns trigger language plpgsql as 'begin perform pg_sleep(50); return null; end'`,
      `create trigger rest before insert on ${schema}.transition execute function ${schema}.rest()`,
    );
    const child = spawn(process.execPath, [main, 'store', 'migrate', '--to', url], {
      cwd: stage.folder,
      env: { ...process.env, ...demoEnvironment, ...key },
      stdio: 'ignore',
    });
    const resting = 'select pid from pg_stat_activity where query like \'insert into "transition"%\'';
    await expect.poll(() => say(resting), { timeout: 30_000 }).toHaveLength(1);
    child.kill('SIGKILL');
    await once(child, 'close');
    await say(
      `select pg_terminate_backend(pid) from (${resting}) as one`,
      `drop function ${schema}.rest() cascade`,
    );
    const done = await say(`select name from ${schema}.patrol_transfer_table`);
    expect(done.length).toBeGreaterThan(0);
    expect(digest(database)).toBe(before);
    await stage.configure({ store: { url } });
    const patrol = startPatrol(stage.config, { env: { ...demoEnvironment, ...key } });
    expect(await patrol.exited).toBe(2);
    expect(patrol.complaints()).toMatch(
      /only half filled: bringing .*patrol\.db over has not come to its end/,
    );
    const { code, err } = await stage.cliWith(key, 'status');
    expect([code, err]).toEqual([
      2,
      expect.stringMatching(/half filled.*\n {2}→ run `apipatrol store migrate`/),
    ]);
  });

  it('copies what is left, compares both, and the page says the same as before', async () => {
    const before = digest(database);
    const { code, out } = await migrate('--json');
    expect(code).toBe(0);
    const report = JSON.parse(out) as {
      readonly isResumed: boolean;
      readonly tables: readonly { readonly table: string; readonly rows: number; readonly isSame: boolean }[];
    };
    expect(report.isResumed).toBe(true);
    expect(report.tables.every(({ isSame }) => isSame)).toBe(true);
    expect(report.tables.find(({ table }) => table === 'result_block')?.rows).toBeGreaterThan(0);
    expect(digest(database)).toBe(before);
    const now = Date.now();
    const there = await told({ path: database, url: { reveal: () => url } }, now);
    expect(there).toEqual(await told({ path: database }, now));
    expect(there.transitions.length).toBeGreaterThan(0);
  });

  it('a patrol goes on there where the other one stopped', async () => {
    const told = stage.wecom.messages.length;
    const patrol = startPatrol(stage.config, { env: { ...demoEnvironment, ...key } });
    await patrol.logged('cycle closed', 1);
    patrol.signal('SIGTERM');
    expect(await patrol.exited).toBe(0);
    expect(
      stage.wecom.messages
        .slice(told)
        .map(({ content }) => content)
        .join(),
    ).not.toMatch(/payments.*新增/);
    const { out } = await stage.cliWith(key, 'status', '--json');
    expect(out).toContain('payments');
  });

  it('is refused where there is a patrol’s data already', async () => {
    const { code, err } = await migrate();
    expect(code).toBe(2);
    expect(err).toMatch(/was brought over into it at .* already/);
  });
});
