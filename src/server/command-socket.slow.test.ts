import { cp, mkdtemp, rename, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { Client } from 'undici';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { loadConfig } from '../config/load.ts';
import { systemClock } from '../lib/time/clock.ts';
import { silentLogger } from '../lib/logger.ts';
import { Redactor } from '../lib/secrets/secret.ts';
import { Daemon } from '../app/daemon.ts';
import { openStore } from '../store/open.ts';
import { openCommandSocket } from './command-socket.ts';
import { localApi } from './local.ts';
import { socketOf } from './listen.ts';

let folder: string;
const tools = { clock: systemClock, log: silentLogger, redactor: new Redactor() };

beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'apipatrol-commands-'));
  const config = { docs: './none.yaml', store: { path: path.join(folder, 'patrol.db') } };
  await writeFile(path.join(folder, 'apipatrol.yaml'), JSON.stringify(config));
});
afterAll(() => rm(folder, { recursive: true }));

async function configured() {
  const configFile = path.join(folder, 'apipatrol.yaml');
  const config = await loadConfig(configFile, { env: {} });
  if (!config.ok) throw new Error(JSON.stringify(config.problems));
  return { configFile, config };
}

const silence = { matcher: { subject: '*' }, forMs: 60_000, reason: 'release' };
const headers = { 'content-type': 'application/json', 'x-apipatrol-user': encodeURIComponent('张三') };

it('answers commands of its user, and knows who it was', async () => {
  const { configFile, config } = await configured();
  const patrol = await Daemon.open({ configFile, config, env: {}, root: folder, ...tools });
  const opened = await openCommandSocket({ patrol, configFile, ...tools });
  const socketPath = socketOf(config.settings.store.path);
  expect((await stat(socketPath)).mode & 0o777).toBe(0o600);
  const client = new Client('http://patrol', { socketPath });
  const answer = await client.request({
    method: 'POST',
    path: '/api/v1/silences',
    headers,
    body: JSON.stringify(silence),
  });
  expect(answer.statusCode).toBe(201);
  expect(await answer.body.json()).toMatchObject({ id: 1, by: 'cli:张三', incidents: [] });
  await client.close();
  // Somebody moves the folder away, and the patrol makes it anew.
  await rename(folder, `${folder}-elsewhere`);
  await cp(`${folder}-elsewhere`, folder, {
    recursive: true,
    filter: (file) => !/\.(sock|key)$/.test(file),
  });
  await opened.look();
  const again = new Client('http://patrol', { socketPath });
  expect((await again.request({ method: 'GET', path: '/healthz' })).statusCode).toBe(200);
  await again.close();
  await opened.look();
  await opened.close();
  await rm(`${folder}-elsewhere`, { recursive: true });
  await patrol.close();
  await expect(stat(socketPath)).rejects.toThrow('ENOENT');
});

it('is answered the same where no patrol runs', async () => {
  const { configFile, config } = await configured();
  const store = await openStore(config.settings.store.path, tools);
  const ask = localApi({ store, config, configFile, ...tools });
  const call = (method: string, at: string, body?: object): Promise<Response> =>
    ask(
      new Request(`http://patrol/api/v1${at}`, {
        method,
        headers,
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      }),
    );
  expect(await (await call('GET', '/silences')).json()).toMatchObject({ items: [{ by: 'cli:张三' }] });
  expect((await call('DELETE', '/silences/1')).status).toBe(204);
  expect((await call('DELETE', '/silences/1')).status).toBe(404);
  expect(await (await call('POST', '/credentials/forget', {})).json()).toEqual({ cleared: 0 });
  expect(await (await call('GET', '/overview')).json()).toMatchObject({ state: 'starting', channels: [] });
  expect((await store.desk.audit({ from: 0, to: systemClock.now() })).map(({ action }) => action)).toEqual([
    'forget-tokens',
    'end-silence',
    'silence',
  ]);
  await store.close();
});
